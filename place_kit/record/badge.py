"""An Open Badges 3.0 credential: made, signed, and verified without a network.

The form is an `OpenBadgeCredential` of the W3C data model 2.0, signed as a JSON Web Token.
It says as little of the learner as it can: their name only as a salted hash, unless they wish
it to be read.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import place_kit
from place_kit.record import signing
from place_kit.record.signing import BadgeError, Issuer

CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
TYPE = ["VerifiableCredential", "OpenBadgeCredential"]
ACHIEVEMENT = "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, "place-kit:place-based-working"))
"""The same for ever: it names what was achieved, whoever issues the badge."""

NAME = "Place-based working"
UNSIGNED = "This is a completion record, not a verifiable badge: nobody has signed it."
CRITERIA = (
    "The learner has passed the exercise of every module. Each has questions that are marked by "
    "rule, and a reflection on their own practice that a tutor marks with a rubric. The course is "
    "based on IRISS On… Place-based working (Fiona Munro, Iriss, 2015). Iriss has not checked or "
    "approved it, and no regulator endorses it."
)
MAX_BYTES = 100_000
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_CLAIMS = ("iss", "jti", "sub", "nbf", "exp")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a badge says that was found to be genuine."""

    achievement: str
    issuer: str
    issued: datetime
    until: datetime | None
    holder: str
    fingerprint: str
    pinned: bool


def credential(
    issuer: Issuer,
    holder: str,
    *,
    show_name: bool = False,
    at: datetime | None = None,
    until: datetime | None = None,
) -> dict[str, Any]:
    """Make a credential, still unsigned.

    Parameters
    ----------
    issuer
        Who issues it.
    holder
        The learner's name.
    show_name
        Whether everybody who has the badge may read the name.
    at, until
        From when it is valid (by default now), and how long (by default for ever).
    """
    profile: dict[str, Any] = {"id": issuer.id, "type": ["Profile"], "name": issuer.name}
    if issuer.url:
        profile["url"] = issuer.url
    made: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": f"urn:uuid:{uuid.uuid4()}",
        "type": list(TYPE),
        "name": NAME,
        "issuer": profile,
        "validFrom": _said(at or datetime.now(UTC)),
        "credentialSubject": {
            "id": f"urn:uuid:{uuid.uuid4()}",
            "type": ["AchievementSubject"],
            "identifier": [_identity(holder, show_name)],
            "achievement": {
                "id": ACHIEVEMENT,
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": NAME,
                "description": "Completed the course on place-based working, all exercises passed.",
                "criteria": {"narrative": CRITERIA},
                "inLanguage": "en-GB",
                "version": place_kit.__version__,
            },
        },
    }
    if until is not None:
        made["validUntil"] = _said(until)
    return made


def sign(issuer: Issuer, unsigned: Mapping[str, Any]) -> str:
    """Sign a credential; what comes out is the badge, a line of text."""
    claims: dict[str, Any] = {
        "iss": unsigned["issuer"]["id"],
        "jti": unsigned["id"],
        "sub": unsigned["credentialSubject"]["id"],
        "nbf": _number(unsigned["validFrom"]),
    }
    if "validUntil" in unsigned:
        claims["exp"] = _number(unsigned["validUntil"])
    payload = json.dumps({**unsigned, **claims}, ensure_ascii=False).encode("utf-8")
    return signing.sign(issuer, payload)


def verify(
    raw: bytes, pinned: Issuer | None = None, *, name: str = "", now: datetime | None = None
) -> Verified:
    """Verify a badge that somebody shows. Nothing in it is trusted.

    Parameters
    ----------
    raw
        The badge's file.
    pinned
        The public key of those who should have issued it.
    name
        Who should hold it, if that is to be checked.
    now
        The time; by default, now.

    Raises
    ------
    BadgeError
        It is not genuine, and why.
    """
    if len(raw) > MAX_BYTES:
        raise BadgeError("The file is too large to be a badge.")
    text = raw.strip()
    if text.startswith(b"{"):
        raise BadgeError(UNSIGNED)
    try:
        token = text.decode("ascii")
    except UnicodeDecodeError:
        raise BadgeError("This is not a signed badge, or it is damaged.") from None
    jwk, payload = signing.verify(token, pinned)
    data = _loaded(payload)
    issuer = _checked(data, jwk)
    subject = data["credentialSubject"]
    _match_claims(data)
    start, until = _time(data["validFrom"]), data.get("validUntil")
    moment = now or datetime.now(UTC)
    if start > moment:
        raise BadgeError(f"It is not valid before {data['validFrom']}.")
    if until is not None and _time(until) < moment:
        raise BadgeError(f"It has expired: it was valid until {until}.")
    if subject["achievement"]["id"] != ACHIEVEMENT:
        raise BadgeError(
            f"It is signed, but for something else: “{_plain(subject['achievement']['name'])}”."
        )
    return Verified(
        _plain(subject["achievement"]["name"]),
        _plain(issuer.name),
        start,
        _time(until) if until is not None else None,
        _holder(subject["identifier"], name),
        issuer.fingerprint,
        pinned is not None,
    )


