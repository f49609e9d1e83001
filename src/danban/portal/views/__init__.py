"""Views of the citizens' pages: they read, compose and render."""
