"""Handlers of routes as PHP writes them: closures, ``Class:method``, ``Class@method``, ``[Class::class, 'method']``."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Mapping, Module, Name, Text, dotted, plain

METHOD_MARKS = re.compile(r"::|->|[:@#]")
PLACED = re.compile(r"(?:/\$\d)+\Z")
"""CodeIgniter names the parameters behind the method: ``Users::show/$1``."""
NAMED = re.compile(r"\\?[A-Za-z_][\w\\/.-]*(?:(?:::|->|[:@#])\w+)?")
CLASS = ".class"
NAMING = (CLASS, "__CLASS__")
INVOKED = "__invoke"
ACTION_KEYS = ("uses", "controller", "handler", "_controller")


def handler_name(expr: Expr | None) -> str:
    """The name of a handler in dotted form, ``""`` for a closure and for what is no name."""
    match expr:
        case Name(dotted=name):
            return _invoked(name)
        case Text(parts=(Name(dotted=name), str(method))) if name.endswith(NAMING):
            return f"{name.removesuffix(CLASS)}.{METHOD_MARKS.sub('', method)}"
        case Text() if (text := plain(expr)) is not None:
            return named(text)
        case Items(values=(first, second)):
            owner = handler_name(first).removesuffix(f".{INVOKED}")
            method = plain(second) or ""
            return f"{owner}.{method}" if owner and method else ""
        case Call(new=True):
            return f"{expr.name}.{INVOKED}"
        case Mapping():
            return _of_mapping(expr)
        case _:
            return ""


def _invoked(name: str) -> str:
    return f"{name.removesuffix(CLASS)}.{INVOKED}" if name.endswith(CLASS) else name


def named(text: str) -> str:
    """``App\\Users:list`` and ``Users@list`` as ``App.Users.list``; a class alone is called itself."""
    text = PLACED.sub("", text)
    if not NAMED.fullmatch(text) or "/" in text:
        return ""
    owner, *method = METHOD_MARKS.split(text)
    name = owner.strip("\\").replace("\\", ".")
    if method:
        return f"{name}.{method[0]}"
    return f"{name}.{INVOKED}" if name.rpartition(".")[2][:1].isupper() else name


def _of_mapping(expr: Mapping) -> str:
    action = next((value for key in ACTION_KEYS if (value := expr.get(key)) is not None), None)
    method = plain(expr.get("action")) or plain(expr.get("method"))
    name = handler_name(action) if action is not None else ""
    if name and method and (plain(action) or "").find("@") == -1:
        return f"{name.removesuffix(f'.{INVOKED}')}.{method}"
    if not name:
        return handler_name(next((value for _, value in expr.pairs if _is_callable(value)), None))
    return name


def _is_callable(expr: Expr) -> bool:
    return isinstance(expr, Text) and "@" in (plain(expr) or "")


def is_handler(expr: Expr | None) -> bool:
    """Whether an argument can be what a route calls."""
    match expr:
        case Lambda() | Name():
            return True
        case Items(values=(first, second)):
            return isinstance(first, (Name, Call, Text)) and plain(second) is not None
        case Mapping():
            return bool(_of_mapping(expr)) or closure_of(expr) is not None
        case Call(new=True):
            return True
        case Text() if (text := plain(expr)) is not None:
            return bool(NAMED.fullmatch(PLACED.sub("", text[:300])))
        case Text(parts=(Name(dotted=name), str())):
            return name.endswith(NAMING)
        case _:
            return False


def closure_of(expr: Expr | None) -> Lambda | None:
    """The closure that a handler is or, in an array of options, holds."""
    if isinstance(expr, Lambda):
        return expr
    values = expr.values if isinstance(expr, Items) else ()
    if isinstance(expr, Mapping):
        values = tuple(value for _, value in expr.pairs)
    return next((value for value in values if isinstance(value, Lambda)), None)


def guard_names(expr: Expr | None) -> tuple[str, ...]:
    """What a middleware is called: names, strings, ``new Auth(...)``, and lists of these."""
    match expr:
        case None | Lambda():
            return ()
        case Items(values=values):
            return tuple(name for value in values for name in guard_names(value))
        case Text() if (text := plain(expr)) is not None:
            return tuple(part for part in re.split(r"[|,]", text[:400]) if part)
        case Call():
            inner = next((plain(arg) for arg in expr.args if plain(arg)), "")
            return (f"{_chained(expr)}({inner})" if inner else _chained(expr),)
        case Name(dotted=name):
            return (name.removesuffix(CLASS),)
        case _:
            return ()


def _chained(call: Call) -> str:
    return call.name or call.last or "middleware"


class Chains:
    """What is called on the result of a call: ``->add(...)`` of ``$app->get(...)->add(...)``."""

    def __init__(self, module: Module) -> None:
        self._next: dict[int, Call] = {}
        for call in module.calls:
            if isinstance(call.callee, Attribute) and isinstance(call.callee.value, Call):
                self._next[id(call.callee.value)] = call

    def after(self, call: Call) -> list[Call]:
        """The calls chained to a call, in order."""
        found: list[Call] = []
        while (further := self._next.get(id(call))) is not None and len(found) < 40:
            found.append(further)
            call = further
        return found


def class_of(expr: Expr | None) -> str:
    """The class that an expression is or makes: ``X`` of ``X::class``, ``new X()`` and ``'X'``."""
    if isinstance(expr, Call) and expr.new:
        return expr.name
    name = dotted(expr) or (plain(expr) or "").strip("\\").replace("\\", ".")
    return name.removesuffix(CLASS)
