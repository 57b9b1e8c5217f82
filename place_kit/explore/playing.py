"""The year as it is played: one decision at a time, each kept, each year comparable.

What is decided are answers: they are saved with the module's other answers, as a question to
choose one, so the year is there again when the notebook is opened. A learner may play several
years; earlier ones stay, to be compared with.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final

import anywidget
import traitlets

from place_kit.answers.store import AnswerFile, Answers
from place_kit.explore.controls import BROKEN, STATIC, Controls
from place_kit.facts.activities.year import SET, UNDECIDED, Path, Year
from place_kit.problems import PlaceKitError
from place_kit.show import year as shown

if TYPE_CHECKING:
    from place_kit.facts.model import Facts

MOST_YEARS: Final = 5
"""How many years a learner can keep. The last one can still be changed."""

ELSEWHERE: Final = (
    "This year was played on in another window. Here is where it stands now; nothing is lost."
)


class YearPlay(anywidget.AnyWidget):  # type: ignore[misc]
    """The year as a page: the story, a choice, what came of it, and the picture.

    The page sets `act` (``{"seq", "do", "decision", "choice"}``), where `do` is ``decide``,
    ``back``, ``again``, ``show`` (another of one's years) or ``compare``. Python sets `page`, all
    that is to be seen. Its HTML is made and escaped by `show`.

    Parameters
    ----------
    known, year
        The course's facts, and the scenario.
    file
        The answer file; by default the module's, in the current folder.
    """

    _esm = STATIC / "year.js"
    _css = Controls._css + (STATIC / "year.css").read_text(encoding="utf-8")

    act = traitlets.Dict().tag(sync=True, echo_update=False)
    page = traitlets.Dict().tag(sync=True)

    def __init__(self, known: Facts, year: Year, file: FilePath | None = None) -> None:
        self._known, self._year = known, year
        self._file = AnswerFile(SET, file)
        self._other = ""
        answers = self._file.read()
        self._number = max(self._begun(answers), default=1)
        super().__init__(page=self._page(answers, notice=answers.notice))
        self.observe(self._on_act, "act")

    def _on_act(self, change: Any) -> None:
        sent = change["new"]
        seq = sent.get("seq", 0)
        try:
            notice = self._do(sent)
            self.page = self._page(self._file.read(), notice=notice, seq=seq)
        except PlaceKitError as error:
            self.page = {**self.page, "seq": seq, "notice": str(error)}
        except Exception as error:  # a fault of ours: the reader gets words, the log the rest
            print(f"place-kit: explore.year: {error!r}", file=sys.__stderr__)
            self.page = {**self.page, "seq": seq, "notice": BROKEN}

    def _do(self, sent: Mapping[str, Any]) -> str:
        """Do what the page asks; return what the learner must be told."""
        answers = self._file.read()
        path = self._path(answers, self._number)
        match sent.get("do"):
            case "decide":
                if path.now is None or path.now.id != sent.get("decision"):
                    return ELSEWHERE
                return self._save(path.now.id, sent.get("choice"), answers)
            case "back" if path.steps:
                return self._save(path.steps[-1].decision.id, UNDECIDED, answers)
            case "again" if self._may_begin(answers):
                self._number = max(self._begun(answers), default=0) + 1
            case "show" if str(sent.get("choice")) in map(str, self._begun(answers)):
                self._number = int(sent["choice"])
            case "compare":
                self._other = str(sent.get("choice", ""))
        return ""

    def _save(self, decision: str, choice: Any, answers: Answers) -> str:
        question = self._year.question(self._year.decisions[decision], self._number)
        entry = answers.entries.get(question.id)
        saved = self._file.save(
            question, choice, settle=choice != UNDECIDED, seen=entry.saves if entry else 0
        )
        return saved.notice

    # --- the learner's years ---------------------------------------------------------------------

    def _path(self, answers: Answers, number: int) -> Path:
        """One of the learner's years, as it is kept."""
        decisions = self._year.decisions.values()
        kept = {each.id: answers.value(self._year.question(each, number).id) for each in decisions}
        return self._year.walk({id: value for id, value in kept.items() if isinstance(value, str)})

    def _begun(self, answers: Answers) -> list[int]:
        """The numbers of the years in which something was decided."""
        return [number for number in range(1, MOST_YEARS + 1) if self._path(answers, number).steps]

    def _may_begin(self, answers: Answers) -> bool:
        """Whether another year can begin: this one has ended, and there is room."""
        begun = self._begun(answers)
        return self._path(answers, self._number).complete and max(begun, default=0) < MOST_YEARS

    def _others(self, answers: Answers) -> dict[str, tuple[str, Path]]:
        """The years to compare with: the learner's own that have ended, then the course's."""
        own = {
            f"year{number}": (f"Your year {number}", path)
            for number in self._begun(answers)
            if number != self._number and (path := self._path(answers, number)).complete
        }
        year = self._year
        return own | {each.id: (each.title, year.walk(year.named(each.id))) for each in year.paths}

    # --- the page --------------------------------------------------------------------------------

    def _page(self, answers: Answers, *, notice: str = "", seq: int = 0) -> dict[str, Any]:
        year, known = self._year, self._known
        path = self._path(answers, self._number)
        others = self._others(answers) if path.complete else {}
        if self._other not in others:
            self._other = ""
        title, other = others.get(self._other, ("", None))
        live, rest = shown.picture(year, path, other, title).parts()
        last = path.steps[-1] if path.steps else None
        begun = self._begun(answers)
        return {
            "seq": seq,
            "notice": notice,
            "place": year.place,
            "came": str(shown.outcome(known, last)) if last else "",
            "turn": last.choice.turn if last else "",
            "now": self._now(path),
            "end": str(shown.december(known, year, path)) if path.complete else "",
            "back": bool(path.steps),
            "again": self._may_begin(answers),
            "full": path.complete and max(begun, default=0) >= MOST_YEARS,
            "number": str(self._number),
            "years": [str(number) for number in sorted({*begun, self._number})],
            "others": [{"id": id, "text": text} for id, (text, _) in others.items()],
            "other": self._other,
            "live": str(live),
            "rest": str(rest),
        }

    def _now(self, path: Path) -> dict[str, Any] | None:
        """The decision that is to be made, if it is not December."""
        if path.now is None:
            return None
        return {
            "id": path.now.id,
            "month": path.now.month,
            "place": f"Decision {len(path.steps) + 1} of {self._year.length}",
            "story": str(shown.story(path.now)),
            "title": path.now.title,
            "choices": [{"id": each.id, "text": each.text} for each in path.now.choices],
        }

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view; and, for a reader without one, the whole story in print."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        printed = shown.every_decision(self._known, self._year)._repr_mimebundle_()
        return {**data, **printed}, metadata
