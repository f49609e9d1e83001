"""The officers' screens: windows, inbox, one comment, what came on paper or in a file."""
