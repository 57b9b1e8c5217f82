"""The package is a house: each floor imports only from those below."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import place_kit

ROOT = Path(place_kit.__file__).parent
FLOORS = (
    ("problems",),
    ("facts",),
    ("answers", "documents"),
    ("marking",),
    ("show",),
    ("ask",),
    ("assess", "explore"),
    ("learner",),
    ("record", "tutor", "author", "team", "site"),
    ("cli",),
    ("__main__",),
)
TUTOR_FLOORS = (
    ("words", "files", "times"),
    ("desk",),
    ("intake",),
    ("marking",),
    ("feedback",),
    ("results", "moderation"),
    ("removing",),
    ("commands",),
)
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
HEAVY = (
    "nbgrader",
    "plotly",
    "ipywidgets",
    "anywidget",
    "jupyterlab",
    "jupyter_server",
    "rich",
    "joserfc",
    "cryptography",
    "docx",
    "typst",
    "tornado",
    "segno",
)
ALLOWED_HEAVY = {
    "nbgrader": ("tutor", "author"),
    "rich": ("tutor",),
    "joserfc": ("record",),
    "cryptography": ("record",),
    "tornado": ("team",),
    "segno": ("team",),
    "docx": ("documents",),
    "typst": ("documents",),
    "anywidget": ("ask", "explore", "record"),
}


def imports(source: str) -> set[str]:
    """Every module a source imports, anywhere in it, as dotted names."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(module: str) -> str | None:
    """The room of the house a dotted name leads to, if it is one of ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "place_kit" and len(parts) > 1 and parts[1] in HEIGHT else None


def upward(room: str, source: str) -> list[str]:
    """The imports in a room's source that go up, or sideways."""
    rooms = {other for other in map(room_of, imports(source)) if other and other != room}
    return sorted(other for other in rooms if HEIGHT[other] >= HEIGHT[room])


MODULES = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if "_shipped" not in path.parts and path.parent != ROOT
] + [path for path in sorted(ROOT.glob("*.py")) if path.name != "__init__.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_import_goes_down(path):
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert upward(room, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_used_only_where_they_belong(path):
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    used = {name.split(".")[0] for name in imports(path.read_text(encoding="utf-8"))}
    strangers = {
        name for name in used & set(HEAVY) if room not in ALLOWED_HEAVY.get(name, ("learner",))
    }
    assert strangers == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tutor").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_the_tutors_house_has_floors_of_its_own(path):
    height = {room: height for height, rooms in enumerate(TUTOR_FLOORS) for room in rooms}
    room = path.relative_to(ROOT / "tutor").parts[0].removesuffix(".py")
    used = {
        name.split(".")[2]
        for name in imports(path.read_text(encoding="utf-8"))
        if name.startswith("place_kit.tutor.")
    }
    assert {other for other in used - {room} if height[other] >= height.get(room, 0)} == set()


@pytest.mark.parametrize(
    "source",
    ["from place_kit import tutor", "import place_kit.learner.lab", "from place_kit.ask import x"],
)
def test_the_check_itself_sees_an_import_that_goes_up(source):
    assert upward("facts", source) != []
