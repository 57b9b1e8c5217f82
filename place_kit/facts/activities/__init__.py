"""What the activities of the modules know: one file of content, and one loader, each."""

from __future__ import annotations

from importlib import import_module

from place_kit.facts.problems import ContentError, Problem

NAMES = ("ladder", "lens", "theory", "town", "voices", "wheel", "year")


def problems() -> tuple[Problem, ...]:
    """Every mistake in the content of every activity."""
    found: list[Problem] = []
    for name in NAMES:
        try:
            import_module(f"{__name__}.{name}").load()
        except ContentError as error:
            found += error.problems
    return tuple(found)
