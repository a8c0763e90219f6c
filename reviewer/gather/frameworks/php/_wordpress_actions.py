"""What WordPress serves by name: the actions of ``admin-ajax.php`` and ``admin-post.php`` that a file hooks into."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.php._handlers import handler_name
from reviewer.gather.look import Look
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Name, Other, Text, plain
from reviewer.model.facts.routing import Route, Router

ROUTER = "admin-ajax"
ADDING = "add_action"
HOOKS = {
    "wp_ajax_nopriv_": ("/wp-admin/admin-ajax.php/", False),
    "wp_ajax_": ("/wp-admin/admin-ajax.php/", True),
    "admin_post_nopriv_": ("/wp-admin/admin-post.php/", False),
    "admin_post_": ("/wp-admin/admin-post.php/", True),
}
"""How the names of actions begin, with what serves them and whether only somebody who is logged in gets there."""
OWN = ("this.", "self.", "static.")
FOREACH_KEY = "foreach_key"
LISTED_MOST = 60

Hooked = tuple[Call, str, bool]


def keep_actions(look: Look, kept: Kept, framework: str) -> None:
    """Keeps the actions of a file; one that strangers may call as well asks for nobody."""
    if not any(prefix in look.module.text for prefix in ("wp_ajax_", "admin_post_")):
        return
    actions = list(_actions(look))
    public = {path for _, path, asks in actions if not asks}
    if actions:
        kept.routers.append(Router(symbol=ROUTER, framework=framework, line=actions[0][0].line))
    kept.routes.extend(_route(look, call, path, path not in public, framework) for call, path, _ in actions)


def _actions(look: Look) -> Iterator[Hooked]:
    """Calls that hook an action, with where it is served and whether somebody has to be logged in for it."""
    for call in look.module.calls:
        if call.last != ADDING or len(call.args) < 2:
            continue
        for hook in _hooks(look, call):
            prefix = next((item for item in HOOKS if hook.startswith(item)), "")
            if prefix and hook != prefix:
                place, asks = HOOKS[prefix]
                yield call, place + hook.removeprefix(prefix), asks


def _hooks(look: Look, call: Call) -> Iterator[str]:
    """The names that a hook stands for: one, or one for each entry of the list that a loop goes through."""
    if (text := plain(call.args[0])) is not None:
        yield text
        return
    parts = call.args[0].parts if isinstance(call.args[0], Text) else ()
    if len(parts) != 2 or not isinstance(parts[0], str) or not isinstance(parts[1], Name):
        return
    value = _value(look, parts[1], call.function)
    if isinstance(value, Other) and value.operands:
        listed = _value(look, value.operands[0], call.function)
        yield from (parts[0] + name for name in _entries(listed, value.kind == FOREACH_KEY))
    elif text := plain(value):
        yield parts[0] + text


def _value(look: Look, expr: Expr, function: int) -> Expr | None:
    """What a name stands for: a variable, or a property or constant of the class."""
    if isinstance(expr, Name) and expr.dotted.startswith(OWN):
        named = expr.dotted.partition(".")[2]
        fields = [item.value for item in look.module.assignments if item.target == named and item.owner != -1]
        return fields[0] if len(fields) == 1 else None
    return look.value(expr, function)


def _entries(listed: Expr | None, keys: bool) -> list[str]:
    """The texts of a list, or the keys of a map where a loop takes those."""
    texts: list[str | None] = []
    if isinstance(listed, Items):
        texts = [plain(item) for item in listed.values]
    elif isinstance(listed, Mapping):
        texts = [plain(key if keys else item) for key, item in listed.pairs]
    return [text for text in texts if text][:LISTED_MOST]


def _handler(look: Look, call: Call) -> str:
    """What a hook calls: a function or a pair, or an object and its method, as loaders of hooks are given them."""
    method = plain(call.args[2]) if len(call.args) > 2 else None
    if call.name == ADDING or not method:
        return handler_name(call.args[1]).removesuffix(".__invoke")
    owner = look.value(call.args[1], call.function)
    return f"{owner.name}.{method}" if isinstance(owner, Call) and owner.new else ""


def _route(look: Look, call: Call, path: str, asks: bool, framework: str) -> Route:
    return Route(
        router=ROUTER,
        framework=framework,
        methods=("POST",),
        path=(path,),
        line=call.line,
        end_line=call.end_line,
        handler=_handler(look, call),
        guards=("login",) if asks else (),
        implicit=True,
    )
