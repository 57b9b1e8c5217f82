"""Small facts made by hand, whose every text is a trap for careless HTML."""

from __future__ import annotations

from dataclasses import replace

from place_kit.facts.model import (
    CLAIM_KINDS,
    Case,
    Claim,
    Correction,
    Entry,
    Facts,
    Figure,
    Framework,
    Pitfall,
    Principle,
    Reference,
    ReflectiveQuestion,
    Since,
    Term,
)

EVIL = "<script>alert('x')</script> & \"quoted\""


def work(id: str = "munro-2015", text: str = EVIL) -> Reference:
    csl = {
        "id": id,
        "type": "report",
        "title": text,
        "author": ({"family": text, "given": "A."},),
        "issued": {"date-parts": ((2015,),)},
    }
    return Reference(id, text, csl, 1, text)


def case(id: str, text: str = EVIL, **findings: str) -> Case:
    """A case with one claim of each kind; `outcome="early"` sets a finding."""
    claims = tuple(
        Claim(
            f"{id}_{kind}",
            id,
            kind,
            findings.get(kind, "reported"),
            text,
            "booklet",
            ("munro-2015",),
            (Figure(f"{id}_{kind}_1", 5, "percent", text, text),),
            text,
        )
        for kind in CLAIM_KINDS
    )
    return Case(
        id=id,
        title=f"{id} {text}",
        short=f"{id} {text}",
        place=text,
        led_by=text,
        period=text,
        aims=(text,),
        achieved=(text,),
        fell_short=(text,),
        references=("munro-2015",),
        claims=claims,
        note=text,
        since=(Since(text, "public", ("munro-2015",)),),
    )


def facts(*cases: Case, text: str = EVIL) -> Facts:
    cases = cases or (case("equally_well", text), case("other", text))
    return Facts(
        cases={each.id: each for each in cases},
        principles={"p": Principle("p", 1, text, text, text, text)},
        pitfalls={"p": Pitfall("p", 1, text, text, text, ("munro-2015",))},
        reflective_questions={"q1": ReflectiveQuestion("q1", 1, text, text, "03_cases")},
        frameworks={
            "f": Framework(
                "f", text, text, "public", ("munro-2015",), (Entry("e", text, text, text),), text
            )
        },
        corrections={
            "c": Correction("c", text, text, text, "unconfirmed", (cases[0].id,), ("munro-2015",))
        },
        arguments={},
        glossary={"t": Term("t", text, text)},
        references={"munro-2015": work(text=text)},
        questions={},
    )


def change_case(known: Facts, id: str, **changes: object) -> Facts:
    """The same facts with one case changed."""
    return replace(known, cases={**known.cases, id: replace(known.cases[id], **changes)})
