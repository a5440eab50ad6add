"""What changes by itself, and when: for those who prepare it, and for the resident."""
