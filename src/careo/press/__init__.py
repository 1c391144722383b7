"""Other outlets: their pages fetched safely, kept for ever, and turned into reports."""
