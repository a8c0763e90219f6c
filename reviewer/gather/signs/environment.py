"""Configuration that is read from the environment."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import LINE_LIMIT, Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, bases_of, keep, keep_variable
from reviewer.gather.signs._variables import asked_by_helper, variable_of
from reviewer.gather.syntax import Assignment, Call, Mapping, Module, Name, Other, dotted, plain
from reviewer.model.facts.code import SignKind

FASTIFY_CONFIG = re.compile(r"\bfastify\.config\.([A-Z][A-Z0-9_]{1,60}+)\b")
"""A variable that Fastify's plugin for the environment has read."""
NOT_WRITTEN = r"(?!\s{0,4}=[^=])"
PROCESS_ENV = re.compile(r"\b(?:process|Bun)\.env(?:\.([A-Za-z_]\w*+)|\[['\"](\w+)['\"]\])" + NOT_WRITTEN)
OS_ENVIRON = re.compile(r"(?:\bos\.|(?<![.\w]))environ\[\s?['\"](\w+)['\"]\s?\]" + NOT_WRITTEN)
COMMENT = ("//", "*", "/*", "#")
TRAILING = {True: re.compile(r"\s#"), False: re.compile(r"\s//")}
"""Where the comment after a line's code begins, in Python and elsewhere."""
ENV_CALLS = words("os.getenv os.environ.get os.environ.setdefault os.environ.pop decouple.config environ.get")
PREFIXED = words("load_environment_vars from_prefixed_env Dynaconf LazySettings FlaskDynaconf dotenv_values")
"""What takes every variable with a prefix as a setting: Sanic, Flask, Dynaconf."""
ENV_OBJECTS = frozenset(
    {
        *("environs.Env", "environ.Env", "starlette.config.Config"),
        *("decouple.Config", "decouple.AutoConfig"),
    }
)
SETTINGS_BASE = "BaseSettings"
OWN_BASE = re.compile(r"_?Base\w{0,40}Settings|_?\w{0,40}Base(?:App)?Settings")
"""What a project calls its own class between ``BaseSettings`` and its settings, which may lie in another file."""
WHOLE = words("validate validateSync validateAsync attempt parse parseSync safeParse cleanEnv makeValidators assert")
"""Functions that check the environment as a whole against a schema (Joi, Zod, Yup, envalid)."""
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{1,60}\Z")
SCHEMA_PLUGINS = ("@fastify/env", "fastify-env", "env-schema", "@t3-oss/env-core", "envalid")
"""Packages that are given a schema of the variables and read them by themselves."""
RUNTIMES = frozenset({"Deno.env", "env-var"})
CONFIG_SERVICE = re.compile(r"(?:this\.)?_?config(?:uration)?_?service$|(?:this\.)?config$", re.IGNORECASE)


def read_python(module: Module, kept: Kept) -> None:
    """``os.environ``, decouple, environs, django-environ, pydantic's settings classes."""
    look = look_at(module)
    for call in module.calls:
        first = variable_of(call.args[0]) if call.args else ""
        if first and (look.origin(call.name) in ENV_CALLS or _of_reader(look, call)):
            keep_variable(kept, look, call, first)
        elif asked := asked_by_helper(call):
            keep(kept, look, SignKind.ENV_READ, call, asked)
        elif call.args and look.origin(call.name) in ENV_CALLS:
            keep(kept, look, SignKind.HINT, call, "env")
        elif call.last in PREFIXED:
            keep(kept, look, SignKind.ENV_READ, call, f"{(plain(call.args[0]) or '') if call.args else ''}*")
    _lines(look, kept, OS_ENVIRON)
    _whole(look, kept)
    for owner in module.classes:
        if any(last(base) == SETTINGS_BASE or OWN_BASE.fullmatch(last(base)) for base in bases_of(look, owner)):
            for field in module.fields_of(owner):
                if field.type:
                    keep(kept, look, SignKind.ENV_READ, field, field.target)


def _whole(look: Look, kept: Kept) -> None:
    """``for name, value in os.environ.items()``: each variable may set something."""
    if "environ.items" in look.module.text:
        for call in look.module.calls:
            if look.origin(call.name) == "os.environ.items":
                keep(kept, look, SignKind.ENV_READ, call, "*")
                return


