"""A test case while its file is being read, and what its name and its assertions say of it, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import pairwise

from msgspec.structs import replace

from reviewer.gather.expressions import inside, integer, last, words_in
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Expr, Module, Name, Number, Text, dotted, plain
from reviewer.gather.testing._rows import expects_by_row, finds_nothing, refuses
from reviewer.gather.testing._stock import is_stock
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.tests import TestCase

FRONT_OF_CASE = 60
"""Functions around a function that are followed to find the test case it belongs to."""
HELPER_ROUNDS = 2
"""How many helpers deep an assertion may be."""
CALLS_MOST = 20
"""Calls of a case without assertions that are kept."""

STATUS_WORDS = frozenset({"status_code", "status", "statuscode", "status_int", "code"})
ERROR_WORDS = frozenset({"error", "errors", "exception", "message", "detail", "details", "err", "msg"})
NEGATIVE_WORDS = words(
    "invalid fail fails failure unauthorized unauthorised unauthenticated forbidden notfound error errors missing wrong"
    " bad cannot cant denied duplicate duplicated nonexistent nonexisting raises throw throws reject rejects rejected"
    " exception expired refuse refused unknown illegal incorrect malformed mismatch exceeds exceed unprocessable"
    " prevents prevent blocked 400 401 403 404 409 422"
)
SPOKEN = frozenset(
    {"error", "errors", "exception", "fail", "failure", "bad", "mismatch", "duplicate", "duplicated", "exceed"}
)
"""Of these what a name may speak of without expecting it: ``test_rounding_error``."""
NEGATIVE_PAIRS = frozenset(
    {
        *(
            ("not", "found"),
            ("not", "exist"),
            ("not", "exists"),
            ("not", "existing"),
            ("not", "allowed"),
            ("can", "not"),
        ),
        *(("should", "not"), ("must", "not"), ("already", "exists"), ("already", "taken"), ("already", "registered")),
        *(("not", word) for word in words("allow accept permit authorize authorise authenticate authenticated let")),
        *(
            ("not", word)
            for word in words("valid log login logged authorized authorised permitted accepted admin owner")
        ),
        *(("not", word) for word in words("create save update delete destroy parse register")),
        *((verb, word) for verb in ("return", "returns") for word in words("null nil none undefined false")),
        *(("without", word) for word in words("token password auth authentication login permission credentials")),
    }
)
OTHERWISE_SAID = re.compile(
    r"inv[áà]lid|invalid[oa]s?\b|falh[ao]|\berros?\b|(?:\b|_)n[aã]o(?:\b|_)|inexist|\bno (?:existe|encontrad)|"
    r"\bfall[oa]s?\b|fehler|ung[uü]ltig|"
    r"\berreurs?\b|[eé]choue|ошибк|неверн|не найден|失败|错误|不存在|无效|异常|失敗|エラー|실패|오류|잘못",
    re.IGNORECASE,
)
"""Words for failure in other languages than English."""
SHORT_NOT = words("doesnt isnt wont dont shouldnt didnt arent")
GOES_WELL = words("successfully succeeds succeed succeeded")
"""Words of a name that say that all went well, whatever else it speaks of: ``refuse_travel_runs_successfully``."""
GOES_WELL_PAIRS = frozenset(
    {("no", "content"), ("status", "ok"), ("status", "created")}
    | {("without", word) for word in words("exception exceptions error errors failure failures problems")}
)
GOES_WRONG = words("not cannot cant never fail fails unless invalid")
NEGATING = words("not no without never doesnt t isnt nothing")
"""Words that turn one for failure around: ``does not throw``, ``without errors``."""
STATUS_NAME = re.compile(r"HTTP_[45]\d\d_")
ERROR_NAMES = frozenset(status.name for status in HTTPStatus if status >= 400) | {
    "UNPROCESSABLE_ENTITY",
    "CONTENT_TOO_LARGE",
}
ASSERTING = "<asserting>"
"""The constant under which a file of tests keeps the names of its functions that assert for cases of other files."""
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
RESOURCE = re.compile(r"(\w+?)s?(?:Controller|Repository|Model|Resource|Service)(?:Tests?|Spec|IT)\Z")
"""The class of tests of a resource: words of its name say nothing of a case."""

LOCAL_HOST = re.compile(
    r"https?://(?:localhost|127\.\d|0\.0\.0\.0|\[::1?\]|10\.\d|192\.168\.|[\w-]+(?=[:/]|$)"
    r"|[\w.-]+\.(?:test|local|localhost|internal|invalid|example)(?=[:/]|$)|(?:[\w-]+\.)*example\.(?:com|org|net)(?=[:/]|$))",
    re.IGNORECASE,
)
REMOTE = re.compile(r"https?://[\w-]+\.[\w.-]+", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """A test case as far as it has been read; ``function`` indexes its body in ``Module.functions``.

    ``smooth`` counts the assertions that only say that nothing failed: where they are most, a name tells of no error.
    ``about`` finds the name of the resource that is tested.
    """

    name: str
    framework: str
    line: int
    end_line: int
    function: int
    assertions: int = 0
    vacuous: int = 0
    negative: bool = False
    skipped: bool = False
    sleeps: bool = False
    real_network: bool = False
    looks_at_outcome: bool = False
    smooth: int = 0
    calls: tuple[str, ...] = ()
    about: re.Pattern[str] | None = None

    def count(self, real: bool, *looked_at: Expr | None) -> None:
        """Counts an assertion and notes whether it looks at a status or an error."""
        if not real:
            self.vacuous += 1
            return
        self.assertions += 1
        seen = set(words_in(*looked_at))
        self.looks_at_outcome = self.looks_at_outcome or bool(seen & (STATUS_WORDS | ERROR_WORDS))

    def finished(self) -> TestCase:
        """The case as it is kept."""
        return TestCase(
            name=self.name,
            framework=self.framework,
            line=self.line,
            end_line=self.end_line,
            assertions=self.assertions,
            vacuous=self.vacuous,
            negative=self.negative or (self.assertions > 2 * self.smooth and self._is_named_so()),
            skipped=self.skipped,
            sleeps=self.sleeps,
            real_network=self.real_network,
            calls=() if self.assertions or self.vacuous else self.calls,
        )

    def _is_named_so(self) -> bool:
        name = self.about.sub("", self.name) if self.about else self.name
        if self.looks_at_outcome and says_negative(name):
            return True
        return says_negative(own_name(name), NEGATIVE_WORDS - SPOKEN)


class Drafts:
    """The cases of one file, found by any function inside them."""

    def __init__(self, module: Module, drafts: Iterable[Draft]) -> None:
        self.all = list(drafts)
        self._functions = module.functions
        self._module = module
        self._roots = {draft.function: draft for draft in self.all if draft.function != -1}
        self._known: dict[int, Draft | None] = {-1: None}

    def at(self, function: int) -> Draft | None:
        """The case that a function belongs to, None for helpers, fixtures and module level."""
        trail: list[int] = []
        while function not in self._known and len(trail) < FRONT_OF_CASE:
            trail.append(function)
            if function in self._roots:
                self._known[function] = self._roots[function]
                break
            function = self._functions[function].parent if 0 <= function < len(self._functions) else -1
        found = self._known.get(function)
        self._known.update(dict.fromkeys(trail, found))
        return found

    def hand_over(self, kept: Kept, asserting: Iterable[str]) -> None:
        """Notes which functions of the file assert, and what its cases without assertions call: they may do so there.

        Args:
            kept: what is kept of the file.
            asserting: the names of its functions outside of cases that assert something.
        """
        if names := sorted(set(asserting)):
            kept.constants.append(Constant(name=ASSERTING, value=(" ".join(names),), line=1))
        bare = {id(draft): draft for draft in self.all if not (draft.assertions or draft.vacuous or draft.calls)}
        for call in self._module.calls if bare else ():
            draft = self.at(call.function)
            if draft is not None and id(draft) in bare and len(draft.calls) < CALLS_MOST:
                draft.calls = tuple(dict.fromkeys((*draft.calls, call.last)))

    def keep(self, kept: Kept) -> None:
        """Hands the finished cases over."""
        lines = self._module.text.splitlines() if self.all else []
        about = self._resource() if self.all else None
        for draft in self.all:
            text = "\n".join(lines[max(0, draft.line - 1) : draft.end_line])
            draft.about = about
            draft.negative = draft.negative or expects_by_row(self._module, draft.function, lines) or refuses(text)
            if draft.assertions == 1 and not draft.negative:
                draft.negative = finds_nothing(own_name(draft.name), text)
            case = draft.finished()
            kept.cases.append(replace(case, stock=True) if is_stock(case, text) else case)

    def _resource(self) -> re.Pattern[str] | None:
        """The name of more than one word of the resource that the file's class tests, as cases may write it."""
        named = next((found[1] for item in self._module.classes if (found := RESOURCE.match(item.name))), "")
        parts = WORD.findall(named)
        return re.compile("[ _-]?".join(parts) + "s?", re.IGNORECASE) if len(parts) > 1 else None


