"""Whether the rows of data that a case is run with expect an error, or its lines that something is refused."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, integer
from reviewer.gather.syntax import Call, Expr, Module, Text, dotted, plain

SOURCES = frozenset(
    "MethodSource DataProvider dataProvider MemberData ClassData TestCaseSource DynamicData FieldSource with".split()
)
"""Decorators that name what gives the rows; without a name it is what is called like the case."""
ROWS = frozenset(
    "CsvSource CsvFileSource ValueSource EnumSource InlineData TestCase DataRow Arguments parametrize testWith TestWith"
    " InlineAutoData".split()
)
FAILING = re.compile(
    r"(?<![\w.])(?:4(?:0[0-9]|1[0-9]|2[0-9])|50[0-4])(?![\w.])|BAD_REQUEST|BadRequest|NOT_FOUND|NotFound\b"
)
"""A status of failure among the rows."""
CHECKED = r"(?:valid|verif|check|allow|authori[sz]|permit|accept|match|authenticat)"
REFUSED = re.compile(
    rf"(?:assert_?false|assert\.(?:is)?false|require\.false|isfalse|failif|assert not)\b.{{0,80}}?{CHECKED}|"
    rf"{CHECKED}.{{0,80}}\)\s?(?:\.|->)?(?:tobefalse|tobe\(false|toequal\(false|tostrictequal\(false|tobefalsy|to\.be\.false|"
    rf"to\.equal\(false|isfalse|shouldbe[ (]false|to be_fals|to be false|to eq false|\s?is false)|"
    r"\b(?:errno|err_?code|code|errors?)\)\.not\.to(?:be|equal)\(0\)",
    re.IGNORECASE,
)
"""Assertions that something which checks its input answers with false: ``assertFalse(isValid("x"))``."""
ABSENCE = re.compile(
    r"(?:(?<![A-Za-z])(?:null|nil|none|missing|absent|empty)|Null|Nil|None|Missing|Absent|Empty)(?![a-z])|"
    r"(?<![A-Za-z])[Nn]o(?:[ _][A-Za-z]|[A-Z])|[a-z]No[A-Z]"
)
"""A name that speaks of what is not there: ``returns null for an empty list``, ``no user``."""
NOT_ABSENT = re.compile(
    r"(?:not|isn't|non|never)[ _]?(?:be[ _])?(?:an?[ _])?(?:null|nil|none|missing|absent|empty)|"
    r"no[ _]?(?:error|exception|fail|problem|warning|issue|content|crash|change|conflict|duplicate|longer)",
    re.IGNORECASE,
)
FINDS_NOTHING = re.compile(
    r"assert_?(?:is_?)?(?:null|none|nil|empty|false)\b|\bassert\.(?:is)?_?(?:null|nil|empty|false|undefined)\(|"
    r"(?:is|==) None\s*$|is False\s*$|"
    r"\.to(?:be|equal|strictequal)\((?:null|undefined|false|\[\]|\{\}|''|\"\")\)|\.tobe(?:null|undefined|empty|false)\(|"
    r"\.to\.be\.(?:null|undefined|empty|false)|\)\.is(?:null|empty|false|notpresent)\(\)|"
    r"\.should\(\)\.be(?:null|empty|false)|to (?:be_nil|be_empty|eq\(?\[\]\)?)",
    re.IGNORECASE,
)
"""An assertion that nothing came back."""
OF_ERROR = re.compile(r"err(?:or|ors)?\b|exception|warning|violation", re.IGNORECASE)
WORD = re.compile(r"\w+")
LINES_MOST = 200
LINE_MOST = 400
REFUSING = ("alse", "assert not ", ".not.to", "ailIf", "ailif")
"""One of these stands on every line that says so."""


def expects_by_row(module: Module, function: int, lines: list[str]) -> bool:
    """Whether a row of a case expects an error.

    Args:
        module: the file.
        function: the index of the case's function, -1 for none.
        lines: the lines of the file.
    """
    if not 0 <= function < len(module.functions):
        return False
    case = module.functions[function]
    for mark in case.decorators:
        if not isinstance(mark, Call):
            continue
        if mark.last in ROWS and any(_fails(item) for item in inside(*mark.args, *mark.keywords.values())):
            return True
        if mark.last in SOURCES and _named_fails(module, [*_named(mark), case.name], lines):
            return True
    return False


def refuses(text: str) -> bool:
    """Whether the lines of a case say that something is refused."""
    if not any(mark in text for mark in REFUSING):
        return False
    lines = (line[:LINE_MOST] for line in text.split("\n") if any(mark in line for mark in REFUSING))
    return any(REFUSED.search(line) for line in lines)


def finds_nothing(name: str, text: str) -> bool:
    """Whether a case with one assertion speaks of what is absent and asserts that nothing comes back.

    Args:
        name: of the case itself.
        text: the lines of the case.
    """
    if not ABSENCE.search(name[:LINE_MOST]) or NOT_ABSENT.search(name[:LINE_MOST]):
        return False
    lines = (line[:LINE_MOST] for line in text.split("\n")[:LINES_MOST])
    return any(FINDS_NOTHING.search(line) and not OF_ERROR.search(line) for line in lines)


def _fails(expr: Expr) -> bool:
    if isinstance(expr, Text):
        return bool(FAILING.search((plain(expr) or "")[:500]))
    number = integer(expr)
    return (number is not None and 400 <= number < 505) or bool(FAILING.search(dotted(expr)[:200]))


def _named(mark: Call) -> list[str]:
    """The functions that a decorator names, by text, by ``nameof`` or by their class."""
    texts = [plain(item) or dotted(item) for item in inside(*mark.args, *mark.keywords.values())]
    return [words[-1] for text in texts if (words := WORD.findall(text[:200]))]


def _named_fails(module: Module, names: list[str], lines: list[str]) -> bool:
    for item in module.functions:
        if item.name in names[:8]:
            text = "\n".join(lines[item.line - 1 : min(item.end_line, item.line + LINES_MOST)])
            if FAILING.search(text):
                return True
    return False
