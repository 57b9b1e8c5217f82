"""Question sets: practice explains everything, graded sets hold no key."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from place_kit import facts
from place_kit.facts import ContentError, loader
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError

PRACTICE = """
graded = false

[[question]]
id = "one"
revision = 1
kind = "choose_one"
prompt = "Which?"
options = [
  { id = "a", text = "A", right = true, reason = "It is." },
  { id = "b", text = "B", right = false, reason = "It is not." },
]

[[question]]
id = "several"
revision = 2
kind = "choose_several"
prompt = "Which of these?"
help = "Choose all that fit."
options = [
  { id = "a", text = "A", right = true, reason = "It is." },
  { id = "b", text = "B", right = true, reason = "It is too." },
]

[[question]]
id = "sort"
revision = 1
kind = "classify"
prompt = "Where does it go?"
categories = [{ id = "x", text = "X" }, { id = "y", text = "Y" }]
items = [
  { id = "a", text = "A", right = "x", reason = "It is an X." },
  { id = "b", text = "B", right = "x", reason = "It is an X too." },
]

[[question]]
id = "pairs"
revision = 1
kind = "match"
prompt = "Which goes with which?"
categories = [{ id = "x", text = "X" }, { id = "y", text = "Y" }, { id = "z", text = "Z" }]
items = [
  { id = "a", text = "A", right = "x", reason = "It is an X." },
  { id = "b", text = "B", right = "y", reason = "It is a Y." },
]

[[question]]
id = "steps"
revision = 1
kind = "order"
prompt = "In which order?"
items = [
  { id = "b", text = "B", reason = "It comes second." },
  { id = "a", text = "A", reason = "It comes first." },
]
right_order = ["a", "b"]

[[question]]
id = "sure"
revision = 1
kind = "rate"
prompt = "How sure are you?"
items = [{ id = "a", text = "A" }]
scale = { low = 1, high = 7, low_label = "Not at all", high_label = "Very" }

[[question]]
id = "share"
revision = 1
kind = "number"
prompt = "How many per cent?"
unit = "%"
number = { right = "70", reason = "7 of 10.", slips = [{ value = "54", reason = "7 of 13." }] }

[[question]]
id = "think"
revision = 1
kind = "reflect"
prompt = "What would you change?"
prompts = ["With whom?"]
aim_words = 150

[[question]]
id = "do"
revision = 1
kind = "plan"
prompt = "What will you do?"
fields = [{ id = "action", label = "Action" }, { id = "due", label = "By when", type = "date" }]
max_rows = 3
"""

GRADED = """
graded = true

[[question]]
id = "one"
revision = 1
kind = "choose_one"
prompt = "Which?"
options = [{ id = "a", text = "A" }, { id = "b", text = "B" }]

[[question]]
id = "steps"
revision = 1
kind = "order"
prompt = "In which order?"
items = [{ id = "a", text = "A" }, { id = "b", text = "B" }]

[[question]]
id = "share"
revision = 1
kind = "number"
prompt = "How many?"
"""


class Sets:
    """A folder of question sets, read as the loader reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, text: str, name: str = "03_cases.toml") -> dict[str, Question]:
        (self.folder / name).write_text(text, "utf-8")
        problems: list[facts.Problem] = []
        known = {
            "module": frozenset({"03_cases"}),
            "about": frozenset({"cases.bradford", "pitfalls.power"}),
        }
        found = dict(loader._questions(self.folder, known, problems))
        if problems:
            raise ContentError(problems)
        return found

    def mistakes(self, text: str, name: str = "03_cases.toml") -> dict[str, str]:
        with pytest.raises(ContentError) as caught:
            self.read(text, name)
        assert all(each.file == f"questions/{name}" for each in caught.value.problems)
        return {each.key.removeprefix("question."): each.message for each in caught.value.problems}


@pytest.fixture
def sets(tmp_path: Path) -> Sets:
    return Sets(tmp_path)


