"""What Rails' controllers say of themselves: which actions show pages, and what stands before them.

Kept as views. That of an action (``UsersController.show``) has the template that it shows as its path: none where it
names none, ``redirect`` where it sends the browser on; an action that answers with data has no view. That of
a class has its filters as guards, in order, each as ``before NAME only|except|all ACTION ...`` or ``skip ...``, and as
``open NAME`` each method that is called like a guard and lets everybody through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.ruby._dsl import Blocks
from reviewer.gather.frameworks.ruby._guards import is_guarding, refuses
from reviewer.gather.look import words
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Lambda, Name, Text, dotted, plain
from reviewer.model.facts.routing import View

BEFORE = words("before_action before_filter prepend_before_action prepend_before_filter append_before_action")
SKIPPING = words("skip_before_action skip_before_filter skip_authorization_check skip_load_and_authorize_resource")
GUARDING = {
    "http_basic_authenticate_with": "http_basic_authenticate",
    "load_and_authorize_resource": "load_and_authorize_resource",
    "authorize_resource": "authorize_resource",
    "acts_as_token_authentication_handler_for": "authenticate_with_token",
    "doorkeeper_authorize!": "doorkeeper_authorize!",
    "require_authentication": "require_authentication",
}
"""Declarations that stand before the actions of a class without naming a method of it."""
OPENING = "allow_unauthenticated_access"
DATA_KEYS = words("json jsonapi xml plain body text status nothing msgpack js csv pdf")
DATA_CALLS = re.compile(
    r"json|serializ|respond_with|send_(?:data|file|stream)|head\Z|(?:success|error|ok|api|data|failure)_response"
    r"|respond_(?:success|error|ok|to_error)|render_(?:success|error|errors|resource|resources|ok|object|objects|data"
    r"|collection|created|unauthorized|not_found|response|api|unprocessable\w*|bad_request|forbidden)\Z"
)
"""Methods, often of the project's own, that answer with data."""
DATA_FORMATS = words("json xml jsonapi")
FOLLOWED = 2
"""Methods of the same class, one calling the other, that are looked into for what an action answers with."""
REDIRECTS = words("redirect_to redirect_back redirect_back_or_to redirect_back_or")
RENDERING = words("render render_to_string")
REDIRECT = "redirect"
OPEN = "open"
ALL = "*"


def views_of(blocks: Blocks) -> Iterator[View]:
    """The views of every controller in a file, and of modules with filters."""
    module = blocks.module
    by_owner: dict[int, list[Call]] = {}
    for call in module.calls:
        if call.owner != -1 and _is_filter(call):
            by_owner.setdefault(call.owner, []).append(call)
    for owner in module.classes:
        filters = by_owner.get(owner.index, [])
        controller = is_controller(owner)
        if not controller and owner.kind != "module":
            continue
        encoded = tuple(found for call in filters for found in _encoded(blocks, call))
        encoded += tuple(f"{OPEN} {name}" for name in _open_methods(blocks, owner))
        data = _answers_data(blocks, owner)
        if encoded or data:
            yield View(symbol=owner.name, line=owner.line, guards=encoded, detail=data)
        methods = {method.name: method for method in module.methods_of(owner)}
        for method in methods.values() if controller or filters else ():
            yield from _action(blocks, owner, method, methods)


def _open_methods(blocks: Blocks, owner: Class) -> Iterator[str]:
    """Methods that are called like guards and turn nobody away."""
    for method in blocks.module.methods_of(owner):
        if is_guarding(method.name) and not refuses(blocks.everything(method.index)):
            yield method.name


def is_controller(owner: Class) -> bool:
    """Whether a class is a controller, by its name or its base."""
    bases = [dotted(base) for base in owner.bases]
    return owner.name.endswith("Controller") or any(
        base.endswith("Controller") or base.startswith("ActionController.") for base in bases
    )


def _is_filter(call: Call) -> bool:
    return call.last in BEFORE or call.last in SKIPPING or call.last in GUARDING or call.last == OPENING


def _encoded(blocks: Blocks, call: Call) -> Iterator[str]:
    """Each filter of a declaration as one text; what holds under a condition alone is none."""
    if "if" in call.keywords:
        return
    for key in ("only", "except"):
        if key in call.keywords:
            actions = [key, *_names(call.keywords[key])]
            break
    else:
        actions = ["all"]
    if call.last == OPENING:
        yield " ".join(["skip", ALL, *actions])
        return
    word = "skip" if call.last in SKIPPING else "before"
    if call.last in GUARDING:
        yield " ".join(["before", GUARDING[call.last], *actions])
        return
    for arg in call.args:
        for name in _names(arg) or _called(blocks, arg):
            yield " ".join([word, name, *actions])


def _names(expr: Expr) -> list[str]:
    values = expr.values if isinstance(expr, Items) else (expr,)
    return [text.replace(" ", "_") for value in values if isinstance(value, Text) and (text := plain(value))]


def _called(blocks: Blocks, expr: Expr) -> list[str]:
    """What a filter that is written in place calls; a class is its name."""
    if isinstance(expr, Lambda):
        names = [call.name for call in blocks.everything(expr.function)]
        return [name for name in names if not name.endswith("?") and name != "raise"][:12]
    return [dotted(expr)] if isinstance(expr, Name) else []


def _answers_data(blocks: Blocks, owner: Class) -> bool:
    """``respond_to :json`` for the whole class."""
    for call in blocks.calls.get(-1, []):
        if call.owner == owner.index and call.last == "respond_to" and call.args:
            return all(plain(arg) in DATA_FORMATS for arg in call.args)
    return False


def _action(blocks: Blocks, owner: Class, method: Function, methods: dict[str, Function]) -> Iterator[View]:
    if "private" in method.modifiers or "protected" in method.modifiers:
        return
    shown = _shown(blocks, method, methods, FOLLOWED)
    if shown != "":
        yield View(symbol=f"{owner.name}.{method.name}", line=owner.line, path=(shown,) if shown else ())


def _shown(blocks: Blocks, method: Function, methods: dict[str, Function], hops: int) -> str | None:
    """What a method answers with, by itself or through others of its class; data before all else."""
    shown: str | None = None
    called: list[str] = []
    for call in blocks.everything(method.index):
        found = shown_by(call)
        if found == "":
            return ""
        shown = found or shown
        if call.name == call.last:
            called.append(call.name)
    if shown is None and hops:
        for name in dict.fromkeys(called):
            other = methods.get(name)
            if other is not None and other is not method:
                shown = _shown(blocks, other, methods, hops - 1)
                if shown is not None:
                    break
    return shown


def shown_by(call: Call) -> str | None:
    """The template that a call shows, ``""`` where it answers with data, None where it does neither."""
    head, _, name = call.name.rpartition(".")
    if head and name in DATA_FORMATS and ("format" in head or head in ("wants", "f", "respond")):
        return ""
    if name in REDIRECTS and not head:
        return REDIRECT
    if name in RENDERING and not head:
        return _rendered(call)
    if not head and DATA_CALLS.search(name):
        return ""
    return None


def _rendered(call: Call) -> str:
    if not DATA_KEYS.isdisjoint(call.keywords) and not call.args and not {"html", "template"} & call.keywords.keys():
        keys = DATA_KEYS & call.keywords.keys()
        return "" if keys != {"status"} else REDIRECT
    for expr in (*call.args, call.keywords.get("action"), call.keywords.get("template")):
        text = plain(expr)
        if text:
            return text
    return REDIRECT
