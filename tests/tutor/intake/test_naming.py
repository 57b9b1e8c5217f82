from datetime import datetime

import pytest

from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.intake import arrivals, taking
from place_kit.tutor.intake.naming import Claim, claim_of
from tests.tutor.course import hand_in
from tests.tutor.intake.test_arrivals import zipped

PEOPLE = {
    one.id: one
    for one in (
        Learner("ada.l", "Ada", "Lovelace", lms_user_id="4711"),
        Learner("zoe", "Zoë Ann", "Ek-Lund", lms_user_id="4712"),
        Learner("whole", "", "Bo Berg"),
        Learner("nameless"),
    )
}
FILE = "03_cases__ada-l.json"


@pytest.mark.parametrize(
    ("parts", "claim", "named"),
    [
        (("Ada Lovelace_12345_assignsubmission_file_", FILE), "Moodle", ("ada.l",)),
        (("Ada Lovelace_12345_assignsubmission_file", FILE), "Moodle", ("ada.l",)),
        ((f"Ada Lovelace_12345_assignsubmission_file_{FILE}",), "Moodle", ("ada.l",)),
        (("Group 2-Zoe Ann Ek-Lund_1_assignsubmission_file_", FILE), "Moodle", ("zoe",)),
        (("Participant_12345_assignsubmission_file_", FILE), "Moodle", ()),
        ((f"lovelaceada_4711_456_{FILE}",), "Canvas", ("ada.l",)),
        ((f"lovelaceada_LATE_999_456_{FILE[:-5]}-1.json",), "Canvas", ("ada.l",)),
        ((f"anybody_4712_456_{FILE}",), "Canvas", ("zoe",)),
        (("12345-67890 - Bo Berg - Nov 20, 2026 1000 AM", FILE), "Brightspace", ("whole",)),
        ((f"1-2 - Berg Bo - Nov 20, 2026 1000 AM - {FILE}",), "Brightspace", ("whole",)),
    ],
)
def test_a_platforms_names_say_whose_a_file_is(parts, claim, named):
    found = claim_of(("inbox", *parts))
    assert (found.platform, found.named(PEOPLE)) == (claim, named)


@pytest.mark.parametrize("name", [FILE, "a.json", "x" * 10_000, "_1_2_.json", ""])
def test_other_names_say_nothing(name):
    assert claim_of((name,)) is None


@pytest.mark.parametrize(
    ("written", "hour"), [("1000 AM", 10), ("12:05 AM", 0), ("1230 PM", 12), ("905 PM", 21)]
)
def test_brightspaces_time_is_the_tutors_own(written, hour):
    claim = claim_of((f"1-2 - Ada - Nov 20, 2026 {written}", FILE))
    assert claim.time.replace(tzinfo=None, minute=0) == datetime(2026, 11, 20, hour)


def test_a_date_there_never_was_is_no_time():
    assert claim_of(("1-2 - Ada - Feb 31, 2026 1000 AM", FILE)) == Claim("Brightspace", "Ada")


def outcomes(marking, inbox):
    return {one.source: (one.outcome, one.reason) for one in taking.collect(inbox, marking.root)}


def test_a_platforms_download_is_taken(marking, inbox):
    bo = hand_in("bo")
    (inbox / "all.zip").write_bytes(
        zipped(
            {
                "Ada Lovelace_1_assignsubmission_file_/03_cases__ada.l.json": hand_in(),
                "1-2 - Bo Ek - Nov 20, 2026 1000 AM/03_cases__bo.json": bo,
                "index.html": b"<html>",
            }
        )
    )
    found = outcomes(marking, inbox)
    assert [outcome for outcome, _ in found.values()] == ["taken", "taken"]
    (said,) = [reason for source, (_, reason) in found.items() if "Bo Ek" in source]
    assert said.endswith("says Brightspace")


def test_where_the_platform_names_somebody_else_it_waits_for_the_tutor(marking, inbox):
    name = "Ada Lovelace_1_assignsubmission_file_/03_cases__bo.json"
    (inbox / "all.zip").write_bytes(zipped({name: hand_in("bo")}))
    ((outcome, reason),) = outcomes(marking, inbox).values()
    assert outcome == "held"
    assert "by bo, and Moodle that it is by Ada Lovelace (ada.l)" in reason
    assert not (marking.submitted / "bo").exists()
    (inbox / "all.zip").unlink()
    assert outcomes(marking, inbox) == {}  # it is not taken by itself
    (waiting,) = taking.held(marking)
    (taken,) = taking.collect(waiting, marking.root, learner="ada.l")
    assert (taken.outcome, taken.learner) == ("taken", "ada.l")
    assert taking.held(marking) == []
    assert list((marking.held / "whose").iterdir()) == []


def test_a_name_that_a_learner_gave_inside_a_zip_is_no_witness(inbox):
    inner = zipped({"1-2 - Bo Ek - Nov 20, 2020 1000 AM/x.json": b"{}"})
    (inbox / "all.zip").write_bytes(zipped({"mine.zip": inner}))
    one = [*arrivals.read(inbox)][-1]
    assert (one.claim, one.time) == (None, None)


def test_a_tutor_can_say_whose_a_wrongly_named_hand_in_is(marking, inbox):
    gradebook.enrol(marking, [Learner("di")])
    (inbox / "a.json").write_bytes(hand_in("dee"))
    taking.collect(inbox, marking.root)
    (waiting,) = taking.held(marking)
    (taken,) = taking.collect(waiting, marking.root, learner="di")
    assert taken.outcome == "taken"
    assert taking.held(marking) == []
    assert not waiting.with_suffix(".why.txt").exists()
