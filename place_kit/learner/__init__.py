"""The learner's journey: their folder, and a calm JupyterLab that opens on it."""

from __future__ import annotations

from pathlib import Path

DEFAULT_FOLDER = "~/place-based-working"


def learn(
    folder: str | Path | None = None, *, port: int | None = None, open_browser: bool | None = None
) -> int:
    """Make or update the learner's folder, open the course, and wait until it is stopped.

    Parameters
    ----------
    folder
        The learner's folder (default: ``~/place-based-working``).
    port
        The port to try first; the next free one is taken if it is in use.
    open_browser
        Whether to open a browser; None opens one where there is a screen.

    Returns
    -------
    int
        0, also when the learner stops it with Ctrl+C.
    """
    from place_kit.learner import folder as folders
    from place_kit.learner import lab

    chosen = Path(folder or DEFAULT_FOLDER).expanduser().resolve()
    if not lab.running(chosen):
        for line in folders.make(chosen).lines():
            print(line, flush=True)
    return lab.start(chosen, port=port, open_browser=open_browser)
