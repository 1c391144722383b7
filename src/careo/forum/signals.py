"""What the forum tells rooms to its right, once it is committed."""

from __future__ import annotations

from django.dispatch import Signal

# A post was made. `topic`: what is listened to (`Thread.topic`), and `number`: its place in the thread.
post_made = Signal()
