"""Threads under stories, for logged-in subscribers only, reading included."""
