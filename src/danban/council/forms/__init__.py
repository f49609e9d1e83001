"""What officers type about the Council, its meetings, lists and directives."""
