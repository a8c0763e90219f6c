"""Whether a commit message says why, or need not: reasons that people give, and changes that explain themselves.

Rules as tables of patterns. Nothing is fitted to labelled messages; `bench.messages` says how the rules do on some.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Reason(StrEnum):
    """Why a change was made, as its message has it."""

    GIVEN = "given"
    SELF_EVIDENT = "self-evident"


def _words(text: str) -> str:
    return rf"\b(?:{'|'.join(text.split())})\b"


SELF_EVIDENT = {
    "tests": _words("tests? testing tested specs? testes? unittests? coverage pruebas"),
    "documents": _words(
        r"docs? documents? documenting documented documentation read[-_]?me(?:\.md)? javadoc jsdoc docstrings? typos? "
        r"changelog swagger licen[sc]e copyright manual tutorial comments? diagrams? documentação documentación"
    ),
    "form": _words(
        r"(?:re)?format(?:ted|ting)? lint(?:er|ing)? eslint flake8 pep8 pep pycodestyle prettier checkstyle "
        r"whitespaces? indent(?:ation)? isort blank code.style style.conformance"
    ),
    "formatters": _words("php-cs-fixer php_cs phpcs(?:bf)? rubocop gofmt goimports ruff ktlint spotless stylelint")
    + r"|\b(?:run|ran|running|appl(?:y|ied|ies|ying)) black\b",
    "leftovers": r"\b(?:remov|delet|drop)\w{0,3}\b.{0,60}\b(?:tmp|temp(?:orary)?|left-?overs?|legacy|generated|"
    r"vendored|vendor (?:files?|folder|director(?:y|ies)|code)|template (?:files?|code)|boilerplate|"
    r"node_modules|__pycache__)\b",
    "what nobody uses": _words(
        "unused dead obsolete deprecat(?:e|ed|es|ion) unneeded unnecessary useless redundant unintentionally commented "
        "duplication"
    ),
    "tidying": _words("clean(?:ed|ing|s|up|ups)? tidy limp(?:eza|ando|ieza) renam(?:e|ed|es|ing) refactor(?:ed|ing)?")
    + "|"
    + _words("simplif(?:y|ied|ies|ication)"),
    "beginning": r"\b(?:init(?:ial)?|first) (?:commit|project|import|version)\b|^init\b",
    "versions": _words(r"bump(?:ed|s)? upgrad(?:e|ed|es|ing) dependenc(?:y|ies) backport(?:ed)? snapshots? released?")
    + r"|\b(?:updat|mov|switch|migrat)\w{0,3} (?:\w{1,30} ){0,3}to (?:the )?(?:latest|newest)\b"
    r"|\bprepar\w+ (?:release|for)\b|\bupdat\w{0,3}\b.{0,60}\bto (?:[\w./-]{1,30} ){0,2}v?\d+\.\d|"
    r"\b(?:updat|chang|set|rais|pin)\w{0,4}\b.{1,60}\bversions?(?:\W{0,4}$| .{0,30}\bto v?\d)",
    "packages": r"\b(?:updat|upgrad|bump|renew|refresh)\w{0,3}\b.{0,60}\b(?:packages?|packatges|deps|libs?|"
    r"librar(?:y|ies)|"
    r"requirements?|gems?|sdk|nuget|npm|go\.(?:mod|sum)|package(?:-lock)?\.json|composer\.(?:json|lock)|yarn|bun|"
    r"lock ?files?|csproj|distro|distribution|standard edition|upstream)\b|"
    r"\b(?:updat|migrat|mov|switch)\w{0,3} .{0,40}(?:\.net(?: core)?|\b(?:net|java|jdk|php|python|node(?:\.?js)?|go|"
    r"ruby|rails|django|spring(?: boot)?|laravel|angular|react|vue|phpunit|version)) ?v?\d",
    "looks": r"\b(?:styl(?:es?|ed|ing)|s?css|(?:single|double) quotes|logos?|icons?|favicon|fonts?)\b",
    "what git is to leave out": r"\b(?:git|docker)ignore\b|\bignor\w{1,3} (?:the )?\.?(?:idea|vscode|env|node_modules|"
    r"credentials|logs?|uploads?|uploaded)\b|\bBOM\b",
    "secrets": r"\b(?:remov|delet|hid|ignor)\w{0,3}\b.{0,40}\b(?:secrets?|credentials?|passwords?|api ?keys?)\b",
    "merging": r"^merged?\b|\b(?:fix|resolv|solv)\w{0,3}\b.{0,20}\bconflicts?\W{0,3}$",
}
"""Changes whose reason everybody knows."""

GIVEN = {
    "a cause": _words("because since due so otherwise instead therefore thus hence porque pois debido weil")
    + r"|\bas (?:it|they|we|this|the|there)\b",
    "a purpose": r"\b(?:to|for|para|pra) (?:be|avoid|prevent|allow|support|make|keep|use(?! ?cases?\b)|run|ensure|"
    r"enable|reduce|improve|get|help|match|build|handle|fit|work|decrease|remove|wait|stop|lower|protect|simplify|"
    r"minimi[sz]e|ficar|evitar)\b|\bso that\b|\bin order to\b",
    "a fault": _words(
        "bugs? errors? exceptions? crash(?:es|ed|ing)? fail(?:s|ed|ing|ures?)? wrong incorrect(?:ly)? missing missed "
        "invalid broken breaks breakage leaks? leaking race deadlock overflow conflicts? regression problems? issues? "
        "warnings? duplicate[sd]? bad unexpected inconsistent corrupt(?:ed)? block(?:ed|ing) hangs? stuck slow "
        "trailing insecure unsafe vulnerability offending idêntico idéntico erros? errores"
    )
    + r"|\bn\+1\b",
    "what it must not do": r"\b(?:never|cannot|can't|doesn't|don't|didn't|isn't|won't|wasn't|aren't|hadn't|without|"
    r"não|nao|sem|sin|no longer)\b|\bnot (?!complete|finished|done|yet)\w+",
    "what is kept from happening": _words(r"prevent\w{0,3} avoid\w{0,3} ensure\w{0,2} evita\w{0,4} garant\w{0,5}"),
    "what gets better": _words(
        "faster easier easily simpler shorter cleaner clearer better more less consistent consistently robust safer "
        "performance speed readability maintainability"
    ),
    "in other scripts": "ため|ので|防ぐ|避け|때문|위해|위한|방지|因为|由于|为了|避免|防止|чтобы|из-за|потому|щоб",
    "real data": r"\breal (?:names?|data|e-?mails?|passwords?)\b",
}
"""Words by which a message names a reason, a fault or a purpose."""

LABEL = re.compile(r"\W{0,4}(?::\w{1,30}:\s*)?[\w ]{1,20}(?:\([^()]{0,60}\))?!?\s?:\s?")
"""``fix(users):`` before a message; a type alone is no reason."""
LABELLED = re.compile(r"\W{0,4}(?:tests?|docs?|style|chore\(deps)\b[^:]{0,40}:", re.I)
NO_FAULT = re.compile(
    r"\b(?:errors?|exceptions?|erros?)[ -](?:handling|handlers?|messages?|pages?|codes?|classes|class|responses?|"
    r"logs?|logging|types?)\b|\bcustom (?:errors?|exceptions?)\b|"
    r"\btratamento (?:de )?erros?|\bissue #?\d+|^issue\b",
    re.I,
)
"""Words of faults where they name a part of the program, or an entry of a tracker."""
NAMED_AFTER = re.compile(
    r"\b(?:(?:not found|missing|invalid|duplicate|conflict) )?(?:errors?|exceptions?|warnings?)\b|"
    r"\b(?:add(?:s|ed|ing)?|create[sd]?|implement\w{0,3}|include[sd]?) (?:the |some |all |a )?missing\b",
    re.I,
)
"""What may be named after a fault where something new is added; ``add missing`` says no more than ``add``."""
CONDITION = re.compile(_words("when if unless until while after before during quando cuando se"), re.I)
ADDING = re.compile(
    r"\W*(?::\w{1,30}:\s*)?"
    r"(?:feat|add|added|adds|adding|create|created|creates|implement|introduc|new|send|criado|adicion)",
    re.I,
)
"""New behaviour has conditions without having a reason; a changed one has them for a reason."""
TRAILER = re.compile(
    r"^(?:this reverts commit.{0,200}|(?:[\w-]{3,30}(?:-id|-by|-url|-revid)|reviewers|change|swift svn)\b.{0,300}|--)$",
    re.I | re.M,
)
SQUASHED_LINE = re.compile(r"^\* .{0,200}$", re.M)
"""A subject of a commit that was squashed into this one, as GitHub lists them."""
WORD = re.compile(r"[^\W\d_]+")
BODY_WORDS, NEW_SHARE = 8, 0.6
"""Words of a body from which on it is taken to explain, and the share of them that the subject does not have."""
LONGEST = 400
KNOWN = 1 << 12
"""Messages of which the reason is kept; two checks ask for it."""
BODY_LONGEST = 4_000

_SELF_EVIDENT = {name: re.compile(pattern, re.I) for name, pattern in SELF_EVIDENT.items()}
_GIVEN = {name: re.compile(pattern, re.I) for name, pattern in GIVEN.items()}
IN_LABELS = ("tests", "documents", "formatters")


@lru_cache(KNOWN)
def reason(subject: str, body: str = "") -> Reason | None:
    """Why a change was made, as far as its message tells; None where it does not and should.

    Args:
        subject: the first line of the message.
        body: what stands below it.
    """
    subject = subject[:LONGEST]
    found = LABEL.match(subject)
    label, text = (subject[: found.end()], subject[found.end() :]) if found else ("", subject)
    evident = any(pattern.search(text) for pattern in _SELF_EVIDENT.values())
    if evident or LABELLED.match(subject) or any(_SELF_EVIDENT[name].search(label) for name in IN_LABELS):
        return Reason.SELF_EVIDENT
    told = NO_FAULT.sub(" ", text)
    if ADDING.match(text):
        told = NAMED_AFTER.sub(" ", told)
    if any(pattern.search(told) for pattern in _GIVEN.values()):
        return Reason.GIVEN
    if (CONDITION.search(told) and not ADDING.match(subject)) or _explains(subject, body):
        return Reason.GIVEN
    return None


def _explains(subject: str, body: str) -> bool:
    """Whether a body says more than its subject; trailers and subjects of squashed commits say nothing more."""
    written = SQUASHED_LINE.sub("", TRAILER.sub("", body[:BODY_LONGEST]))
    words = WORD.findall(written.lower())
    known = set(WORD.findall(subject.lower()))
    return len(words) >= BODY_WORDS and sum(word not in known for word in words) >= NEW_SHARE * len(words)
