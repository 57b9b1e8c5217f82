"""What nbgrader loads from the marking folder's configuration, so that its own commands and
formgrader's buttons are as safe as ours.

The idea is one: **the submitted notebook is never opened**. Where nbgrader reads a file of
``submitted/``, `OwnNotebook` gives it the notebook that was released, and leaves nothing of
what was sent in the folder where the kernel runs, but answers that passed the intake's checks.
Names are written as text in the configuration: where place_kit is not installed nbgrader
stops, rather than go on without it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbconvert.exporters import NotebookExporter
from nbgrader.plugins import ExtractorPlugin
from nbgrader.preprocessors import Execute

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import stopped
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.files import read_plain, write_whole
from place_kit.tutor.intake import validated
from place_kit.tutor.times import nbgrader_time


class OwnNotebook(NotebookExporter):  # type: ignore[misc]
    """Marks the released notebook, whatever notebook was submitted."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, Any]:
        """Read the released notebook instead of a submitted one; others as they are."""
        coursedir, info = self.parent.coursedir, (resources or {})["nbgrader"]
        assignment, learner = info["assignment"], info["student"]

        def place(step: str, student: str) -> Path:
            return Path(coursedir.format_path(step, student, assignment))

        submitted = place(coursedir.submitted_directory, learner)
        autograded = place(coursedir.autograded_directory, learner)
        # Anything but our own copy from the first step counts as sent by somebody.
        if Path(filename).parent != autograded:
            if self.config.Execute.get("enabled") is False:
                raise PlaceKitError(
                    "Marking without running the notebook (--no-execute) would give full marks "
                    "to everybody. Leave the option out."
                )
            if stopped.is_stopped(MarkingFolder(Path(coursedir.root)), learner, assignment):
                raise PlaceKitError(
                    "Its marking is stopped. 'place-kit stop --resume' lets it be marked again."
                )
            _leave_only_answers(autograded, submitted)
            released = place(coursedir.release_directory, ".") / f"{info['notebook']}.ipynb"
            filename = str(released)
        notebook, resources = super().from_filename(filename, resources=resources, **kw)
        return notebook, resources


def _leave_only_answers(folder: Path, submitted: Path) -> None:
    """Empty the folder the kernel will run in, and put the checked answers there."""
    answers = validated.read(submitted / ANSWERS, submitted.name)
    keep = {ANSWERS: validated.serialise(answers)}
    if (submitted / TIMESTAMP).exists():
        arrived = read_plain(submitted / TIMESTAMP, 100).decode("ascii", "replace")
        keep[TIMESTAMP] = nbgrader_time(arrived).encode("ascii")
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    for name, raw in keep.items():
        write_whole(folder / name, raw)


class OwnKernel(AsyncKernelManager):
    """The Python of this environment, whatever kernels are installed for the user.

    ``-P`` keeps the folder it runs in off the import path: a second wall.
    """

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel that marks."""
        own = get_kernel_dict()
        return KernelSpec(
            # Quiet: its warning that it talks over this machine's own loopback helps nobody.
            argv=[sys.executable, "-P", *own["argv"][1:], "--IPKernelApp.log_level=40"],
            display_name="place-kit marking",
            language="python",
            metadata=own.get("metadata", {}),
        )


class OwnExecute(Execute):  # type: ignore[misc]
    """nbgrader's own step, with our kernel."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, kernel_manager_class=OwnKernel, **kwargs)


class UsePlaceKitCollect(ExtractorPlugin):  # type: ignore[misc]
    """Stops ``nbgrader zip_collect``, which would put what was sent into ``submitted/``."""

    def __init__(self, **kwargs: Any) -> None:
        raise SystemExit(
            "zip_collect is switched off in this marking folder: it would unpack everything that "
            "was sent. Run 'place-kit collect' on the zip instead; it takes the answers alone."
        )
