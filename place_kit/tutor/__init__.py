"""The tutor's desk: a marking folder, the intake, marking through nbgrader, feedback.

Nothing a learner sent is ever opened as a notebook or run: an answer is data. From the
ground up: ``files``, ``words`` and ``times`` (small tools); ``desk`` (the marking folder);
``intake``; ``marking``; ``feedback``; ``commands``.
"""
