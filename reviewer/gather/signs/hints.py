"""Names that speak of a thing without proving it: they keep a check from claiming that the thing is absent.

Every language is read alike, by the names of calls, functions and classes and by how the one who asks is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._askers import DECLARING, asker_lines
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs._refusals import was_sought
from reviewer.gather.signs._roles import OF_ROLES, ROLE, given_roles
from reviewer.gather.signs._status import status_of
from reviewer.gather.signs.ruby._statuses import status_of as symbol_of
from reviewer.gather.syntax import Call, Expr, Items, Module, Name, dotted
from reviewer.model.facts.code import SignKind

EVERY = ("Python", "JavaScript", "TypeScript", "Java", "Kotlin", "C#", "PHP", "Ruby", "Go")
LINE_MOST = 400
FUNCTION_MOST = 300
MOST = 100
"""Lines of a file that are kept by subject."""

BODY = re.compile(
    r"\b(?:req|request|ctx|context|c|this\.request)\.(?:request\.)?(?:body|json|get_json|data|form|payload|media|POST)\b|\bget_json\("
    r"|\bShould\w{0,12}Bind|\bBind(?:JSON|Body)?\(|\bBodyParser\(|\.Decode\(|\breceive(?:<|\()|@RequestBody|@Body\b|\bFromBody\b"
    r"|\bbodyAs\w{0,10}\(|\$request->|getParsedBody|php://input|\$_POST\b|(?<![.\w])params(?:\[|\.(?:require|permit|expect)\b)|\bcherrypy\.request|\.get_argument\(",
)
"""How the body of a request is read."""
MISSING = re.compile(
    r"\bif\b.{0,120}?(?:(?:={2,3}|\bis)\s?(?:None|null|undefined|nil|''|\"\")|\bnot\s+\w|!\s?\w|\bempty\(|\bisset\(|\blen\(|\.length\b"
    r"|\.(?:blank|nil|empty)\?|\bNone\s+in\b|\.is(?:Blank|Empty|NullOr\w{1,12})\b|\bnot\s+in\b)|\bunless\b"
)
"""A condition on a value that may be missing."""
REFUSING = re.compile(
    r"\b(?:return|raise|throw|abort|halt)\b.{0,200}?(?:error|bad|invalid|missing|required|fail|40\d|422|Exception)",
    re.IGNORECASE,
)
REFUSED_WITHIN = 4
"""Lines after such a condition in which it is refused."""
CHECKS_VALUES = re.compile(
    r"valid|sanitiz|checkParam|checkBody|check_?(?:body|input|fields?|params?|data|required)|require_?(?:fields?|params?)"
    r"|required_?(?:fields?|params?)|parse_?(?:body|input|dto)",
    re.IGNORECASE,
)
OF_IDENTITY = re.compile(
    r"token|jwt|passw|session|auth|login|credential|signature|cert|invalidat|date_?format", re.IGNORECASE
)
"""What is validated to know who asks says nothing of bodies."""
HANDLES_ERRORS = re.compile(
    r"(?:error|exception|fault)s?_?(?:handler|handling|middleware|filter|mapper|advice|interceptor|converter|responder|boundary|renderer)"
    r"|(?:write|send|respond|render|build|to|as)_?(?:with_?)?(?:json_?|http_?|api_?)?(?:errors?|problem)(?:_?resp\w*|_?json)?$"
    r"|(?:^|\.)(?:presenter|responder)s?\.\w{0,20}(?:err|fail|problem|bad|notfound|internal|unauth)\w{0,20}$"
    r"|(?:set|make|create|get|return|format|new)_?(?:http_?|api_?|json_?)?errors?_?resp\w*$|failure_?handler|(?:^|\.)handle_?exceptions?$"
    r"|^(?:server_?error|failure|adapt_?(?:express_?)?routes?)$"
    r"|handle_?(?:all|global|uncaught|unhandled)_?(?:errors?|exceptions?)|global_?(?:error|exception)|catch_?all_?(?:errors?|exceptions?)",
    re.IGNORECASE,
)
HASHES = re.compile(
    r"(?:hasher|passw(?:or)?d_?(?:encoder|service|crypt\w{0,6}))\.\w{0,12}(?:hash|verify|compare|encode|match|check)\w{0,12}$"
    r"|hash_?passwords?$",
    re.IGNORECASE,
)
"""Hashers of a project's own, by what they are asked to do."""
GUARDS = re.compile(
    r"(?:check|verify|validate|require|ensure|protect|assert|is|has)_?\w{0,12}?"
    r"(?:jwt|auth|authenticated|authorized|authentication|authorization|permissions?|roles?|admin|api_?key|logged_?in"
    r"|access_?token|bearer|token)\b"
    r"|(?:auth|jwt|token|permission|role|session|api_?key)_?(?:guard|middleware|filter|interceptor|check|required|handler)\b"
    r"|(?:check|verify|vali\w{0,7}|ensure|require|has|assert)_?(?:user|role|member|client|write|admin)?s?_?(?:access|rights|privileges?)\b"
    r"|validate_?passwords?\b|\bauthori[sz]e|\bauthenticated?\b",
    re.IGNORECASE,
)
AUTH = re.compile(r"auth|jwt|token|permission|login|session", re.IGNORECASE)
BEFORE_ALL = ("HandlerInterceptor", "HandlerInterceptorAdapter", "AsyncHandlerInterceptor", "ContainerRequestFilter")
"""What a class is that stands before every route, or before those that settings elsewhere say."""
LIMITS = re.compile(r"rate_?limit|throttl|request_?limit|limit_?(?:rate|requests?)|slow_?down", re.IGNORECASE)
POLICY = re.compile(r"\w(?:Policy|Voter|Abilities|Permissions?)$")
NO_POLICY = re.compile(r"retry|cache|cors|password|privacy|security|naming|http|bucket|eviction|model", re.IGNORECASE)
"""Policies that are about no user."""
NO_LIMIT = re.compile(r"lodash|debounce", re.IGNORECASE)
STATUS_NAMES = (
    (re.compile(r"not_?found", re.IGNORECASE), "404"),
    (re.compile(r"unauthori[sz]ed", re.IGNORECASE), "401"),
    (re.compile(r"forbidden|access_?denied", re.IGNORECASE), "403"),
    (re.compile(r"bad_?request", re.IGNORECASE), "400"),
    (re.compile(r"unprocessable|validation_?(?:error|exception|failed)", re.IGNORECASE), "422"),
    (re.compile(r"no_?content", re.IGNORECASE), "204"),
    (re.compile(r"(?:^|\.|send|respond|response|is|as|to|http)_?created$", re.IGNORECASE), "201"),
)
"""What calls and classes are named after that answer a status."""
STATUSES = frozenset({201, 202, 204, 400, 401, 403, 404, 409, 410, 422})
REFUSALS = ("401", "403")
"""Kept once for each function: where strangers are turned away matters."""
ANSWERING = re.compile(
    r"resp|repl|status|send|err|fail|abort|json|exception|render|result|http|halt|output|code|answer|api", re.IGNORECASE
)
ASSERTING = re.compile(r"assert|expect|should", re.IGNORECASE)
OF_METHODS = ("httpmethod", "request_method", "req.method", "request.method", "r.method", "getmethod", "ismethod")
METHOD_ASKED = re.compile(
    r"\b(?:httpMethod|REQUEST_METHOD|(?:req|request|r)\.[mM]ethod|getMethod\(\))(?=\W).{0,4}?(?:[!=]=|\)\s?\{|\bin\b)"
    r"|\bisMethod\(|[\"']\.equals\w{0,12}\(\w{1,20}\.getMethod\(|\bgetMethod\(\)\.equals",
)
"""A condition on the method of a request."""
ROUTING = frozenset({"get", "post", "put", "patch", "delete", "use", "all", "route"})
ADDING = frozenset({"add", "addMiddleware", "middleware"})
"""What PHP's frameworks put before a route, or a group of them."""
ASKED_ELSEWHERE = re.compile(r"\b\w{0,20}(?:res|resp|response)\.(?:status|ok\b|is_?success|code)", re.IGNORECASE)
"""A condition on what another server answered."""
ECMA = ("JavaScript", "TypeScript")
OF_BODIES = (
    *("body", "json", "data", "form", "payload", "media", "post", "bind", "decode(", "receive", "request"),
    *("input", "params", "get_argument"),
)
"""Words of which every line holds one that such a pattern matches."""
KNOWN_NAMES = 1 << 14
"""Names whose meaning is kept."""
VERIFIES = re.compile(
    r"(?:jwt|jws|jose|token|paseto)\w{0,30}\.\w{0,10}(?:verif|validate|authenticate|introspect|parse|isvalid)\w{0,20}$",
    re.IGNORECASE,
)
"""What verifies a token, by how it is called; ``parse`` of many libraries does."""
SUBJECTS = (
    ("errors", HANDLES_ERRORS),
    ("guard", GUARDS),
    ("limit", LIMITS),
    ("hash", HASHES),
    ("verifies", VERIFIES),
)


