"""What the forum tells rooms to its right, once it is committed."""

from __future__ import annotations

from django.dispatch import Signal

# A post was made. `story_id`, and `number`: its place in the story's thread.
post_made = Signal()
