"""Configuration: what is read from the environment, and what is switched on or written down in the code."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, inside, last, plain_or_name, truth, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import BOTH, ECMA, PYTHON, Setting, bases_of, keep, settings
from reviewer.gather.syntax import Call, Expr, Module, Name, Other, Text, plain
from reviewer.model.facts.code import SignKind

PROCESS_ENV = re.compile(r"\bprocess\.env(?:\.([A-Za-z_]\w*)|\[['\"](\w+)['\"]\])")
OS_ENVIRON = re.compile(r"\benviron\[\s?['\"](\w+)['\"]\s?\]")
COMMENT = ("//", "*", "/*", "#")
ENV_CALLS = words(
    "os.getenv os.environ.get os.environ.setdefault os.environ.pop decouple.config starlette.config.Config"
)
ENV_OBJECTS = ("environs.Env", "environ.Env", "starlette.config.Config")
SETTINGS_BASES = words("BaseSettings")
CONFIG_SERVICE = re.compile(r"(?:this\.)?_?config(?:uration)?_?service$|(?:this\.)?config$", re.IGNORECASE)

DEBUG_CLASSES = re.compile(r"dev|test|local|debug", re.IGNORECASE)
RUNNERS = words("run")
HTTP_CALLS = words("get post put patch delete head options request Session Client AsyncClient send fetch stream")
TLS_SETTINGS = words("rejectUnauthorized strictSSL verify_ssl ssl_verify tlsAllowInvalidCertificates")

SECRETS = re.compile(
    r"(?:secret|secret_?key|jwt_?secret(?:_?key)?|jwt_?key|token_?secret|session_?secret|app_?secret|access_?token_?secret"
    r"|refresh_?token_?secret|cookie_?secret|auth_?secret|signing_?key|secret_?or_?(?:private_?)?key|jwt_?private_?key)$",
    re.IGNORECASE,
)
SIGNING = words("sign verify encode decode")
SIGNERS = ("jsonwebtoken.", "jwt-simple.", "jwt.", "jose.jwt.")
SECRET_TAKERS = words("cookie-parser cookie-session express-session")
ENVIRONMENT_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")
TEST_PLACE = re.compile(r"test|mock|fake|example", re.IGNORECASE)
READERS = words("get getenv config setdefault str getOrThrow env")


def read_python(module: Module, kept: Kept) -> None:
    """``os.environ``, decouple, environs, pydantic settings; debug mode and TLS switched off."""
    look = Look(module)
    for call in module.calls:
        _python_env(look, kept, call)
        _python_switches(look, kept, call)
    for number, line in enumerate(look.lines, 1):
        if not line.lstrip().startswith(COMMENT):
            for match in OS_ENVIRON.finditer(line[:2000]):
                keep(kept, look, SignKind.ENV_READ, Name("", number), match[1], -1)
    for owner in module.classes:
        if any(last(base) in SETTINGS_BASES for base in bases_of(look, owner)):
            for field in module.fields_of(owner):
                if field.type:
                    keep(kept, look, SignKind.ENV_READ, field, field.target)
    _debug(look, kept)


def _python_env(look: Look, kept: Kept, call: Call) -> None:
    origin = look.origin(call.name)
    first = plain(call.args[0]) if call.args else None
    if not first:
        return
    made = look.value(Name(call.name.partition(".")[0], call.line), call.function)
    by_object = isinstance(made, Call) and look.origin(made.name) in ENV_OBJECTS
    if origin in ENV_CALLS or origin in ("os.environ.get", "environ.get") or by_object:
        keep(kept, look, SignKind.ENV_READ, call, first)


def _python_switches(look: Look, kept: Kept, call: Call) -> None:
    name = last(call.name)
    if name in RUNNERS and truth(call.keywords.get("debug")) is True:
        keep(kept, look, SignKind.DEBUG_ON, call, f"{call.name}(debug=True)")
    elif look.origin(call.name) in ("fastapi.FastAPI", "starlette.applications.Starlette"):
        if truth(call.keywords.get("debug")) is True:
            keep(kept, look, SignKind.DEBUG_ON, call, f"{name}(debug=True)")
    elif look.origin(call.name) == "ssl._create_unverified_context":
        keep(kept, look, SignKind.TLS_OFF, call, name)
    elif name in HTTP_CALLS and truth(call.keywords.get("verify")) is False:
        keep(kept, look, SignKind.TLS_OFF, call, "verify=False")
    if look.imports("ssl") and any(
        isinstance(arg, Name) and last(arg.dotted) == "CERT_NONE" for arg in inside(*call.keywords.values())
    ):
        keep(kept, look, SignKind.TLS_OFF, call, "CERT_NONE")


def _debug(look: Look, kept: Kept) -> None:
    """``DEBUG = True`` that nothing else in the module takes back, outside of development settings."""
    found = [item for item in settings(look) if item.name in ("DEBUG", "debug") and _debug_place(item)]
    by_place: dict[str, list[Setting]] = {}
    for item in found:
        by_place.setdefault(item.where, []).append(item)
    for items in by_place.values():
        if len(items) == 1 and truth(items[0].value) is True:
            keep(kept, look, SignKind.DEBUG_ON, items[0], items[0].name, items[0].function)
    for assigned in look.module.assignments:
        if (
            assigned.target.endswith("verify_mode")
            and isinstance(assigned.value, Name)
            and last(assigned.value.dotted) == "CERT_NONE"
        ):
            keep(kept, look, SignKind.TLS_OFF, assigned, "CERT_NONE")


def _debug_place(item: Setting) -> bool:
    """A setting of the application, not a variable of a function or an option of some call."""
    if DEBUG_CLASSES.search(item.where.replace("DEBUG", "").replace("debug", "")[:100]):
        return False
    if item.name == "debug":
        return item.alone and item.where.endswith("app.debug")
    return item.function == -1 or "config" in item.where.lower()


def read_ecma(module: Module, kept: Kept) -> None:
    """``process.env`` and NestJS's configuration service; TLS switched off."""
    look = Look(module)
    for number, line in enumerate(look.lines, 1):
        if not line.lstrip().startswith(COMMENT):
            for match in PROCESS_ENV.finditer(line[:2000]):
                keep(kept, look, SignKind.ENV_READ, Name("", number), match[1] or match[2], -1)
    for item in module.assignments:
        if (
            isinstance(item.value, Name)
            and item.value.dotted == f"process.env.{item.target}"
            and not _written(look, item.line)
        ):
            keep(kept, look, SignKind.ENV_READ, item, item.target)
        if item.target.endswith("NODE_TLS_REJECT_UNAUTHORIZED") and (plain_or_name(item.value) in ("0", "false")):
            keep(kept, look, SignKind.TLS_OFF, item, "NODE_TLS_REJECT_UNAUTHORIZED")
    for call in module.calls:
        receiver, _, name = call.name.rpartition(".")
        if (
            name in ("get", "getOrThrow")
            and CONFIG_SERVICE.match(receiver[:60])
            and call.args
            and (key := plain(call.args[0]))
        ):
            keep(kept, look, SignKind.ENV_READ, call, key)
    for setting in settings(look):
        if setting.name in TLS_SETTINGS and truth(setting.value) is _off(setting.name):
            keep(kept, look, SignKind.TLS_OFF, setting, setting.name, setting.function)


