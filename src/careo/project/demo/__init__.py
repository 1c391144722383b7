"""The demonstration edition: an invented country, its papers, four finished stories, readers and a thread."""
