"""A mail server for the tests, on a free loopback port.

    server.py MODE     serves until its input ends
    server.py parse    reads a message from its input

What it prints is one JSON value a line: first its port, then every letter it took, with the parts as a mail program reads them.
"""

import asyncio
import json
import sys
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def tell(value):
    print(json.dumps(value), flush=True)


def read(message):
    """The letter as a mail program reads it."""
    parsed = message_from_bytes(message, policy=policy.default)
    parts = list(parsed.walk())
    leaves = [part for part in parts if not part.is_multipart()]
    return {
        "headers": {name: str(value) for name, value in parsed.items() if name.lower() != "content-type"},
        "to": [[address.display_name, address.addr_spec] for address in parsed["To"].addresses],
        "type": parsed.get_content_type(),
        "parts": {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in leaves},
        "defects": [repr(defect) for part in parts for defect in part.defects],
    }


class Accept:
    async def handle_DATA(self, server, session, envelope):
        tell({"from": envelope.mail_from, "recipients": envelope.rcpt_tos, **read(envelope.content)})
        return "250 2.0.0 taken"


class Reject(Accept):
    async def handle_RCPT(self, server, session, envelope, address, options):
        return "550 5.1.1 nobody of that name"


class Filter(Accept):
    """Refuses the letter and quotes the link in it."""

    async def handle_DATA(self, server, session, envelope):
        text = read(envelope.content)["parts"]["text/plain"]
        link = next(word for word in text.split() if "://" in word)
        return f"554 5.7.1 blocked for {link}"


class Greylist(Accept):
    def __init__(self):
        self.known = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address not in self.known:
            self.known.add(address)
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 go on"


class Drop(Accept):
    async def handle_DATA(self, server, session, envelope):
        server.transport.abort()
        return "250 2.0.0 nobody hears this"


def authenticate(server, session, envelope, mechanism, data):
    wanted = LoginPassword(b"lectern", b"p@ss word")
    # Not handled: the server itself then says 535.
    return AuthResult(success=data == wanted, handled=False)


MODES = {
    "accept": (Accept, {}),
    "reject": (Reject, {}),
    "filter": (Filter, {}),
    "greylist": (Greylist, {}),
    "drop": (Drop, {}),
    "login": (Accept, {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}),
}


async def serve(mode):
    handler, options = MODES[mode]
    handler = handler()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, enable_SMTPUTF8=True, hostname="test", **options), "127.0.0.1", 0)
    tell(server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    if sys.argv[1] == "parse":
        tell(read(sys.stdin.buffer.read()))
    else:
        asyncio.run(serve(sys.argv[1]))
