"""Where the course opens: where the learner was, or at what comes next."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from place_kit.answers import progress
from place_kit.learner import folder as folders
from place_kit.problems import PlaceKitError

HOME = "course/00_welcome.ipynb"


def page(folder: Path) -> str:
    """Choose the page to open, from the learner's folder.

    A page of the course that they went to after their last answer is a newer choice, and wins.
    Otherwise it is where they last answered, as long as something is left there; then, what
    comes next. A first start opens the welcome page.
    """
    try:
        found = progress.of(folder)
        visited, at = last_visited(folder)
    except (PlaceKitError, OSError):
        return HOME  # the page itself says what is wrong
    last, step = found.last, found.next
    known = {each.page for each in found.parts}
    if visited in known and (last is None or at > last.last_at):
        finished = last is not None and last.page == visited and last.state == "done"
        if not finished:
            return visited
    if last is None:
        return HOME
    return step.page if step else HOME


def address(page: str) -> str:
    """Where JupyterLab shows a page as a document of its own, from the server's root."""
    return f"doc/tree/{quote(page)}"


def last_visited(folder: Path) -> tuple[str, str]:
    """The page last gone to and when (UTC), as JupyterLab notes it; two empty texts if none."""
    place = folder / folders.HIDDEN / "jupyter" / "workspaces"
    noted = [(path.stat().st_mtime, path) for path in place.glob("*.jupyterlab-workspace")]
    for when, path in sorted(noted, reverse=True):
        try:
            data = json.loads(path.read_bytes())["data"]
            kind, _, name = data["layout-restorer:data"]["main"]["current"].partition(":")
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
        if kind == "notebook":
            return name, datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return "", ""