def _of_reader(look: Look, call: Call) -> bool:
    """``env("KEY")`` and ``env.int("KEY")`` where ``env = Env()``."""
    made = look.value(Name(call.name.partition(".")[0], call.line), call.function)
    return isinstance(made, Call) and look.origin(made.name) in ENV_OBJECTS


def read_ecma(module: Module, kept: Kept) -> None:
    """``process.env``, alone or checked as a whole, and NestJS's configuration service."""
    look = look_at(module)
    _lines(look, kept, PROCESS_ENV)
    for item in module.assignments:
        unpacked = _unpacked(item)
        if unpacked and not _is_written_out(look, item):
            keep(kept, look, SignKind.ENV_READ, item, unpacked)
    for call in module.calls:
        receiver, _, name = call.name.rpartition(".")
        key = plain(call.args[0]) if call.args else None
        if key and name in ("get", "getOrThrow") and (CONFIG_SERVICE.match(receiver[:60]) or receiver in RUNTIMES):
            keep(kept, look, SignKind.ENV_READ, call, key)
        elif asked := asked_by_helper(call):
            keep(kept, look, SignKind.ENV_READ, call, asked)
    if "astify.config." in module.text:
        _lines(look, kept, FASTIFY_CONFIG)
    whole = next((call for call in module.calls if _checks_whole(call)), None)
    parsed = "dotenv.parse(" in module.text
    if (look.imports(*SCHEMA_PLUGINS) or whole or parsed) and not _schema(look, kept) and whole:
        keep(kept, look, SignKind.ENV_READ, whole, "process.env")


def _checks_whole(call: Call) -> bool:
    """``schema.validate(process.env)``."""
    return call.last in WHOLE and any(dotted(arg) == "process.env" for arg in call.args)


def _schema(look: Look, kept: Kept) -> set[str]:
    """The variables that a schema names, each once; none where it stands in another file."""
    seen: set[str] = set()
    given = [call.args for call in look.module.calls]
    given += [(item.value,) for item in look.module.assignments if isinstance(item.value, Mapping)]
    for exprs in given:
        for part in inside(*exprs):
            for key, _ in part.pairs if isinstance(part, Mapping) else ():
                name = plain(key) or dotted(key)
                if VARIABLE.match(name) and name not in seen:
                    seen.add(name)
                    keep(kept, look, SignKind.ENV_READ, Name("", key.line if key is not None else part.line), name, -1)
    return seen


def _is_written_out(look: Look, item: Assignment) -> bool:
    """Whether the lines of an assignment name the variable with the environment, as those of a pattern do not."""
    return any(PROCESS_ENV.search(line[:LINE_LIMIT]) for line in look.lines[item.line - 1 : item.end_line])


def _unpacked(item: Assignment) -> str:
    """The variable of ``const { PORT } = process.env``, with another name or a default too; ``""`` for others."""
    value = item.value
    if isinstance(value, Other) and value.operator == "||":
        value = value.operands[0]
    head, _, name = dotted(value).rpartition(".")
    return name if head == "process.env" else ""


def _lines(look: Look, kept: Kept, pattern: re.Pattern[str]) -> None:
    """Subscripts and members that may stand anywhere; comments are left out."""
    if not any(word in look.module.text for word in ("environ", "process.env", "Bun.env", "astify.config.")):
        return
    within, trailing = False, TRAILING[look.module.language in PYTHON]
    for number, line in enumerate(look.lines, 1):
        start = line.lstrip()
        within = (within or start.startswith("/*")) and "*/" not in start
        if within or start.startswith(COMMENT):
            continue
        code = line[:LINE_LIMIT]
        comment = trailing.search(code)
        for match in pattern.finditer(code[: comment.start()] if comment else code):
            if not _is_quoted(code[: match.start()]):
                keep_variable(kept, look, Name("", number), next(group for group in match.groups() if group), -1)


def _is_quoted(before: str) -> bool:
    """Whether a text is open where a line has come to; one with braces is filled in as the program runs."""
    if "{" in before or "`" in before:
        return False
    return before.count('"') % 2 == 1 or ('"' not in before and before.count("'") % 2 == 1)


ENVIRONMENT_PYTHON = Reader(name="environment (Python)", languages=PYTHON, read=read_python)
ENVIRONMENT_ECMA = Reader(name="environment (JavaScript)", languages=ECMA, read=read_ecma)