def test_a_practice_set_holds_every_kind_of_question(sets):
    found = sets.read(PRACTICE)
    short = [id.removeprefix("03_cases.") for id in found]
    assert " ".join(short) == "one several sort pairs steps sure share think do"
    share = found["03_cases.share"]
    assert (share.set, share.graded, share.id) == ("03_cases", False, "03_cases.share")
    assert share.number
    assert share.number.slips == (("54", "7 of 13."),)
    assert found["03_cases.do"].fields[1].type == "date"


OPEN = """
graded = false

[[question]]
id = "whom"
revision = 1
kind = "choose_several"
open = true
prompt = "Whom will you meet?"
options = [{ id = "a", text = "A" }, { id = "b", text = "B" }]
"""


def test_an_open_choice_has_neither_key_nor_reasons(sets):
    (whom,) = sets.read(OPEN).values()
    assert whom.open
    assert {option.right for option in whom.options} == {None}
    found = sets.mistakes(OPEN.replace('text = "A"', 'text = "A", right = true, reason = "No."'))
    assert found == dict.fromkeys(
        ("whom.options.a.right", "whom.options.a.reason"), "does not belong here."
    )


def test_only_a_choice_can_be_open(sets):
    text = PRACTICE.replace('kind = "classify"', 'kind = "classify"\nopen = true')
    assert "does not belong" in sets.mistakes(text)["sort.open"]


def test_what_a_question_is_about_must_be_known(sets):
    about = PRACTICE.replace("revision = 1", 'revision = 1\nabout = ["cases.bradford"]', 1)
    assert sets.read(about)["03_cases.one"].about == ("cases.bradford",)
    assert sets.read(about)["03_cases.sort"].about == ()
    ((key, message),) = sets.mistakes(about.replace("bradford", "bradfort")).items()
    assert key.startswith("one.about")
    assert "cases.bradfort" in message


def test_a_graded_set_is_named_so_and_holds_no_key(sets):
    found = sets.read(GRADED, "03_cases.graded.toml")
    assert next(iter(found)) == "03_cases.graded.one"
    one = found["03_cases.graded.one"]
    assert (one.set, one.graded, one.options[0].right) == ("03_cases.graded", True, None)


def test_every_key_and_reason_in_a_graded_set_is_found(sets):
    keyed = PRACTICE.replace("graded = false", "graded = true")
    found = sets.mistakes(keyed, "03_cases.graded.toml")
    assert {
        "one.options.a.right",
        "one.options.b.reason",
        "sort.items.a.right",
        "pairs.items.b.reason",
        "steps.right_order",
        "steps.items.a.reason",
        "share.number",
    } <= found.keys()
    assert all("learner would have the key" in message for message in found.values())


def test_the_name_of_the_file_and_what_it_says_must_agree(sets):
    assert "graded" in sets.mistakes(GRADED)
    (sets.folder / "03_cases.toml").unlink()
    assert "graded" in sets.mistakes("graded = false\nquestion = []", "03_cases.graded.toml")


