"""What the activities of the modules know: one file of content, and one loader, each."""

from __future__ import annotations

from importlib import import_module

from place_kit.facts.problems import Problem, collected

NAMES = ("ladder", "lens", "theory", "town", "voices", "wheel", "year")


def problems() -> tuple[Problem, ...]:
    """Every mistake in the content of every activity."""
    return collected(import_module(f"{__name__}.{name}").load for name in NAMES)
