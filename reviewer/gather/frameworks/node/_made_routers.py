"""Functions that make a router, mount it and give it back: ``const users = at("/users")``, said again where called."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.frameworks.node._dialects import Dialect
from reviewer.gather.languages.node._names import Names
from reviewer.gather.syntax import Assignment, Call, Expr, Module, Name


def written_out(module: Module, dialect: Dialect) -> Module:
    """The file with what such a function does at the place of each call whose result a variable holds."""
    makers = {name: (made, use) for name, made, use in _makers(module, dialect)}
    if not makers:
        return module
    assignments: list[Assignment] = []
    calls = list(module.calls)
    for item in module.assignments:
        known = makers.get(item.value.name) if isinstance(item.value, Call) else None
        if known is None or not isinstance(item.value, Call):
            assignments.append(item)
            continue
        made, use = known
        assignments.append(replace(item, value=replace(made.value) if isinstance(made.value, Call) else made.value))
        names = [parameter.name for parameter in module.functions[made.function].parameters]
        filled: dict[str, Expr] = dict(zip(names, item.value.args, strict=False))
        filled[made.target] = Name(item.target, item.line)
        args = tuple(filled.get(arg.dotted, arg) if isinstance(arg, Name) else arg for arg in use.args)
        place = {"line": item.line, "end_line": item.end_line, "function": item.function, "owner": item.owner}
        calls.append(replace(use, args=args, callee=Name(use.name, item.line), **place))
    inside = {id(use) for _, use in makers.values()}
    kept = sorted((call for call in calls if id(call) not in inside), key=lambda call: call.line)
    return replace(module, assignments=tuple(assignments), calls=tuple(kept))


def _makers(module: Module, dialect: Dialect) -> Iterator[tuple[str, Assignment, Call]]:
    """The names of such functions, where each makes its router, and the call that mounts it."""
    inner = {(item.function, item.target): item for item in module.assignments if item.function != -1}
    for returned in module.returns:
        value = returned.value
        made = inner.get((returned.function, value.dotted)) if isinstance(value, Name) else None
        if made is None or not isinstance(made.value, Call):
            continue
        function = module.functions[made.function]
        uses = [call for call in module.calls if call.function == made.function and _mounts(call, made.target)]
        if not function.parameters or len(uses) != 1 or function.parent != -1 or function.owner != -1:
            continue
        if Names(module).origin(made.value.callee) in dialect.routers:
            yield function.qualname, made, uses[0]


def _mounts(call: Call, name: str) -> bool:
    """``app.use(path, router)`` of something else than the new router itself."""
    last = call.args[-1] if len(call.args) > 1 else None
    held = call.name.rpartition(".")[0]
    return call.last == "use" and isinstance(last, Name) and last.dotted == name and held not in ("", name)
