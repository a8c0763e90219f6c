"""Actions: the methods of controllers, with the routes that they declare or leave to conventions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from reviewer.gather.frameworks.dotnet._attributes import (
    ASPNET,
    METHODS,
    PREFIXES,
    ROUTE,
    find,
    guards_of,
    last_name,
    methods_of,
    template_in,
    template_of,
    text_start,
    versions_of,
)
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Class, Expr, Function, Module, Other, Return, plain
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Value

ACTIONS = ".#actions"
ABSOLUTE = ".#absolute"
CONVENTIONAL = ".#conventional"
SUFFIX = "Controller"
FRAMEWORK_BASES = words("Controller ControllerBase ODataController")
OLD_BASES = FRAMEWORK_BASES | {"ApiController"}
"""Bases of Web API 2; with ASP.NET Core a class called ``ApiController`` is one of the project's own."""
PAGES = words("View PartialView Page ViewComponent")
REDIRECTS = words("RedirectToAction RedirectToRoute RedirectToPage Redirect LocalRedirect RedirectToActionPermanent")
INNER_REDIRECTS = words(
    "RedirectToAction RedirectToRoute RedirectToPage RedirectToActionPermanent ChallengeResult Challenge SignOut"
)
"""Answers that lead to another action: nobody but a browser is meant."""

DATA = words("Json JsonResult Ok OkObjectResult")
"""Answers that a script asked for: an action with one of them does more than render."""
FAILURES = words(
    "BadRequest NotFound Unauthorized Forbid HttpNotFound HttpStatusCodeResult StatusCode HttpUnauthorizedResult"
)
NOTES = words("Content")
"""What is said in place of leading on."""
CHOICES = frozenset({"conditional_expression", "switch_expression"})
RETURNS_MOST = 60
NOT_ACTIONS = words(
    "Dispose DisposeAsync OnActionExecuting OnActionExecuted OnActionExecutionAsync OnException Initialize Equals"
    " GetHashCode ToString Finalize OnResultExecuting OnResultExecuted OnAuthorization Execute BeginExecute"
)
RESULTS = re.compile(r"Result|Response|\bstring\b|\bvoid\b|\bTask\Z|Json")
"""What actions return; other public methods of an MVC controller are helpers that nobody hid."""
WEB_API_VERBS = re.compile(r"(Get|Post|Put|Delete|Patch|Head|Options)(?![a-z])")
VERB_NAME = re.compile(r"(?:Get|Post|Put|Delete|Patch|Index)(?:Async)?\Z")


@dataclass(frozen=True, slots=True)
class ControllerFile:
    """A file with controllers, while it is read."""

    module: Module
    kept: Kept
    framework: str
    web_api: bool
    """Whether it is Web API 2, whose methods say their verb by their name."""
    returns: dict[int, list[Return]]


def is_routed(method: Function) -> bool:
    """Whether a method declares a verb or a route itself."""
    names = {last_name(item) for item in method.decorators}
    return not names.isdisjoint({*METHODS, ROUTE, "AcceptVerbs"}) and "NonAction" not in names


def is_action(method: Function, web_api: bool) -> bool:
    """Whether a public method without attributes is an action, going by what it returns and what it is called."""
    names = {last_name(item) for item in method.decorators}
    return (
        (bool(RESULTS.search(method.returns[:200])) if not web_api else bool(method.returns))
        and method.name not in NOT_ACTIONS
        and names.isdisjoint({"NonAction", "ChildActionOnly"})
        and "override" not in method.modifiers
    )


def has_template(method: Function) -> bool:
    """Whether a method gives a template of its own."""
    return any(path is not None for _, path, _ in methods_of(method.decorators)) or any(find(method.decorators, ROUTE))


def is_meant(owner: Class, method: Function, own_route: bool) -> bool:
    """Whether a method without attributes in a class with a route is an action, not a helper that nobody hid."""
    if not own_route or VERB_NAME.match(method.name):
        return True
    templates = (template_of(item) for name in PREFIXES for item in find(owner.decorators, name))
    return any("[action]" in (plain(item) or "").lower() for item in templates)


def attributed(file: ControllerFile, owner: Class, method: Function) -> Iterator[Route]:
    """The routes of an action by its attributes: each template with each method."""
    verbs = list(methods_of(method.decorators))
    routes = [(template_of(item), item) for item in find(method.decorators, ROUTE)]
    with_template = [(methods, path, item) for methods, path, item in verbs if path is not None]
    without = tuple(dict.fromkeys(name for methods, path, _ in verbs if path is None for name in methods))
    for methods, path, item in with_template:
        yield _route(file, owner, method, methods, path, item)
    for given, item in routes:
        methods = without or tuple(dict.fromkeys(name for found, _, _ in verbs for name in found))
        yield _route(file, owner, method, methods or _by_name(file, method), given, item)
    if without and not routes:
        yield _route(file, owner, method, without, None, method.decorators[0])


