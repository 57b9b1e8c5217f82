"""place-kit: the helper package of the course *Place-based working*.

A notebook imports its names from here: `ask` for questions, `show` for pictures and
cards, `explore` for pictures with controls, `record` for files to keep. They
load when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from place_kit import ask, assess, explore, record, show

__all__ = ["__version__", "ask", "assess", "explore", "record", "show"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in ("ask", "assess", "explore", "record", "show"):
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
