"""Measurements: ratios to a yardstick in the same run, because machines are noisy."""
