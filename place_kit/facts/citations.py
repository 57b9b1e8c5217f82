"""CSL-JSON to words: the entry in a list of references, and the short form in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Required, TypedDict

from place_kit.facts.model import Reference
from place_kit.facts.reading import Reader


# The part of CSL-JSON (Citation Style Language) that the course's references use.
class Name(TypedDict, total=False):
    """A person by family name, or a body by its whole name, ``literal``."""

    family: str
    given: str
    literal: str


Date = TypedDict("Date", {"date-parts": tuple[tuple[int, ...], ...]})
Csl = TypedDict(
    "Csl",
    {
        "id": Required[str],
        "type": Required[
            Literal[
                "article-journal", "article-magazine", "chapter", "legislation", "report", "book"
            ]
        ],
        "title": Required[str],
        "author": tuple[Name, ...],
        "editor": tuple[Name, ...],
        "issued": Required[Date],
        "container-title": str,
        "collection-title": str,
        "edition": str,
        "volume": str,
        "issue": str,
        "page": str,
        "number": str,
        "publisher": str,
        "publisher-place": str,
        "citation-label": str,
        "DOI": str,
        "URL": str,
        "x-number": int,
        "x-note": str,
    },
    total=False,
)


def check(csl: Csl, at: Reader) -> None:
    """Note what the types cannot say: names, a year, and links that will not last."""
    for role, names in (("author", csl.get("author", ())), ("editor", csl.get("editor", ()))):
        for number, name in enumerate(names, start=1):
            if not (name.get("family") or name.get("literal")):
                at.at(role).at(str(number)).say("must have a family name or a literal one.")
    parts = csl["issued"]["date-parts"]
    if len(parts) != 1 or not 1 <= len(parts[0]) <= 3:
        at.at("issued").say("must be one date: [[year]], [[year, month]] or [[year, month, day]].")
    if not csl.get("author") and csl["type"] != "legislation":
        at.at("author").say("is missing: a person or a body must answer for the work.")
    link = csl.get("URL", "https://")
    if not link.startswith(("https://", "http://")) or "goo.gl" in link:
        at.at("URL").say("must be a link that lasts, and start with https:// or http://.")


def full(csl: Mapping[str, Any]) -> str:
    """Give the entry of a list of references, in a plain Harvard style.

    Examples
    --------
    >>> full({"type": "report", "title": "On places", "publisher": "Iriss",
    ...       "author": [{"family": "Munro", "given": "F."}], "issued": {"date-parts": [[2015]]}})
    'Munro, F. (2015) On places. Iriss.'
    """
    title = csl["title"]
    head = f"{_names(csl.get('author', ()))} ({_year(csl)})".strip()
    series = f", {csl['collection-title']}" if "collection-title" in csl else ""
    if csl["type"] == "legislation":  # an Act has no author, and its year is in its name
        work = f"{title} ({csl['number']})" if "number" in csl else title
    elif "container-title" in csl:
        editors = f"in {_names(csl['editor'])} (ed.) " if "editor" in csl else ""
        work = f"{head} ‘{title}’, {editors}{csl['container-title']}{series}{_within(csl)}"
    else:
        edition = f", {csl['edition']} edition" if "edition" in csl else ""
        work = f"{head} {title}{edition}{series}{_within(csl)}"
    publisher = ": ".join(csl[key] for key in ("publisher-place", "publisher") if key in csl)
    link = f"https://doi.org/{csl['DOI']}" if "DOI" in csl else csl.get("URL", "")
    return " ".join([_stop(part) for part in (work, publisher) if part] + [link] * bool(link))


def short(csl: Mapping[str, Any]) -> str:
    """Give the form that stands in a text, without brackets: ``Telfer 2013``."""
    if "citation-label" in csl:
        return str(csl["citation-label"])
    if csl["type"] == "legislation":
        return str(csl["title"])
    people = [_surname(name) for name in csl["author"]]
    if len(people) > 2 or people[-1] == "et al.":
        return f"{people[0]} et al. {_year(csl)}"
    return f"{' and '.join(people)} {_year(csl)}"


def together(references: Iterable[Reference]) -> str:
    """Give several references in one pair of brackets, or nothing for none."""
    forms = "; ".join(short(reference.csl) for reference in references)
    return f"({forms})" if forms else ""


def _surname(name: Mapping[str, str]) -> str:
    return name.get("literal") or name["family"]


def _names(people: Sequence[Mapping[str, str]]) -> str:
    names = [
        f"{_surname(name)}, {name['given']}" if "given" in name else _surname(name)
        for name in people
    ]
    if names[1:] and names[-1] == "et al.":
        return f"{', '.join(names[:-1])} et al."
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else "".join(names)


def _year(csl: Mapping[str, Any]) -> str:
    return str(csl["issued"]["date-parts"][0][0])


def _within(csl: Mapping[str, Any]) -> str:
    issue = f"({csl['issue']})" if "issue" in csl else ""
    volume = f", {csl['volume']}{issue}" if "volume" in csl else ""
    return f"{volume}, pp. {csl['page']}" if "page" in csl else volume


def _stop(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
