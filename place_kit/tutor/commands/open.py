"""``place-kit tutor``, once the folder is made."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.desk.marking_folder import MarkingFolder


def open(folder: Path | None, *, port: int | None = None, open_browser: bool | None = None) -> int:
    """Open a marking folder in JupyterLab, until Ctrl+C."""
    from place_kit.tutor.desk import lab

    place = MarkingFolder.open(folder.expanduser() if folder else None)
    return lab.start(place, port=port, open_browser=open_browser)
