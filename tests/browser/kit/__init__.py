"""Pages that show every piece of the look, filled with made-up words; only tests serve them."""
