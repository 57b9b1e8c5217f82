"""The facts as they were read beforehand, for a Python to which reading every file is slow.

The browser edition ships them so: its Python has read and checked all files when the site was
built, and a learner does not wait for that. Elsewhere there is no such file.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final

from place_kit.facts.model import Facts

FILE: Final = "facts.pickle"
"""Part of our own package like its code, and trusted like it; no other file is read so."""


def dumped(facts: Facts) -> bytes:
    """Write the facts down as they are in memory."""
    raw = io.BytesIO()
    _Pickler(raw, protocol=5).dump(facts)
    return raw.getvalue()


def found(folder: Traversable) -> Facts | None:
    """Give the facts that a content folder holds as `FILE`; None where it holds none."""
    try:
        raw = folder.joinpath(FILE).read_bytes()
    except FileNotFoundError:
        return None
    facts: Facts = pickle.loads(raw)
    return facts


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, MappingProxyType):
            return _read_only, (dict(value),)
        return NotImplemented


def _read_only(entries: dict[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(entries)
