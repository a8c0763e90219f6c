"""Authorisation by owner: a record's user against the one who asks."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, last, pairs_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import BOTH, keep
from reviewer.gather.syntax import Attribute, Call, Expr, Mapping, Module, Name, dotted
from reviewer.model.facts.code import SignKind

OWNERS = words(
    "user_id userid user owner_id ownerid owner author_id authorid author created_by createdby creator creator_id"
    " creatorid account_id accountid customer_id customerid seller_id sellerid posted_by postedby uid"
)
ASKER = re.compile(
    r"(?:\w+\.)*(?:current_?user|currentuser)(?:\.(?:id|_id|pk|username|email|profile|uuid|sub))*$"
    r"|(?:self\.)?request\.user(?:\.(?:id|_id|pk|userid|user_id|profile|sub|uuid))*$|g\.(?:user|current_user|user_id)(?:\.\w+)?$"
    r"|(?:req|request|ctx|context|ctx\.state|res\.locals)\.(?:user|auth|userid|user_id|currentuser|payload|decoded|userdata|token)"
    r"(?:\.(?:id|_id|userid|user_id|sub|username|email|uuid))*$"
    r"|(?:current_?user_?id|logged_?in_?user_?id|requester_?id)$",
    re.IGNORECASE,
)
LIKELY_ASKER = re.compile(
    r"(?:user|auth|me|decoded|payload|token_?data)(?:\.(?:id|_id|sub|userid|user_id|username|email|pk))?$|user_?id$",
    re.IGNORECASE,
)
"""Names of the asker that any user may have: believed only where somebody else is turned away (``!=``) or where the
function's name says what it decides."""
DECIDES = re.compile(
    r"(?:can|is|check|has|may|verify|ensure)_?\w{0,30}?(?:modif|edit|delet|own|author|access|permi|allow|update)",
    re.IGNORECASE,
)
ASKER_CALLS = words("get_jwt_identity get_current_user current_identity getCurrentUser get_user_id current_user")
TARGETS = words("id user_id userid username uid pk profile_id account_id")
"""Names of the row that is asked for, compared with the asker: ``current_user.id != user_id``."""
EQUALITIES = words("== === != !== is")
EQUAL_CALLS = words("equals isEqual")
CONVERSIONS = words("toString str int String Number toHexString ObjectId parseInt UUID")
FILTERS = words(
    "filter filter_by get get_or_404 get_object_or_404 first find findOne findFirst findUnique findOneAndUpdate"
    " findOneAndDelete findOneBy findOneOrFail updateOne deleteOne update delete deleteMany updateMany destroy findAll"
    " findMany findOneAndRemove findBy where find_one update_one delete_one exclude"
)
DENIALS = frozenset({"!=", "!=="})


def read(module: Module, kept: Kept) -> None:
    """Comparisons with the asker, filters by the asker, object permissions."""
    look = look_at(module)
    for item in module.compares:
        if item.operator not in EQUALITIES:
            continue
        decides = item.operator in DENIALS or bool(DECIDES.match(last(look.qualname(item.function))[:80]))
        if _is_owner_check(item.left, item.right, decides):
            keep(kept, look, SignKind.OWNER_CHECK, item, f"{_shown(item.left)} {item.operator} {_shown(item.right)}")
    for call in module.calls:
        if call.last in EQUAL_CALLS and call.args and isinstance(call.callee, (Name, Attribute)):
            receiver = Name(call.name.rpartition(".")[0], call.line)
            if _is_owner_check(receiver, call.args[-1], False):
                keep(kept, look, SignKind.OWNER_CHECK, call, f"{_shown(receiver)} equals {_shown(call.args[-1])}")
        elif call.last in FILTERS:
            _filter(look, kept, call)
    for function in module.functions:
        if function.name == "has_object_permission" and function.owner != -1:
            keep(kept, look, SignKind.OWNER_CHECK, function, module.classes[function.owner].name, function.index)


def _is_owner_check(left: Expr, right: Expr, denied: bool) -> bool:
    if (_is_owner(left) and _is_asker(right, denied)) or (_is_owner(right) and _is_asker(left, denied)):
        return True
    return denied and ((_is_target(left) and _is_asker(right)) or (_is_target(right) and _is_asker(left)))


def _bare(expr: Expr) -> Expr:
    """An expression without its conversion: ``post.user`` of ``post.user.toString()`` and of ``str(post.user)``."""
    if isinstance(expr, Call) and last(expr.name) in CONVERSIONS:
        if expr.args and "." not in expr.name:
            return expr.args[0]
        if isinstance(expr.callee, Name):
            return Name(expr.name.rpartition(".")[0], expr.line)
        if isinstance(expr.callee, Attribute):
            return expr.callee.value
    return expr


def _is_owner(expr: Expr) -> bool:
    """``post.user_id``, ``article.author.id``; not the asker's own."""
    name = dotted(_bare(expr))
    parts = name.lower().split(".")
    if len(parts) > 2 and parts[-1] in ("id", "_id", "pk", "username", "email"):
        parts = parts[:-1]
    return (
        len(parts) > 1
        and parts[-1] in OWNERS
        and parts[0] not in ("req", "request", "ctx", "g")
        and not ASKER.match(name[:200])
    )


def _is_target(expr: Expr) -> bool:
    """A parameter that names a user: ``user_id``, ``req.params.id``."""
    head, _, name = dotted(_bare(expr)).lower().rpartition(".")
    return name in TARGETS and (not head or head.endswith("params"))


def _is_asker(expr: Expr, denied: bool = False) -> bool:
    bare = _bare(expr)
    if isinstance(bare, Attribute) and isinstance(bare.value, Call):
        bare = bare.value
    if isinstance(bare, Call):
        return last(bare.name) in ASKER_CALLS
    name = dotted(bare)[:200]
    return bool(ASKER.match(name)) or (denied and bool(LIKELY_ASKER.match(name)))


def _filter(look: Look, kept: Kept, call: Call) -> None:
    """``filter(author=request.user)``, ``findOne({ _id, user: req.user.id })``."""
    pairs = list(call.keywords.items())
    for arg in call.args:
        pairs += [pair for part in inside(arg) if isinstance(part, Mapping) for pair in pairs_of(part)]
    for key, value in pairs:
        if key.lower() in OWNERS and _is_asker(value):
            keep(kept, look, SignKind.OWNER_CHECK, call, f"{key} = {_shown(value)}")
            return


def _shown(expr: Expr) -> str:
    bare = _bare(expr)
    return dotted(bare) or dotted(getattr(bare, "callee", None)) or "value"


OWNER_CHECKS = Reader(name="owner checks", languages=BOTH, read=read)
