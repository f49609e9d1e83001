"""What officers type about plans, tasks and evidence."""
