"""Limits of uploads and bodies that are written by hand, in every language."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

EVERY = ("Python", "JavaScript", "TypeScript", "Java", "Kotlin", "C#", "PHP", "Ruby", "Go")
LINE_MOST = 300
WITHIN = 4
"""Lines after such a comparison in which what is too large is refused."""
WHAT = (
    r"(?:file|image|img|upload|body|bytes|content|payload|picture|photo|avatar|attachment|document|blob|media|video"
    r"|request|req)"
)
MEASURED = re.compile(
    rf"(?:\b\w{{0,30}}{WHAT}\w{{0,30}}(?:\[['\"]|[.\->?!()]{{1,4}})(?:get_?)?(?:size|length|byteLength|content_?length)\b"
    rf"|\blen\([\w.]{{0,30}}{WHAT}(?:_?(?:bytes|data|content))?\)|\bcontent_?length\b|"
    rf"(?<![\w.])size(?=\s{{0,3}}>=?\s{{0,3}}[\w.]{{0,40}}(?:size|bytes|limit)\b)|\b{WHAT}_?(?:size|length)\b)"
    r".{0,12}?(?:>=?|\bgt\b)\s{0,3}(?!.{0,40}?max\w{0,10}(?:files|images|items|links|urls|count|name)\b)"
    r"(?:[\w.\->:$()\[\]'\"]{0,60}(?:max|limit|allowed|bytes|size)|\(?\d[\d_]{0,12}\s?\*|\(?[\d_]{6,15}|[\d_]{1,9}\s?<<)",
    re.IGNORECASE,
)
"""``file.size > settings.IMAGE_UPLOAD_MAX_SIZE``, ``len(content) > 5 * 1024 * 1024``."""
REFUSED = re.compile(
    r"\b(?:return|raise|throw|abort|halt|fail|errors?|exception|413|400|422)\b|error\w{0,20}\(", re.IGNORECASE
)
WORDS = ("size", "length", "len(")
NAMED_MOST = re.compile(
    r">=?\s{0,3}[\w.\->:$]{0,40}?max_?(?:file|upload|body|image|photo|request|payload|attachment)_?(?:size|bytes)",
    re.IGNORECASE,
)
"""``uint64(bytes) > storage.maxFileSize``."""
GIVEN = {
    "JavaScript": re.compile(
        r"\b(?:fileSize|maxFileSize|fieldSize)['\"]?\s?:\s?[\d(]|\bnew\sMaxFileSizeValidator\("
        r"|\b(?:limit|size|maxSize|maxFileSize)['\"]?\s?:\s?['\"]\d{1,6}\s?[kmg]b['\"]",
        re.IGNORECASE,
    ),
    "PHP": re.compile(
        r"\b(?:image|file|mimes|mimetypes)\b[^'\"]{0,80}\|max:\d|(?:image|file|mimes)\b.{0,80}['\"]max:\d"
    ),
}
"""Settings of parsers and rules of validators that say the most: ``limit: '20mb'``, ``'image|max:2048'``."""
GIVEN["TypeScript"] = GIVEN["JavaScript"]
GIVEN_WORDS = {"JavaScript": ("filesize", "mb'", 'mb"', "kb'", 'kb"', "fieldsize"), "PHP": ("max:",)}
GIVEN_WORDS["TypeScript"] = GIVEN_WORDS["JavaScript"]
COMMENT = re.compile(r"\s{0,80}(?:#|//|\*|/\*)")


def read(module: Module, kept: Kept) -> None:
    """The first comparison of a size with the most that is taken, where more is refused."""
    look = look_at(module)
    if number := _as_rule(look):
        if not any(sign.kind is SignKind.BODY_LIMIT for sign in kept.signs):
            keep(kept, look, SignKind.BODY_LIMIT, Name("", number), "size as a rule", -1)
        return
    for number, line in look.lines_with(WORDS):
        if ">" in line and _compares(line[:LINE_MOST]) and not COMMENT.match(line) and _refused(look, number):
            keep(kept, look, SignKind.BODY_LIMIT, Name("", number), "size by hand", -1)
            return


def _as_rule(look: Look) -> int:
    """The first line that says the most as a setting or rule, 0 for none."""
    language = look.module.language
    if language not in GIVEN:
        return 0
    given = ((n, line) for n, line in look.lines_with(GIVEN_WORDS[language]) if not COMMENT.match(line))
    return next((n for n, line in given if GIVEN[language].search(line[:LINE_MOST])), 0)


def _compares(line: str) -> bool:
    return MEASURED.search(line) is not None or NAMED_MOST.search(line) is not None


def _refused(look: Look, number: int) -> bool:
    following = look.lines[number - 1 : number + WITHIN]
    return any(REFUSED.search(text[:LINE_MOST]) for text in following)


SIZE_LIMITS = Reader(name="limits of size by hand", languages=EVERY, read=read)
