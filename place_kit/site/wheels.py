"""The wheels that Pyodide loads: ours and the locked ones, without what a page never uses.

The same files give the same wheel: names sorted, one date, one compression.
"""

from __future__ import annotations

import email.parser
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import place_kit

DATE = (2026, 1, 1, 0, 0, 0)
ROOMS = (
    "__init__.py",
    "problems.py",
    "marking.py",
    "assess.py",
    "answers",
    "ask",
    "content",
    "documents",
    "explore",
    "facts",
    "record",
    "show",
)
"""What of our package a notebook uses; the commands stay at home."""
_NEEDED = ("anywidget", "ipywidgets")

# What no page of the course reaches: tests, types, other people's themes and languages.
_ALWAYS = r"\.pyi$|/py\.typed$|/tests?/|\.dist-info/(RECORD|licenses/|LICENSE|entry_points)|\.data/"
_LEXERS = "__init__|_mapping|python|special|unistring"
_LEFT_OUT = {
    "anywidget": r"^anywidget/(labextension|nbextension)/",
    "pygments": rf"^pygments/lexers/(?!{_LEXERS})"
    r"|^pygments/formatters/(?!__init__|_mapping|html|terminal|other)",
    # Forms and pictures are widgets of our own: of the ready-made ones none is used.
    "ipywidgets": r"^ipywidgets/(embed"
    r"|widgets/(interaction|valuewidget|widget_(?!layout|style|core)))",
    # A page has no terminal: without it, and the packages that only it asks for, there is less to
    # send and less to start.
    "ipython": r"^IPython/terminal/(?!__init__|pt_inputhooks/__init__)|^IPython/sphinxext/",
}
_OUR_WIDGETS = b"""\
from .widget import Widget, CallbackDispatcher, register, widget_serialization
from .domwidget import DOMWidget
from .widget_layout import Layout
"""
_NO_TERMINAL = b"""\
def embed(**kwargs):
    raise RuntimeError("There is no terminal in a web page.")
"""
_INSTEAD = {
    "ipython": {"IPython/terminal/embed.py": _NO_TERMINAL},
    "ipywidgets": {"ipywidgets/widgets/__init__.py": _OUR_WIDGETS},
}
_ALSO_AT_HOME = ("documents/fonts",)
"""Of the rooms above: for PDF files, which a page does not make."""
# Pyodide has Python look for every module in the learner's folder first, and each look waits for
# the page, which is being built meanwhile. JupyterLite asks for this package before any other.
_FOLDER_LAST = b"""\
import sys
if "" in sys.path:
    sys.path.remove("")
    sys.path.append("")
"""
_NO_PACKAGES = b"""\
async def get_transformed_code(argv):
    return "print('Nothing can be added here. The course has all that it needs.')"
"""
_STAND_INS: dict[str, dict[str, bytes]] = {
    "jedi": {},
    "micropip": {},
    "piplite": {
        "piplite/__init__.py": _FOLDER_LAST,
        "piplite/piplite.py": b"",
        "piplite/cli.py": _NO_PACKAGES,
    },
}
"""Packages that JupyterLite asks for, where no code is completed and no package is added."""

_SPACED = re.compile(r"[-_.]+")


def write_zip(path: Path, content: Mapping[str, bytes]) -> None:
    """Write a zip file that depends on its content only."""
    with zipfile.ZipFile(path, "w") as file:
        for name in sorted(content):
            info = zipfile.ZipInfo(name, DATE)
            info.external_attr = 0o644 << 16
            file.writestr(info, content[name], zipfile.ZIP_DEFLATED, 9)


def read_zip(path: Path) -> dict[str, bytes]:
    """All files of a zip file."""
    with zipfile.ZipFile(path) as file:
        return {one.filename: file.read(one) for one in file.infolist() if not one.is_dir()}


def write_all(wheels: Iterable[Path], into: Path) -> None:
    """Write every wheel that Pyodide is to load, ours among them."""
    for wheel in wheels:
        if _package(wheel) not in _STAND_INS:
            write_zip(into / wheel.name, _kept(wheel))
    for name, content in _STAND_INS.items():
        _write_own(into, name, "0.0.0", content)
    _write_own(into, "place_kit", place_kit.__version__, dict(_ours()), needs=_NEEDED)


def _package(wheel: Path) -> str:
    return wheel.name.split("-")[0].lower()


def _kept(wheel: Path) -> dict[str, bytes]:
    package = _package(wheel)
    also = _LEFT_OUT.get(package)
    left_out = re.compile(f"{_ALWAYS}|{also}" if also else _ALWAYS)
    kept = {name: raw for name, raw in read_zip(wheel).items() if not left_out.search(name)}
    info = next(name.split("/")[0] for name in kept if ".dist-info/" in name)
    return kept | _INSTEAD.get(package, {}) | {f"{info}/RECORD": b""}


def _ours() -> Iterator[tuple[str, bytes]]:
    package = Path(place_kit.__file__).parent
    for room in ROOMS:
        place = package / room
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            name = path.relative_to(package).as_posix()
            if path.is_file() and "__pycache__" not in name and not name.startswith(_ALSO_AT_HOME):
                yield f"place_kit/{name}", path.read_bytes()


def _write_own(
    into: Path, name: str, version: str, content: Mapping[str, bytes], needs: Iterable[str] = ()
) -> None:
    info = f"{name}-{version}.dist-info"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    head += "".join(f"Requires-Dist: {one}\n" for one in needs)
    kind = "Wheel-Version: 1.0\nGenerator: place-kit\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    told = {
        f"{info}/METADATA": head.encode(),
        f"{info}/WHEEL": kind.encode(),
        f"{info}/RECORD": b"",
    }
    write_zip(into / f"{name}-{version}-py3-none-any.whl", {**content, **told})


def _normal(name: str) -> str:
    return _SPACED.sub("-", name).lower()


@dataclass(frozen=True, slots=True)
class _Wheel:
    path: Path
    name: str
    version: str
    needs: tuple[str, ...]
    imports: tuple[str, ...]


def _read(path: Path) -> _Wheel:
    content = read_zip(path)
    metadata = next(name for name in content if name.endswith(".dist-info/METADATA"))
    told = email.parser.BytesParser().parsebytes(content[metadata], headersonly=True)
    tops = {
        name.split("/")[0].removesuffix(".pyc").removesuffix(".py")
        for name in content
        if name.endswith((".py", ".pyc")) and ".dist-info/" not in name
    }
    needs = (
        _normal(re.split(r"[^A-Za-z0-9._-]", need.strip())[0])
        for need in told.get_all("Requires-Dist") or ()
        if "extra ==" not in need
    )
    return _Wheel(path, _normal(told["Name"]), told["Version"], tuple(needs), tuple(sorted(tops)))


def lock(folder: Path, info: Mapping[str, Any]) -> bytes:
    """Write what Pyodide is told of the wheels in a folder; a need not there is left out."""
    wheels = {one.name: one for one in map(_read, sorted(folder.glob("*.whl")))}
    packages = {
        name: {
            "name": name,
            "version": one.version,
            "file_name": one.path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(one.path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": list(one.imports),
            "depends": sorted(set(one.needs) & wheels.keys()),
            "unvendored_tests": False,
        }
        for name, one in sorted(wheels.items())
    }
    return json.dumps({"info": info, "packages": packages}, indent=1, sort_keys=True).encode()
