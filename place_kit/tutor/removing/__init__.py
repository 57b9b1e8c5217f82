"""Remove for good: what a learner wrote is erased wherever the marking folder keeps it."""
