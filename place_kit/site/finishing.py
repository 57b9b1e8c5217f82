"""What JupyterLite built, made ours: the front page, no more files than are used, and packed."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import place_kit
from place_kit.problems import PlaceKitError
from place_kit.site.wheels import read_zip

MARK = "place-kit-site.json"
"""Marks a folder as a site of ours, and lists its files with their digests."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        # A widget's code comes as a blob, Python as WebAssembly; JupyterLab compiles its schemas.
        "script-src 'self' blob: 'unsafe-eval' 'wasm-unsafe-eval'",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What a page may load and reach: its own host, and nothing else."""

FRONT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)

# What JupyterLite's archive brings and no page of the course asks for.
_LEFT_OUT = (
    "doc",
    "*.map",
    "bootstrap.js",
    "rspack.config*.js",
    "package.json",
    "notebooks/package.json",
    "jupyterlite.schema.v0.json",
    "icon-*.png",
    "build/service-worker.js",
    "build/*.eot",
    "build/fa-*.svg",
    "build/fa-*.ttf",
    "extensions/@jupyterlite/pyodide-kernel-extension/static/pypi",
)
PACKED = {".css", ".html", ".ipynb", ".js", ".json", ".mjs", ".svg", ".toml", ".txt", ".wasm"}
_KEPT_AT_ONCE = (
    *("index.html", "page.css", "waiting.css", "icon"),
    *("check.js", "front.js", "open.js"),
)
_KEPT_SOON = ("api/", "files/")
"""Once the page has settled, so that every page of the course opens without a network."""


def finish(site: Path, licences: Iterable[Path], date: int) -> tuple[int, int]:
    """Make a fresh build ours; give its size, plain and as sent compressed."""
    _leave_out(site)
    _open_calmly(site / "notebooks" / "index.html")
    (site / "licences.txt").write_text(_licences(licences), encoding="utf-8")
    (site / "service-worker.js").rename(site / "jupyterlite-service-worker.js")
    page = files("place_kit.site").joinpath("page")
    for part in page.iterdir():
        (site / part.name).write_bytes(part.read_bytes())
    _fill_in(site)
    sizes = _pack(site)
    for path in sorted(site.rglob("*"), reverse=True):
        os.utime(path, (date, date))
    return sizes


def _all(site: Path) -> Iterator[Path]:
    return (path for path in sorted(site.rglob("*")) if path.is_file())


def _leave_out(site: Path) -> None:
    for pattern in _LEFT_OUT:
        for path in sorted(site.rglob(pattern) if pattern == "*.map" else site.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _open_calmly(path: Path) -> None:
    """Let a notebook's page look first whether answers will be kept, and load without a picture."""
    html = path.read_text(encoding="utf-8")
    main = re.search(r'<link id="jupyter-lite-main"[^>]*>', html)
    config = re.search(r'<script id="jupyter-config-data".*?</script>', html, re.DOTALL)
    if not main or not config:
        raise PlaceKitError("JupyterLite's page is not as this version of place-kit knows it.")
    path.write_text(
        f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Place-based working</title>
<link rel="manifest" href="../manifest.webmanifest">
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="../waiting.css">
{main[0]}
{config[0]}
<script src="../check.js" defer></script>
<script src="../open.js" defer></script>
</head>
<body class="jp-ThemedContainer" data-notebook="notebooks">
<main id="jupyterlite-loading-indicator"><p role="status">Getting the course ready…</p></main>
<noscript><p>This course needs JavaScript. Please switch it on in your browser.</p></noscript>
</body>
</html>
""",
        encoding="utf-8",
    )


def _licences(wheels: Iterable[Path]) -> str:
    said = [
        "The browser edition of Place-based working is made with the software below.",
        "Python and Pyodide run in the page: the Python Software Foundation Licence, and the",
        "Mozilla Public License 2.0; their sources are at python.org and pyodide.org.",
        "What JupyterLite is made of is listed in build/third-party-licenses.json.",
    ]
    for wheel in sorted(wheels):
        for name, raw in sorted(read_zip(wheel).items()):
            if re.search(r"\.dist-info/(licenses/.*|LICEN[CS]E[^/]*|COPYING[^/]*)$", name):
                text = raw.decode("utf-8", "replace").strip()
                said.append(f"\n{'=' * 72}\n{wheel.name}: {name.split('/')[-1]}\n\n{text}")
    return "\n".join(said) + "\n"


def _fill_in(site: Path) -> None:
    """Write into the pages what is only known now: the policy, the size, and which build it is."""
    digests = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in _all(site)
    }
    build = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:16]
    kept = [name for name in digests if name.startswith(_KEPT_AT_ONCE)]
    soon = [name for name in digests if name.startswith(_KEPT_SOON)]
    worker = site / "service-worker.js"
    text = worker.read_text(encoding="utf-8")
    text = text.replace("@BUILD@", build).replace("@KEPT@", json.dumps(sorted(kept)))
    text = text.replace("@SOON@", json.dumps(sorted(soon)))
    worker.write_text(text, encoding="utf-8")
    python = [name for name in digests if name.startswith("static/pyodide/")]
    opening = site / "open.js"
    text = opening.read_text(encoding="utf-8")
    opening.write_text(text.replace("@PYTHON@", json.dumps(python)), encoding="utf-8")
    front = site / "index.html"
    html = front.read_text(encoding="utf-8")
    policy = f'<meta http-equiv="Content-Security-Policy" content="{FRONT_POLICY}">'
    html = html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{policy}')
    front.write_text(html, encoding="utf-8")
    for name in ("service-worker.js", "open.js", "index.html"):
        digests[name] = hashlib.sha256((site / name).read_bytes()).hexdigest()
    mark = {
        "format": "place-kit site",
        "version": 1,
        "course": place_kit.__version__,
        "build": build,
        "files": digests,
    }
    (site / MARK).write_text(json.dumps(mark, indent=1, sort_keys=True), encoding="utf-8")
    (site / "build.json").write_text(json.dumps({"build": build}), encoding="utf-8")


def _pack(site: Path) -> tuple[int, int]:
    """Put compressed files beside the plain ones; give the size of both kinds."""
    plain = sent = 0
    for path in list(_all(site)):
        raw = path.read_bytes()
        plain += len(raw)
        packed = gzip.compress(raw, 9, mtime=0) if path.suffix in PACKED else raw
        if len(packed) < 0.9 * len(raw):
            path.with_name(f"{path.name}.gz").write_bytes(packed)
        sent += min(len(packed), len(raw))
    return plain, sent
