"""Views of training: officers' screens, and what participants open on a phone."""
