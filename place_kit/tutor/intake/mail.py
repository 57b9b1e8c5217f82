"""E-mails: what is attached to them, and nothing else of them.

Who wrote, to whom and what is never looked at. Sizes are those of what is read; a message
attached to a message is opened, one in that is not.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import Any

from place_kit.tutor.files import NotPlainError, is_link

MAX_MAIL = 40_000_000
MAX_LINES = 800_000
"""Of one message: a reader of e-mail holds each line as an object of its own."""
MAX_PARTS = 200
MAX_MESSAGES = 20_000
TYPES = {"application/json": ".json", "application/zip": ".zip"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One thing attached: its name and bytes, or why it was left closed."""

    name: str
    raw: bytes = b""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is attached to one message, and when the last mail server took it in."""

    attachments: tuple[Attachment, ...]
    received: datetime | None = None


def opened(raw: bytes, nested: bool = False) -> Opened:
    """What is attached to a message, and to messages attached to it (one step down).

    Raises
    ------
    NotPlainError
        If it is no message that can be read, with the reason.
    """
    if raw.count(b"\n") + raw.count(b"\r") > 2 * MAX_LINES:
        raise NotPlainError(f"it has more than {MAX_LINES:,} lines")
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        attachments = tuple(_attachments(message, nested))
        return Opened(attachments, _received(message))
    except NotPlainError:
        raise
    except Exception:  # the library fails in many ways on what is no e-mail, or a hostile one
        raise NotPlainError("it is not an e-mail that can be read") from None


def _attachments(message: Message, nested: bool) -> Iterator[Attachment]:
    left: list[tuple[Message, bool]] = [(message, nested)]
    for number in range(MAX_PARTS + 1):
        if not left:
            return
        if number == MAX_PARTS:
            yield Attachment("the rest", problem=f"the e-mail has more than {MAX_PARTS} parts")
            return
        part, inside = left.pop()
        kind = part.get_content_type()
        if kind == "message/rfc822":
            if inside:
                yield Attachment("message", problem="it is an e-mail in an e-mail in an e-mail")
                continue
            left.extend((one, True) for one in reversed(_parts(part)))
        elif part.is_multipart():
            left.extend((one, inside) for one in reversed(_parts(part)))
        elif found := _attachment(part, kind, number):
            yield found


def _parts(message: Message) -> list[Message]:
    payload: Any = message.get_payload()
    return [one for one in payload if isinstance(one, Message)]


def _attachment(part: Message, kind: str, number: int) -> Attachment | None:
    name = _name(part)
    if not name and kind not in TYPES:
        return None  # the text itself
    if part.get_content_maintype() == "image" and "Content-ID" in part:
        return None  # a picture in a signature
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return Attachment(name, problem="it cannot be read from the e-mail")
    return Attachment(name or f"part-{number}{TYPES[kind]}", raw)


def _name(part: Message) -> str:
    name = part.get_filename("")
    if "=?" in name:
        name = str(email.header.make_header(email.header.decode_header(name)))
    return name.replace("\\", "/").rpartition("/")[2][:255]


def _received(message: Message) -> datetime | None:
    """The topmost note of a mail server: of the one that the tutor's mailbox is on."""
    _, semicolon, written = str(message.get("Received", "")).rpartition(";")
    try:
        time = email.utils.parsedate_to_datetime(written.strip()) if semicolon else None
        return time.astimezone(UTC) if time and time.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_maildir(folder: Path) -> bool:
    """Whether a folder is a Maildir, in which each file is a message."""
    return all((folder / name).is_dir() and not is_link(folder / name) for name in ("cur", "new"))


def is_mbox(path: Path) -> bool:
    """Whether a file is a mailbox in one file, as Thunderbird keeps and many programs export."""
    if path.suffix.lower() not in ("", ".mbox", ".mbx") or is_link(path) or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(5) == b"From "


def messages(path: Path) -> Iterator[tuple[int, bytes, str]]:
    """The messages of an mbox: number, bytes, and why one was left closed."""
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            if number > MAX_MESSAGES:
                yield number, b"", f"it holds more than {MAX_MESSAGES:,} messages"
                return
            with box.get_file(key) as file:
                raw = file.read(MAX_MAIL + 1)
            too_large = f"it is larger than {MAX_MAIL:,} bytes" if len(raw) > MAX_MAIL else ""
            yield number, b"" if too_large else raw, too_large
    finally:
        box.close()