def _by_name(file: ControllerFile, method: Function) -> tuple[str, ...]:
    """Web API 2 takes the verb from the name; all others answer to any."""
    found = WEB_API_VERBS.match(method.name) if file.web_api else None
    if found:
        return (found[1].upper(),)
    return ("POST",) if file.web_api else ("ANY",)


def _route(
    file: ControllerFile, owner: Class, method: Function, methods: tuple[str, ...], path: Expr | None, item: Expr
) -> Route:
    value = _filled(template_in(path, owner), owner, method)
    router = owner.name + ACTIONS
    versions = versions_of(method.decorators, "MapToApiVersion")
    if text_start(value).startswith(("/", "~/")):
        value = (text_start(value).removeprefix("~"), *value[1:])
        router = owner.name + ABSOLUTE
    elif versions:
        router = f"{router}@{versions[0]}"
    return Route(
        router=router,
        framework=file.framework,
        methods=methods,
        path=value,
        line=item.line,
        end_line=method.end_line,
        handler=f"{owner.name}.{method.name}",
        page=_is_page(file, method),
        guards=guards_of(method.decorators),
        name=next((name for item in method.decorators if (name := _name_of(item))), ""),
    )


def _name_of(item: Expr) -> str:
    return plain(item.keywords.get("Name")) or "" if isinstance(item, Call) else ""


def _filled(value: Value, owner: Class, method: Function) -> Value:
    """The tokens that a class and its method stand for in their own templates."""
    names = {"[action]": action_name(method), "[controller]": controller_name(owner.name)}
    found = []
    for part in value:
        for token, name in names.items():
            part = part.replace(token, name) if isinstance(part, str) else part
        found.append(part)
    return tuple(found)


def controller_name(name: str) -> str:
    """``Users`` of ``UsersController``; a nested class goes by its own name."""
    own = name.rpartition(".")[2]
    return own.removesuffix(SUFFIX) or own


def action_name(method: Function) -> str:
    """What an action is called in routes: ``[ActionName]``, or its name without ``Async``."""
    given = next((plain(template_of(item)) for item in find(method.decorators, "ActionName")), None)
    return given or method.name.removesuffix("Async")


def untold(file: ControllerFile, owner: Class, method: Function, bases: list[str]) -> Iterator[Route]:
    """An action with a verb alone, in a class without a route: conventions place it, or the route of a base.

    A prefix is no route: it stands before the templates of the actions alone.
    """
    route = unattributed(file, owner, method, False)
    yield route
    outside = OLD_BASES if file.framework == ASPNET else FRAMEWORK_BASES
    if any(base.rpartition(".")[2] not in outside for base in bases):
        yield msgspec.structs.replace(route, router=owner.name + ACTIONS)


def unattributed(file: ControllerFile, owner: Class, method: Function, routed: bool) -> Route:
    """An action without a route of its own: at the controller's, or where conventions put it."""
    names = ",".join(item.name for item in method.parameters)
    return Route(
        router=owner.name + (ACTIONS if routed and not file.web_api else CONVENTIONAL),
        framework=file.framework,
        methods=("ANY",) if routed and not file.web_api else (),
        path=(),
        line=method.line,
        end_line=method.end_line,
        handler=f"{owner.name}.{method.name}",
        page=_is_page(file, method),
        guards=guards_of(method.decorators),
        name="" if routed and not file.web_api else convention_of(file.web_api, action_name(method), names, method),
    )


def convention_of(web_api: bool, action: str, parameters: str, method: Function) -> str:
    """All that the conventions need to know of an action, in the place of a route's name."""
    verbs = ",".join(name for methods, _, _ in methods_of(method.decorators) for name in methods)
    if not verbs and web_api:
        found = WEB_API_VERBS.match(method.name)
        verbs = found[1].upper() if found else "POST"
    return "|".join(("api" if web_api else "mvc", action, parameters, verbs))


def _is_page(file: ControllerFile, method: Function) -> bool:
    """Whether an action answers with nothing but a view, or only leads to one (or says that it cannot)."""
    values = [item.value for item in file.returns.get(method.index, ())]
    for value in values[:RETURNS_MOST]:
        if isinstance(value, Other) and value.kind in CHOICES:
            values += value.operands
    names = {value.last for value in values if isinstance(value, Call)}
    leads = names - FAILURES
    leads -= NOTES if leads & INNER_REDIRECTS else frozenset()
    if names & DATA:
        return False
    return bool(names & PAGES) or (bool(leads) and (names <= REDIRECTS or leads <= INNER_REDIRECTS))
