"""A team session, as the team's room knows it. Its file is read in `place_kit.facts.sessions`."""

from __future__ import annotations

from place_kit.facts.sessions import ROUNDS, Session, find, load, read

__all__ = ["ROUNDS", "Session", "find", "load", "read"]
