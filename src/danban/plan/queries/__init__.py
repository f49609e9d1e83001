"""Reads of plans, tasks and evidence that are more than one row by its key."""
