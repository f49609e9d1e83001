"""What officers type about the Council; a file for each of its screens."""
