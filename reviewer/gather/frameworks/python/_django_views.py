"""What Django's and Django REST framework's views say of themselves: methods, pages, guards, extra actions."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.python._django_permissions import asked_by_handler, gate_of, permission_of, taken
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import guards_of, methods_of, owner_of, written
from reviewer.gather.frameworks.python._regex_paths import regex_value
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Mapping, Name, Other, dotted, plain
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import View

MODULES = ("django", "rest_framework", "channels")
AROUND = (
    *("djoser", "dj_rest_auth", "rest_auth", "knox", "rest_framework_simplejwt", "rest_framework_nested"),
    *("rest_framework_extensions", "drf_spectacular", "drf_yasg", "django_filters", "graphene_django", "allauth"),
    *("guardian", "braces", "extra_views", "django_tables2", "bootstrap_modal_forms", "formtools"),
)
"""Libraries whose views a file may derive from without naming Django itself."""
MARKS = ("permission_classes", "http_method_names", "get_permissions")
"""What a view of the project's own base says that names no library at all."""
METHOD_DECORATORS = {
    "require_GET": ("GET",),
    "require_POST": ("POST",),
    "require_safe": ("GET",),
}
METHOD_LISTS = frozenset({"api_view", "require_http_methods", "action", "list_route", "detail_route"})
OWN_DECORATORS = frozenset(
    {
        *METHOD_DECORATORS,
        *METHOD_LISTS,
        "csrf_exempt",
        "schema",
        "extend_schema",
        "swagger_auto_schema",
        "renderer_classes",
    }
)
GUARD_FIELDS = frozenset({"permission_classes", "permission_required"})
GUARDING_BASES = ("LoginRequiredMixin", "PermissionRequiredMixin", "UserPassesTestMixin", "AccessMixin")
ACTIONS = frozenset(f"rest_framework.decorators.{name}" for name in ("action", "list_route", "detail_route"))
API_VIEW = "api_view"
HANDLER = "()"
"""Ends the name of a handler that only its permissions are said of."""
OPEN = "AllowAny"
"""What an empty list of permissions means."""
SETTINGS, DEFAULTS = "REST_FRAMEWORK", "DEFAULT_PERMISSION_CLASSES"
COMBINED = frozenset({"&", "|"})


def views_of(lookup: Lookup) -> Iterator[View]:
    """The views of a module that say anything: functions that take a request, and classes."""
    for function in lookup.module.functions:
        if function.owner == -1 and function.parent == -1 and (view := _function_view(lookup, function)):
            yield view
    for item in lookup.module.classes:
        yield from _class_views(lookup, item)
    for assignment in lookup.module.assignments:
        value = assignment.value
        if assignment.function == -1 and isinstance(value, Call) and value.last == "as_view":
            name = owner_of(value.name)[0]
            yield View(symbol=assignment.target, line=assignment.line, stands_for=name)


def has_views(lookup: Lookup) -> bool:
    """Whether a file may hold views."""
    module = lookup.module
    return module.imported(*MODULES, *AROUND) or any(mark in module.text for mark in MARKS)


def default_permissions(lookup: Lookup) -> Attribute | None:
    """The permissions of every view that names none, as Django REST framework's settings hold them."""
    for item in lookup.assignments.get(SETTINGS, ()):
        given = item.value.get(DEFAULTS) if isinstance(item.value, Mapping) else None
        if isinstance(given, Items):
            names = [(plain(value) or dotted(value)).rpartition(".")[2] for value in given.values]
            return Attribute(name=f"{SETTINGS}.{DEFAULTS}", value=(",".join(names or [OPEN]),), line=given.line)
    return None


def _function_view(lookup: Lookup, function: Function) -> View | None:
    takes_request = bool(function.parameters) and function.parameters[0].name in ("request", "req")
    declared = _declared(lookup, function)
    if declared is None and not takes_request:
        return None
    page = lookup.renders(function)
    return View(
        symbol=function.name,
        line=function.line,
        methods=declared or _asked(lookup, function, page),
        page=page,
        guards=guards_of(function.decorators, OWN_DECORATORS),
        api=any(dotted(getattr(item, "callee", item)).endswith(API_VIEW) for item in function.decorators),
    )


