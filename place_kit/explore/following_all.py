"""Controls that follow the answers to several questions, without interrupting a listener."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from place_kit.answers.store import Entry
from place_kit.explore.controls import Field
from place_kit.explore.following import Following
from place_kit.facts.model import Question
from place_kit.show._html import Html, tag
from place_kit.show.card import Card


class FollowingAll(Following):
    """Controls, told when a form of this kernel saves an answer to any of their questions.

    Parameters
    ----------
    follows
        The questions whose answers are drawn, all of one set.
    prompt, fields, draw, printed
        As `Following` takes them.
    """

    def __init__(
        self,
        follows: Sequence[Question],
        prompt: str,
        fields: Sequence[Field],
        draw: Callable[[Mapping[str, str]], Card],
        printed: Card,
    ) -> None:
        super().__init__(follows[0], prompt, fields, draw, printed, follows[1:])

    def saved_elsewhere(self, question: Question, entry: Entry) -> None:
        """Draw anew, with the choices as they are.

        The words move out of what is read aloud: whoever rates ten stories would
        otherwise hear the map after each of them.
        """
        if question.id in self._ids:
            drawn = self._show(self.shown["seq"], self.shown["values"])
            words = tag("div", Html(drawn["live"]), class_="pk-card")
            self.shown = {**drawn, "live": "", "rest": words + drawn["rest"]}
