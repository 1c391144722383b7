"""What the public sees: home, sections, stories, search, feeds."""