def _checked(data: dict[str, Any], jwk: dict[str, str]) -> Issuer:
    """See that all that must be there is, in its form; return who says that they issued it."""
    try:
        profile, subject = data["issuer"], data["credentialSubject"]
        issuer = Issuer(profile["name"], profile.get("url", ""), jwk)
        achievement = subject["achievement"]
        texts = (
            *(data[part] for part in ("id", "name", "validFrom")),
            *(profile[part] for part in ("id", "name")),
            *(achievement[part] for part in ("id", "name", "description")),
            achievement["criteria"]["narrative"],
            subject["id"],
        )
        good = (
            data["@context"][: len(CONTEXT)] == list(CONTEXT)
            and data["type"] == TYPE
            and profile["type"] == ["Profile"]
            and subject["type"] == ["AchievementSubject"]
            and achievement["type"] == ["Achievement"]
            and isinstance(subject["identifier"], list)
            and all(isinstance(text, str) and text for text in texts)
        )
    except (KeyError, TypeError, AttributeError):
        good = False
    if not good:
        raise BadgeError("It is signed, but it is not an Open Badges 3.0 credential of this kind.")
    if profile["id"] != issuer.id:
        raise BadgeError("It names one issuer and was signed by another, so it is forged.")
    return issuer


def _match_claims(data: Mapping[str, Any]) -> None:
    wanted = {
        "iss": data["issuer"]["id"],
        "jti": data["id"],
        "sub": data["credentialSubject"]["id"],
        "nbf": _number(data["validFrom"]),
    }
    if "validUntil" in data:
        wanted["exp"] = _number(data["validUntil"])
    if {claim: data[claim] for claim in _CLAIMS if claim in data} != wanted:
        raise BadgeError("It says one thing outside and another inside, so it is forged.")


def _loaded(payload: bytes) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError("a name twice")
        return dict(pairs)

    try:
        data = json.loads(payload.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise BadgeError("It is signed, but what is signed cannot be read.") from None
    if not isinstance(data, dict):
        raise BadgeError("It is signed, but what is signed is no badge.")
    return data


# --- whose it is --------------------------------------------------------------------------


def _identity(holder: str, show_name: bool) -> dict[str, Any]:
    holder = _usual(holder)
    if not holder:
        raise BadgeError("A badge needs the name of its holder.")
    one: dict[str, Any] = {"type": "IdentityObject", "identityType": "name"}
    if show_name:
        return {**one, "hashed": False, "identityHash": holder}
    salt = secrets.token_hex(16)
    return {**one, "hashed": True, "identityHash": _hash(holder, salt), "salt": salt}


def _hash(holder: str, salt: str) -> str:
    return "sha256$" + hashlib.sha256((holder + salt).encode("utf-8")).hexdigest()


def _usual(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _holder(identifiers: list[Any], name: str) -> str:
    """Who holds it, in words.

    Raises
    ------
    BadgeError
        It is not the one who should.
    """
    one = identifiers[0] if identifiers and isinstance(identifiers[0], dict) else {}
    said, salt = str(one.get("identityHash", "")), str(one.get("salt", ""))
    if not said:
        raise BadgeError("It does not say whose it is.")
    hashed = one.get("hashed") is True
    if name:
        wanted = _hash(_usual(name), salt) if hashed else _usual(name)
        if not secrets.compare_digest(wanted.encode(), said.encode()):
            raise BadgeError(f"It was not issued to “{_plain(name)}”, spelt like that.")
        return _usual(name)
    if hashed:
        return "somebody whose name it keeps to itself; to check a name: --name"
    return _plain(said)


# --- times and words -------------------------------------------------------------------------


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(said: Any) -> datetime:
    try:
        if not _TIME.fullmatch(said):
            raise ValueError("not a time")
        return datetime.fromisoformat(said)
    except (ValueError, TypeError):
        raise BadgeError("It does not say in a usual way when it was issued.") from None


def _number(said: Any) -> int:
    return int(_time(said).timestamp())


def _plain(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return shown if len(shown) <= 200 else shown[:199] + "…"
