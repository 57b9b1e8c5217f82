"""The course team's key: made once, kept by them, and never inside a repository.

A badge is signed with RSA (RS256), the one way that every reader of Open Badges 3.0 must know.
"""

from __future__ import annotations

import base64
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from place_kit.answers.files import plain_words, read_plain_file, write_whole
from place_kit.problems import PlaceKitError

FORMAT = "place-kit badge key"
VERSION = 1
PRIVATE = "badge-key.private.json"
PUBLIC = "badge-key.public.json"
BITS = 3072
LEAST_BITS = 2048
_MOST = 20_000
_LONGEST_HEADER = 4_000
_LONGEST_PAYLOAD = 100_000
_REPOSITORIES = (".git", ".hg", ".svn", ".jj")


class BadgeError(PlaceKitError):
    """A badge or a key that is refused, and why."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a badge: what they are called, where they are on the web, and their key."""

    name: str
    url: str
    jwk: dict[str, str] = field(repr=False)  # not for a traceback
    private: bool = False

    @property
    def public_jwk(self) -> dict[str, str]:
        """The part of the key that everybody may know."""
        return {part: self.jwk[part] for part in ("kty", "n", "e")}

    @property
    def id(self) -> str:
        """An id that holds the key itself, so that nothing has to be looked up."""
        raw = json.dumps(self.public_jwk, sort_keys=True, separators=(",", ":")).encode()
        return "did:jwk:" + base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @property
    def fingerprint(self) -> str:
        """A short name of the key (RFC 7638), to compare by eye."""
        return str(_key(self.public_jwk).thumbprint())


def make(folder: Path, name: str, url: str = "") -> tuple[Path, Path]:
    """Make a key, and write its private and its public file.

    Where only the private one was written before the computer stopped, the same call writes
    the other.

    Parameters
    ----------
    folder
        Where they go; not inside a repository.
    name, url
        What the course team is called, and its page on the web, if it has one.

    Returns
    -------
    tuple of Path
        The private file, which only its owner may read, and the public one.

    Raises
    ------
    BadgeError
        There is a key already, or the folder is inside a repository.
    """
    folder = folder.expanduser().resolve()
    for place in (folder, *folder.parents):
        if any((place / kind).exists() for kind in _REPOSITORIES):
            raise BadgeError(
                f"{folder} lies inside the repository {place}. Whoever has this key can make "
                "badges in your name: choose a folder outside any repository."
            )
    if not name.strip():
        raise BadgeError('Say who issues the badges: place-kit badge key --issuer "Our team"')
    if url and not url.startswith(("https://", "http://")):
        raise BadgeError(f"{url[:80]} is no web address. It begins with https://")
    private, public = folder / PRIVATE, folder / PUBLIC
    issuer = Issuer(name.strip()[:200], url[:500], {}, private=True)
    if os.path.lexists(private) and not os.path.lexists(public):
        made = read(private)
        if replace(made, jwk={}) != issuer:
            raise _there(private)
        issuer = made
    else:
        if there := next(filter(os.path.lexists, (private, public)), None):
            raise _there(there)
        jwk = {part: str(value) for part, value in _generate().as_dict(private=True).items()}
        issuer = replace(issuer, jwk=jwk)
        _write_for_owner(private, _json(issuer, issuer.jwk))
    write_whole(public, _json(issuer, issuer.public_jwk))
    return private, public


def _there(path: Path) -> BadgeError:
    return BadgeError(
        f"{path} is there already, so it was left: badges signed with it would be worth "
        "nothing without it. To make another key, choose another folder."
    )


def read(path: Path) -> Issuer:
    """Read a key file, private or public.

    Raises
    ------
    BadgeError
        It is no key of ours, or others may read the private one.
    """
    path = path.expanduser()
    raw = read_plain_file(path, _MOST)
    if raw is None:
        raise BadgeError(f"There is no key {path}. To make one: place-kit badge key --issuer NAME")
    try:
        data = json.loads(raw.decode("utf-8"))
        if data["format"] != FORMAT or type(data["version"]) is not int:
            raise ValueError("another file")
        if data["version"] > VERSION:
            raise BadgeError(f"{path.name} is of a newer version. Update place-kit.")
        jwk = {str(part): str(value) for part, value in data["jwk"].items()}
        issuer = Issuer(str(data["issuer"]["name"]), str(data["issuer"]["url"]), jwk, "d" in jwk)
        check_key(issuer.public_jwk)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadgeError(f"{path.name} is no key that place-kit badge key made.") from None
    if issuer.private and os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadgeError(
            f"Others on this computer may read {path}. Make it yours alone first: "
            f"chmod 600 {path.name}. If somebody may have read it, make a new key."
        )
    return issuer


