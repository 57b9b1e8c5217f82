from pathlib import Path

import place_kit
from place_kit.facts import ContentError, Problem, activities
from place_kit.facts.activities import lens

CONTENT = Path(place_kit.__file__).parent / "content" / "activities"


def test_every_file_of_content_has_its_loader_and_nothing_is_wrong():
    assert tuple(sorted(path.stem for path in CONTENT.glob("*.toml"))) == activities.NAMES
    assert activities.problems() == ()


def test_what_is_wrong_in_one_does_not_hide_the_others(monkeypatch):
    problem = Problem("activities/lens.toml", "story", "is missing.")

    def fail():
        raise ContentError([problem])

    monkeypatch.setattr(lens, "load", fail)
    assert activities.problems() == (problem,)
