"""Drupal 7: routes that a module lists in its ``hook_menu``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.documents.yaml_routes import DRUPAL
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Number, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

HOOK = "_menu"
ROUTER = "menu"
MARK = "page callback"
WILDCARD = "%"
JSON = words("drupal_json_output drupal_json drupal_json_encode json_encode")
"""What answers with JSON, as a delivery callback or called by the page callback."""
FORMS = words("drupal_get_form node_page_edit system_admin_menu_block_page")
OPEN = "access content"
ITEMS_MOST = 500


def read_menu(module: Module, kept: Kept) -> None:
    """Keeps the items of the menu hooks of a file."""
    hooks = {item.index for item in module.functions if item.owner == -1 and item.name.endswith(HOOK)}
    if not hooks or MARK not in module.text:
        return
    routes = [_route(module, path, item) for path, item in _items(module, hooks)]
    if routes:
        kept.routers.append(Router(symbol=ROUTER, framework=DRUPAL, line=routes[0].line))
        kept.routes.extend(routes[:ITEMS_MOST])


def _items(module: Module, hooks: set[int]) -> Iterator[tuple[Value, Mapping]]:
    """Paths with what is said of them: ``$items['a/%'] = array(...)``, or all in one array."""
    for assigned in module.assignments:
        if assigned.function not in hooks or not isinstance(assigned.value, Mapping):
            continue
        if assigned.value.get(MARK) is not None:
            yield (assigned.target.partition(".")[2],), assigned.value
        else:
            yield from _listed(assigned.value)
    for returned in module.returns:
        if returned.function in hooks and isinstance(returned.value, Mapping):
            yield from _listed(returned.value)


def _listed(given: Mapping) -> Iterator[tuple[Value, Mapping]]:
    for key, item in given.pairs:
        if isinstance(item, Mapping) and isinstance(key, Text) and item.get(MARK) is not None:
            yield value_of(key), item


def _route(module: Module, path: Value, item: Mapping) -> Route:
    handler = plain(item.get(MARK)) or ""
    return Route(
        router=ROUTER,
        framework=DRUPAL,
        methods=("ANY",),
        path=("/", *(_named(part) if isinstance(part, str) else part for part in path)),
        line=item.line,
        end_line=item.line,
        handler=handler,
        page=not _answers_json(module, handler, item),
        guards=tuple(_guards(item)),
    )


def _named(part: str) -> str:
    """``%`` and ``%node`` stand for one segment each."""
    return "/".join(
        f"{{{segment.strip(WILDCARD) or 'id'}}}" if segment.startswith(WILDCARD) else segment
        for segment in part.split("/")
    )


def _answers_json(module: Module, handler: str, item: Mapping) -> bool:
    if plain(item.get("delivery callback")) in JSON:
        return True
    function = next((found.index for found in module.functions if found.name == handler and found.owner == -1), None)
    return function is not None and any(call.last in JSON for call in _calls_of(module, function))


def _calls_of(module: Module, function: int) -> Iterator[Call]:
    return (call for call in module.calls if call.function == function)


def _guards(item: Mapping) -> Iterator[str]:
    """``access callback`` that is TRUE lets everybody in; without one the arguments name permissions."""
    callback = item.get("access callback")
    named = plain(callback) or ""
    if isinstance(callback, Number) or dotted(callback).lower() in ("true", "false"):
        return
    if named and named not in ("user_access", "user_is_anonymous"):
        yield f"permission {named}"
        return
    yield from (f"permission {text}" for text in _texts(item.get("access arguments")) if text != OPEN)


def _texts(expr: Expr | None) -> Iterator[str]:
    for value in expr.values if isinstance(expr, Items) else ():
        if text := plain(value):
            yield text
