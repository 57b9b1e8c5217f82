"""E-mails for tests: plainly fictional, with what is given attached."""

from __future__ import annotations

from email.message import EmailMessage

RECEIVED = "from mx.example by mail.example; Fri, 20 Nov 2026 09:30:00 +0000"


def e_mail(*attached: tuple[str, bytes] | EmailMessage, received: str = RECEIVED) -> EmailMessage:
    """A message with text, and attachments or whole messages."""
    message = EmailMessage()
    message["Received"] = received
    message["From"] = "Ada Lovelace <ada@example.org>"
    message["Subject"] = "My secret subject"
    message.set_content("A private text that nobody keeps.")
    for one in attached:
        if isinstance(one, EmailMessage):
            message.add_attachment(one)
        else:
            name, raw = one
            message.add_attachment(raw, "application", "octet-stream", filename=name)
    return message
