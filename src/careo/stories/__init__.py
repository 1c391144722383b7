"""Stories: written by an editor, each sentence tied to the passages it rests on, checked before it goes out."""
