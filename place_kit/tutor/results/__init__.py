"""What came of it: grades for a learning platform, and the tutor's picture of the cohort.

For the notebook ``cohort.ipynb``::

    from place_kit.tutor import results

    cohort = results.open_cohort()
"""

from place_kit.tutor.results.notebook import Cohort, open_cohort

__all__ = ["Cohort", "open_cohort"]
