"""Yii 2: the rules of the URL manager in the settings of an application."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.data.orm.php._inflection import plural
from reviewer.gather.look import words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Expr, Items, Mapping, Module, dotted, plain
from reviewer.model.facts.routing import Route, Router

NAME = "Yii"
RULES = "url rules"
METHODS = words("GET POST PUT PATCH DELETE HEAD OPTIONS")
VERBS_AND_PATH = re.compile(r"((?:[A-Z]{3,7},?){1,7})[ ]+(\S.*)\Z")
PARAMETER = re.compile(r"<(\w+)(?::[^<>]{0,200})?>")
CHOICE = re.compile(r"<(\w+):([\w-]+(?:\|[\w-]+)+)>")
CHOICES_MOST = 20
MANY = re.compile(r"<(?:controller|action|module)\b|://")
"""Rules that stand for whatever controllers there are, and those of whole addresses."""
ACTIONS = (
    ("index", ("GET",), ""),
    ("create", ("POST",), ""),
    ("view", ("GET",), "/{id}"),
    ("update", ("PUT", "PATCH"), "/{id}"),
    ("delete", ("DELETE",), "/{id}"),
)
"""What ``yii\\rest\\UrlRule`` declares for a controller."""
PLACES = (("components", "urlManager", "rules"), ("urlManager", "rules"))
REST_RULE = "UrlRule"
MANAGER = "UrlManager"
RULES_MOST = 500


def read(module: Module, kept: Kept) -> None:
    """Keeps the rules of a file of settings."""
    if "urlManager" not in module.text and "UrlRule" not in module.text and "UrlManager" not in module.text:
        return
    before = len(kept.routes)
    given = [item.value for item in module.returns if item.function == -1]
    given += [item.value for item in module.assignments if item.function == -1 and item.value is not None]
    for value in given:
        for rules in _rules_in(value):
            kept.routes.extend(_routes(rules, "")[: RULES_MOST - len(kept.routes)])
    if len(kept.routes) > before:
        kept.routers.append(Router(symbol=RULES, framework=NAME, line=kept.routes[before].line))


def _rules_in(value: Expr) -> Iterator[Expr]:
    """The rules of an application's settings, of the URL manager's, or a list of rules by itself."""
    values = value.values if isinstance(value, Items) else [item for _, item in getattr(value, "pairs", ())]
    if any(_class(item).endswith(REST_RULE) for item in values):
        yield value
        return
    for place in PLACES if not _class(value).endswith(MANAGER) else (("rules",),):
        found: Expr | None = value
        for key in place:
            found = found.get(key) if isinstance(found, Mapping) else None
        if found is not None:
            yield found
            return


def _class(expr: Expr) -> str:
    """The class that an array configures, with dots; ``""`` for anything else."""
    given = expr.get("class") if isinstance(expr, Mapping) else None
    return (plain(given) or dotted(given).removesuffix(".class")).replace("\\", ".")


def _routes(rules: Expr, prefix: str) -> list[Route]:
    found: list[Route] = []
    pairs = rules.pairs if isinstance(rules, Mapping) else ()
    pairs = pairs or tuple((None, value) for value in (rules.values if isinstance(rules, Items) else ()))
    for key, value in pairs:
        pattern, route = plain(key), plain(value)
        if pattern is not None and route is not None:
            found.extend(_rule(pattern, route, value.line, prefix))
        elif isinstance(value, Mapping):
            found.extend(_described(value, prefix))
    return found


def _rule(pattern: str, route: str, line: int, prefix: str, verbs: tuple[str, ...] = ()) -> Iterator[Route]:
    """``'GET,POST users/<id:\\d+>' => 'user/view'``; a route with parameters in it stands for many."""
    both = VERBS_AND_PATH.match(pattern[:400])
    said = tuple(verb for verb in both[1].split(",") if verb in METHODS) if both else ()
    path = both[2] if both and said else pattern
    if MANY.search(pattern):
        return
    listed = CHOICE.search(path)
    for choice in listed[2].split("|")[:CHOICES_MOST] if listed else ("",):
        chosen = f"{path[: listed.start()]}{choice}{path[listed.end() :]}" if listed else path
        target = route.replace(f"<{listed[1]}>", choice) if listed else route
        named = PARAMETER.sub(r"{\1}", chosen).strip("/")
        yield _route(said or verbs or ("ANY",), f"{prefix}/{named}", line, target)


def _described(rule: Mapping, prefix: str) -> Iterator[Route]:
    """A rule of a class: ``yii\\rest\\UrlRule``, a group of rules, or a pattern with its verbs."""
    kind = _class(rule)
    inner = (plain(rule.get("prefix")) or "").strip("/")
    below = f"{prefix}/{inner}" if inner else prefix
    pattern, route = plain(rule.get("pattern")), plain(rule.get("route"))
    if kind.endswith("GroupUrlRule"):
        rules = rule.get("rules")
        yield from _routes(rules, below) if rules is not None else ()
    elif rule.get("controller") is not None:
        for named, controller in _controllers(rule.get("controller")):
            yield from _rest(rule, named, controller, below)
    elif pattern is not None and route is not None:
        yield from _rule(pattern, route, rule.line, below, tuple(_listed(rule.get("verb"))))


def _controllers(given: Expr | None) -> Iterator[tuple[str, str]]:
    """Each controller with the name that it has in paths, ``""`` for its own: ``['u' => 'user']``, ``'v1/user'``."""
    if isinstance(given, Mapping):
        for key, value in given.pairs:
            yield plain(key) or "", plain(value) or ""
    else:
        for name in _listed(given):
            yield "", name


def _rest(rule: Mapping, named: str, controller: str, prefix: str) -> Iterator[Route]:
    if not controller:
        return
    head, slash, last = controller.rpartition("/")
    kept = dotted(rule.get("pluralize")) == "false" or getattr(rule.get("pluralize"), "text", "") == "false"
    path = named or f"{head}{slash}{last if kept else plural(last)}"
    only, without = _listed(rule.get("only")), _listed(rule.get("except"))
    for action, methods, suffix in ACTIONS:
        if (not only or action in only) and action not in without:
            yield _route(methods, f"{prefix}/{path}{suffix}", rule.line, f"{controller}/{action}")
    extra = rule.get("extraPatterns")
    for key, value in extra.pairs if isinstance(extra, Mapping) else ():
        written, called = plain(key), plain(value)
        if written is None or called is None:
            continue
        verbs, _, rest = written.partition(" ")
        said = tuple(verb for verb in verbs.split(",") if verb in METHODS)
        if said != ("OPTIONS",):
            rest = rest if said else written
            below = f"/{rest.strip('/')}" if rest else ""
            yield _route(said or ("ANY",), f"{prefix}/{path}{below}", value.line, f"{controller}/{called}")


def _route(methods: tuple[str, ...], path: str, line: int, route: str) -> Route:
    return Route(
        router=RULES,
        framework=NAME,
        methods=methods,
        path=(f"/{path.strip('/')}",),
        line=line,
        end_line=line,
        handler=_handler(route),
    )


def _handler(route: str) -> str:
    """``PostController.actionViewAll`` of ``v1/post/view-all``."""
    *folders, action = route.strip("/").split("/")
    if not folders or "<" in route:
        return ""
    return f"{_words(folders[-1])}Controller.action{_words(action)}"


def _words(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _listed(expr: Expr | None) -> list[str]:
    values = expr.values if isinstance(expr, Items) else (expr,)
    return [part for value in values for part in (plain(value) or "").split(",") if part]


YII = Framework(name=NAME, languages=("PHP",), read=read, packages=("yiisoft/yii2",))
