"""How far a learner is: counted from their answers, their hand-ins and their feedback.

Only looked at: nothing in the folder is changed, and what cannot be read counts as
nothing and is named in `Progress.notes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from place_kit import facts
from place_kit.answers import handin, returned, store, trial, values
from place_kit.answers.files import home_of
from place_kit.answers.returned import Returned
from place_kit.answers.trial import Trial
from place_kit.facts.model import Module
from place_kit.problems import PlaceKitError

State = Literal["not begun", "under way", "done"]

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions of a set are answered, and when first and last; times are UTC.

    `misfits` are answers of an older course that no longer fit their question. They stay
    in the answer file, and do not count.
    """

    answered: int = 0
    of: int = 0
    first_at: str = ""
    last_at: str = ""
    misfits: int = 0

    @property
    def state(self) -> State:
        """A set is done when every question has an answer, be it a part of the whole."""
        if self.of and self.answered >= self.of:
            return "done"
        return "under way" if self.answered else "not begun"


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """How far a learner is in one module; `here` says whether its page is in the folder."""

    module: Module
    answered: int
    of: int
    first_at: str
    last_at: str
    state: State
    here: bool = True

    @property
    def page(self) -> str:
        """The module's page, from the learner's folder."""
        return f"course/{self.module.id}.ipynb"

    @property
    def minutes(self) -> int:
        """The share of the module's minutes that is done, as the syllabus reckons them."""
        return round(self.module.minutes * self.answered / self.of) if self.of else 0


@dataclass(frozen=True, slots=True)
class ExerciseProgress:
    """How far a learner is in one exercise: answered, handed in, and what came back."""

    module: Module
    answered: int
    of: int
    first_at: str
    last_at: str
    state: State
    handed_in: str = ""
    feedback: Returned | None = None
    page: str = ""

    @property
    def again(self) -> bool:
        """Whether it was handed in again after the attempt that the feedback is on."""
        return bool(self.feedback and self.feedback.at and self.handed_in > self.feedback.at)

    @property
    def assignment(self) -> str:
        """The exercise's name, as its files write it."""
        return self.module.assignment


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a sentence, and the page it leads to, from the learner's folder."""

    says: str
    page: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a learner is in the course.

    `trial` is what they chose to try at work, and `told` whether they have said how it went.
    """

    folder: Path
    modules: tuple[ModuleProgress, ...]
    exercises: tuple[ExerciseProgress, ...]
    notes: tuple[str, ...] = ()
    trial: Trial | None = None
    told: bool = False

    @property
    def parts(self) -> tuple[ModuleProgress | ExerciseProgress, ...]:
        """All modules, then all exercises."""
        return (*self.modules, *self.exercises)

    @property
    def done(self) -> tuple[ModuleProgress, ...]:
        """The modules that are done."""
        return tuple(each for each in self.modules if each.state == "done")

    @property
    def minutes(self) -> int:
        """Minutes done, as the syllabus reckons them: nobody's time is measured."""
        return sum(each.minutes for each in self.modules)

    @property
    def minutes_in_all(self) -> int:
        """Minutes of the whole course, by the syllabus."""
        return sum(each.module.minutes for each in self.modules)

    @property
    def begun(self) -> bool:
        """Whether anything is answered yet."""
        return any(each.answered for each in self.parts)

    @property
    def last(self) -> ModuleProgress | ExerciseProgress | None:
        """The module or exercise last answered in."""
        times = [each for each in self.parts if each.last_at]
        return max(times, key=lambda each: each.last_at, default=None)

    @property
    def next(self) -> Step | None:
        """What to do next; None when all is done and handed in."""
        last = self.last
        if isinstance(last, ExerciseProgress) and not last.handed_in:
            return _exercise(last)
        after = [each.module.id for each in self.modules].index(last.module.id) if last else 0
        ahead = (*self.modules[after:], *self.modules[:after])
        for each in ahead:
            if each.here and each.state != "done":
                return _module(each)
        for one in self.exercises:
            if one.page and not one.handed_in:
                return _exercise(one)
        for one in self.exercises:
            if one.page and one.feedback and one.feedback.passed is False and not one.again:
                return Step(
                    f"Read the feedback on the exercise of {one.module.title}. You may change "
                    "your answers and hand in again.",
                    one.page,
                )
        return None


