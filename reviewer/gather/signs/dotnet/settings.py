"""Configuration: what is read from it, secrets that the code gives itself, and switches that weaken an application."""

from __future__ import annotations

import re

from reviewer.gather.expressions import truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._secret_guards import is_kept_out, is_no_key
from reviewer.gather.signs.dotnet._csharp import CSHARP, for_development, indexed
from reviewer.gather.syntax import Call, Expr, Lambda, Module, Name, Other, Text, plain
from reviewer.model.facts.code import SignKind

VARIABLES = words("Environment.GetEnvironmentVariable System.Environment.GetEnvironmentVariable")
READERS = words("GetConnectionString GetSection GetValue GetRequiredSection")
CONFIGURATION = re.compile(r"(?:.*\.)?_?\w*(?:config|configuration|settings?|AppSettings)\Z", re.IGNORECASE)
SECRETS = re.compile(
    r"_?\w{0,20}(?:secret|secret_?key|jwt_?key|token_?key|signing_?key|secret_?string|private_?key|encryption_?key)\Z",
    re.IGNORECASE,
)
NO_USE = re.compile(r"test|mock|fake|example|placeholder|header|claim|cookie|xsrf|csrf|forgery", re.IGNORECASE)
KEY_MAKERS = words("SymmetricSecurityKey")
SECRET_LENGTH = 6
CALLBACKS = words(
    "ServerCertificateCustomValidationCallback ServerCertificateValidationCallback RemoteCertificateValidationCallback"
)
ACCEPTS_ALL = "DangerousAcceptAnyServerCertificateValidator"


def read(module: Module, kept: Kept) -> None:
    """Keeps reads of settings, literal secrets, and what is switched off or on."""
    look = look_at(module)
    _reads(look, kept)
    _secrets(look, kept)
    _switches(look, kept)


def _reads(look: Look, kept: Kept) -> None:
    for call in look.module.calls:
        name = plain(call.args[0]) if call.args else None
        if not name:
            continue
        if (
            call.name in VARIABLES
            or (call.last in READERS and call.last != "GetValue")
            or (call.last == "GetValue" and CONFIGURATION.match(call.name.rpartition(".")[0][-120:]))
        ):
            section = "ConnectionStrings:" if call.last == "GetConnectionString" else ""
            keep(kept, look, SignKind.ENV_READ, call, f"{section}{name}")
    for owner, index, line, function in indexed(look):
        name = plain(index)
        if name and CONFIGURATION.match(owner[-120:]):
            keep(kept, look, SignKind.ENV_READ, Name("", line), name, function)


def _secrets(look: Look, kept: Kept) -> None:
    told: set[int] = set()
    for item in look.module.assignments:
        name = item.target[:-2].rpartition('["')[2] if item.target.endswith('"]') else item.target.rpartition(".")[2]
        if item.value is not None and SECRETS.match(name[:60].rpartition(":")[2]) and not NO_USE.search(name[:60]):
            before = look.assigned(item.target, item.function)
            fills_in = any(other.line < item.line and not isinstance(other.value, Text) for other in before)
            _secret(look, kept, "default" if fills_in else name, item.value, item.function, told)
    for call in look.module.calls:
        if call.new and call.last in KEY_MAKERS and call.args:
            _secret(look, kept, "signing key", _bytes(call.args[0]), call.function, told)


def _bytes(expr: Expr) -> Expr:
    """The text of ``Encoding.UTF8.GetBytes("...")``."""
    return (
        expr.args[0] if isinstance(expr, Call) and expr.last in ("GetBytes", "FromBase64String") and expr.args else expr
    )


def _secret(look: Look, kept: Kept, name: str, value: Expr, function: int, told: set[int]) -> None:
    given = [value]
    detail = name
    if isinstance(value, Other) and value.operator == "??":
        given, detail = list(value.operands[1:]), "default"
    for expr in given:
        text = plain(expr) if isinstance(expr, Text) else None
        if (
            text
            and len(text) >= SECRET_LENGTH
            and ":" not in text[:40]
            and expr.line not in told
            and " " not in text.strip()
            and not (text.isalpha() and SECRETS.match(text[:60]))
        ):
            told.add(expr.line)
            if is_no_key(look, name, text) or is_kept_out(look, expr.line, fallback=detail == "default"):
                continue
            keep(kept, look, SignKind.SECRET_LITERAL, expr, detail, function)


def _switches(look: Look, kept: Kept) -> None:
    for item in look.module.assignments:
        name = item.target.rpartition(".")[2]
        if name in CALLBACKS and _accepts(look, item.value) and not for_development(look, item.line):
            keep(kept, look, SignKind.TLS_OFF, item, name)
    for call in look.module.calls:
        for name, value in call.keywords.items():
            if name in CALLBACKS and _accepts(look, value) and not for_development(look, call.line):
                keep(kept, look, SignKind.TLS_OFF, call, name)
        switched_on = call.last == "EnableSensitiveDataLogging" and not (call.args and truth(call.args[0]) is not True)
        if switched_on and not for_development(look, call.line):
            keep(kept, look, SignKind.DEBUG_ON, call, call.last)


def _accepts(look: Look, value: Expr | None) -> bool:
    """Whether every certificate is taken."""
    if isinstance(value, Name):
        return value.dotted.endswith(ACCEPTS_ALL)
    if not isinstance(value, Lambda):
        return False
    returned = [item.value for item in look.module.returns if item.function == value.function]
    return bool(returned) and all(truth(item) is True for item in returned)


SETTINGS_DOTNET = Reader(name="settings (C#)", languages=CSHARP, read=read)
