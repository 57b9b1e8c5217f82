import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import making, settings
from place_kit.tutor.desk.settings import Late, Passing, Settings
from tests.tutor.course import ASSIGNMENT

EXERCISES = sorted((Path(__file__).parents[3] / "exercises").glob("*/*.ipynb"))
DUE = Settings(deadlines={ASSIGNMENT: datetime(2026, 12, 1, tzinfo=UTC)})
OLD = 'course = "0.1.0"\n\n[safeguarding]\ncontact = "A. Person"\n'


def write(folder, text):
    (folder.root / "place-kit.toml").write_text(text, encoding="utf-8")


def test_a_new_folder_says_every_setting_and_has_the_defaults(marking):
    text = (marking.root / "place-kit.toml").read_text(encoding="utf-8")
    found = settings.read(marking)
    assert found == Settings(course=found.course)
    for name in (
        *("timezone", "contact", "by_rule", "level", "policy", "grace_minutes"),
        *("points_per_day", "resubmission", "appeals", "help", "spoken"),
    ):
        assert re.search(rf"^{name} = ", text, re.MULTILINE), name


def test_the_dates_shown_in_the_template_are_ones_that_it_takes(marking):
    text = (marking.root / "place-kit.toml").read_text(encoding="utf-8")
    write(marking, text.replace('#   "03_cases" =', '"03_cases" ='))
    assert settings.read(marking).deadlines == {ASSIGNMENT: datetime(2026, 12, 1, 17, tzinfo=UTC)}


def test_an_older_file_has_the_defaults_for_what_it_lacks(marking):
    write(marking, OLD)
    found = settings.read(marking)
    assert found.contact == "A. Person"
    assert found.passing == Passing()
    assert found.late.policy == "none"


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.parent.name)
def test_the_defaults_are_what_each_exercise_tells_learners(path):
    import nbformat

    cells = nbformat.read(path, as_version=4).cells
    (told,) = [cell.source for cell in cells if cell.source.startswith("## How it is marked")]
    needed, of, level = map(
        int, re.search(r"at least (\d+) of the (\d+), and level (\d)", told).groups()
    )
    assert (Passing().by_rule * of, Passing().level) == (needed, level)
    for text in (
        settings.Words().resubmission.removesuffix("."),
        settings.Words().appeals,
        settings.Words().help,
        settings.Words().spoken,
    ):
        assert text in told


def test_every_mistake_is_told_at_once(marking):
    write(
        marking,
        'timezone = "Europe/Lundon"\ncolour = "red"\n[safeguarding]\ncontact = 5\n'
        '[passing]\nby_rule = 60\nlevel = 7\n[late]\npolicy = "harsh"\ngrace_minutes = -1\n'
        '[deadlines]\n"03_casse" = 2026-12-01\n"03_cases" = "tomorrow"\n',
    )
    with pytest.raises(PlaceKitError) as stopped:
        settings.read(marking)
    said = str(stopped.value)
    for part in (
        "colour: is not known here",
        "safeguarding.contact: must be a text; it is 5",
        "late.policy: must be one of none, points per day, capped, not accepted",
        "deadlines.03_casse: is no assignment here. There is: 03_cases",
        "deadlines.03_cases: must be a date and time such as 2026-12-01T17:00:00",
        "Correct them",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('timezone = "Europe/Lundon"', "“Europe/Lundon”, which is no time zone"),
        ('timezone = "../../etc/passwd"', "no time zone"),
        ('timezone = ""', "no time zone"),
        ("[passing]\nby_rule = 60", "must be a share from 0 to 1"),
        ("[passing]\nlevel = 4", "must be a level from 0 to 3"),
        ("[late]\ngrace_minutes = -1", "must not be less than 0"),
        ('[late]\npolicy = "points per day"', "must be more than 0"),
        ("deadlines = 3", "must be a section"),
        ('"deadlines"."03_cases" = 9999-12-31T23:00:00-05:00', "end of time"),
        ("course = ", "is not TOML"),
        ("[passing", "is not TOML"),
    ],
)
def test_a_mistake_is_told_in_words(marking, text, said):
    write(marking, text)
    with pytest.raises(PlaceKitError, match=re.escape(said)):
        settings.read(marking)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-12-01T17:00:00", "2026-12-01T17:00:00+00:00"),  # winter in London
        ("2026-06-01T17:00:00", "2026-06-01T16:00:00+00:00"),  # summer
        ("2026-06-01T17:00:00Z", "2026-06-01T17:00:00+00:00"),
        ("2026-06-01", "2026-06-01T22:59:59+00:00"),
        ("2026-10-25T01:30:00", "2026-10-25T01:30:00+00:00"),  # comes twice: the later
        ("2026-03-29T01:30:00", "2026-03-29T01:30:00+00:00"),  # never comes: the later
    ],
)
def test_a_deadline_is_local_time_and_kept_in_utc(marking, written, utc):
    write(marking, f'[deadlines]\n"03_cases" = {written}\n')
    assert settings.read(marking).deadlines[ASSIGNMENT].isoformat() == utc


