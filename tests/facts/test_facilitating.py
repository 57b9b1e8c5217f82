"""The facilitator's notes are gathered from the modules' notebooks."""

from __future__ import annotations

import json
import shutil

import pytest

from place_kit.facts.facilitating import notes
from place_kit.problems import PlaceKitError
from tests.course.reading import COURSE, texts


def test_every_note_of_every_module_is_found_with_its_part_and_time():
    found = {module.id: written for module, written in notes(COURSE)}
    for id, written in found.items():
        assert len(written) == len(texts(COURSE / f"{id}.ipynb", facilitator=True)) > 0
        assert all(note.part and note.text for note in written)
    ladder = found["04_power"][0]
    assert (ladder.part, ladder.time) == ("Now you", "15 minutes")
    assert ladder.text.startswith("Tape the eight rungs to a wall.")


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"cells": [{"cell_type": "markdown"}]})])
def test_a_notebook_that_cannot_be_read_is_named(tmp_path, content):
    shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("answers"))
    (tmp_path / "course" / "04_power.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(PlaceKitError, match=r"04_power\.ipynb cannot be read"):
        notes(tmp_path / "course")
