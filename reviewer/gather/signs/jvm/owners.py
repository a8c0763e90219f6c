"""Authorisation by owner in Java and Kotlin: a record's user against the one who asks."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.jvm._annotations import find, words_of
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.jvm._jvm import JVM, getter
from reviewer.gather.syntax import Compare, Module
from reviewer.model.facts.code import SignKind

OWNERS = words(
    "user userid owner ownerid author authorid createdby creator creatorid account accountid customer customerid"
    " seller sellerid postedby username email uploader member memberid"
)
ASKER = re.compile(
    r"(?:\w+\.)*(?:current_?user\w*|logged_?in_?user|principal|authentication|auth_?user|user_?details|requester|me|session_?user"
    r"|connected_?user|signed_?in_?user|auth|caller)(?:\.(?:id|userid|username|name|email|user|principal|subject|sub|get))*$"
    r"|(?:current_?user_?id|logged_?in_?user_?id|requester_?id|auth_?user_?id|current_?username|username|user_?id)$",
    re.IGNORECASE,
)
LIKELY = re.compile(r"user(?:\.(?:id|username|email))?$", re.IGNORECASE)
EXPRESSION = re.compile(
    r"#\w+[^|&]{0,80}==[^|&]{0,40}(?:authentication|principal)|(?:authentication|principal)[^|&]{0,80}==[^|&]{0,40}#\w+"
    r"|@\w+\.(?:is|can|has|check|owns)\w*\(",
)
DECIDES = re.compile(
    r"(?:can|is|check|has|may|verify|ensure|authorize)\w{0,30}?"
    r"(?:modif|edit|writ|delet|own|author|access|permi|allow|update)",
    re.IGNORECASE,
)


def read(module: Module, kept: Kept) -> None:
    """Comparisons with the asker, and expressions of Spring Security that compare."""
    look = look_at(module)
    for item in module.compares:
        if item.operator in ("==", "!=") and _is_owner_check(item, look.qualname(item.function)):
            keep(kept, look, SignKind.OWNER_CHECK, item, f"{getter(item.left)} {item.operator} {getter(item.right)}")
    for function in module.functions:
        decorator = find(function.decorators, "PreAuthorize", "PostAuthorize")
        said = words_of(decorator) if decorator is not None else ""
        if EXPRESSION.search(said[:400]):
            keep(kept, look, SignKind.OWNER_CHECK, function, said[:100], function.index)


def _is_owner_check(item: Compare, function: str) -> bool:
    left, right = getter(item.left)[:200], getter(item.right)[:200]
    if not left or not right:
        return False
    denied = item.operator == "!=" or bool(DECIDES.match(function.rpartition(".")[2][:80]))
    return (_is_owner(left) and _is_asker(right, denied)) or (_is_owner(right) and _is_asker(left, denied))


def _is_owner(name: str) -> bool:
    """``article.user.id``, ``comment.authorId``; not the asker's own."""
    if ASKER.fullmatch(name):
        return False
    parts = name.lower().split(".")
    if len(parts) > 2 and parts[-1] in ("id", "username", "email", "name"):
        parts = parts[:-1]
    return len(parts) > 1 and parts[-1] in OWNERS and parts[0] not in ("request", "req", "principal", "authentication")


def _is_asker(name: str, denied: bool) -> bool:
    return bool(ASKER.fullmatch(name)) or (denied and bool(LIKELY.fullmatch(name)))


OWNERS_JVM = Reader(name="owner checks (Java, Kotlin)", languages=JVM, read=read)
