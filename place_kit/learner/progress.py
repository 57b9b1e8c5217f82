"""How far a learner is, as their folder tells it, and the same said in a terminal."""

from __future__ import annotations

from place_kit.answers.progress import (
    ExerciseProgress,
    ModuleProgress,
    Progress,
    State,
    Step,
    of,
)

__all__ = ["ExerciseProgress", "ModuleProgress", "Progress", "State", "Step", "of"]
