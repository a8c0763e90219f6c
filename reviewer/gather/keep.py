"""The shape of a file that is kept once its module is dropped: functions, classes, imports, constants, catches."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather import syntax
from reviewer.gather._exits import Exit, exits_in, exits_of
from reviewer.gather._hooked import hooked_names
from reviewer.gather._keep import BY_CALL, BY_NAME, OLD, is_old, kept_catches, silent_lines, silent_of, types_given
from reviewer.gather.syntax import Module, dotted, value_of
from reviewer.model.facts import code

CONSTANT_LIMIT = 400
HIDDEN = frozenset({"private", "protected"})
INTERNAL = "internal"
REQUEST_TYPES = frozenset(
    {
        "http.ResponseWriter",
        "*gin.Context",
        "echo.Context",
        "*echo.Context",
        "*fiber.Ctx",
        "fiber.Ctx",
        "*context.Context",
    }
)
"""Types of Go by which a function takes a request; what answers it hands back nothing but an error."""
RPC_ANSWER = re.compile(r"\(\*\w*(?:pb|proto)\w*\.\w+,error\)|\(\*\w+\.\w+(?:Response|Reply),error\)")
"""What a method of a gRPC server hands back."""
REQUEST = "request"
"""A parameter of views in Python that their frameworks define, and that is left without a type beside typed ones."""
CALLBACK = "<anonymous>"
"""The name of a function that is given to a call: in TypeScript its types follow from what takes it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """See the module's docstring."""

    functions: tuple[code.Function, ...]
    classes: tuple[code.ClassDef, ...]
    imports: tuple[code.Import, ...]
    exports: tuple[code.Export, ...]
    constants: tuple[code.Attribute, ...]
    catches: tuple[code.Catch, ...]
    maintainability: float | None = None


def kept_shape(module: Module) -> Shape:
    """What of a module other files, the linker and the checks need."""
    types, silence, hooked = types_given(module), silent_lines(module), hooked_names(module)
    unless = OLD if is_old(module) else ""
    exits = exits_in(module.text)
    return Shape(
        functions=tuple(
            _function(module, item, types.get(item.index, unless), silence, hooked, exits)
            for item in module.functions
            if _has_body(item)
        ),
        classes=tuple(_class(module, item) for item in module.classes),
        imports=tuple(code.Import(module=i.module, name=i.name, alias=i.alias, line=i.line) for i in module.imports),
        exports=tuple(code.Export(name=e.name, local=e.local, module=e.module) for e in module.exports),
        constants=_constants(module),
        catches=kept_catches(module),
        maintainability=module.maintainability,
    )


def _has_body(item: syntax.Function) -> bool:
    """Whether a function has a name of its own and code that runs."""
    return item.name != "<lambda>" and "bodyless" not in item.modifiers


def _function(
    module: Module, item: syntax.Function, given: str, silence: list[int], hooked: frozenset[str], exits: list[Exit]
) -> code.Function:
    own = [p for p in item.parameters if p.name not in ("self", "cls", "this")]
    return code.Function(
        name=item.name,
        qualname=item.qualname,
        line=item.line,
        end_line=item.end_line,
        complexity=item.complexity,
        nesting=item.nesting,
        parameters=len(own),
        typed=_typed(module.language, item, own, given),
        documented=item.documented,
        public=not item.name.startswith(("_", "#"))
        and HIDDEN.isdisjoint(item.modifiers)
        and not _is_internal(module, item),
        statements=item.statements,
        silent=silent_of(item, silence),
        answers=item.name in hooked or (module.language == "Go" and _answers_requests(item)),
        exits=exits_of(item, exits) if exits else (),
    )


def _answers_requests(item: syntax.Function) -> bool:
    """Whether a function of Go has the signature of a handler, of a request or of a remote call."""
    if item.returns.strip("() ") in ("", "error"):
        return any(parameter.type in REQUEST_TYPES for parameter in item.parameters)
    return len(item.parameters) == 2 and RPC_ANSWER.fullmatch(item.returns.replace(" ", "")) is not None


