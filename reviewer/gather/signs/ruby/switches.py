"""What is switched on or off in Ruby and should not be: debug pages in production, checks of certificates."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, pairs_of, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY, values_of
from reviewer.gather.syntax import Call, Expr, Module, Name, plain
from reviewer.model.facts.code import SignKind

NO_CERTIFICATE = "VERIFY_NONE"
UNVERIFIED = words("verify verify_ssl ssl_verifypeer verify_peer ssl_verify_peer")
HTTP_WORDS = ("HTTParty", "Faraday", "RestClient", "Net.HTTP", "Typhoeus", "HTTP", "Excon", "Mechanize")
CONFIGURE = re.compile(r"\s*configure\b(.{0,120})")
BEFORE = 12
SHOWING = words("show_exceptions")


def read(module: Module, kept: Kept) -> None:
    """``VERIFY_NONE``, ``verify: false``, Sinatra's pages of errors."""
    look = look_at(module)
    for item in module.assignments:
        if _names_none(item.value):
            keep(kept, look, SignKind.TLS_OFF, item, NO_CERTIFICATE)
    for call in module.calls:
        if any(_names_none(value) for value in values_of(call)):
            keep(kept, look, SignKind.TLS_OFF, call, NO_CERTIFICATE)
        elif _unverified(call):
            keep(kept, look, SignKind.TLS_OFF, call, "verify: false")
        elif _shows(call) and not _for_development(look, call.line):
            keep(kept, look, SignKind.DEBUG_ON, call, "show_exceptions")


def _shows(call: Call) -> bool:
    """``enable :show_exceptions``, ``set :show_exceptions, true``."""
    if call.name == "enable":
        return any(plain(arg) in SHOWING for arg in call.args)
    return call.name == "set" and any(plain(arg) in SHOWING for arg in call.args[:1]) and truth(call.args[-1]) is True


def _for_development(look: Look, line: int) -> bool:
    """Whether the nearest ``configure`` before a line names other modes than production."""
    for text in reversed(look.lines[max(line - 1 - BEFORE, 0) : line]):
        if found := CONFIGURE.match(text[:200]):
            return "development" in found[1] or "test" in found[1]
        if text[:3] == "end":
            return False
    return False


def _names_none(expr: Expr | None) -> bool:
    """Whether certificates are not checked; what chooses between that and checking may be on."""
    if any(isinstance(part, Name) and part.dotted.endswith("VERIFY_PEER") for part in inside(expr)):
        return False
    return any(isinstance(part, Name) and part.dotted.endswith(NO_CERTIFICATE) for part in inside(expr))


def _unverified(call: Call) -> bool:
    """``HTTParty.get(url, verify: false)``, ``Faraday.new(ssl: { verify: false })``."""
    if not call.name.startswith(HTTP_WORDS):
        return False
    given = [*call.keywords.items(), *(pair for value in call.keywords.values() for pair in pairs_of(value))]
    return any(key in UNVERIFIED and truth(value) is False for key, value in given)


SWITCHES_RUBY = Reader(name="debug and TLS (Ruby)", languages=RUBY, read=read)