def of(folder: Path, course: Path | None = None) -> Progress:
    """Count how far a learner is.

    Parameters
    ----------
    folder
        The learner's folder, the one that holds ``course/`` and ``exercises/``.
    course
        The folder of the modules, where it is not ``course/``.

    Raises
    ------
    PlaceKitError
        If the folder holds no course.
    """
    course = course or folder / "course"
    if not (course / facts.SYLLABUS).is_file():
        raise PlaceKitError(
            f"There is no course in {folder}. Name the folder that place-kit learn made, "
            "or make one: place-kit learn"
        )
    syllabus = facts.read_syllabus(course / facts.SYLLABUS)
    notes: list[str] = []
    modules = []
    for module in syllabus:
        one = count(module.id, course, notes, title=module.title)
        here = (course / f"{module.id}.ipynb").is_file()
        modules.append(
            ModuleProgress(module, one.answered, one.of, one.first_at, one.last_at, one.state, here)
        )
    exercises = tuple(_exercises(folder, syllabus, notes))
    tried = trial.current(course)
    told = trial.is_told(tried)
    return Progress(folder, tuple(modules), exercises, tuple(notes), tried, told)


def around(notebook_folder: Path) -> tuple[Path, Path]:
    """The learner's folder, and that of the modules, seen from the folder of a notebook."""
    place = notebook_folder.absolute()
    home = home_of(place)
    if home is None and (place / facts.SYLLABUS).is_file():
        return place.parent, place  # a course that no place-kit learn has put here
    home = home or place.parent
    return home, home / "course"


def count(
    question_set: str, folder: Path, notes: list[str] | None = None, *, title: str = ""
) -> Count:
    """Count the answers of one set.

    Parameters
    ----------
    question_set, folder
        As `store.file_for` takes them.
    notes
        What the learner should know is added here.
    title
        What to call the set in a note.
    """
    notes = [] if notes is None else notes
    asked = [each for each in facts.questions_of(question_set) if not each.later]
    try:
        answers = store.look(question_set, store.file_for(question_set, folder))
    except PlaceKitError as error:
        notes.append(f"The answers of {title or question_set} could not be read. {error}")
        return Count(of=len(asked))
    given = misfits = 0
    for question in asked:
        value = answers.value(question.id)
        if value is None:
            continue
        try:
            given += values.anything(values.check(question, value))
        except PlaceKitError:
            misfits += 1
    if misfits:
        many = "answers belong" if misfits > 1 else "answer belongs"
        notes.append(
            f"{title or question_set}: {misfits} {many} to an older version of the course and "
            "could not be carried over. Nothing is lost: it is kept in your answer file. "
            "Please answer anew."
        )
    times = sorted(at for entry in answers.entries.values() for at in _times(entry))
    first, last = (times[0], times[-1]) if times else ("", "")
    return Count(given, len(asked), first, last, misfits)


def _times(entry: store.Entry) -> Iterator[str]:
    for at in (entry.at, entry.first_at, *(at for _, at in entry.kept)):
        if _TIME.fullmatch(at):
            yield at


def _exercises(
    folder: Path, syllabus: Iterable[Module], notes: list[str]
) -> Iterator[ExerciseProgress]:
    made = hand_ins(folder / "hand-in")
    back = returned.read(folder / returned.FOLDER)
    for module in syllabus:
        name = module.assignment
        if not name:
            continue
        place = folder / "exercises" / name
        one = count(name + store.GRADED, place, notes, title=f"The exercise of {module.title}")
        pages = sorted(place.glob("*.ipynb"))
        yield ExerciseProgress(
            module,
            one.answered,
            one.of,
            one.first_at,
            one.last_at,
            one.state,
            made[name].made if name in made else "",
            back.get(name),
            pages[0].relative_to(folder).as_posix() if pages else "",
        )


def hand_ins(folder: Path) -> dict[str, handin.HandIn]:
    """The latest hand-in of each assignment in a learner's ``hand-in`` folder."""
    latest: dict[str, handin.HandIn] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            one = handin.parse(store.read_plain_file(path, handin.MAX_BYTES) or b"")
        except PlaceKitError:
            continue  # not a hand-in: something else that was put here
        if one.assignment not in latest or latest[one.assignment].made <= one.made:
            latest[one.assignment] = one
    return latest


def _module(each: ModuleProgress) -> Step:
    if each.state == "not begun":
        minutes = f"It takes about {each.module.minutes} minutes, at once or in pieces."
        return Step(f"Begin {each.module.title}. {minutes}", each.page)
    left = each.of - each.answered
    questions = "One question is" if left == 1 else f"{left} questions are"
    return Step(f"Go on with {each.module.title}. {questions} left.", each.page)


def _exercise(each: ExerciseProgress) -> Step:
    title = each.module.title
    if each.state == "not begun":
        return Step(f"The exercise of {title}, if you want a tutor’s view.", each.page)
    if each.state == "under way":
        left = each.of - each.answered
        questions = "One question is" if left == 1 else f"{left} questions are"
        return Step(f"Go on with the exercise of {title}. {questions} left.", each.page)
    return Step(f"Make the hand-in file for the exercise of {title}.", each.page)
