"""What should be off in production and is switched on in the code: debug mode; and TLS checks switched off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.gather.expressions import inside, last, plain_or_name, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, Setting, keep, settings
from reviewer.gather.syntax import Call, Expr, Module, Name
from reviewer.model.facts.code import SignKind

DEVELOPMENT = re.compile(r"dev|test|local|debug|staging", re.IGNORECASE)
DEBUG_NAMES = re.compile(r"debug(?:\"\])?$", re.IGNORECASE)
DEBUG_APPLICATIONS = frozenset({"fastapi.FastAPI", "starlette.applications.Starlette"})
GUARDED = " in the main guard"
GUARD_LINES = 12
MAIN_GUARD = re.compile(r"if\s{1,3}\(?__name__\s{0,3}==")
FOR_DEVELOPMENT = re.compile(
    r"\b(?:development|dev|local(?:ly)?|debug(?:ging)? only|not (?:for|in) prod)\b", re.IGNORECASE
)
HTTP_CALLS = words("get post put patch delete head options request Session Client AsyncClient send stream")
TLS_SETTINGS = words("rejectUnauthorized strictSSL verify_ssl ssl_verify")
TLS_VARIABLE = "NODE_TLS_REJECT_UNAUTHORIZED"
NO_CERTIFICATE = "CERT_NONE"


def read_python(module: Module, kept: Kept) -> None:
    """``app.run(debug=True)``, ``DEBUG = True``, ``verify=False``, ``ssl.CERT_NONE``."""
    look = look_at(module)
    for call in module.calls:
        _debug_call(look, kept, call)
        _tls_call(look, kept, call)
    _debug_settings(look, kept)
    for item in module.assignments:
        if item.target.endswith("verify_mode") and _is_no_certificate(item.value):
            keep(kept, look, SignKind.TLS_OFF, item, NO_CERTIFICATE)


def _debug_call(look: Look, kept: Kept, call: Call) -> None:
    runs = call.last == "run" and "." in call.name
    if (runs or look.origin(call.name) in DEBUG_APPLICATIONS) and truth(call.keywords.get("debug")) is True:
        guarded, said = _main_guard(look.lines, call.line) if runs else (False, False)
        if not said:
            keep(kept, look, SignKind.DEBUG_ON, call, f"{call.name}(debug=True){GUARDED if guarded else ''}")


def _main_guard(lines: Sequence[str], number: int) -> tuple[bool, bool]:
    """Whether a line stands in the main guard, and whether a comment there says that this is for development."""
    first = max(number - 1 - GUARD_LINES, 0)
    above = lines[first : number - 1]
    begin = next((at for at in range(len(above) - 1, -1, -1) if MAIN_GUARD.match(above[at][:100])), None)
    if begin is None or any(line[:1].strip() for line in above[begin + 1 :] if not line.startswith("#")):
        return False, False
    near = (line[:200] for line in (*above[max(begin - 1, 0) :], lines[number - 1]))
    return True, any(FOR_DEVELOPMENT.search(line.partition("#")[2]) for line in near)


def _tls_call(look: Look, kept: Kept, call: Call) -> None:
    if look.origin(call.name) == "ssl._create_unverified_context":
        keep(kept, look, SignKind.TLS_OFF, call, call.last)
    elif call.last in HTTP_CALLS and truth(call.keywords.get("verify")) is False:
        keep(kept, look, SignKind.TLS_OFF, call, "verify=False")
    elif any(_is_no_certificate(value) for value in call.keywords.values()):
        keep(kept, look, SignKind.TLS_OFF, call, NO_CERTIFICATE)


def _is_no_certificate(value: Expr | None) -> bool:
    return any(isinstance(part, Name) and last(part.dotted) == NO_CERTIFICATE for part in inside(value))


def _debug_settings(look: Look, kept: Kept) -> None:
    """``DEBUG = True`` that nothing else in its class or module takes back, outside of development settings."""
    places: dict[str, list[Setting]] = {}
    for item in settings(look):
        if item.name in ("DEBUG", "debug") and _is_application_setting(item):
            places.setdefault(item.where, []).append(item)
    for items in places.values():
        if len(items) == 1 and truth(items[0].value) is True:
            guarded, said = _main_guard(look.lines, items[0].line) if items[0].name == "debug" else (False, False)
            if not said:
                detail = f"{items[0].name}{GUARDED if guarded else ''}"
                keep(kept, look, SignKind.DEBUG_ON, items[0], detail, items[0].function)


def _is_application_setting(item: Setting) -> bool:
    """Neither a variable of a function, nor an option of some call, nor in a class for development."""
    if DEVELOPMENT.search(DEBUG_NAMES.sub("", item.where[:100])):
        return False
    if item.name == "debug":
        return item.alone and item.where == "app.debug"
    return (item.alone and item.function == -1) or "config" in item.where.lower()


def read_ecma(module: Module, kept: Kept) -> None:
    """``rejectUnauthorized: false`` and Node's variable that does the same for everything."""
    look = look_at(module)
    for item in settings(look):
        if (item.name in TLS_SETTINGS and truth(item.value) is False) or (
            item.name == TLS_VARIABLE and plain_or_name(item.value) in ("0", "false")
        ):
            keep(kept, look, SignKind.TLS_OFF, item, item.name, item.function)


SWITCHES_PYTHON = Reader(name="debug and TLS (Python)", languages=PYTHON, read=read_python)
SWITCHES_ECMA = Reader(name="TLS (JavaScript)", languages=ECMA, read=read_ecma)