def _is_internal(module: Module, item: syntax.Function) -> bool:
    """Whether a method, or in C# a class around it, is for its own assembly or class alone, which is C#'s default."""
    if module.language == "Kotlin":
        return INTERNAL in item.modifiers
    if module.language != "C#":
        return False
    if "public" not in item.modifiers:
        return True
    around = item.qualname.rpartition(".")[0]
    return INTERNAL in item.modifiers or any(
        INTERNAL in owner.modifiers for owner in module.classes if f"{around}.".startswith(f"{owner.name}.")
    )


def _typed(language: str, item: syntax.Function, own: list[syntax.Parameter], given: str) -> bool | None:
    """Whether types are written, None where none need be; ``given`` says from where else they come."""
    if language not in ("Python", "TypeScript", "PHP"):
        return None
    if language == "TypeScript":
        written = all(p.type or p.default is not None for p in own)
        if item.name == CALLBACK or (given == BY_CALL and not written):
            return None
        return given == BY_NAME or written
    judged = [p for p in own if p.name != REQUEST] or own
    typed = bool(item.returns) or (bool(own) and all(p.type for p in judged))
    return None if given == OLD and not typed else typed


def _class(module: Module, item: syntax.Class) -> code.ClassDef:
    fields = [f for f in module.fields_of(item) if f.value is not None]
    return code.ClassDef(
        name=item.name,
        line=item.line,
        end_line=item.end_line,
        bases=tuple(dotted(base) or dotted(getattr(base, "callee", None)) for base in item.bases),
        decorators=tuple(dotted(getattr(d, "callee", d)) for d in item.decorators),
        methods=tuple(method.name for method in module.methods_of(item)),
        attributes=tuple(code.Attribute(name=f.target, value=value_of(f.value), line=f.line) for f in fields),
        documented=tuple(m.name for m in module.methods_of(item) if m.documented and "bodyless" in m.modifiers),
    )


def _constants(module: Module) -> tuple[code.Attribute, ...]:
    """Module-level strings, dict entries (``config.prefix``) and class fields (``Config.PREFIX``)."""
    found: list[code.Attribute] = []
    for item in module.assignments:
        if item.function != -1 or item.augmented or item.value is None:
            continue
        owner = f"{module.classes[item.owner].name}." if item.owner != -1 else ""
        found.extend(named_values(owner + _as_imported(item.target), item.value))
    return tuple(found[:CONSTANT_LIMIT])


def _as_imported(target: str) -> str:
    """The name by which other files know what CommonJS exports: ``PREFIX`` of ``exports.PREFIX``, ``""`` of all."""
    for exports in ("module.exports", "exports"):
        if target == exports or target.startswith(f"{exports}."):
            return target.removeprefix(exports).removeprefix(".")
    return target


def named_values(name: str, value: syntax.Expr) -> list[code.Attribute]:
    """The strings and names in a value, each under its dotted name below ``name``."""
    match value:
        case syntax.Text() | syntax.Name():
            return [code.Attribute(name=name or "default", value=value_of(value), line=value.line)]
        case syntax.Mapping(pairs=pairs):
            named = ((syntax.plain(key) or dotted(key), item) for key, item in pairs)
            return [kept for key, item in named if key for kept in named_values(f"{name}.{key}" if name else key, item)]
        case syntax.Other(operands=operands, operator=operator) if operator in ("||", "??", "or"):
            return named_values(name, operands[-1]) if operands else []
        case syntax.Other():
            parts = value_of(value)
            known = all(isinstance(part, str) or part.name for part in parts)
            return [code.Attribute(name=name or "default", value=parts, line=value.line)] if known else []
        case syntax.Call(args=args) if len(args) > 1 and value.last in ("getenv", "get", "config", "fetch"):
            return named_values(name, args[1])
        case _:
            return []
