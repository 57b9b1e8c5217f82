"""Controls that follow saved answers: what they show is drawn anew when one is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from place_kit.answers.store import AnswerFile, Entry
from place_kit.ask.form import Watching, watch
from place_kit.explore.controls import Controls, Field
from place_kit.facts.model import Question
from place_kit.show._html import Html, tag
from place_kit.show.card import Card


class Following(Controls, Watching):
    """Controls, told when a form of this kernel saves an answer to one of their questions.

    Parameters
    ----------
    follows
        The questions whose answers are drawn, all of one set.
    prompt, fields, draw, printed
        As `Controls` takes them; without fields it is a picture alone. `draw` reads the
        answers itself, so that it shows what is kept.
    """

    def __init__(
        self,
        follows: Sequence[Question],
        prompt: str,
        fields: Sequence[Field],
        draw: Callable[[Mapping[str, str]], Card],
        printed: Card,
    ) -> None:
        self._followed = frozenset(each.id for each in follows)
        self.path = AnswerFile(follows[0].set).path
        super().__init__(prompt, fields, draw, printed)
        watch(self)

    def saved_elsewhere(self, question: Question, entry: Entry) -> None:
        """Draw anew, with the choices as they are.

        The words move out of what is read aloud: whoever rates ten stories would
        otherwise hear the map after each of them.
        """
        if question.id in self._followed:
            drawn = self._show(self.shown["seq"], self.shown["values"])
            words = tag("div", Html(drawn["live"]), class_="pk-card")
            self.shown = {**drawn, "live": "", "rest": words + drawn["rest"]}
