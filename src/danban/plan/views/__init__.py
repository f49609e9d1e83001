"""Screens of plans, tasks and evidence."""
