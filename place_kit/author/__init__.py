"""For authors: check the course, and make the exercises from the solutions.

`release` and `check` are the commands; `notebooks` and `releasing` do the work.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["check", "release"]


def release(root: Path) -> int:
    """Make the exercises from the solutions, and say which have changed.

    Parameters
    ----------
    root
        A checkout of the course.

    Returns
    -------
    int
        0; what goes wrong is raised as a `PlaceKitError`.
    """
    from place_kit.author import releasing

    changed = releasing.release(root)
    for name in changed:
        print(f"Made exercises/{name} anew. Commit it with its solution.")
    if not changed:
        print("Every exercise is already what nbgrader makes of its solution.")
    return 0


def check(root: Path) -> int:
    """List everything that is wrong: content, notebooks, and exercises out of step.

    Parameters
    ----------
    root
        A checkout of the course.

    Returns
    -------
    int
        0 if nothing is wrong, otherwise 1.
    """
    from place_kit import facts
    from place_kit.author import notebooks, releasing
    from place_kit.facts import activities, keeping, sessions, team_plans, team_sheets
    from place_kit.facts.problems import collected
    from place_kit.problems import PlaceKitError

    if not (root / "solutions").is_dir() or not (root / "course").is_dir():
        raise PlaceKitError(
            f"There is no course in {root}. Run this from a checkout of the course, "
            "not from an installed copy."
        )
    # Without good content no notebook can be judged, so its mistakes come alone (and raise).
    facts.load()
    facts.read_syllabus(root / "course" / "modules.toml")
    rest = collected((sessions.load, team_plans.load, team_sheets.load, keeping.load))
    wrong = [str(problem) for problem in (*rest, *activities.problems())]
    wrong += [
        str(problem)
        for path in sorted((root / "course").glob("*.ipynb"))
        for problem in notebooks.problems(path)
    ]
    for parent in ("solutions", "exercises"):
        for folder in releasing.folders(root / parent):
            wrong += map(str, notebooks.problems_of_folder(folder))
    if not wrong:
        wrong = [
            f"exercises/{name} is not what nbgrader makes of solutions/{name}. "
            "Run “place-kit release”, or remove an exercise that has no solution any more."
            for name in releasing.check(root)
        ]
    print("\n".join(wrong) or "Nothing is wrong with the content, the notebooks or the exercises.")
    return 1 if wrong else 0
