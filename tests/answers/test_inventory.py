"""What is kept: every file of a learner's folder belongs to a kind that has words."""

from __future__ import annotations

from pathlib import Path

import pytest

from place_kit.answers import inventory
from place_kit.facts import keeping
from place_kit.learner import folder as folders
from tests.answers.folders import learner_folder, tree
from tests.answers.test_forgetting import GRADED, plant

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("course/answers/03_cases.json", "answers"),
        ("exercises/03_cases/answers.json", "answers"),
        ("course/answers/03_cases.damaged-2026-01-01T000000Z.json", "aside"),
        ("exercises/03_cases/answers.damaged-2026-01-01T000000Z-2.json", "aside"),
        (".place-kit/journal/03_cases.full-2026-01-01T000000Z.json", "aside"),
        (".place-kit/journal/03_cases.graded.json", "versions"),
        ("hand-in/03_cases__ada-l.json", "hand_in"),
        ("feedback/03_cases/feedback.html", "feedback"),
        ("record/learning.docx", "records"),
        ("place-based-working.zip", "exports"),
        (".place-kit/learner.json", "name"),
        ("course/.ipynb_checkpoints/03_cases-checkpoint.ipynb", "copies"),
        ("course/03_cases.ipynb", "pages"),
        ("course/03_cases (new in 2.0).ipynb", "pages"),
        ("course/modules.toml", "pages"),
        (".place-kit/manifest.json", "notes"),
        (".place-kit/forgotten.txt", "notes"),
        (".place-kit/tmp/77-aa", "notes"),
        ("course/answers/.03_cases.lock", "notes"),
        ("course/answers/.03_cases.x.tmp", "notes"),
        (".place-kit/jupyter/log.txt", "engine"),
        ("team-session/.team-host/session.json", "team_files"),
        (f"drive/team-our_place-round-1-{'0a' * 10}.json", "team_files"),
        ("pooled/pictures/overview.png", "team_pooled"),
        ("course/my notes.txt", "own"),
        ("course/journal (my own).ipynb", "own"),
        ("course/journal (my own 2).ipynb", "own"),
        ("diary.docx", "own"),
        ("old/work.zip", "own"),
    ],
)
def test_a_file_is_of_the_kind_its_place_says(name, kind):
    assert inventory.kind_of(name) == kind


def test_every_kind_that_can_be_found_has_words_and_every_word_a_kind(tmp_path):
    home = tmp_path / "home"
    folders.make(home, source=ROOT)
    learner_folder(tmp_path / "other")
    plant(home, GRADED)
    (home / ".place-kit" / "learner.json").write_text("{}")
    (home / "diary.txt").write_text("mine")
    for name in ("team-session/.team-host/session.json", "pooled/counts.csv"):
        (home / name).parent.mkdir(parents=True)
        (home / name).write_text("{}")
    assert inventory.look(home).keys() == {heap.id for heap in keeping.load()}


def test_the_counts_are_those_of_the_folder(tmp_path):
    home = learner_folder(tmp_path / "home")
    found = inventory.look(home)
    locks = list(home.rglob("*.lock"))
    files = tree(home)
    assert sum(one.files for one in found.values()) == len(files) + len(locks)
    assert sum(one.size for one in found.values()) == sum(map(len, files.values()))
    assert found["answers"].files == 2