def test_a_set_is_named_for_a_module(sets, tmp_path):
    assert "is named for the module" in sets.mistakes(PRACTICE, "09_other.toml")[""]
    (tmp_path / "09_other.toml").unlink()
    assert "must be named for its module" in sets.mistakes(PRACTICE, "Cases.toml")[""]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (', right = true, reason = "It is."', ', reason = "It is."', "one.options.a.right"),
        (', reason = "It is not."', "", "one.options.b.reason"),
        ("right = false", "right = true", "one.options"),
        (
            'right = "x", reason = "It is an X too."',
            'right = "w", reason = "W."',
            "sort.items.b.right",
        ),
        ('right = "y", reason = "It is a Y."', 'right = "x", reason = "X."', "pairs.items.b.right"),
        (
            '{ id = "y", text = "Y" }]',
            '{ id = "y", text = "Y", right = true }]',
            "sort.categories.y.right",
        ),
        (', reason = "It comes first."', "", "steps.items.a.reason"),
        ('right_order = ["a", "b"]', 'right_order = ["a", "a"]', "steps.right_order"),
        ('right_order = ["a", "b"]', "", "steps.right_order"),
        ("high = 7", "high = 1", "sure.scale"),
        ('right = "70"', 'right = "70 %"', "share.number.right"),
        ('right = "70"', 'right = "NaN"', "share.number.right"),
        ('value = "54"', 'value = "70.0"', "share.number.slips.1.value"),
        ("number = {", "nummer = {", "share.nummer"),
        ("max_rows = 3", "max_rows = 0", "do.max_rows"),
        ("revision = 2", "revision = 0", "several.revision"),
        ("revision = 2", "revision = true", "several.revision"),
        ('kind = "rate"', 'kind = "guess"', "sure.kind"),
        ('kind = "reflect"', 'kind = "rate"', "think.scale"),
        ('type = "date"', 'type = "day"', "do.fields.due.type"),
        ('id = "due"', 'id = "action"', "do.fields.action"),
        ('id = "several"', 'id = "one"', "one"),
        ('id = "several"', 'id = "Two-fold"', "2.id"),
    ],
)
def test_a_rule_that_is_broken_is_named_with_its_place(sets, old, new, key):
    assert old in PRACTICE
    assert key in sets.mistakes(PRACTICE.replace(old, new, 1))


def test_two_mistakes_of_one_question_and_one_of_another_set_come_together(sets, tmp_path):
    (tmp_path / "03_cases.graded.toml").write_text("graded = 1", "utf-8")
    broken = PRACTICE.replace("high = 7", "high = 1").replace("max_rows = 3", "max_rows = 0")
    with pytest.raises(ContentError) as caught:
        sets.read(broken)
    assert [problem.key for problem in caught.value.problems] == [
        "graded",
        "question",
        "question.sure.scale",
        "question.do.max_rows",
    ]


@given(st.text(max_size=12))
@settings(deadline=None)
def test_any_text_as_the_right_number_is_taken_or_refused_in_words(tmp_path_factory, text):
    sets = Sets(tmp_path_factory.getbasetemp())
    quoted = "".join(
        f"\\U{ord(letter):08X}" for letter in text if not 0xD800 <= ord(letter) < 0xE000
    )
    blamed = []
    try:
        sets.read(PRACTICE.replace('right = "70"', f'right = "{quoted}"'))
    except ContentError as error:
        blamed = [each.key for each in error.problems]
    assert all(key.startswith("question.share.number") for key in blamed)


def test_an_unknown_question_names_the_nearest():
    known = next(iter(facts.load().questions), "")
    if known:
        with pytest.raises(PlaceKitError, match=known):
            facts.question(f"{known}x")


def test_questions_of_a_set_come_in_the_order_of_the_file():
    for set_name in {each.set for each in facts.load().questions.values()}:
        found = facts.questions_of(set_name)
        assert found
        assert all(facts.question(each.id) is each for each in found)


def test_the_syllabus_is_read_with_its_mistakes(tmp_path):
    file = tmp_path / "modules.toml"
    file.write_text(
        textwrap.dedent("""\
            [[module]]
            id = "03_cases"
            number = 3
            title = "Five cases"
            minutes = 60
            outcomes = ["Weigh what each case’s evidence can carry."]
            questions = ["q2"]
            assignment = ""
            """),
        "utf-8",
    )
    (module,) = facts.read_syllabus(file)
    assert (module.id, module.questions, module.assignment) == ("03_cases", ("q2",), "")

    file.write_text(file.read_text("utf-8").replace("q2", "q9").replace("60", '"60"'), "utf-8")
    with pytest.raises(ContentError) as caught:
        facts.read_syllabus(file)
    assert [each.key for each in caught.value.problems] == [
        "module.03_cases.minutes",
        "module.03_cases.questions",
    ]


def test_a_syllabus_that_is_missing_is_said(tmp_path):
    with pytest.raises(ContentError, match=r"modules\.toml: is missing"):
        facts.read_syllabus(tmp_path / "modules.toml")
