"""Tables to dataclasses, by their type hints: every mistake is noted, none is raised.

`Reader` knows nothing of the course. It takes what TOML or JSON gives, and a
dataclass, a named tuple or a typed dictionary, and builds the one from the other.
What does not fit becomes a `Problem`, and reading goes on with the next value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from place_kit.facts.problems import Problem

Shape = Mapping[str, tuple[Any, bool]]
"""The keys of a table: for each its type hint, and whether it may be left out."""

PLAIN_ID: Final = re.compile(r"[a-z0-9_]+", re.ASCII)
_NAMES: Final = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


class _Bad:
    """What a value that does not fit is read as."""


BAD: Final = _Bad()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads values at one place of one file.

    Parameters
    ----------
    file, key
        The place, for the person who has to correct it.
    problems
        The list that every mistake is added to.
    known
        For the fields that name other entries (``references``, ``cases``): the ids
        there are. A field left out is not checked.
    given
        Fields that the file does not hold, by name. A part also finds its owner's
        id here: a claim's ``case`` is the case it stands in.
    ids
        What an id must look like.
    """

    file: str
    problems: list[Problem]
    key: str = ""
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    ids: re.Pattern[str] = PLAIN_ID

    def say(self, message: str) -> _Bad:
        """Note a mistake at this place."""
        self.problems.append(Problem(self.file, self.key, message))
        return BAD

    def at(self, part: str) -> Reader:
        """Return a reader for a part of this place."""
        key = f"{self.key}.{part}" if self.key else part
        # Called for every value there is: `replace` would take half of the loading time.
        return Reader(self.file, self.problems, key, self.known, self.given, self.ids)

    def read(self, hint: Any, value: Any) -> Any:
        """Give `value` as `hint` wants it, or `BAD` after noting why it cannot be."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Literal:
            if isinstance(value, str) and value in arguments:
                return value
            return self.say(f"must be one of {', '.join(arguments)}; it is {shown(value)}.")
        if origin is tuple:
            return self._list(arguments[0], value)
        if origin in (Union, UnionType):  # only ever "X or None": None is said by leaving out
            return self.read(next(kind for kind in arguments if kind is not NoneType), value)
        return self._plain(hint, value) if hint in _NAMES else self._entry(hint, value)

    def keys(self, shape: Shape, value: Any) -> Any:
        """Read a table with the keys of `shape` into a dictionary."""
        if not isinstance(value, Mapping):
            return self.say(f"must be a table; it is {shown(value)}.")
        for name in value:
            if name not in shape:
                self.at(str(name)).say(f"is not known here. Known are {', '.join(shape)}.")
        parts = {}
        for name, (hint, optional) in shape.items():
            here = self.at(name)
            if name in value:
                parts[name] = here._field(name, hint, value[name], optional)
            elif not optional:
                parts[name] = here.say("is missing.")
        return BAD if BAD in parts.values() else parts

    def _entry(self, kind: Any, value: Any) -> Any:
        shape = {name: how for name, how in shape_of(kind).items() if name not in self.given}
        given = {name: self.given[name] for name in shape_of(kind) if name in self.given}
        owner = value.get("id") if isinstance(value, Mapping) else None
        inside = replace(self, given={**self.given, kind.__name__.lower(): owner})
        parts = inside.keys(shape, value)
        return BAD if parts is BAD else kind(**given, **parts)

    def _field(self, name: str, hint: Any, value: Any, optional: bool) -> Any:
        read = self.read(hint, value)
        if isinstance(read, str) and not read.strip() and not optional:
            return self.say("is an empty text.")
        if name == "id" and isinstance(read, str) and not self.ids.fullmatch(read):
            return self.say(f"must look like {self.ids.pattern}; it is {shown(read)}.")
        if name in self.known and read is not BAD:
            for target in (read,) if isinstance(read, str) else read:
                if target not in self.known[name]:
                    self.say(f"names {shown(target)}, which is not there.")
        return read

    def _list(self, hint: Any, value: Any) -> Any:
        if not isinstance(value, list):
            return self.say(f"must be a list; it is {shown(value)}.")
        read, seen = [], set()
        for number, part in enumerate(value, start=1):
            name = id_of(part)
            here = self.at(name if name and self.ids.fullmatch(name) else str(number))
            if name in seen:
                here.say("has an id that is used twice.")
            if name:
                seen.add(name)
            empty = isinstance(part, str) and not part.strip()
            read.append(here.say("is an empty text.") if empty else here.read(hint, part))
        return BAD if BAD in read else tuple(read)

    def _plain(self, hint: Any, value: Any) -> Any:
        wanted = (int, float) if hint is float else hint
        # True is 1 to Python, and never to the person who wrote the file.
        if not isinstance(value, wanted) or isinstance(value, bool) != (hint is bool):
            return self.say(f"must be {_NAMES[hint]}; it is {shown(value)}.")
        if hint is not float:
            return value
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        return number if math.isfinite(number) else self.say("must be a number within bounds.")


@cache
def shape_of(kind: Any) -> Shape:
    """Give the keys of a dataclass, a named tuple or a typed dictionary."""
    hints = get_type_hints(kind)
    if is_dataclass(kind):
        optional = {
            each.name
            for each in fields(kind)
            if each.default is not MISSING or each.default_factory is not MISSING
        }
    elif is_typeddict(kind):
        optional = set(kind.__optional_keys__)
    else:
        optional = set(kind._field_defaults)
    return {name: (hint, name in optional) for name, hint in hints.items()}


def id_of(value: Any) -> str:
    """Give the id of an unread table, or nothing."""
    name = value.get("id") if isinstance(value, Mapping) else None
    return name if isinstance(name, str) else ""


def freeze(value: Any) -> Any:
    """Give nested mappings and lists as read-only mappings and tuples."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: freeze(part) for key, part in value.items()})
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(freeze(part) for part in value)
    return value


def shown(value: Any) -> str:
    """Give a value as it may stand in a sentence: short, and never a whole table."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    try:
        text = str(value)
    except ValueError:  # Python does not print a number of thousands of digits
        return "a very long number"
    text = text if len(text) <= 40 else text[:39] + "…"
    return f"“{text}”" if isinstance(value, str) else text
