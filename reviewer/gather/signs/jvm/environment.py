"""Configuration that Java and Kotlin read from outside."""

from __future__ import annotations

from reviewer.gather.frameworks.jvm._annotations import find, given, name_of, option
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._variables import asked_by_helper, variable_of
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.syntax import Call, Class, Expr, Module, plain
from reviewer.model.facts.code import SignKind

CALLS = words(
    "System.getenv System.getProperty dotenv.get Dotenv.get env.getProperty environment.getProperty"
    " env.getRequiredProperty environment.getRequiredProperty"
)
ENVIRONMENT = "System.getenv"
OF_MACHINE = (
    "java.",
    "os.",
    "user.",
    "file.",
    "line.",
    "path.",
    "sun.",
    "jdk.",
    "native.",
    "stdout.",
    "catalina.",
    "jetty.",
)
"""How the properties begin that the virtual machine and its server set by themselves."""
INJECTED = ("Value", "ConfigProperty", "Property")
WHOLE = ("ConfigurationProperties", "ConfigMapping")


def read(module: Module, kept: Kept) -> None:
    """``System.getenv``, injected settings, classes of settings."""
    look = look_at(module)
    for call in module.calls:
        key = variable_of(call.args[0]) if call.args else ""
        if asked := asked_by_helper(call):
            keep(kept, look, SignKind.ENV_READ, call, asked)
        elif key and not key.startswith(OF_MACHINE) and (call.name.removeprefix("this.") in CALLS or _of_map(call)):
            keep(kept, look, SignKind.ENV_READ, call, key)
    for item in module.assignments:
        if key := _injected(item.decorators):
            keep(kept, look, SignKind.ENV_READ, item, key)
    for function in module.functions:
        for key in filter(None, (_injected(parameter.decorators) for parameter in function.parameters)):
            keep(kept, look, SignKind.ENV_READ, function, key, function.index)
    for owner in module.classes:
        if find(owner.decorators, *WHOLE) is not None:
            _fields(look, kept, owner)


def _of_map(call: Call) -> bool:
    """``System.getenv().get("PORT")``."""
    value = getattr(call.callee, "value", None)
    return call.last in ("get", "getOrDefault") and isinstance(value, Call) and value.name == ENVIRONMENT


def _fields(look: Look, kept: Kept, owner: Class) -> None:
    for field in look.module.fields_of(owner):
        if field.type and not field.target.isupper():
            keep(kept, look, SignKind.ENV_READ, field, field.target)


def _injected(decorators: tuple[Expr, ...]) -> str:
    """The key of ``@Value("${app.url:...}")`` and ``@ConfigProperty(name = "app.url")``."""
    for decorator in decorators:
        if name_of(decorator) in INJECTED:
            said = plain(option(decorator, "name")) or plain(given(decorator)) or ""
            return said.removeprefix("${").removesuffix("}").partition(":")[0] if not said.startswith("#") else ""
    return ""


ENVIRONMENT_JVM = Reader(name="environment (Java, Kotlin)", languages=JVM, read=read)
