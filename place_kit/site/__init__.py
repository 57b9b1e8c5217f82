"""The browser edition: the same course as plain files, for any web host; nothing to install."""

from __future__ import annotations

from pathlib import Path

DEFAULT_FOLDER = "site"


def site(
    folder: str | Path | None = None,
    *,
    serve: bool = False,
    pack: bool = False,
    port: int | None = None,
    cache: Path | None = None,
) -> int:
    """Build the browser edition, and show it on this machine if asked to.

    Parameters
    ----------
    folder
        Where the site goes (default: ``site``, here).
    serve
        Show it at an address of this machine until it is stopped.
    pack
        Put all of it into one zip file too, beside the folder.
    port
        The port to try first.
    cache
        Where the locked inputs are kept (default: in the cache folder of this person).

    Returns
    -------
    int
        0, also when the showing is stopped with Ctrl+C.
    """
    from place_kit.site import building, serving

    chosen = Path(folder or DEFAULT_FOLDER).expanduser().resolve()
    report = building.build(chosen, cache or building.default_cache(), say=_say)
    for line in report.lines():
        _say(line)
    if pack:
        _say(f"In one file: {building.pack(chosen)}")
    return serving.serve(chosen, port) if serve else 0


def _say(line: str) -> None:
    print(line, flush=True)
