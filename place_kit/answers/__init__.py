"""Answers as data: what a learner said, kept in small versioned files."""
