"""What a stranger wrote, made safe to show: one function per sink, and the masks that every sink shares."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

NAME_LIMIT = 120
"""Characters of a name, path or line of code that are shown."""
PROSE_LIMIT = 600
"""Characters of a sentence that are shown."""
DOCUMENT_LIMIT = 2000
"""Characters of any one text in report.json."""

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, direction marks, invisible characters and lone surrogates: what can hide or reorder text."""
SURROGATE = re.compile("[\ud800-\udfff]")

ADDRESS = re.compile(r"([^\s@<>()\[\]{}\"'`,;:=|/\\]{1,64})@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
ADDRESS_HIDDEN = "(e-mail hidden)"
TOKENS = re.compile(
    r"gh[opsur]_[0-9A-Za-z]{16,255}"
    r"|github_pat_[0-9A-Za-z_]{20,255}"
    r"|glpat-[0-9A-Za-z_-]{16,255}"
    r"|xox[abeoprs]-[0-9A-Za-z-]{10,255}"
    r"|(?:AKIA|ASIA|AROA)[0-9A-Z]{12,64}"
    r"|AIza[0-9A-Za-z_-]{30,64}"
    r"|[sr]k_live_[0-9A-Za-z]{10,255}"
    r"|SG\.[0-9A-Za-z_-]{16,64}\.[0-9A-Za-z_-]{16,64}"
    r"|npm_[0-9A-Za-z]{30,64}"
    r"|pypi-[0-9A-Za-z_-]{40,255}"
    r"|eyJ[0-9A-Za-z_-]{10,255}\.eyJ[0-9A-Za-z_-]{10,1024}"
)
"""Tokens that give themselves away by their published shape, wherever they stand: in paths and messages too."""
TOKEN_HIDDEN = "(secret hidden)"

COMMAND = re.compile(r"##\[|^(\s*)::", re.MULTILINE)
"""What a CI log would read as a command to its runner."""
ASCII_WORDS = {
    "\N{VULGAR FRACTION ONE HALF}": "1/2",
    "\N{DIVISION SIGN}": "/",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{MIDDLE DOT}": ",",
    "\N{RIGHTWARDS ARROW}": "to",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}


def visible(text: str, limit: int = NAME_LIMIT) -> str:
    """``text`` on one line with unsafe characters as escapes (``\\x1b``, ``\\u202e``), cut at ``limit`` characters."""
    shown = UNSAFE.sub(escape, text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def mask(text: str) -> str:
    """``text`` without e-mail addresses and without tokens of a known shape."""
    if "@" in text:
        text = ADDRESS.sub(_hide_address, text)
    return TOKENS.sub(TOKEN_HIDDEN, text)


def document(text: str) -> str:
    """For report.json: masked, without lone surrogates, of bounded length. Other characters stay as they are."""
    text = mask(text[: DOCUMENT_LIMIT + 1])
    if not text.isascii():
        text = SURROGATE.sub(escape, text)
    return text if len(text) <= DOCUMENT_LIMIT else text[: DOCUMENT_LIMIT - 1] + "…"


def link(url: str | None) -> str | None:
    """``url`` where it is a plain http or https address of a host, None otherwise."""
    if not url or UNSAFE.search(url) or any(mark in url for mark in " \"'<>\\`{}|^"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def terminal(text: str, *, ascii_only: bool = True, limit: int = NAME_LIMIT) -> str:
    """For a terminal or a log: one line, no escape sequence, no command of a CI runner; ASCII alone where asked."""
    text = COMMAND.sub(_defuse, visible(text, limit))
    return to_ascii(text) if ascii_only else text


def to_ascii(text: str) -> str:
    """``text`` in ASCII: letters without their accents, our own signs in words, the rest as escapes."""
    if text.isascii():
        return text
    text = "".join(ASCII_WORDS.get(char, char) for char in text)
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.encode("ascii", "backslashreplace").decode("ascii")


def markdown_code(text: str, limit: int = NAME_LIMIT) -> str:
    """For Markdown: a code span that nothing in ``text`` can end."""
    shown = visible(text, limit).replace("|", "\\x7c")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest or not shown.strip() else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def markdown_text(text: str, limit: int = PROSE_LIMIT) -> str:
    """For Markdown: a sentence in which no markup, mention, issue number, link or HTML is live."""
    shown = re.sub(r"([\\`*_{}\[\]()<>#+!|~&$-])", r"\\\1", visible(text, limit))
    shown = re.sub(r"(@|#|://|www|GH\\-)(?=\S)", "\\1\u200b", shown)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", shown)


def escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _hide_address(match: re.Match[str]) -> str:
    return match[0] if match[1] == "git" else ADDRESS_HIDDEN


def _defuse(match: re.Match[str]) -> str:
    return "## [" if match[0] == "##[" else f"{match[1]}: :"
