"""What was told without consent, and that the resident is told of it."""
