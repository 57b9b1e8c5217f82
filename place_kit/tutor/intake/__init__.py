"""What arrives becomes what is marked, and nothing else does."""