def read(module: Module, kept: Kept) -> None:
    """Keeps the first such name of each function by subject, and each function that reads who asks."""
    look = look_at(module)
    told: set[tuple[str, int]] = set()
    for name, place, function, declares in _names(look):
        for subject in _subjects(name[-120:]):
            if subject == "guard" and isinstance(place, Call) and not declares and given_roles(place):
                keep(kept, look, SignKind.HINT, place, "role", function)
            # at module level, and where routes are declared, each line is a route or a setting of its own
            once = (subject, -place.line if declares or function == -1 else function)
            if once not in told:
                told.add(once)
                keep(kept, look, SignKind.HINT, place, f"{subject}: {name}", function)
    _statuses(look, kept)
    _classes(look, kept)
    _bodies(look, kept)
    asked = (number for number, line in look.lines_with(OF_METHODS) if _asks_method(line[:LINE_MOST]))
    for number in islice(asked, 1):
        keep(kept, look, SignKind.HINT, Name("", number), "method asked", look.innermost(number))
    roles = (n for n, line in look.lines_with(OF_ROLES) if ROLE.search(line[:LINE_MOST]) and not DECLARING.match(line))
    for subject, lines in (("asker", asker_lines(look)), ("role", roles)):
        for number in islice(lines, MOST):
            keep(kept, look, SignKind.HINT, Name("", number), subject, look.innermost(number))


