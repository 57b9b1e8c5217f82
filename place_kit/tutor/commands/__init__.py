"""What the tutor's commands do and say, a verb a file.

Each returns 0 when all went well, and 1 when something is to be looked at.
"""

from place_kit.tutor.commands.cohort import cohort
from place_kit.tutor.commands.collect import collect
from place_kit.tutor.commands.completed import completed
from place_kit.tutor.commands.extend import extend
from place_kit.tutor.commands.feedback import feedback
from place_kit.tutor.commands.give_back import give_back
from place_kit.tutor.commands.grades import grades
from place_kit.tutor.commands.make import make
from place_kit.tutor.commands.mark import mark
from place_kit.tutor.commands.moderate import moderate, read_second_marks, settle
from place_kit.tutor.commands.open import open
from place_kit.tutor.commands.remove import remove
from place_kit.tutor.commands.restore import restore
from place_kit.tutor.commands.status import status
from place_kit.tutor.commands.stop import stop

__all__ = [
    "cohort",
    "collect",
    "completed",
    "extend",
    "feedback",
    "give_back",
    "grades",
    "make",
    "mark",
    "moderate",
    "open",
    "read_second_marks",
    "remove",
    "restore",
    "settle",
    "status",
    "stop",
]
