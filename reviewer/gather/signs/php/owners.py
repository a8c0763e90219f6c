"""Authorisation by owner in PHP: policies, and a record's user against the one who asks."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, pairs_of
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.owners import OWNERS
from reviewer.gather.signs.php._php import PHP, asker
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

EQUALITIES = words("== === != !==")
GETTER = re.compile(r"get([A-Z]\w*)")
FILTERS = words("where andWhere findOneBy findBy firstWhere whereKey get_where getWhere condition orWhere")
SENDING = words("execute bind_param bindParam bindValue")
ABILITIES = {"authorize": "authorize", "allows": "Gate", "denies": "Gate", "cannot": "cannot", "can": "can"}
GATES = re.compile(r"(?:\A|\.)(?:Gate|this|user|User|Auth)\Z", re.IGNORECASE)
VOTED = re.compile(r"is_granted\(\s{0,3}['\"]\w{1,40}['\"]\s{0,3},")
"""A voter is asked about a subject."""
OWNED = re.compile(
    r"\b(?:user_?id|owner_?id|author_?id|customer_?id|account_?id|member_?id|created_by)\s{0,5}=", re.IGNORECASE
)


def read(module: Module, kept: Kept) -> None:
    """Comparisons with the asker, filters by the asker, policies and gates with a subject."""
    look = look_at(module)
    for item in module.compares:
        sides = (item.left, item.right)
        if item.operator in EQUALITIES and any(
            _is_owner(a) and _is_asker(look, b, item.function) for a, b in (sides, sides[::-1])
        ):
            keep(kept, look, SignKind.OWNER_CHECK, item, f"{_shown(item.left)} {item.operator} {_shown(item.right)}")
    for call in module.calls:
        if detail := _call(look, call):
            keep(kept, look, SignKind.OWNER_CHECK, call, detail)
    for decorator, name, marked in decorators(module):
        said = plain(decorator.args[0]) or "" if isinstance(decorator, Call) and decorator.args else ""
        subject = isinstance(decorator, Call) and (len(decorator.args) > 1 or "subject" in decorator.keywords)
        if (last(name) == "IsGranted" and subject) or (last(name) == "Security" and VOTED.search(said[:300])):
            keep(kept, look, SignKind.OWNER_CHECK, marked, said, marked.index if isinstance(marked, Function) else -1)


def _call(look: Look, call: Call) -> str:
    if call.last in FILTERS and (detail := _filter(look, call)):
        return detail
    if call.last == "denyAccessUnlessGranted" and len(call.args) > 1:
        return f"denyAccessUnlessGranted({plain(call.args[0]) or dotted(call.args[0])})"
    if call.last in ABILITIES and len(call.args) > 1 and plain(call.args[0]) and not plain(call.args[1]):
        receiver = call.name.rpartition(".")[0]
        subject = dotted(call.args[1])
        if GATES.search(receiver or "this") and not subject.endswith(".class"):
            return f"{ABILITIES[call.last]}({plain(call.args[0])})"
    if call.last == "authorizeResource":
        return "authorizeResource"
    if call.last in SENDING and OWNED.search(look.module.text) and any(_is_session(arg) for arg in _given(call)):
        return "owner in the statement"
    return ""


def _given(call: Call) -> list[Expr]:
    found: list[Expr] = []
    for arg in call.args:
        found.extend(getattr(arg, "values", (arg,)))
        found.extend(value for _, value in pairs_of(arg))
    return found


def _is_session(expr: Expr) -> bool:
    return isinstance(expr, Name) and expr.dotted.startswith("_SESSION.") and bool(asker(expr))


def _filter(look: Look, call: Call) -> str:
    pairs = [pair for arg in call.args if isinstance(arg, Mapping) for pair in pairs_of(arg)]
    if len(call.args) > 1 and (key := plain(call.args[0])):
        pairs.append((key.rpartition(".")[2], call.args[-1]))
    for key, value in pairs:
        if key.lower() in OWNERS and _is_asker(look, value, call.function, sure=True):
            return f"{key} = {_shown(value)}"
    return ""


def _is_asker(look: Look, expr: Expr, function: int, sure: bool = False) -> bool:
    """Whether this is the one who asks, through a name as well; a plain variable called ``user`` only where ``sure`` is
    not asked for."""
    known = look.value(expr, function)
    named = asker(known)
    if named and not isinstance(known, Name):
        return True
    name = asker(expr)
    return bool(name) and (not sure or "." in name or name.lower() not in ("user", "user_id", "userid"))


def _is_owner(expr: Expr) -> bool:
    """``$post->user_id``, ``$article->getAuthor()``; not the session's own."""
    if isinstance(expr, Call):
        found = GETTER.fullmatch(expr.last)
        word = found[1] if found else expr.last
        if (
            word in ("Id", "id", "getKey", "getId")
            and isinstance(expr.callee, Attribute)
            and isinstance(expr.callee.value, Call)
        ):
            return _is_owner(expr.callee.value)
        return word.lower() in OWNERS and bool(found) and expr.name not in ("this.getUser", "getUser")
    parts = dotted(expr).lower().split(".")
    if len(parts) > 2 and parts[-1] in ("id", "uuid"):
        parts = parts[:-1]
    return len(parts) > 1 and parts[-1] in OWNERS and parts[0] not in ("_session", "request", "_post", "_get", "auth")


def _shown(expr: Expr) -> str:
    return dotted(expr) or asker(expr) or (f"{expr.name.strip('.')}()" if isinstance(expr, Call) else "value")


OWNERS_PHP = Reader(name="owner checks (PHP)", languages=PHP, read=read)
