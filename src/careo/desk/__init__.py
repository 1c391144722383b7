"""What is in play: events across languages, and statements put face to face."""
