import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import stopped
from place_kit.tutor.intake import taking
from tests.tutor.course import ASSIGNMENT, hand_in


@pytest.fixture
def handed_in(marking):
    taking.take_all(marking, [taking.Arrival("a", hand_in()), taking.Arrival("b", hand_in("bo"))])
    return marking


def test_what_is_stopped_is_that_submission_alone(handed_in):
    one = stopped.stop(handed_in, "ada.l", ASSIGNMENT, by="T. Utor", note="case 12")
    assert (one.by, one.note) == ("T. Utor", "case 12")
    assert stopped.is_stopped(handed_in, "ada.l", ASSIGNMENT)
    assert not stopped.is_stopped(handed_in, "bo", ASSIGNMENT)


def test_who_stopped_it_first_stays_on_record(handed_in):
    stopped.stop(handed_in, "ada.l", ASSIGNMENT, by="First")
    assert stopped.stop(handed_in, "ada.l", ASSIGNMENT, by="Second").by == "First"


def test_feedback_that_is_written_already_is_taken_away_and_no_other(handed_in):
    for learner in ("ada.l", "bo"):
        (handed_in.feedback / learner / ASSIGNMENT).mkdir(parents=True)
        (handed_in.feedback / learner / ASSIGNMENT / "cases.html").write_text("x")
    stopped.stop(handed_in, "ada.l", ASSIGNMENT, by="T")
    assert [path.parts[-3] for path in handed_in.feedback.rglob("*.html")] == ["bo"]


def test_it_can_be_resumed(handed_in):
    stopped.stop(handed_in, "ada.l", ASSIGNMENT, by="T")
    stopped.resume(handed_in, "ada.l", ASSIGNMENT)
    assert not stopped.is_stopped(handed_in, "ada.l", ASSIGNMENT)
    with pytest.raises(PlaceKitError, match="is not stopped"):
        stopped.resume(handed_in, "ada.l", ASSIGNMENT)


def test_a_name_that_nobody_has_is_told(handed_in):
    for learner, assignment in (("cy", ASSIGNMENT), ("../../x", ASSIGNMENT), ("ada.l", "..")):
        with pytest.raises(PlaceKitError, match="There is no submission"):
            stopped.stop(handed_in, learner, assignment, by="T")


def test_a_name_that_is_a_path_deletes_nothing(handed_in):
    with pytest.raises(PlaceKitError, match="There is no submission"):
        stopped.stop(handed_in, "../solutions", ASSIGNMENT, by="T")
    assert any((handed_in.solutions / ASSIGNMENT).iterdir())


@pytest.mark.parametrize("text", ["{", "[1]", '[{"learner": "a"}]', '{"a": 1}', '[{"x": 1}]'])
def test_a_record_that_cannot_be_read_stops_everything_rather_than_nothing(handed_in, text):
    (handed_in.root / stopped.RECORD).write_text(text)
    with pytest.raises(PlaceKitError, match="Nothing is marked or sent"):
        stopped.is_stopped(handed_in, "ada.l", ASSIGNMENT)


def test_the_command_says_what_to_do_now_and_whom_to_turn_to(handed_in, capsys):
    settings = handed_in.root / "place-kit.toml"
    text = settings.read_text().replace('contact = ""', 'contact = "A. Person, 01234 567890"')
    settings.write_text(text)
    assert commands.stop("ada.l", ASSIGNMENT, handed_in.root, by="T. Utor") == 0
    said = capsys.readouterr().out
    assert "safeguarding procedure" in said
    assert "Turn to: A. Person, 01234 567890" in said
    assert commands.stop("ada.l", ASSIGNMENT, handed_in.root, resume=True) == 0
    assert "can be marked again. T. Utor had stopped it" in capsys.readouterr().out
