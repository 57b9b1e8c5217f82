"""The libraries that write documents are extras: where one is missing, say how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from place_kit.problems import PlaceKitError


def library(name: str) -> Any:
    """Import a library that a writer needs."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise PlaceKitError(
            "What writes Word and PDF files is not installed here. To install it: "
            "pip install 'place-kit[record]'. Plain text works without it."
        ) from None
