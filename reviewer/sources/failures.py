"""What went wrong outside, in one plain sentence: what was asked, what the host answered, what to do about it."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

from reviewer.sources.git import NOT_FOUND, GitError, printable

SAID_LIMIT = 160
"""Characters of a host's own words that are passed on."""


class SourceError(Exception):
    """Something outside could not be had; the message is one line for the user and holds no token."""


class HostError(SourceError):
    """The host's API did not give what was asked.

    ``usage`` says whose turn it is: True for an unknown target or a bad token (exit status 2), False for a host that
    is unreachable or limits requests (exit status 3). ``status`` is the HTTP status where there was one.
    """

    def __init__(self, message: str, *, usage: bool = False, status: int | None = None) -> None:
        super().__init__(message)
        self.usage, self.status = usage, status


class CloneError(SourceError):
    """A repository could not be cloned.

    ``mark`` names what a caller may do about it: ``transient`` (the same call may work a moment later), ``too_large``
    (a limit on size was reached), ``moved`` (the host sends elsewhere), ``empty`` (nothing was ever pushed), else
    nothing.
    """

    def __init__(self, message: str, mark: str = "") -> None:
        super().__init__(message)
        self.mark = mark

    @property
    def unreachable(self) -> bool:
        """Whether it was the host that could not be had, not this repository alone."""
        return self.mark in ("unreachable", "transient")


BY_STATUS: dict[int, str] = {
    202: "is still preparing the answer; try again in a minute",
    404: "has nothing of that name; check the spelling (private ones need a token that may read them)",
    410: "has removed it",
    451: "keeps it back for legal reasons (451)",
}
WITHOUT_TOKEN = "without a token the limit is 60 requests an hour: set GITHUB_TOKEN"


def explain_status(
    host: str, asked: str, status: int, said: str, headers: Mapping[str, str], token_source: str | None
) -> HostError:
    """Turns an answer that is no success into one sentence.

    Args:
        host: the host's name; asked: what was asked for, in words; said: the host's own message, possibly empty.
        headers: of the answer, names in lower case.
        token_source: where the token came from, None where none was sent.
    """
    start = f"{asked}: {host}"
    words = printable(said)[:SAID_LIMIT]
    if is_rate_limit(status, said, headers):
        advice = "" if token_source else f"; {WITHOUT_TOKEN}"
        return HostError(f"{start} limits requests {limit_ends(headers)}{advice}", status=status)
    if status == 401:
        where = f" from {token_source}" if token_source else ""
        return HostError(f"{start} refused the token{where} (401): renew or unset it", usage=True, status=status)
    if status == 403:
        advice = f"the token from {token_source} may lack rights" if token_source else "it may need a token"
        return HostError(f"{start} refused access (403{_quoted(words)}): {advice}", usage=True, status=status)
    if status in BY_STATUS:
        return HostError(f"{start} {BY_STATUS[status]}", usage=status in (404, 410, 451), status=status)
    if 300 <= status < 400:
        where = printable(headers.get("location", ""))[:SAID_LIMIT]
        return HostError(f"{start} sends elsewhere ({status}{_quoted(where)}), which is not followed", status=status)
    if status >= 500:
        return HostError(f"{start} has a fault of its own ({status}); try again later", status=status)
    return HostError(f"{start} answered {status}{_quoted(words)}", status=status)


def is_rate_limit(status: int, said: str, headers: Mapping[str, str]) -> bool:
    """Whether an answer means "too many requests": GitHub says so by 429, and by 403 with a header or a message."""
    if status == 429:
        return True
    return status == 403 and (
        headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers or "rate limit" in said.lower()
    )


def limit_ends(headers: Mapping[str, str]) -> str:
    """When a limit ends, in words, from ``Retry-After`` (seconds) or ``X-RateLimit-Reset`` (epoch seconds)."""
    after, reset = headers.get("retry-after", ""), headers.get("x-ratelimit-reset", "")
    if after.isdigit() and len(after) < 9:
        return f"for another {_duration(int(after))}"
    if reset.isdigit() and len(reset) < 12:
        at = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(int(reset)))
        return f"until {at} (for another {_duration(max(0, int(int(reset) - time.time())))})"
    return "for now; try again in some minutes"


def _duration(seconds: int) -> str:
    for unit, length in (("seconds", 1), ("minutes", 60)):
        if seconds < 120 * length:
            return f"{-(-seconds // length)} {unit}"
    return f"{-(-seconds // 3600)} hours"


def _quoted(words: str) -> str:
    return f": {words}" if words else ""


QUOTED_ADDRESS = re.compile(r"'https?://[^']*'")
"""A repository may be called anything; its name is no sign of what went wrong."""
GIT_SAID: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("time limit reached",), "took longer than the time limit", ""),
    (("size limit reached",), "is larger than the size limit", "too_large"),
    (("returned error: 401", "could not read Username", "Authentication failed"),
     "asks for a login: it is private or not there, and no token at hand may read it", ""),
    (("returned error: 403",), "may not be read (403): the token may lack rights, or the host blocks access", ""),
    (("returned error: 404", "Repository not found", "not found"),
     "is not there (404): deleted, renamed or private", ""),
    (("is this a git repository",), "is no git repository", ""),
    (("returned error: 410",), "was removed (410)", ""),
    (("returned error: 451",), "is kept back for legal reasons (451)", ""),
    (("returned error: 429",), "cannot be had now: the host limits requests (429); try again later", "unreachable"),
    (("returned error: 30",), "moved: the host sends elsewhere, which is not followed; give its new address", "moved"),
    (("returned error: 5",), "cannot be had now: the host has a fault of its own (5xx)", "transient"),
    (("Could not resolve host",), "cannot be had: the host's name is not known here", "unreachable"),
    (("Failed to connect", "Couldn't connect", "Connection refused", "Connection timed out"),
     "cannot be had: the host does not answer", "unreachable"),
    (("SSL", "certificate", "gnutls"), "cannot be had: the host's certificate is not trusted here", "unreachable"),
    (("Operation too slow",), "came too slowly: the host sends next to nothing", "transient"),
    (("corruption on the remote side",), "cannot be had: the host's own copy is damaged", ""),
    (("early EOF", "unexpected disconnect", "remote end hung up", "transfer closed", "Empty reply", "Recv failure"),
     "broke off: the host ended the transfer early", "transient"),
    (("index-pack", "inflate", "pack has", "bad object", "invalid index-pack"),
     "is damaged: what the host sent is no sound pack", ""),
    (("Out of memory", "mmap failed", "out of memory", "cannot be mapped"), "needs more memory than the limit", ""),
    (("File too large", "No space left"), "needs more disk than there is", ""),
    (("not our ref", "unadvertised object", "no such remote ref", "couldn't find remote ref"),
     "does not hold that commit", ""),
    (("not allowed",), "lies behind a protocol that is not used", ""),
)  # fmt: skip
"""What git says (English, by LC_ALL) to what it means, first match first, and the mark of the error."""


def explain_git(what: str, error: GitError) -> CloneError:
    """Turns a failed git call on a host into one sentence. ``what`` names the repository."""
    if error.status == NOT_FOUND:
        return CloneError(f"{what} cannot be cloned: git is not installed or not on PATH")
    said = QUOTED_ADDRESS.sub("", error.said)
    for signs, meaning, mark in GIT_SAID:
        if any(sign in said for sign in signs):
            return CloneError(f"{what} {meaning}", mark)
    if error.status < 0:
        return CloneError(f"{what} could not be read: git was ended by signal {-error.status}")
    return CloneError(f"{what} could not be read: git said {printable(error.said)[:SAID_LIMIT] or 'nothing'}")
