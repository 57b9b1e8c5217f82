"""The loader: every mistake of every file at once, in words, and nothing that can be changed."""

import json
import shutil
from dataclasses import FrozenInstanceError
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from place_kit import facts
from place_kit.facts import ContentError, Problem, citations
from place_kit.facts.model import Case, Framework, NumberKey, Question
from place_kit.facts.reading import BAD, Reader
from place_kit.problems import PlaceKitError


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, without question sets."""
    with as_file(files("place_kit").joinpath("content")) as packaged:
        shutil.copytree(packaged, tmp_path / "content", ignore=shutil.ignore_patterns("questions"))
    (tmp_path / "content" / "questions").mkdir()
    return tmp_path / "content"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(ContentError) as caught:
        facts.read(folder)
    return list(caught.value.problems)


def keys_of(folder: Path) -> list[tuple[str, str]]:
    return [(problem.file, problem.key) for problem in problems_of(folder)]


def test_the_packaged_content_loads_once():
    assert facts.load() is facts.load()


def test_content_without_questions_loads(content):
    (content / "questions").rmdir()
    assert facts.read(content).questions == {}


def test_every_mistake_of_every_file_is_listed_at_once(content):
    change(content / "cases.toml", 'kind = "process"', 'kind = "proces"')
    change(content / "cases.toml", 'short = "Total Place"\n', "")
    change(content / "principles.toml", "number = 3", 'number = "three"')
    change(content / "pitfalls.toml", "hobbes-2014", "hobbes-2041")
    change(content / "corrections.toml", 'cases = ["bradford"]', 'cases = ["bratford"]')
    change(content / "frameworks.toml", 'title = "Therapy", ', 'titel = "Therapy", ')
    change(content / "reflective_questions.toml", 'module = "03_cases"', 'module = "33_cases"')
    change(content / "references.json", '"type": "chapter"', '"type": "chaptre"')
    (content / "glossary.toml").write_bytes(b"[[term]]\nid = \xff")
    (content / "arguments.toml").unlink()

    assert sorted(keys_of(content)) == [
        ("arguments.toml", ""),
        ("cases.toml", "case.bradford.claims.bradford_partnerships.kind"),
        ("cases.toml", "case.total_place.short"),
        ("corrections.toml", "correction.bradford_reference.cases"),
        ("frameworks.toml", "framework.arnstein.entries.therapy.titel"),
        ("frameworks.toml", "framework.arnstein.entries.therapy.title"),
        ("glossary.toml", ""),
        ("pitfalls.toml", "pitfall.action.references"),
        ("principles.toml", "principle.collaboration.number"),
        ("references.json", "bailey-2012.type"),
        ("reflective_questions.toml", "question.q2.module"),
    ]


def test_the_message_is_one_sentence_for_each_mistake(content):
    change(content / "cases.toml", 'kind = "process"', 'kind = "proces"')
    change(content / "pitfalls.toml", "hobbes-2014", "hobbes-2041")
    with pytest.raises(PlaceKitError) as caught:
        facts.read(content)
    assert str(caught.value) == (
        "The course's content has 2 mistakes. Correct the files:\n"
        "- cases.toml, case.bradford.claims.bradford_partnerships.kind: "
        "must be one of activity, process, cost, outcome; it is “proces”.\n"
        "- pitfalls.toml, pitfall.action.references: names “hobbes-2041”, which is not there."
    )


def test_a_folder_that_is_not_there_is_said_file_by_file(tmp_path):
    assert {problem.message for problem in problems_of(tmp_path / "none")} == {"is missing."}


def test_one_damaged_file_does_not_make_the_others_look_wrong(content):
    (content / "references.json").write_text("[", "utf-8")
    (content / "cases.toml").write_text("[[case]", "utf-8")
    found = problems_of(content)
    assert [problem.file for problem in found] == ["cases.toml", "references.json"]
    assert found[0].message.startswith("is not TOML: ")
    assert found[1].message.startswith("is not JSON: ")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(content):
    file = content / "principles.toml"
    text = file.read_text("utf-8").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert facts.read(content).principles == facts.load().principles


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5000, "null", "{}", "[1, null, {}]"])
def test_json_that_is_no_list_of_works_is_refused_in_words(content, text):
    (content / "references.json").write_text(text, "utf-8")
    assert all(problem.message.endswith(".") for problem in problems_of(content))


def test_ids_used_twice_are_found_among_entries_and_among_the_claims_of_all_cases(content):
    change(content / "principles.toml", 'id = "foundation"', 'id = "collaboration"')
    change(content / "cases.toml", 'id = "total_place_control"', 'id = "bradford_debate"')
    assert keys_of(content) == [
        ("principles.toml", "principle.collaboration"),
        ("cases.toml", "case.total_place.bradford_debate"),
    ]


def test_empty_texts_and_ill_formed_ids_are_found(content):
    change(content / "glossary.toml", 'term = "Activity"', 'term = "  "')
    change(content / "glossary.toml", 'id = "acute_intervention"', 'id = "Acute!"')
    assert keys_of(content) == [
        ("glossary.toml", "term.activity.term"),
        ("glossary.toml", "term.2.id"),
    ]


def test_a_short_link_and_a_nameless_work_are_refused(content):
    works = json.loads((content / "references.json").read_text("utf-8"))
    works[0]["URL"] = "https://goo.gl/abc"
    works[1]["author"] = [{"given": "L."}]
    works[2]["issued"] = {"date-parts": [[]]}
    (content / "references.json").write_text(json.dumps(works), "utf-8")
    assert keys_of(content) == [
        ("references.json", "munro-2015.URL"),
        ("references.json", "pugalis-bentley-2014.author.1"),
        ("references.json", "hambleton-howard-2012.issued"),
    ]


def test_nothing_that_is_loaded_can_be_changed():
    loaded = facts.load()
    with pytest.raises(FrozenInstanceError):
        loaded.cases["bradford"].title = "x"
    with pytest.raises(TypeError):
        loaded.cases["other"] = loaded.cases["bradford"]
    with pytest.raises(TypeError):
        loaded.references["telfer-2013"].csl["title"] = "x"
    assert isinstance(loaded.cases["bradford"].claims, tuple)
    assert isinstance(loaded.references["telfer-2013"].csl["author"], tuple)


# Whatever TOML can hold, and much that it should not.
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.datetimes()
    | st.sampled_from(["id", "case", "kind", "process", "bradford"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)
FIELDS = [
    "id",
    "title",
    "claims",
    "references",
    "figures",
    "value",
    "kind",
    "aims",
    "since",
    "note",
]


HINTS = [tuple[Case, ...], tuple[Question, ...], tuple[citations.Csl, ...], Framework, NumberKey]


@given(st.lists(VALUES | st.dictionaries(st.sampled_from(FIELDS), VALUES), max_size=3) | VALUES)
@settings(deadline=None)
def test_any_value_is_read_or_becomes_a_problem_and_never_raises(value):
    for hint in HINTS:
        problems: list[Problem] = []
        given_fields = {"set": "03_cases", "graded": False}
        read = Reader("file", problems, given=given_fields).read(hint, value)
        assert (read is BAD) == bool(problems)
        assert all(problem.message.endswith(".") for problem in problems)


class OneFile:
    """The packaged content with one file's bytes replaced: no disk, so many can be tried."""

    def __init__(self, at: Traversable, name: str, data: bytes) -> None:
        self.at, self.replaced, self.data = at, name, data
        self.name = at.name

    def joinpath(self, name: str) -> "OneFile":
        return OneFile(self.at.joinpath(name), self.replaced, self.data)

    def is_dir(self) -> bool:
        return self.at.is_dir()

    def iterdir(self):
        return (self.joinpath(each.name) for each in self.at.iterdir())

    def read_bytes(self) -> bytes:
        return self.data if self.name == self.replaced else self.at.read_bytes()


@given(
    st.sampled_from(["cases.toml", "references.json", "glossary.toml", "03_cases.toml"]),
    st.binary(max_size=100)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")),
)
@settings(deadline=None, max_examples=50)
def test_any_bytes_in_a_file_give_facts_or_a_content_error(name, data):
    content = OneFile(files("place_kit").joinpath("content"), name, data)
    blamed = [name]
    try:
        facts.read(content)
    except ContentError as error:
        blamed = [problem.file.rpartition("/")[2] for problem in error.problems]
    assert name in blamed
