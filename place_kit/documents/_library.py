"""The libraries that write documents are extras: where one is missing, say how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from place_kit.facts import edition
from place_kit.problems import PlaceKitError


def library(name: str) -> Any:
    """Import a library that a writer needs."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise PlaceKitError(edition.here().no_documents) from None