def _declared(lookup: Lookup, function: Function) -> tuple[str, ...] | None:
    """The methods that decorators name; ``@api_view`` without any means GET."""
    for decorator in function.decorators:
        name = dotted(getattr(decorator, "callee", decorator)).rpartition(".")[2]
        if name in METHOD_DECORATORS:
            return METHOD_DECORATORS[name]
        if name in METHOD_LISTS:
            given = _first(decorator) if isinstance(decorator, Call) else None
            return methods_of(lookup, given) or ("GET",)
    return None


def _first(call: Call) -> Expr | None:
    named = [
        call.keywords[name] for name in ("methods", "http_method_names", "request_method_list") if name in call.keywords
    ]
    return named[0] if named else next(iter(call.args), None)


def _asked(lookup: Lookup, function: Function, page: bool) -> tuple[str, ...]:
    """The methods that a view tells apart by comparing ``request.method``; GET besides where it renders a page."""
    found: list[str] = []
    for item in lookup.compares.get(function.index, ()):
        if dotted(item.left) in ("request.method", "req.method"):
            values = item.right.values if isinstance(item.right, Items) else (item.right,)
            found += [text.upper() for value in values if (text := plain(value))]
    if found and page:
        found = ["GET", *found]
    return tuple(dict.fromkeys(found))


def _class_views(lookup: Lookup, item: Class) -> Iterator[View]:
    fields = lookup.fields_of(item)
    guards = tuple(guard for name in GUARD_FIELDS for guard in _guards(fields.get(name)))
    guards += tuple(name for base in item.bases if (name := dotted(base).rpartition(".")[2]) in GUARDING_BASES)
    guards += guards_of(tuple(_method_decorators(item)), frozenset()) + gate_of(lookup, item)
    guards += permission_of(lookup, item)
    default, apart = asked_by_handler(lookup, item)
    guards += default
    takes = taken(lookup, item)
    methods = methods_of(lookup, fields.get("http_method_names")) or ()
    handlers = [method for method in lookup.methods_of(item) if method.name in ("get", "post", "dispatch")]
    page = any(lookup.renders(method) for method in handlers)
    if guards or methods or page or takes:
        yield View(symbol=item.name, line=item.line, methods=methods, page=page, guards=guards, takes=takes)
    for handler, asked in apart.items():
        yield View(symbol=f"{item.name}.{handler}{HANDLER}", line=item.line, guards=asked)
    for method in lookup.methods_of(item):
        for decorator in method.decorators:
            if isinstance(decorator, Call) and lookup.origin(decorator.name) in ACTIONS:
                yield _action(lookup, item, method, decorator)


def _method_decorators(item: Class) -> Iterator[Expr]:
    """What ``@method_decorator(login_required, name="dispatch")`` puts around a class."""
    for decorator in item.decorators:
        if isinstance(decorator, Call) and decorator.last == "method_decorator" and decorator.args:
            given = decorator.args[0]
            yield from given.values if isinstance(given, Items) else (given,)


def _guards(expr: Expr | None) -> list[str]:
    """The names of a list of permissions, those joined by ``&`` and ``|`` one by one."""
    if isinstance(expr, Items):
        return [guard for value in expr.values for guard in _guards(value)] or [OPEN]
    if isinstance(expr, Other) and expr.operator in COMBINED:
        return [guard for value in expr.operands for guard in _guards(value)]
    text = written(expr)
    return [text] if text else []


def _action(lookup: Lookup, item: Class, method: Function, decorator: Call) -> View:
    """An extra action of a view set, served below it at its ``url_path`` or name."""
    path = decorator.keywords.get("url_path")
    detail = decorator.keywords.get("detail")
    is_detail = written(detail) == "True" if detail is not None else decorator.last == "detail_route"
    given = decorator.keywords.get("methods") or next(iter(decorator.args), None)
    mapped = [
        verb.upper()
        for other in lookup.methods_of(item)
        for extra in other.decorators
        for head, last, verb in [(*owner_of(dotted(extra)), dotted(extra).rpartition(".")[2])]
        if head == f"{method.name}.mapping" and last == verb
    ]
    return View(
        symbol=f"{item.name}.{method.name}",
        line=method.line,
        methods=(methods_of(lookup, given) or ("GET",)) + tuple(mapped),
        path=regex_value(path) if path is not None and not isinstance(path, Name) else (method.name,),
        detail=is_detail,
        guards=tuple(_guards(decorator.keywords.get("permission_classes"))),
    )