def test_a_deadline_is_said_in_local_time(marking):
    write(marking, '[deadlines]\n"03_cases" = 2026-06-02T17:00:00\n')
    told = dict(settings.for_learners(settings.read(marking), ASSIGNMENT))
    assert told["Your deadline"] == "Tuesday 2 June 2026, 17:00 (Europe/London)"


@pytest.mark.parametrize(
    ("points", "level", "outcome", "words"),
    [
        (18, 2, "passed", "Passed."),
        (30, 3, "passed", "Passed."),
        (17.5, 2, "not yet", "17.5 of the 18 points"),
        (18, 1, "not yet", "is at level 1, and needs level 2 or above"),
        (30, None, "waiting", "You have the points by rule"),
        (3, None, "waiting", "You have 3 of the 18 points"),
        (0, 0, "not yet", "is at level 0"),
    ],
)
def test_what_passes_is_both_the_points_and_the_level(points, level, outcome, words):
    verdict = Settings().verdict(points, 30, level)
    assert verdict.outcome == outcome
    assert words in verdict.words


def test_thirds_of_points_do_not_fail_by_a_rounding_error():
    assert Passing(by_rule=0.7).verdict(0.7 * 3, 3, 2).outcome == "passed"
    assert Passing(by_rule=0.1 + 0.2).verdict(0.3, 1, 2).outcome == "passed"


def test_work_that_came_too_late_to_count_has_not_passed():
    assert Passing().verdict(30, 30, 3, accepted=False).outcome == "not yet"


def test_learners_are_told_what_is_set_and_nothing_else():
    told = dict(settings.for_learners(Settings()))
    assert "at least 60 % of the points" in told["What passes"]
    assert "Your deadline" not in told
    assert "If somebody may not be safe" not in told
    assert "Nothing is taken off" in told["If you are late"]


def test_an_extension_is_told_beside_the_deadline():
    due, until = datetime(2026, 12, 1, 17, tzinfo=UTC), datetime(2026, 12, 8, 17, tzinfo=UTC)
    told = dict(settings.for_learners(Settings(deadlines={ASSIGNMENT: due}), ASSIGNMENT, until))
    assert "with your extension: Tuesday 8 December 2026" in told["Your deadline"]
    assert "Without it: Tuesday 1 December 2026" in told["Your deadline"]


def test_a_late_policy_is_told_with_its_grace():
    late = Late("points per day", 15, 2)
    assert "15 minutes of grace" in late.words
    assert "loses 2 points for each day" in late.words
    assert "grace" not in Late("none", 15).words


def test_what_learners_cannot_be_told_yet_is_said_to_the_tutor():
    said = " ".join(settings.missing(Settings(), [ASSIGNMENT]))
    assert "No safeguarding contact" in said
    assert "No deadline is set yet" in said
    both = " ".join(settings.missing(DUE, [ASSIGNMENT, "04_power"]))
    assert "No deadline is set for 04_power:" in both
    full = Settings(
        safeguarding=settings.Safeguarding("A. Person"),
        deadlines={ASSIGNMENT: datetime(2026, 12, 1, tzinfo=UTC)},
    )
    assert settings.missing(full, [ASSIGNMENT]) == ()


def test_settings_that_are_there_are_never_written_again(marking, solutions):
    write(marking, OLD)
    making.make(marking.root, None, solutions)
    assert (marking.root / "place-kit.toml").read_text(encoding="utf-8") == OLD
