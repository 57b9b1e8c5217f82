"""What in a text could tell who somebody is. By rule, on this machine, and only as advice.

It looks for the five things that people write by habit and that a rule can tell from figures,
years and references: a date of birth, a health number (with its check digit), a postcode, a
phone number and an e-mail address. A name alone no rule can tell, so it asks people to look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

AROUND = 24
"""Characters shown on either side of what was found."""

MOST = 5
"""How many finds are told at once: a list longer than that is not read."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that could identify a person.

    `text` is what was found and `before` and `after` the words around it; `instead` is a way
    to write it without.
    """

    kind: str
    text: str
    before: str
    after: str
    instead: str


INSTEAD = {
    "a date of birth": "give an age group, such as “in her fifties”",
    "a CHI number": "write “their health record”: no number is needed",
    "an NHS number": "write “their health record”: no number is needed",
    "a postcode": "name the kind of place, such as “a village” or “the east of the town”",
    "a phone number": "write “by phone”: no number is needed",
    "an e-mail address": "write “by e-mail”: no address is needed",
}

# What copies and keyboards put for a space or a hyphen, each one character for one.
_PLAIN = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f", " "))
_SPACE = re.compile(r"\s+")
_PLAIN |= str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))


def find(text: str) -> tuple[Found, ...]:
    """List what in `text` could identify a person, in the order it stands there.

    Examples
    --------
    >>> [one.kind for one in find("Write to jo@example.org by 2026.")]
    ['an e-mail address']
    """
    plain = text.translate(_PLAIN)
    spans: list[tuple[int, int, str]] = []
    for look in _LOOKS:  # the surest first: a CHI number is no phone number too
        for start, end, kind in look(plain):
            if all(end <= taken or start >= until for taken, until, _ in spans):
                spans.append((start, end, kind))
    return tuple(
        Found(
            kind,
            text[start:end],
            _SPACE.sub(" ", text[max(0, start - AROUND) : start]),
            _SPACE.sub(" ", text[end : end + AROUND]),
            INSTEAD[kind],
        )
        for start, end, kind in sorted(spans)[:MOST]
    )


def warning(found: Sequence[Found], *, graded: bool = False) -> str:
    """Words for the learner about what `find` found; nothing if that is nothing."""
    kinds = list(dict.fromkeys(one.kind for one in found))
    if not kinds:
        return ""
    named = " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    goes = "Your tutor reads it if you hand it in." if graded else "It is sent nowhere."
    return (
        f"Your text seems to hold {named}. If that could identify a person, please write it "
        f"another way. It is saved all the same. {goes}"
    )


def told(text: str, *, graded: bool = False) -> dict[str, Any] | None:
    """What the page shows about `text`: the words, and each spot; None if nothing was found.

    A `graded` text may be handed in, and the words say so.
    """
    found = find(text)
    if not found:
        return None
    return {"words": warning(found, graded=graded), "found": [asdict(one) for one in found]}


_Spans = Iterator[tuple[int, int, str]]


def _before(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 40) : found.start()]


# --- e-mail -----------------------------------------------------------------------------------

_EMAIL = re.compile(
    r"(?<![\w.+'-])[\w+][\w.+'-]{0,63}@[^\W_](?:[\w-]{0,62}\.){1,8}[^\W\d_]{2,24}(?!\w)"
)


def _emails(text: str) -> _Spans:
    for found in _EMAIL.finditer(text):
        yield *found.span(), "an e-mail address"


# --- health numbers ---------------------------------------------------------------------------

_TEN = re.compile(
    r"(?<![\d£$€+.,/-])(?<!44 )(?:\d{6} ?-?\d{4}|\d{3}([ -])\d{3}\1\d{4})(?![\d/]|[.,-]\d)"
)
_LABEL = re.compile(
    r"\b(CHI|NHS|health)\b(?:\s+(?:no\.?|number|num\.?))?(?:\s+is)?[\s:#(=-]*$", re.I
)
_REFERENCE = re.compile(r"\b(?:ISBN|ISSN|DOI|OCLC|invoice|order)\b[^.;\n]{0,24}$", re.I)


def _health_numbers(text: str) -> _Spans:
    for found in _TEN.finditer(text):
        digits = [int(sign) for sign in found[0] if sign.isdecimal()]
        before = _before(text, found)
        label = _LABEL.search(before)
        # With its label before it, a number with a slip in it still tells who is meant.
        if not label and (_REFERENCE.search(before) or not _checks(digits)):
            continue
        chi = label[1].upper() == "CHI" if label else _begins_with_a_day(digits)
        yield *found.span(), "a CHI number" if chi else "an NHS number"


def _checks(digits: list[int]) -> bool:
    """Whether the last of ten digits is the check digit (modulus 11) of the nine before."""
    if len(set(digits)) == 1:
        return False
    total = sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True))
    return total % 11 == 0


def _begins_with_a_day(digits: list[int]) -> bool:
    day, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    return 1 <= day <= 31 and 1 <= month <= 12


# --- postcodes --------------------------------------------------------------------------------

_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT "
    "DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD "
    "LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK "
    "SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_AREA = "|".join(sorted(_AREAS.split(), key=len, reverse=True))
_POSTCODE = re.compile(
    rf"(?<![\w-])(?:{_AREA})\d[A-HJKMNP-Y\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?![\w-])", re.I
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)")


def _postcodes(text: str) -> _Spans:
    for found in _POSTCODE.finditer(text):
        written = found[0]
        # As people type it, in small letters: then with its space, and no “n1 2nd”.
        small = written.islower() and " " in written and not _ORDINAL.search(written)
        if small or written.isupper():
            yield *found.span(), "a postcode"


# --- phone numbers ----------------------------------------------------------------------------
# Home and mobile numbers. Numbers that begin 03, 08 or 09 belong to organisations and helplines.

_PHONE = re.compile(
    r"""(?<![\w£$€+.,/-])
    (?: (?:\+|00)44[ ]?(?:\(0\)[ ]?)?\(?(?=[127]) | \(?0(?=[127]) )
    (?: 7\d{3}\)?(?:[ .-]?\d){6}                    # mobile, in any groups
      | \d{2,4}\)?(?:[ .-]?\d{3,4}){2}              # 141 496 0123, 20 7946 0123, 1632 960 123
      | \d{4}\)?[ .-]?\d{5,6}                       # 1632 960123
      | \d{9,10} )
    (?![\w/]|[.,-]\d)""",
    re.X,
)
_ABROAD = re.compile(
    r"(?<![\w£$€+.,/-])\+(?!44|0)[1-9]\d{0,2}(?:[ .-]?\(?\d{1,4}\)?){2,6}(?![\w/])"
)


def _phones(text: str) -> _Spans:
    for found in _PHONE.finditer(text):
        digits = sum(sign.isdecimal() for sign in found[0])
        national = digits - (2 if found[0].startswith("+") else 4 if found[0][:2] == "00" else 1)
        right = national in (9, 10) or (national == 11 and "(0)" in found[0])
        if right and not _REFERENCE.search(_before(text, found)):
            yield *found.span(), "a phone number"
    for found in _ABROAD.finditer(text):
        if 9 <= sum(sign.isdecimal() for sign in found[0]) <= 15:
            yield *found.span(), "a phone number"


# --- dates of birth ---------------------------------------------------------------------------

_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:1[89]\d\d|20\d\d|['’]?\d\d)"
_DATE = (
    r"(?<![\d.])(?:\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})|\d{4}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\ of)?\ {_MONTH}\b\.?(?:,?\ {_YEAR})?"
    rf"|{_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\ {_YEAR})?)(?![\d/])"
)
_SAYS_BIRTH = re.compile(
    rf"\b(born|d\.?o\.?b\.?|date\ of\ birth|birth\ ?da(?:te|y))"
    rf"(?:\ (?:is|was|on|in|as|the)){{0,2}}[\s:,;(=-]{{1,4}}(?:on\ )?(?:the\ )?(?P<date>{_DATE})",
    re.I,
)
_THINGS = re.compile(
    r"\b(?:project|idea|plan|scheme|group|network|hub|forum|charity|trust|team|partnership|"
    r"movement|service|programme|initiative|council|garden|festival)s?\ (?:\w+\ )?(?:was|were)\ $",
    re.I,
)
_NAME_AND_DATE = re.compile(
    rf"(?P<name>(?<!\w)[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:[ '’-][^\W\d_a-zß-öø-ÿ][^\W\d_]+){{1,3}})"
    rf"[ ,;:(]{{1,3}}(?P<date>{_DATE})"
)
_NO_PERSON = re.compile(
    r"\b(?:Act|Acts|Bill|Order|Regulations?|Government|Parliament|Council|Board|Trust|Fund|Plan|"
    r"Report|Strategy|Policy|Review|Framework|Services?|Team|Group|Forum|Network|Partnership|"
    r"Committee|Commission|Project|Programme|Meeting|Workshop|Conference|Session|Event|Day|Week|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Street|Road|Centre|Hall|House|"
    r"School|College|University|Hospital|Scotland|England|Wales|Ireland|Edinburgh|Glasgow|"
    r"Bradford|Module|Section|Table|Figure|Press|News|Journal|Evaluation|Assessment|Age|Part|"
    r"The|On|In|At|By|From|Since|Until|Before|After|Issue|Version|January|February|March|July|"
    r"September|October|November|December)\b"
)
_LATEST_BARE = 2012
"""A name and a bare date up to this year is a birth; a later one as likely a meeting."""


def _births(text: str) -> _Spans:
    for found in _SAYS_BIRTH.finditer(text):
        thing = found[1].lower() == "born" and _THINGS.search(_before(text, found))
        if not thing:
            yield *found.span(), "a date of birth"
    for found in _NAME_AND_DATE.finditer(text):
        year = re.search(r"(?:18|19|20)\d\d", found["date"])
        if year and int(year[0]) <= _LATEST_BARE and not _NO_PERSON.search(found["name"]):
            yield *found.span(), "a date of birth"


_LOOKS: tuple[Callable[[str], _Spans], ...] = (
    _emails,
    _health_numbers,
    _postcodes,
    _births,
    _phones,
)