def _classes(look: Look, kept: Kept) -> None:
    """Classes that stand before every route, and policies."""
    for owner in look.module.classes:
        if AUTH.search(owner.name[-120:]) and any(last(dotted(base)) in BEFORE_ALL for base in owner.bases):
            keep(kept, look, SignKind.HINT, owner, f"before all: {last(owner.name)}", -1)
        if POLICY.search(owner.name[-120:]) and not NO_POLICY.search(owner.name[-120:]):
            keep(kept, look, SignKind.HINT, owner, "role", -1)


def _asks_method(line: str) -> bool:
    return "OPTIONS" not in line and bool(METHOD_ASKED.search(line))


def _bodies(look: Look, kept: Kept) -> None:
    """Functions that read a body, and those that refuse one with something missing."""
    told: set[tuple[str, int]] = set()
    read = (n for n, line in look.lines_with(OF_BODIES) if BODY.search(line[:LINE_MOST]))
    for number in islice(read, MOST):
        function = look.innermost(number)
        if function == -1 or ("body", function) in told:
            continue
        told.add(("body", function))
        keep(kept, look, SignKind.HINT, Name("", number), "body", function)
        item = look.module.functions[function]
        if line := _refused(look.lines[item.line - 1 : min(item.end_line, item.line + FUNCTION_MOST)]):
            keep(kept, look, SignKind.HINT, Name("", item.line + line - 1), "by-hand", function)


