"""The controls: native selects and radio buttons; a change asks Python to draw again.

The drawing is our own SVG and the words are our own HTML, so one message redraws all
of it. (Plotly's extension does not draw a display anew when it is updated.)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import anywidget
import traitlets

from place_kit.problems import PlaceKitError
from place_kit.show.card import Card
from place_kit.show.lookup import problem

STATIC = Path(__file__).parent / "static"

BROKEN = (
    "Something in the course itself went wrong. Nothing of yours is lost. Please tell whoever "
    "gave you the course."
)


def _css() -> str:
    """Return the look of the forms and of the cards, and the little that is only ours."""
    parts = (
        files("place_kit.ask").joinpath("static/form.css"),
        files("place_kit.show").joinpath("card.css"),
        STATIC / "explore.css",
    )
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to choose: its name, its label, and pairs of id and words.

    Parameters
    ----------
    start
        The id chosen at first; without it, the first.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    shape: Literal["select", "radio"] = "select"
    start: str = ""

    def spec(self) -> dict[str, Any]:
        """Return what the page needs."""
        options = [{"id": id, "text": text} for id, text in self.options]
        return {"name": self.name, "label": self.label, "shape": self.shape, "options": options}


class Controls(anywidget.AnyWidget):  # type: ignore[misc]
    """Labelled controls, with what they choose below.

    The page sets `chosen` (``{"seq", "values": {name: id}}``); Python sets `shown`
    (``{"seq", "values", "live", "rest"}``, both HTML made by `show`, safe to put in).

    Parameters
    ----------
    prompt
        What to do, in a sentence.
    fields
        What can be chosen.
    draw
        Makes the card for a choice.
    printed
        What stands here where nobody can choose.
    """

    _esm = STATIC / "explore.js"
    _css = _css()

    spec = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True, echo_update=False)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        prompt: str,
        fields: Sequence[Field],
        draw: Callable[[Mapping[str, str]], Card],
        printed: Card,
    ) -> None:
        self._fields = tuple(fields)
        self._draw = draw
        self._printed = printed
        start = {field.name: field.start or field.options[0][0] for field in fields}
        super().__init__(
            spec={"prompt": prompt, "fields": [field.spec() for field in fields]},
            shown=self._show(0, start),
        )
        self.observe(self._on_chosen, "chosen")

    def _on_chosen(self, change: Any) -> None:
        sent = change["new"]
        self.shown = self._show(sent.get("seq", 0), sent.get("values", {}))

    def _show(self, seq: int, values: Mapping[str, str]) -> dict[str, Any]:
        try:
            live, rest = self._card(values).parts()
        except PlaceKitError as error:
            live, rest = problem(str(error)).parts()
        except Exception as error:  # a fault of ours: the reader gets words, the log the rest
            print(f"place-kit: explore: {error!r}", file=sys.__stderr__)
            live, rest = problem(BROKEN).parts()
        return {"seq": seq, "values": dict(values), "live": str(live), "rest": str(rest)}

    def _card(self, values: Mapping[str, str]) -> Card:
        for field in self._fields:
            if values.get(field.name) not in [id for id, _ in field.options]:
                raise PlaceKitError(f"Choose one of the list under “{field.label}”.")
        return self._draw(values)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view; and, for a reader without one, everything in print."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        printed = self._printed._repr_mimebundle_()
        return {**data, **printed}, metadata
