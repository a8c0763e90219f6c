"""What lines of a README say: commands, claims, and sentences that a generator wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.documents._readme_claims import CLAIMS, NEGATED
from reviewer.gather.documents._readme_lines import LIST_ITEM, Part, ReadmeLine
from reviewer.gather.documents._readme_tables import DATA_LANGUAGES, PROGRAMS, SHELL_LANGUAGES
from reviewer.gather.documents._readme_templates import TEMPLATES
from reviewer.model.facts.documents import Claim

PROMPT = re.compile(r"\s*(?:\(\w[\w-]{0,30}\)\s*)?(?:\$|>|%|PS[^>]{0,60}>|C:\\[^>]{0,60}>)\s+")
ASSIGNMENT = re.compile(r"[A-Z_]{2,40}=\S*$")
INLINE = re.compile(r"`([^`]{2,200})`")
QUOTED = re.compile(r"[\"“]([^\"“”]{2,120})[\"”]")
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
SPOKEN = re.compile(r"(?:make (?:sure|a|an|the|your)|go (?:to|into|back|ahead)|source code|touch base|just) ")
"""English sentences that begin with the name of a program."""
PLAIN_LIMIT = 90
CLAIM_TEXT = 200
SPACES = re.compile(r"\s+")


def command_in(line: ReadmeLine) -> str | None:
    """The command of a line of a code block; None for output, comments and code in other languages."""
    prompted = PROMPT.match(line.raw)
    text = line.raw[prompted.end() :].strip() if prompted else line.raw.strip()
    if not text or text.startswith(("#", "//", "--", "REM ")) or line.language in DATA_LANGUAGES:
        return None
    if prompted or is_command(text):
        return text
    own_script = text.startswith("./") or ASSIGNMENT.match(text.split()[0])
    return text if line.language in SHELL_LANGUAGES and own_script else None


def is_command(text: str) -> bool:
    """Whether a text begins with the name of a program that READMEs tell people to run."""
    words = text.split(None, 3)
    while words and (ASSIGNMENT.match(words[0]) or words[0] == "sudo"):
        words = words[1:]
    if not words:
        return False
    name = words[0].removeprefix("./").removesuffix(".sh").removesuffix(".bat")
    return name in PROGRAMS or (words[0].startswith("./") and "/" not in name[1:])


def inline_commands(line: ReadmeLine, run_section: bool) -> list[str]:
    """Commands in a line of prose: in backticks; in quotes, or the whole line, where a section is about running."""
    found = [text.strip() for text in INLINE.findall(line.raw)]
    found += [text.strip() for text in QUOTED.findall(line.raw)] if run_section else []
    commands = [text for text in found if " " in text and is_command(text)]
    bare = LIST_ITEM.sub("", line.raw, count=1).strip()
    prompted = PROMPT.match(bare) if bare.startswith("$") else None
    if prompted and is_command(bare[prompted.end() :]):
        commands.append(bare[prompted.end() :])
    elif (
        run_section and not commands and len(bare) <= PLAIN_LIMIT and not bare.endswith((".", ":", ",")) and " " in bare
    ):
        spoken = not bare.split()[0].islower() or len(bare.split()) > 6 or SPOKEN.match(bare)
        commands += [bare] if is_command(bare) and not spoken else []
    return commands


def claims_in(lines: Iterable[ReadmeLine], topics: dict[str, frozenset[str]]) -> tuple[Claim, ...]:
    """The first claim of each subject, in line order; plans, negations and code claim nothing."""
    found: dict[str, Claim] = {}
    for line in lines:
        if line.part is Part.CODE or topics[line.section] & {"planned", "credits"}:
            continue
        for sentence in SENTENCE_END.split(line.text):
            if NEGATED.search(sentence):
                continue
            for subject, pattern in CLAIMS:
                if subject not in found and pattern.search(sentence):
                    text = SPACES.sub(" ", sentence).strip()[:CLAIM_TEXT]
                    found[subject] = Claim(subject=subject, text=text, line=line.number)
    return tuple(sorted(found.values(), key=lambda claim: (claim.line, claim.subject)))


def template_of(prose: str, words: int) -> str | None:
    """The generator whose README this still is: two of its sentences stand in it, and little else does."""
    lower = SPACES.sub(" ", prose.lower())
    for name, most_words, sentences in TEMPLATES:
        if words <= most_words and sum(sentence in lower for sentence in sentences) >= 2:
            return name
    return None