def _written(look: Look, line: int) -> bool:
    """Whether ``process.env.NAME`` stands on the line as such and was kept already."""
    return bool(PROCESS_ENV.search(look.lines[line - 1][:2000])) if line <= len(look.lines) else False


def _off(name: str) -> bool:
    return name == "tlsAllowInvalidCertificates"


def read_secrets(module: Module, kept: Kept) -> None:
    """Secrets written down: settings of that name, keys of ``sign`` and ``verify``, defaults of variables."""
    look = Look(module)
    seen: set[int] = set()
    for setting in settings(look):
        if SECRETS.fullmatch(setting.name[-40:]) and not TEST_PLACE.search(setting.where[:100]):
            _secret(look, kept, setting.name, setting.value, setting.function, seen)
    for call in module.calls:
        origin = look.origin(call.name)
        if last(origin) in SIGNING and origin.startswith(SIGNERS) and len(call.args) > 1:
            _secret(look, kept, call.name, call.args[1], call.function, seen)
        elif origin in SECRET_TAKERS and call.args and isinstance(call.args[0], Text):
            _secret(look, kept, call.name, call.args[0], call.function, seen)


def _secret(look: Look, kept: Kept, name: str, value: Expr, function: int, seen: set[int]) -> None:
    """A literal is a secret by the setting's name; the default of a variable is kept as ``default``."""
    if isinstance(value, Text):
        text = plain(value)
        if text is not None and _is_secret(name, text) and value.line not in seen:
            seen.add(value.line)
            keep(kept, look, SignKind.SECRET_LITERAL, value, name, function)
        return
    for fallback in _fallbacks(value):
        text = plain(fallback)
        if text is not None and _is_secret(name, text) and fallback.line not in seen:
            seen.add(fallback.line)
            keep(kept, look, SignKind.SECRET_LITERAL, fallback, "default", function)


def _fallbacks(value: Expr) -> list[Expr]:
    """What stands in where a variable is not set: ``process.env.X || "..."``, ``os.getenv("X", "...")``."""
    if isinstance(value, Other) and value.operator in ("||", "??", "or", "?"):
        return [part for part in value.operands[1:] if isinstance(part, Text)]
    if isinstance(value, Call) and last(value.name) in READERS:
        return [*value.args[1:2], *(value.keywords[key] for key in ("default",) if key in value.keywords)]
    return []


def _is_secret(name: str, text: str) -> bool:
    """Not empty, not a variable's name, not the setting's own name."""
    return bool(text.strip()) and text.lower() != last(name).lower() and not ENVIRONMENT_NAME.match(text)


CONFIGURATION_PYTHON = Reader(name="configuration (Python)", languages=PYTHON, read=read_python)
CONFIGURATION_ECMA = Reader(name="configuration (JavaScript)", languages=ECMA, read=read_ecma)
SECRET_LITERALS = Reader(name="secrets in code", languages=BOTH, read=read_secrets)
