"""The Council's screens."""