def _refused(lines: list[str]) -> int:
    """The line of a condition on a value that may be missing, with its refusal, 0 for none."""
    for number, line in enumerate(lines, 1):
        missing = MISSING.search(line[:LINE_MOST]) and not ASKED_ELSEWHERE.search(line[:LINE_MOST])
        if missing and not was_sought(lines[:number], BODY):
            following = [text[:LINE_MOST] for text in lines[number - 1 : number + REFUSED_WITHIN]]
            if any(REFUSING.search(text) for text in (*following, " ".join(text.strip() for text in following))):
                return number
    return 0


def _statuses(look: Look, kept: Kept) -> None:
    """Statuses by the names of calls, and as numbers that are given to what answers; each once."""
    told: set[tuple[str, int]] = set()
    for status, place, function in _said(look):
        once = (status, function if status in REFUSALS else 0)
        if once not in told:
            told.add(once)
            keep(kept, look, SignKind.HINT, place, f"status: {status}", function)


def _said(look: Look) -> Iterator[tuple[str, Placed, int]]:
    """Every status that is spoken of: (status, place, function)."""
    for call in look.module.calls:
        if not _asserts(call.name[-120:]):
            yield from ((status, call, call.function) for status in _of_call(call, look.module.language))
    for returned in look.module.returns if look.module.language == "Ruby" else ():
        first = returned.value.values[:1] if isinstance(returned.value, Items) else ()
        yield from ((status, returned, returned.function) for status in _numbers(*first))
    for decorator, _, item in decorators(look.module):
        if isinstance(decorator, Call):
            found = _numbers(*decorator.args, *decorator.keywords.values())
            yield from ((status, item, -1) for status in found)


def _of_call(call: Call, language: str) -> list[str]:
    name = call.name[-120:]
    found = [*_named_statuses(name)]
    if language == "PHP" and name == "this.fail":
        found.append("400")
    if _answers(name):
        found += _numbers(*call.args[:4], *call.keywords.values())
        if language == "Ruby":
            found += [str(number) for arg in call.args[:2] if (number := symbol_of(arg)) in STATUSES]
    return found


def _numbers(*values: Expr) -> list[str]:
    found = (status_of(value) for value in values)
    return [str(number) for number in found if number in STATUSES]


def _names(look: Look) -> Iterator[tuple[str, Placed, int, bool]]:
    """The names of calls, functions and classes, and what stands before routes: whether it does comes last."""
    ecma = look.module.language in ECMA
    before = ROUTING if ecma else ADDING if look.module.language == "PHP" else frozenset()
    for call in look.module.calls:
        yield call.name, call, call.function, False
        if call.last in before:
            for part in inside(*call.args):
                if isinstance(part, Name):
                    yield part.dotted, call, call.function, True
    for function in look.module.functions:
        yield function.name, function, function.index, False
    for owner in look.module.classes:
        yield last(owner.name), owner, -1, False


@lru_cache(KNOWN_NAMES)
def _subjects(text: str) -> tuple[str, ...]:
    """What a name speaks of; the same names stand in a repository again and again."""
    found = ["validation"] if CHECKS_VALUES.search(text) and not OF_IDENTITY.search(text) else []
    for subject, pattern in SUBJECTS:
        if pattern.search(text) and not (subject == "limit" and NO_LIMIT.search(text)):
            found.append(subject)
    return tuple(found)


@lru_cache(KNOWN_NAMES)
def _named_statuses(text: str) -> tuple[str, ...]:
    """The statuses that the last part of a name says."""
    return tuple(status for pattern, status in STATUS_NAMES if pattern.search(last(text)))


@lru_cache(KNOWN_NAMES)
def _answers(text: str) -> bool:
    return ANSWERING.search(text) is not None


@lru_cache(KNOWN_NAMES)
def _asserts(text: str) -> bool:
    return ASSERTING.search(text) is not None


HINTS = Reader(name="hints", languages=EVERY, read=read)
