"""What the sign readers of PHP share: where a request is read, where it is answered, and by which names."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Expr, Name, Text, plain

PHP = ("PHP",)
REQUEST = words("_GET _POST _REQUEST _COOKIE _FILES")
REQUEST_VALUES = re.compile(
    r"\$_(?:GET|POST|REQUEST|FILES)\b|php://input|\$request\b|\$req\b|getParsedBody|getQueryParams|\$this->request\b|\$input\b"
    r"|\$data\b|\$body\b|\$json\b|request\("
)
ASKER = re.compile(
    r"(?:_SESSION\.(?:\w*user\w*|\w*_?id|uid|email|username|admin\w*|login\w*|role)(?:\.\w+)*)$"
    r"|(?:\w+\.)*(?:current_?user|auth_?user|logged_?in_?user|logged_user|user)(?:\.(?:id|_id|uuid|email|username))?$"
    r"|(?:current_?user_?id|logged_?in_?user_?id|auth_?id|user_?id)$",
    re.IGNORECASE,
)
ASKER_CALLS = re.compile(
    r"(?:\w+\.)*(?:Auth\.(?:id|user)|auth\.(?:id|user)|getUser|currentUser|get_current_user_id|wp_get_current_user|requestUser"
    r"|current_user|auth_id|getUserId|getCurrentUser|getAuthIdentifier)$"
)


def is_request(expr: Expr | None) -> bool:
    """Whether an expression holds a value of the request as PHP itself gives it."""
    return any(isinstance(item, Name) and item.dotted.partition(".")[0] in REQUEST for item in inside(expr))


def header_of(call: Call) -> tuple[str, str]:
    """The name and value that ``header('Name: value')`` sends, in lower case; what is not known is left out."""
    text = call.args[0] if call.name == "header" and call.args else None
    if not isinstance(text, Text):
        return "", ""
    whole = "".join(part for part in text.parts if isinstance(part, str))[:400]
    name, _, value = whole.partition(":")
    return name.strip().lower(), value.strip()


def asker(expr: Expr | None) -> str:
    """The one who asks, as written: ``$request->user()->id``, ``Auth::id()``, ``$_SESSION['user_id']``; else ``""``."""
    parts: list[str] = []
    current = expr
    for _ in range(8):
        if isinstance(current, Call):
            if ASKER_CALLS.search(_chained(current)) or current.last in ("user", "getUser"):
                return ".".join([_chained(current).strip("."), *parts])
            if current.last not in ("id", "getId", "getKey", "getEmail", "getUserIdentifier"):
                return ""
            current = getattr(current.callee, "value", None)
        elif isinstance(current, Name):
            name = current.dotted[:200]
            return name if ASKER.match(name) else ""
        elif current is not None and hasattr(current, "value"):
            parts.insert(0, getattr(current, "name", ""))
            current = current.value
        else:
            return ""
    return ""


def _chained(call: Call) -> str:
    """``auth.user`` of ``auth()->user()``."""
    inner = getattr(call.callee, "value", None)
    return f"{inner.name}.{call.last}" if isinstance(inner, Call) and not inner.args else call.name


def first_text(call: Call) -> str:
    """The first argument, where it is a constant text."""
    return (plain(call.args[0]) or "") if call.args else ""


def in_catch(look: Look) -> frozenset[int]:
    """The lines of handlers that take any exception at all."""
    broad = words("Exception Throwable PDOException Error mysqli_sql_exception QueryException ErrorException")
    return frozenset(
        line
        for item in look.module.catches
        if not item.types or any(name.rpartition(".")[2] in broad for name in item.types)
        for line in range(item.line, item.end_line + 1)
    )
