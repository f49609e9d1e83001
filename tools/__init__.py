"""Tools for developers; nothing of them runs in a province."""