def own_name(name: str) -> str:
    """A case's name without those of its groups or its class; of groups the nearest counts where it is a sentence."""
    around, _, own = name.rpartition(" > ")
    nearest = around.rpartition(" > ")[2]
    if nearest.count(" ") > 1:
        return f"{nearest} {own}"
    return own if " " in own else own.rpartition(".")[2] or own


def says_negative(name: str, said: frozenset[str] = NEGATIVE_WORDS) -> bool:
    """Whether a case's name says that something must fail."""
    spoken = [word.lower() for word in WORD.findall(name.replace("n't", " not"))]
    spoken = ["not" if word in SHORT_NOT else word for word in spoken]
    well = not GOES_WELL.isdisjoint(spoken) or not GOES_WELL_PAIRS.isdisjoint(pairwise(spoken))
    if well and GOES_WRONG.isdisjoint(spoken):
        return False
    pairs = zip(pairwise(spoken), [*spoken[2:], ""], strict=False)
    if any(pair in NEGATIVE_PAIRS and after not in NEGATIVE_WORDS for pair, after in pairs):
        return True
    before = ["", *spoken]
    if OTHERWISE_SAID.search(name[:300]):
        return True
    return any(word in said and before[at] not in NEGATING for at, word in enumerate(spoken))


def error_statuses(*exprs: Expr | None) -> Iterator[Expr]:
    """The parts of expressions that are a 4xx or 5xx status, as a number or by name."""
    for item in inside(*exprs):
        number = integer(item)
        if number is not None and 400 <= number < 600:
            yield item
        elif isinstance(item, (Name, Attribute)):
            name = last(dotted(item))
            if STATUS_NAME.match(name) or (name in ERROR_NAMES and "." in dotted(item)):
                yield item


def expects_error_status(*exprs: Expr | None) -> bool:
    """Whether a status is compared to 4xx or 5xx: both the number (or its name) and a word for status must be there."""
    found = list(error_statuses(*exprs))
    if any(not isinstance(item, Number) for item in found):
        return True
    return bool(found) and any(word in STATUS_WORDS for word in words_in(*exprs))


def same(left: Expr, right: Expr) -> bool:
    """Whether two expressions are the same constant or the same name."""
    if isinstance(left, Name) and isinstance(right, Name):
        return left.dotted == right.dotted
    if isinstance(left, Number) and isinstance(right, Number):
        return left.text == right.text
    return (
        isinstance(left, Text) and isinstance(right, Text) and plain(left) is not None and plain(left) == plain(right)
    )


def is_remote(expr: Expr | None) -> bool:
    """Whether a text begins with the address of a host that is not this machine's."""
    start = expr.parts[0] if isinstance(expr, Text) and expr.parts else ""
    return isinstance(start, str) and bool(REMOTE.match(start)) and not LOCAL_HOST.match(start)