def sign(issuer: Issuer, payload: bytes) -> str:
    """Sign a payload as a compact JWS that carries its public key.

    Raises
    ------
    BadgeError
        The key is only the public one.
    """
    if not issuer.private:
        raise BadgeError(f"To sign, the private key is needed: {PRIVATE}.")
    from joserfc import jws

    header = {"alg": "RS256", "jwk": issuer.public_jwk, "typ": "JWT"}
    key = _key(issuer.jwk)
    return str(jws.serialize_compact(header, payload, key, registry=_registry()))


def verify(token: str, pinned: Issuer | None = None) -> tuple[dict[str, str], bytes]:
    """Check a signature; return the public key it was made with, and what was signed.

    Parameters
    ----------
    token
        A compact JWS.
    pinned
        Whose signature it must be.

    Raises
    ------
    BadgeError
        It is not signed as it should be, not by them, or was changed since.
    """
    from joserfc import jws
    from joserfc.errors import JoseError

    try:
        header = jws.extract_compact(token.encode("ascii"), registry=_registry()).headers()
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadgeError("This is not a signed badge, or it is damaged.") from None
    if header.get("alg") != "RS256" or not header.keys() <= {"alg", "jwk", "typ"}:
        raise BadgeError("It is not signed in the way that this course signs badges (RS256).")
    jwk = check_key(header.get("jwk"))
    if pinned is not None and jwk != pinned.public_jwk:
        raise BadgeError(
            f"It was not signed by {pinned.name}: it carries another key. It is a badge of "
            "somebody else, or a forged one."
        )
    try:
        signed = jws.deserialize_compact(token.encode("ascii"), _key(jwk), registry=_registry())
    except (JoseError, ValueError, TypeError):
        raise BadgeError(
            "The signature does not fit: the badge was changed after it was signed, or is forged."
        ) from None
    return jwk, bytes(signed.payload)


def check_key(jwk: Any) -> dict[str, str]:
    """See that this is a public RSA key that is long enough; nothing else of it is kept.

    Raises
    ------
    BadgeError
        It is not.
    """
    try:
        found = {part: str(jwk[part]) for part in ("kty", "n", "e")}
        if "d" in jwk or found["kty"] != "RSA":
            raise ValueError("not a public RSA key")
        modulus = base64.urlsafe_b64decode(found["n"] + "=" * (-len(found["n"]) % 4))
        bits = int.from_bytes(modulus, "big").bit_length()
        if bits >= LEAST_BITS:
            _key(found)
    except (KeyError, TypeError, ValueError):
        raise BadgeError("It does not carry a key that can be used.") from None
    if bits < LEAST_BITS:
        raise BadgeError(f"Its key has only {bits} bits, which can be forged.")
    return found


def _registry() -> Any:
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=["RS256"])
    registry.max_header_length = _LONGEST_HEADER  # it carries the key
    registry.max_payload_length = _LONGEST_PAYLOAD
    return registry


def _key(jwk: dict[str, str]) -> Any:
    return _imported(json.dumps(jwk, sort_keys=True))


@lru_cache(maxsize=2)  # a private key is checked as it is read, which takes a while
def _imported(jwk: str) -> Any:
    from joserfc.errors import JoseError
    from joserfc.jwk import RSAKey

    try:
        return RSAKey.import_key(json.loads(jwk))
    except JoseError:
        raise ValueError("not a key") from None


def _generate() -> Any:
    from joserfc.jwk import RSAKey

    return RSAKey.generate_key(BITS, auto_kid=False)


@contextmanager
def installed() -> Iterator[None]:
    """Say how to get what signs and checks badges, where it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("joserfc", "cryptography"):
            raise
        raise BadgeError(
            "What signs and checks badges is not installed here. To install it: "
            "pip install 'place-kit[record]'"
        ) from None


def _json(issuer: Issuer, jwk: dict[str, str]) -> bytes:
    data = {
        "format": FORMAT,
        "version": VERSION,
        "issuer": {"name": issuer.name, "url": issuer.url},
        "jwk": jwk,
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")


def _write_for_owner(path: Path, raw: bytes) -> None:
    # Made anew and for its owner from the first byte on: no moment in which others may read it.
    with plain_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # of somebody who asked for one at the same time
            raise _there(path) from None
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
