"""The words that stand for the codes of the data, the same in every picture and card."""

from __future__ import annotations

from collections.abc import Sequence

from place_kit.facts.model import Certainty, ClaimKind, Figure, Finding

KINDS: dict[ClaimKind, str] = {
    "activity": "Activity",
    "process": "Process",
    "cost": "Cost",
    "outcome": "Outcome",
}
KIND_MEANINGS: dict[ClaimKind, str] = {
    "activity": "what was done",
    "process": "how people worked together",
    "cost": "what was spent or saved",
    "outcome": "what changed for residents",
}
FINDINGS: dict[Finding, str] = {
    "reported": "reported",
    "early": "early",
    "unclear": "unclear",
    "not_reported": "not reported",
}
FINDINGS_SAID: dict[Finding, str] = {
    "reported": "reported",
    "early": "an early report",
    "unclear": "unclear",
    "not_reported": "not reported",
}
#: What the word means where it needs saying.
FINDING_MEANINGS: dict[Finding, str] = {
    "reported": "",
    "early": "an early evaluation reports it; the work went on",
    "unclear": "the source leaves it open",
    "not_reported": "the source does not say; that does not mean that it did not happen",
}
CERTAINTIES: dict[Certainty, str] = {
    "booklet": "Reported in the booklet of 2015. We have not found it anywhere else.",
    "public": "Found in another public source too.",
    "unconfirmed": "Our own reading. It is still to be checked.",
}

#: The same of a correction, which is about the booklet itself.
CORRECTIONS: dict[Certainty, str] = {
    "booklet": "You can see this in the booklet itself.",
    "public": "Another public source says so too.",
    "unconfirmed": "This is our own reading. It is still to be checked.",
}

BASE_NOT_STATED = "of whom is not stated"


def amount(figure: Figure) -> str:
    """Write a figure's value with its unit.

    Examples
    --------
    >>> amount(Figure("joint", 40, "percent", "reported improved joint working"))
    '40%'
    """
    value = f"{figure.value:,.10g}" if figure.value < 1e10 else f"{figure.value:,.0f}"
    match figure.unit:
        case "percent":
            return f"{value}%"
        case "pounds":
            return f"£{_pounds(figure.value)}"
        case "months" | "years":
            return f"{value} {figure.unit if figure.value != 1 else figure.unit[:-1]}"
        case _:
            return value


def _pounds(value: float) -> str:
    return f"{value / 1e6:.10g} million" if value >= 1e6 else f"{value:,.10g}"


def together(parts: Sequence[str], word: str = "and") -> str:
    """Write a list as people say it: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(number: int) -> str:
    """Write a small whole number as a word."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def sentence(text: str) -> str:
    """Begin with a capital letter, change nothing else."""
    return text[:1].upper() + text[1:]
