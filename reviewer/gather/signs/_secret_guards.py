"""Whether a secret in the code is kept from production, by a guard that stops or by a condition, or is none at all."""

from __future__ import annotations

import re

from reviewer.gather.look import LINE_LIMIT, Look

MODE = re.compile(
    r"IsProduction|IsDevelopment|IsEnvironment|IsStaging|NODE_ENV|(?:APP|RAILS|RACK|FLASK|DJANGO|SPRING|GIN|GO|MIX)_ENV\b"
    r"|GIN_MODE|Rails\.env|(?<![a-z])(?:is_?)?prod(?:uction)?(?![a-z])|(?<![a-z])(?:is_?)?dev(?:elopment)?(?![a-z])|\bDEBUG\b",
    re.IGNORECASE,
)
"""What tells in which mode the program runs."""
DEVELOPING = re.compile(
    r"(?<!!)(?<!not )(?:\b|\.)is_?(?:dev|debug|local|test)\w{0,12}\b(?!\s{0,3}[=:][^=])"
    r"|(?:===?|\beq\b|equals\()\s{0,3}[\"'](?:dev|local|test)\w{0,10}[\"']"
    r"|!==?\s{0,3}[\"']prod\w{0,8}[\"']|(?:!|\bnot )\s{0,2}(?:[\w$]{1,40}\.){0,4}is_?prod\w{0,10}"
    r"|\bif\s+(?:[\w.]{1,40}\.)?DEBUG\b|\bRails\.env\.(?:development|test|local)\?|\bunless\b.{0,60}prod|#if\s+DEBUG"
    r"|\bconfigure\b(?!.{0,80}:prod).{0,40}:(?:development|test)\b",
    re.IGNORECASE,
)
"""A condition that holds outside of production alone."""
CHOOSES = re.compile(r"prod\w{0,10}[\"']?\)?\s{0,3}\?(?![?.])", re.IGNORECASE)
"""``isProduction ? required("JWT_SECRET") : "..."``."""
STOPS = re.compile(
    r"\bthrow\b|\braise\b|\bexit\(|\bpanic\(|\.Fatal|\babort\b|\bdie\(|\bassert\b|sys\.exit|\bExit\(|\bfail\("
    r"|\berrors?\.(?:push|append|add)\(|\bissues?\.push|addIssue|\bctx\.addIssue|\breturn\b.{0,30}\b(?:err|error)",
    re.IGNORECASE,
)
OF_SECRET = re.compile(r"\w{0,40}(?:secret|key|token)\w{0,20}", re.IGNORECASE)
LISTED = re.compile(r"required|missing|\bfor\b|\beach\b|insecure", re.IGNORECASE)
"""What asks for each of a list of variables."""
INDEXES = re.compile(
    r"(?:cookies?|headers?|sessions?|viewstate|tempdata|items|params|query|claims?)(?:\)|\?|!)?"
    r"(?:\[\s?|\.(?:get|set|has|add|append|delete|remove|getstring|setstring|getint32|trygetvalue|containskey|findfirst|getitem|setitem)\(\s?)"
    r"([\w.]{2,80})",
    re.IGNORECASE,
)
"""What a cookie, a header or an entry of a session is asked for by."""
HASHED = re.compile(
    r"\$(?:argon2\w{0,3}|2[abxy]|pbkdf2[\w-]{0,10}|scrypt|[156])\$|\{S?SHA\d{0,3}\}|pbkdf2_sha\d{3}\$|bcrypt\$"
)
"""How the hash of a password begins."""
CACHE_KEY = re.compile(r"(?:[a-z][\w-]{0,40}:){1,6}(?:%[sd]|\{\w{0,20}\}|:){0,8}", re.IGNORECASE)
"""Under what a cache keeps something: ``code:%s:%s``, ``account:captcha:``."""
WITHIN = 6
"""Lines after the question of the mode in which the program stops."""
MENTIONS = 2
BEFORE = 4
"""Lines before a secret in which a condition may stand."""
LINES_MOST, TEXT_MOST = 3_000, 300_000


PAIRED = ('"RS256"', "'RS256'", '"RS512"', "'RS512'", '"ES256"', "'ES256'", '"EdDSA"', "'EdDSA'")
SHARED = ("HS256", "HS384", "HS512")
"""How settings name the algorithms of tokens."""


def _signs_with_pair(text: str) -> bool:
    """Whether the settings name an algorithm with a pair of keys alone: no shared secret signs anything then."""
    return any(word in text for word in PAIRED) and not any(word in text for word in SHARED)


def is_kept_out(look: Look, line: int, *, fallback: bool) -> bool:
    """Whether a secret on a line serves development alone.

    ``fallback``: it only stands in where a variable is not set, so that a module which stops in production where none
    is given keeps it out as well.
    """
    if fallback and _signs_with_pair(look.module.text):
        return True
    if not MODE.search(look.module.text, 0, TEXT_MOST):
        return False
    here = look.lines[line - 1][:LINE_LIMIT] if line <= len(look.lines) else ""
    for text in look.lines[max(line - 1 - BEFORE, 0) : line]:
        inside = text is here or _indent(text) < _indent(here)
        if inside and (DEVELOPING.search(text[:LINE_LIMIT]) or CHOOSES.search(text[:LINE_LIMIT])):
            return True
    return fallback and _stops(look, line)


def is_no_key(look: Look, name: str, text: str) -> bool:
    """Whether a text is a password's hash, a cache's key, or what a cookie, a header or a session is asked for."""
    if HASHED.match(text[:40]) or CACHE_KEY.fullmatch(text[:200]):
        return True
    last = name.rpartition(".")[2]
    if look.module.text.count(last) < MENTIONS:
        return False
    found = (
        item[1] for line in look.lines[:LINES_MOST] if last in line for item in INDEXES.finditer(line[:LINE_LIMIT])
    )
    return any(item.rpartition(".")[2] == last for item in found)


def _indent(text: str) -> int:
    return len(text[:LINE_LIMIT]) - len(text[:LINE_LIMIT].lstrip())


def _stops(look: Look, line: int) -> bool:
    """Whether the module stops the program in production over the secret of a line, named there or in a list."""
    lines = look.lines[:LINES_MOST]
    here = lines[line - 1][:LINE_LIMIT] if line <= len(lines) else ""
    names = {name.lower() for name in OF_SECRET.findall(here)}
    for number, text in enumerate(lines):
        if not MODE.search(text[:LINE_LIMIT]):
            continue
        first = max(number - BEFORE, 0)
        block = [item[:LINE_LIMIT] for n, item in enumerate(lines[first : number + WITHIN], first) if n != line - 1]
        if any(STOPS.search(item) for item in block[number - first :]):
            said = {name.lower() for item in block for name in OF_SECRET.findall(item)}
            listed = any(LISTED.search(item) for item in block)
            others = (item for n, item in enumerate(lines) if n != line - 1) if listed else ()
            if names & said or any(name in item.lower() for item in others for name in names):
                return True
    return False
