"""The words about what is kept: all there, in plain English, and mistakes are named."""

from __future__ import annotations

import pytest

from place_kit.facts import keeping
from place_kit.facts.problems import ContentError
from tests.course.plain_english import measure, measure_all

HEAPS = keeping.load()


def test_what_is_kept_is_said_in_plain_english():
    passages = [text for heap in HEAPS for text in (heap.what, heap.until)]
    assert measure_all(passages).grade <= 8
    assert [str(each) for each in map(measure, passages) if each.longest > 25] == []


def test_each_kind_has_its_own_id_and_name():
    assert len({heap.id for heap in HEAPS}) == len({heap.name for heap in HEAPS}) == len(HEAPS)


def test_a_mistake_in_the_file_is_named(tmp_path):
    file = tmp_path / "keeping.toml"
    file.write_text('[[heap]]\nid = "answers"\nname = "Your answers"\nwhy = "x"\n', "utf-8")
    with pytest.raises(ContentError, match=r"where.*|why.*"):
        keeping.read(file)
