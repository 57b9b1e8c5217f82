"""The CPL / CPD record: what the answers say, in the fields that supervisors ask for."""

from __future__ import annotations

from collections.abc import Iterator

import place_kit
from place_kit.answers import days
from place_kit.documents import Block, Document, Facts, Heading, Paragraph, Run, Table, prose
from place_kit.documents.model import words_of
from place_kit.documents.origin import COURSE, ORIGIN
from place_kit.documents.sheet import write
from place_kit.record.known import Intention, Known

TITLE = f"CPL / CPD record: {COURSE}"
PROVIDER = (
    f"place-kit {place_kit.__version__}, an open course based on IRISS On… Place-based working "
    "by Fiona Munro (Iriss, 2015)"
)
OPEN = "Not filled in yet."
FORMALITY = {"formal": "Formal", "informal": "Informal"}
_ASKED = {
    "about_me.name": "your name",
    "about_me.role": "your role",
    "formality": "whether it was formal or informal learning",
    "learned": "what you learned, in a few sentences",
    "evidence": "what you could show as evidence",
    "my_links.element": "a core learning element, if you are registered",
    "my_links.code": "a Code reference, if you are registered",
    "next_step": "what you will learn next",
}
_LATER = {
    "impact": "what came of it",
    "verification.by": "who verified it",
}


def missing(known: Known) -> tuple[str, ...]:
    """Say what the record still lacks, in words; first what can be done today."""
    lines = []
    for asked, says in (
        (_ASKED, "Still to fill in on the page “Your record”: {}."),
        (_LATER, "For later: {}."),
    ):
        lacks = [words for name, words in asked.items() if not known.own.get(name)]
        if lacks:
            lines.append(says.format("; ".join(lacks)))
    if not known.intentions:
        lines.append("No module names yet what you will try at work.")
    return tuple(lines)


def document(known: Known) -> Document:
    """Give the record as a document."""
    return Document(
        title=TITLE,
        author=known.own.get("about_me.name", ""),
        blocks=tuple(_blocks(known)),
        footer=ORIGIN,
    )


def _blocks(known: Known) -> Iterator[Block]:
    own = known.own
    yield Facts(
        (
            ("Name", own.get("about_me.name") or OPEN),
            ("Role", own.get("about_me.role") or OPEN),
            ("Dates", days.span(*known.dates)),
            ("Activity", _activity(known)),
            ("Provider and version", PROVIDER),
            ("Minutes", _minutes(known)),
            ("Formal or informal", FORMALITY.get(own.get("formality", ""), OPEN)),
        )
    )
    yield Table(
        caption="The modules",
        headers=("Module", "How far", "Minutes", "First answer", "Last answer"),
        rows=tuple(
            (
                each.module.title,
                "Done" if each.state == "done" else f"{each.answered} of {each.of} answered",
                str(each.module.minutes),
                days.of(each.first_at),
                days.of(each.last_at),
            )
            for each in known.begun
        ),
    )
    yield from _written("What I learned", own.get("learned", ""))
    yield from _intended(known.intentions)
    yield from _written("What came of it (filled in later)", own.get("impact", ""))
    yield from _written("Evidence", own.get("evidence", ""))
    yield Heading(1, "Core learning element and Code")
    yield Paragraph("The learner’s own choice.")
    yield Facts(
        (
            ("Core learning element", own.get("my_links.element") or OPEN),
            ("Code reference", own.get("my_links.code") or OPEN),
        )
    )
    yield Heading(1, "Supervisor’s verification")
    yield Facts(
        (
            ("Verified by", own.get("verification.by") or OPEN),
            ("Role", own.get("verification.role") or OPEN),
            ("Date", days.of(own.get("verification.date", "")) or OPEN),
            ("Signature", "_" * 30),
        )
    )
    yield from _written("Next step", own.get("next_step", ""))
    if own.get("reflections") == "all" and known.reflections:
        yield Heading(1, "My reflections")
        for number, each in enumerate(known.reflections):
            if number == 0 or known.reflections[number - 1].module != each.module:
                yield Heading(2, each.module.title)
            yield Paragraph((Run(f"{each.prompt} ({days.of(each.at)})", strong=True),))
            yield from prose(each.text)


def _activity(known: Known) -> str:
    return f"{COURSE}, a self-paced course: {len(known.done)} of {len(known.modules)} modules done"


def _minutes(known: Known) -> str:
    if not known.done:
        return "No module is done yet."
    return f"{known.minutes}, as the course reckons the modules done (nobody’s time was measured)"


def _written(heading: str, text: str) -> Iterator[Block]:
    yield Heading(1, heading)
    yield from prose(text) or (Paragraph(OPEN),)


def _intended(intentions: tuple[Intention, ...]) -> Iterator[Block]:
    yield Heading(1, "What I will change")
    if not intentions:
        yield Paragraph(OPEN)
        return
    yield Table(
        caption="What I will try, and the steps of my plan",
        headers=("What", "From", "By", "More"),
        rows=tuple(
            (each.action, _source(each), days.of(each.date), each.more) for each in intentions
        ),
    )


def _source(each: Intention) -> str:
    return each.module.title if each.module else "My plan"


_FILLED_IN = {
    "What I learned": "learned",
    "What came of it": "impact",
    "Evidence": "evidence",
    "Core learning element (my choice)": "my_links.element",
    "Code reference (my choice)": "my_links.code",
    "Verified by": "verification.by",
    "Verified on": "verification.date",
    "Next step": "next_step",
}
_COLUMNS = (
    "Name",
    "Role",
    "From",
    "To",
    "Activity",
    "Provider and version",
    "Minutes",
    "Formal or informal",
    "What I learned",
    "What I will change",
    *tuple(_FILLED_IN)[1:],
    "Source and licence",
)


def log(known: Known) -> bytes:
    """Give the record as rows for a CPD log, in CSV: a row a module, and one for the whole."""
    own = known.own
    reflections = known.reflections if own.get("reflections") == "all" else ()
    about = {
        "Name": own.get("about_me.name", ""),
        "Role": own.get("about_me.role", ""),
        "Provider and version": PROVIDER,
        "Formal or informal": FORMALITY.get(own.get("formality", ""), ""),
        "Source and licence": "\n".join(map(words_of, ORIGIN)),
    }
    rows = [
        about
        | {
            "From": _day(each.first_at),
            "To": _day(each.last_at),
            "Activity": f"{COURSE}: {each.module.title}",
            "Minutes": str(each.module.minutes) if each.state == "done" else "",
            "What I learned": "\n\n".join(
                one.text for one in reflections if one.module == each.module
            ),
            "What I will change": _actions(known, each.module.id),
        }
        for each in known.begun
    ]
    first, last = known.dates
    whole = {
        "From": _day(first),
        "To": _day(last),
        "Activity": f"{COURSE}: the whole course so far",
        "Minutes": str(known.minutes or ""),
        "What I will change": _actions(known, ""),
    }
    filled = {column: own.get(name, "") for column, name in _FILLED_IN.items()}
    rows.append(about | whole | filled)
    return write(_COLUMNS, [[row.get(column, "") for column in _COLUMNS] for row in rows])


def _actions(known: Known, module: str) -> str:
    """What is to be tried, of one module, or of the plan."""
    chosen = (
        each for each in known.intentions if (each.module.id if each.module else "") == module
    )
    return "\n".join(f"{each.action} {each.date}".strip() for each in chosen)


def _day(at: str) -> str:
    """A day as a table sorts it, the learner's own."""
    day = days.local(at)
    return day.isoformat() if day else ""
