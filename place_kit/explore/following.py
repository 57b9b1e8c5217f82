"""Controls that follow saved answers: what they show is drawn anew when one is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from place_kit.answers.store import AnswerFile, Entry
from place_kit.ask.form import Watching, watch
from place_kit.explore.controls import Controls, Field
from place_kit.facts.model import Question
from place_kit.show.card import Card


class Following(Controls, Watching):
    """Controls, told when a form of this kernel saves an answer to one question.

    Parameters
    ----------
    follows
        The question whose answer is drawn.
    prompt, fields, draw, printed
        As `Controls` takes them; without fields it is a picture alone. `draw` reads the
        answer itself, so that it shows what is kept.
    also
        Other questions of the same set on which the picture hangs.
    """

    def __init__(
        self,
        follows: Question,
        prompt: str,
        fields: Sequence[Field],
        draw: Callable[[Mapping[str, str]], Card],
        printed: Card,
        also: Sequence[Question] = (),
    ) -> None:
        self.follows = follows
        self._ids = {follows.id, *(each.id for each in also)}
        self.path = AnswerFile(follows.set).path
        super().__init__(prompt, fields, draw, printed)
        watch(self)

    def saved_elsewhere(self, question: Question, entry: Entry) -> None:
        """Draw anew, with the choices as they are."""
        if question.id in self._ids:
            self.shown = self._show(self.shown["seq"], self.shown["values"])
