"""The wording of the report: the same state, the same word everywhere."""

from __future__ import annotations

STATES = {"met": "Met", "partly": "Partly", "not_shown": "Not shown", "cannot_tell": "Cannot tell"}
STATE_ORDER = ("not_shown", "partly", "cannot_tell", "met")
"""The order of the ledger: what is missing first."""

OUTCOMES = {
    "shown": "Shown",
    "partly": "Partly",
    "not_shown": "Not shown",
    "could_not_tell": "Cannot tell",
    "not_supported": "Cannot tell",
    "not_applicable": "Not applicable",
}
OUTCOME_CLASSES = {"shown": "met", "partly": "partly", "not_shown": "not_shown"}
"""The colour of an outcome is that of the state it leads to; every other outcome is ``cannot_tell``."""
BAD_FIRST = ("not_shown", "partly", "could_not_tell", "not_supported", "shown")
GOOD_FIRST = ("shown", "partly", "not_shown", "could_not_tell", "not_supported")

LEVELS = ("not shown", "first steps", "working", "job-ready", "strong")
IMPORTANCE_ORDER = ("required", "optional")
CONFIDENCE = {"likely": "likely: matched by pattern", "guess": "a guess: it never lowers anything"}

STRENGTHS = ((72, "strong evidence"), (60, "good evidence"), (48, "some evidence"), (0, "little evidence"))
"""Lowest strength (0..100) and the words for it: about where readers part 2, 3 and 4 of 5."""

ROLES = {
    "server": "server",
    "tests": "tests",
    "schema": "database schema",
    "frontend": "front end",
    "scripts": "scripts",
    "config": "configuration",
}
ROLE_ORDER = tuple(ROLES)
DATABASE_ROLES = {"used": "used by the server", "tests": "used by the tests alone", "named": "named, not used by code"}
STANDINGS = {
    "real": "looks real",
    "history": "in the history",
    "test": "test value",
    "placeholder": "placeholder",
}

AREAS = {
    "languages": "Languages and frameworks",
    "tests": "Tests",
    "sql": "SQL and relational data",
    "data stores": "Databases and NoSQL",
    "api": "API design",
    "commits": "Commits",
    "code": "Complexity and structure",
    "security": "Security",
    "operations": "Hosting and operations",
    "documentation": "Documentation and communication",
    "problem solving": "Problem solving and maintenance",
    "cms": "Content management systems",
    "front end": "Front end",
}

HEAD_LEAST, HEAD_MOST = 8, 70
"""Characters of a heading: a first sentence that is longer ends at its colon or semicolon."""

NOTHING_SHOWN = "Looked in every reviewed repository: nothing shows it."
NOT_IN_CODE = "Code does not show this."
NOT_IN_CODE_TELL = "A certificate, a reference or a conversation does."
NOT_READ = "Nothing in the reviewed repositories could be judged for it."
NOT_SEEN_TELL = "It lowers nothing; a line in the README on where it stands lets a reader find it."
NOT_READ_TELL = "A repository of the candidate's own with server code in a language that is read would."


def level(number: int) -> str:
    """``3 job-ready``."""
    return f"{number} {LEVELS[max(0, min(number, 4))]}"


def strength(number: int) -> str:
    """``62 of 100, good evidence``."""
    return f"{number} of 100, {next(text for least, text in STRENGTHS if number >= least)}"


def area(name: str) -> str:
    """The title of an area of checks."""
    return AREAS.get(name, name.replace("_", " ").replace("-", " ").capitalize())


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 commit``, ``4,120 commits``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: list[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def sentence(text: str) -> str:
    """``text`` with a full stop where it ends without one."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else text + "."


def capital(text: str) -> str:
    """``text`` with a capital at its start."""
    return text[:1].upper() + text[1:]


def headed(text: str) -> tuple[str, str]:
    """``text`` as a line to read first and the rest: its first sentence, or less where that is long."""
    head, rest = first_sentence(text)
    cut = next((at for mark in (": ", "; ") if HEAD_LEAST < (at := head.find(mark)) < HEAD_MOST), 0)
    if len(head) <= HEAD_MOST or not cut or head[:cut].count("`") % 2:
        return head, rest
    return head[:cut], f"{capital(head[cut + 2 :])} {rest}".strip()


def first_sentence(text: str) -> tuple[str, str]:
    """``text`` cut after its first sentence. A dot inside a name or an abbreviation like e.g. does not end one."""
    start = 0
    while (end := text.find(". ", start)) != -1:
        if not text[:end].endswith(("e.g", "i.e", "etc", "vs")) and text[end + 2 : end + 3].isupper():
            return text[: end + 1], text[end + 2 :].strip()
        start = end + 2
    return text, ""
