"""The prefixes of groups and of modules, as they are written."""

from __future__ import annotations

from reviewer.gather.frameworks.dotnet._attributes import template, version_text
from reviewer.gather.frameworks.dotnet._builders import CLASS_TOKEN, GROUPED, Builders, after
from reviewer.gather.frameworks.dotnet._given import taken
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Lambda, Name, Text, dotted, value_of
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.values import Ref, Value

VERSION = "{version:apiVersion}"


def group_prefix(file: Builders, call: Call) -> Value:
    """What ``MapGroup`` puts before its routes."""
    path = next((arg for arg in call.args if not isinstance(arg, Lambda)), call.keywords.get("prefix"))
    if isinstance(path, Name) and path.dotted == "this":
        owner = file.look.owner(call.function)
        return (Ref(name=GROUPED),) if owner != -1 else ()
    value = file.look.value(path, call.function)
    grouped = _named_by_class(file, value, call.function)
    if grouped is not None:
        file.kept.constants.append(Constant(name=GROUPED, value=grouped, line=call.line))
        return ("/",)
    return taken(file, path, call.function)


def versioned(file: Builders, call: Call, prefix: Value) -> Value:
    """The prefix with the version that ``HasApiVersion(2)`` gives the group, where it gives just one."""
    if not any(isinstance(part, str) and VERSION in part for part in prefix):
        return prefix
    given = {version_text(*item.args[:1]) for item in after(file, call) if item.last == "HasApiVersion" and item.args}
    version = given.pop() if len(given) == 1 else ""
    return tuple(part.replace(VERSION, version) if version and isinstance(part, str) else part for part in prefix)


def _named_by_class(file: Builders, value: Expr | None, function: int) -> Value | None:
    """``$"/api/{group.GetType().Name}"``: a prefix that the class of each group of endpoints fills in."""
    texts = [part for part in (value, *getattr(value, "operands", ())) if isinstance(part, Text)]
    for text in texts:
        parts: list[str | Ref] = []
        named = False
        for part in text.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            full = file.look.value(part, function)
            is_name = any(_is_type_name(item) for item in (full, *getattr(full, "operands", ())))
            named = named or is_name
            parts += [CLASS_TOKEN] if is_name else value_of(part)
        if named:
            return tuple(parts)
    return None


def _is_type_name(expr: Expr | None) -> bool:
    if isinstance(expr, Attribute) and expr.name == "Name":
        return isinstance(expr.value, Call) and expr.value.last == "GetType"
    return isinstance(expr, Name) and expr.dotted.lower().endswith("type.name")


def module_prefix(file: Builders, function: Function) -> Value:
    """What stands before the routes of a module: ``base("/orders")`` of Carter's, or what all groups are given."""
    if function.owner == -1:
        return ()
    owner = file.module.classes[function.owner]
    if any(dotted(base).endswith("CarterModule") for base in owner.bases):
        for call in file.module.calls:
            if call.name == "base" and call.owner == owner.index and call.args:
                return template(call.args[0])
    kind = next((item.type for item in function.parameters), "")
    return (Ref(name=GROUPED),) if owner.bases and kind.startswith("RouteGroupBuilder") else ()
