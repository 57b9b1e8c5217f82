"""Content files as plain data; what is wrong with a file is noted, not raised."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources.abc import Traversable
from typing import Any

from place_kit.facts.problems import Problem
from place_kit.facts.reading import BAD

Parse = Callable[[str], Any]


def parsed(file: Traversable, name: str, parse: Parse, problems: list[Problem]) -> Any:
    """Parse a file, or note why it cannot be read and give `BAD`."""
    format_name = "JSON" if parse is json.loads else "TOML"
    try:
        # An editor on Windows may put a byte-order mark in front: let it.
        return parse(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        message = "is missing."
    except OSError as error:
        message = f"cannot be read ({error.strerror or error})."
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text (byte {error.start})."
    except RecursionError:
        message = f"is not {format_name} that can be read: it is nested too deeply."
    except ValueError as error:  # the parsers' own errors, and numbers too long for Python
        message = f"is not {format_name}: {str(error).rstrip('.')}."
    problems.append(Problem(name, "", message))
    return BAD
