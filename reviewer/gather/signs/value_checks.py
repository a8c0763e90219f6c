"""Values that are refused, wherever that is: ``if (name.isEmpty()) throw new IllegalArgumentException("required")``."""

from __future__ import annotations

import re
from itertools import islice

from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.syntax import Module, Name
from reviewer.model.facts.code import SignKind

EVERY = ("Python", "JavaScript", "TypeScript", "Java", "Kotlin", "C#", "PHP", "Ruby", "Go")
JVM = ("Java", "Kotlin")
WORDS = ("throw ", "throw(", "raise ", "errors.new", "fmt.errorf", "require(")
TOLD = re.compile(
    r"requir|obligat|requer|invalid|inv[aá]lid|must|empty|missing|blank|can(?:not|'t)|should|exceed|too\s(?:long|short|many)"
    r"|at\s(?:least|most)|vac[ií]o|vazio|debe|deve|mandatory|greater|less\sthan|positiv|negativ|illegalargument"
    r"|argument(?:null|outofrange)?exception|validation|bad_?request|minimum|maximum|longer|shorter|characters",
    re.IGNORECASE,
)
"""What is said of a value that does not fit."""
ASIDE = re.compile(r"token|jwt|session|config|environ|secret|not_?\s?found|unauthor|forbidden|connect", re.IGNORECASE)
"""What is refused for another reason than what was sent."""
ASKED = re.compile(
    r"\b(?:if|unless|when|elif|require)\b.{0,200}?(?:[=!]==?|<|>|\bnull\b|\bnil\b|\bNone\b|\bnot\b|!|empty|blank|length|len\(|size"
    r"|match|present|test\()",
    re.IGNORECASE,
)
RULES = ("required:", "minlength:", "maxlength:", "validate:")
RULE = re.compile(r"\b(?:required:\s?(?:true|\[)|(?:min|max)length:|validate:\s?[\[{(\w])", re.IGNORECASE)
STATED = re.compile(
    r"\b(?:Assert\.(?:notNull|hasText|hasLength|notEmpty|isTrue)|(?:Preconditions\.)?checkArgument)\("
    r"|\bObjects\.requireNonNull\(\s{0,3}\w{1,60}\s{0,3}[,)]"
)
"""What refuses a value by itself: Spring's and Guava's, and Java's own for a plain value."""
OF_STATED = ("assert.", "checkargument(", "requirenonnull(")
NEEDED = re.compile(
    r"service|repo|\bdao|client|mapper|factory|provider|handler|manager|template|logger|clock|builder|response",
    re.IGNORECASE,
)
"""What a class is handed to work with, which nobody sends."""
RETURNING = ("invalid", "requir", "missing", "empty", "bad_request", "badrequest", "must ", "too short", "too long")
RETURNED = re.compile(
    r"\breturn\b.{0,120}?(?:error|invalid|fail|\berr|\bleft\(|bad_?request|\b4(?:00|22)\b|\bfalse\b|\bmessage\b)",
    re.IGNORECASE,
)
"""A failed result that a function hands back: ``return SignUp.Error.InvalidEmail``."""
OF_A_ROW = re.compile(r"credential|incorrect|wrong|already|exist|invalid\s(?:\w{1,20}\s){0,3}password", re.IGNORECASE)
"""A failed result that is about what is kept, or who asks."""
BEFORE = 2
MOST = 60
LINE_MOST = 300


def read(module: Module, kept: Kept) -> None:
    """The first line of each function that refuses a value."""
    look = look_at(module)
    if "mongoose" in module.text and "Schema" in module.text:
        _of_models(look, kept)
    told: set[int] = set()
    for number, line in islice(look.lines_with(WORDS), MOST):
        text = line[:LINE_MOST]
        if not TOLD.search(text) or ASIDE.search(text) or not _asked(look, number):
            continue
        function = look.innermost(number)
        if function != -1 and function not in told:
            told.add(function)
            keep(kept, look, SignKind.HINT, Name("", number), "value check", function)
    _returned(look, kept, told)
    if module.language in JVM:
        _stated(look, kept, told)


def _returned(look: Look, kept: Kept, told: set[int]) -> None:
    """Failed results that functions return for a value that does not fit."""
    for number, line in islice(look.lines_with(RETURNING), MOST):
        text = line[:LINE_MOST]
        if not RETURNED.search(text) or ASIDE.search(text) or OF_A_ROW.search(text) or not _asked(look, number):
            continue
        function = look.innermost(number)
        if function != -1 and function not in told:
            told.add(function)
            keep(kept, look, SignKind.HINT, Name("", number), "value check", function)


def _stated(look: Look, kept: Kept, told: set[int]) -> None:
    """Values that a call refuses by itself: ``Assert.hasText(name, "a name is needed")``."""
    for number, line in islice(look.lines_with(OF_STATED), MOST):
        text = line[:LINE_MOST]
        if not STATED.search(text) or ASIDE.search(text) or NEEDED.search(text):
            continue
        function = look.innermost(number)
        if function != -1 and function not in told:
            told.add(function)
            keep(kept, look, SignKind.HINT, Name("", number), "value check", function)


def _of_models(look: Look, kept: Kept) -> None:
    """The first rule of a schema of Mongoose, which refuses documents that do not fit."""
    for number, line in look.lines_with(RULES):
        if RULE.search(line[:LINE_MOST]):
            keep(kept, look, SignKind.HINT, Name("", number), "value check", -1)
            return


def _asked(look: Look, number: int) -> bool:
    lines = look.lines[max(0, number - 1 - BEFORE) : number]
    return any(ASKED.search(text[:LINE_MOST]) and not ASIDE.search(text[:LINE_MOST]) for text in lines)


VALUE_CHECKS = Reader(name="values that are refused", languages=EVERY, read=read)
