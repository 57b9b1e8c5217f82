"""Marking by rule, through nbgrader."""
