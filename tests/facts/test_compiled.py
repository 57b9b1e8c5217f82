"""Facts that were read beforehand are the very same facts."""

from __future__ import annotations

import pytest

from place_kit import facts
from place_kit.facts import compiled


def test_what_was_read_beforehand_is_the_same_and_as_unchangeable(tmp_path):
    (tmp_path / compiled.FILE).write_bytes(compiled.dumped(facts.load()))
    again = compiled.found(tmp_path)
    assert again == facts.load()
    assert again is not facts.load()
    with pytest.raises(TypeError):
        again.cases["new"] = None


def test_without_such_a_file_there_is_nothing(tmp_path):
    assert compiled.found(tmp_path) is None
