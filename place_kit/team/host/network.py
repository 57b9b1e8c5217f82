"""Where phones find this laptop: its address on the local network, and its QR code."""

from __future__ import annotations

import socket
from functools import cache
from typing import Final

from place_kit.problems import PlaceKitError
from place_kit.show._html import Html, tag

HERE: Final = "127.0.0.1"
PORT: Final = 8750
PORTS_TRIED: Final = 20


def local_address() -> str:
    """The address by which the local network knows this laptop. Nothing is sent to find it.

    Raises
    ------
    PlaceKitError
        If the laptop is in no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # kept for documents: it only picks the way out
            found = str(asked.getsockname()[0])
        except OSError:
            found = HERE
    if found.startswith("127.") or found == "0.0.0.0":
        raise PlaceKitError(
            "This laptop is in no network that phones could share. Join the network of the room, "
            "or let the laptop make one (a mobile hotspot), and run the same command again. Or "
            "use paper cards: without --open-to-network there is a screen to count them on."
        )
    return found


def bound(addresses: tuple[str, ...], port: int, tried: int) -> tuple[int, list[socket.socket]]:
    """Listen on the same port at each address: the first port of `tried` that is free.

    Raises
    ------
    PlaceKitError
        If none is.
    """
    from tornado.netutil import bind_sockets

    for number in range(port, min(port + tried, 65_536)):
        found: list[socket.socket] = []
        try:
            for address in addresses:
                found += bind_sockets(number, address, family=socket.AF_INET)
            return number, found
        except OSError:
            for each in found:
                each.close()
    raise PlaceKitError(
        f"No port from {port} to {port + tried - 1} could be opened at {addresses[0]}. Perhaps "
        "the session is running already, in another window. Otherwise try --port with another."
    )


@cache
def qr(address: str) -> Html:
    """The address as a QR code, which says in words where it leads."""
    import segno

    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=6, border=4, light="#fff", omitsize=True
    )
    return tag("div", Html(drawn), role="img", aria_label=f"QR code for {address}", class_="qr")
