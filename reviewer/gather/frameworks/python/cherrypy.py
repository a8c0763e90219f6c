"""CherryPy: trees of objects with exposed methods, the method dispatcher, and the routes dispatcher."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import (
    SERVED_METHODS,
    argument,
    guards_of,
    methods_of,
    owner_of,
    written,
)
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import (
    Assignment,
    Call,
    Class,
    Expr,
    Function,
    Mapping,
    Module,
    Name,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

NAME = "CherryPy"
TREE = "cherrypy.tree"
MOUNTING = {"cherrypy.tree.mount": 1, "cherrypy.tree.graft": 1, "cherrypy.quickstart": 1, "cherrypy.Application": 1}
"""Calls that serve an object, by the position of the path they serve it at."""
EXPOSING = frozenset({"cherrypy.expose", "cherrypy.tools.expose"})
OWN_DECORATORS = frozenset({"expose", "json_out", "json_in", "popargs", "allow", "config", "gzip", "accept"})
IDENTIFIER = re.compile(r"^(?:\w+_)?(?:id|pk|key|slug|uuid|name|code|number)$", re.IGNORECASE)
"""Parameters of a method handler that stand in the path rather than in the query or body."""
COLON = re.compile(r"(?<=/):\(?(\w+)\)?")
"""A parameter of the routes dispatcher in its old spelling: ``:id``, ``:(id)``."""
DISPATCH_HOOK = "_cp_dispatch"


@dataclass(slots=True)
class _File:
    lookup: Lookup
    kept: Kept


def read(module: Module, kept: Kept) -> None:
    """The exposed classes of one file, and where they and others are mounted."""
    exposed_field = any(item.owner != -1 and item.target == "exposed" for item in module.assignments)
    if not exposed_field and not module.imported("cherrypy"):
        return
    file = _File(Lookup(module), Kept())
    for item in module.classes:
        _class(file, item)
    for assignment in module.assignments:
        _attribute(file, assignment)
    for call in module.calls:
        _called(file, call)
    routers = {router.symbol for router in file.kept.routers}
    served = routers | {mount.child for mount in file.kept.mounts if mount.parent == TREE}
    kept.mounts += [mount for mount in file.kept.mounts if mount.parent in served or mount.child in routers]
    kept.routers += file.kept.routers
    kept.routes += file.kept.routes


def _class(file: _File, item: Class) -> None:
    methods = list(file.lookup.methods_of(item))
    by_method = _is_exposed(file, item)
    shown = [method for method in methods if _is_method_exposed(file, item, method)]
    if not by_method and not shown:
        return
    popped = _popped(item)
    file.kept.routers.append(Router(symbol=item.name, framework=NAME, line=item.line, prefix=popped))
    for method in methods:
        if by_method and method.name in SERVED_METHODS:
            for path in _method_paths(method):
                _route(file, item, method, (method.name,), (path,))
        elif method.name == DISPATCH_HOOK:
            _route(file, item, method, ("ANY",), ("{vpath}",), implicit=True)
        elif method in shown:
            _route(file, item, method, _allowed(file, method), _page_path(method))


def _is_exposed(file: _File, item: Class) -> bool:
    """Whether the class itself is exposed, so that its methods are named after those of HTTP."""
    return written(file.lookup.fields_of(item).get("exposed")) == "True" or _exposes(file, item.decorators)


def _is_method_exposed(file: _File, item: Class, method: Function) -> bool:
    return f"{method.name}.exposed" in file.lookup.fields_of(item) or _exposes(file, method.decorators)


def _exposes(file: _File, decorators: tuple[Expr, ...]) -> bool:
    names = (dotted(getattr(decorator, "callee", decorator)) for decorator in decorators)
    return any(file.lookup.origin(name) in EXPOSING for name in names)


def _popped(item: Class) -> Value:
    """The path parameters that ``@cherrypy.popargs("name")`` takes off before the class."""
    return tuple(
        f"/{{{name}}}"
        for decorator in item.decorators
        if isinstance(decorator, Call) and decorator.last == "popargs"
        for given in decorator.args
        if (name := plain(given))
    )


def _method_paths(method: Function) -> list[str]:
    """Where a method of the method dispatcher answers: with its leading identifiers in the path, and without."""
    leading = []
    for parameter in method.parameters[1:]:
        if method.name == "POST" or not IDENTIFIER.match(parameter.name):
            break
        leading.append(parameter)
    required = [parameter for parameter in leading if parameter.default is None]
    paths = ["/".join(f"{{{parameter.name}}}" for parameter in leading)]
    return paths if len(required) == len(leading) else ["/".join(f"{{{item.name}}}" for item in required), *paths]


def _page_path(method: Function) -> Value:
    if method.name == "index":
        return ()
    if method.name == "default":
        named = [parameter.name for parameter in method.parameters[1:]]
        return (f"/{{{named[0] if named else 'path'}}}",)
    return (f"/{method.name}",)


def _allowed(file: _File, method: Function) -> tuple[str, ...]:
    """The methods that ``@cherrypy.tools.allow(methods=[...])`` lets through; none declared is any."""
    for decorator in method.decorators:
        if isinstance(decorator, Call) and decorator.last == "allow":
            return methods_of(file.lookup, argument(decorator, 0, "methods")) or ("ANY",)
    return ("ANY",)


def _route(
    file: _File, item: Class, method: Function, methods: tuple[str, ...], path: Value, implicit: bool = False
) -> None:
    file.kept.routes.append(
        Route(
            router=item.name,
            framework=NAME,
            methods=methods,
            path=path,
            line=method.line,
            end_line=method.end_line,
            handler=method.qualname,
            page=file.lookup.renders(method) or file.lookup.says_markup(method) or _opens_page(file, method),
            guards=guards_of(item.decorators + method.decorators, OWN_DECORATORS),
            implicit=implicit,
        )
    )


def _opens_page(file: _File, method: Function) -> bool:
    """Whether a handler reads the file of a page to answer with: ``open("templates/create.html")``."""
    return any(
        call.name == "open" and call.args and (plain(call.args[0]) or "").endswith((".html", ".htm"))
        for call in file.lookup.module.calls
        if call.function == method.index
    )


def _attribute(file: _File, item: Assignment) -> None:
    """``users = Users()`` in a class, ``self.users = Users()``, ``root.users = Users()``: children in the tree."""
    if isinstance(item.value, Call) and file.lookup.origin(item.value.name).endswith("RoutesDispatcher"):
        file.kept.routers.append(Router(symbol=item.target, framework=NAME, line=item.line))
        return
    child = _class_of(file, item.value, item.function)
    if not child or not isinstance(item.value, Call):
        return
    head, name = owner_of(item.target)
    if item.owner != -1 and (item.function == -1 or head == "self"):
        parent = file.lookup.module.classes[item.owner].name
    elif head:
        parent = _class_of(file, Name(dotted=head, line=item.line), item.function)
    else:
        return
    if parent and (parent in file.lookup.classes or parent in file.lookup.imported_names):
        _mount(file, parent, child, (f"/{'' if name == 'index' else name}",), item.line)


def _class_of(file: _File, expr: Expr | None, function: int) -> str:
    """The class whose object an expression or a variable is; names begin with a capital or are known as classes."""
    if isinstance(expr, Name):
        value = file.lookup.value(expr.dotted, function)
        return _class_of(file, value, function) if isinstance(value, Call) else expr.dotted
    if not isinstance(expr, Call):
        return ""
    last = expr.last
    return expr.name if last[:1].isupper() or last in file.lookup.classes or "." in expr.name else ""


def _mount(file: _File, parent: str, child: str, prefix: Value, line: int) -> None:
    file.kept.mounts.append(Mount(parent=parent, child=child, framework=NAME, line=line, prefix=prefix))


def _called(file: _File, call: Call) -> None:
    name = file.lookup.origin(call.name)
    if name in MOUNTING:
        served = argument(call, 0, "root")
        child = _class_of(file, served, call.function)
        if not child:
            return
        if not any(router.symbol == TREE for router in file.kept.routers):
            file.kept.routers.append(Router(symbol=TREE, framework=NAME, line=call.line, root=True))
        prefix = argument(call, MOUNTING[name], "script_name")
        _mount(file, TREE, child, value_of(prefix) if isinstance(prefix, Name | Text) else (), call.line)
    elif call.last == "connect" and "controller" in call.keywords:
        _connected(file, call)


def _connected(file: _File, call: Call) -> None:
    """``dispatcher.connect(name, "/users/{id}", controller=Users(), action="show", conditions={"method": [...]})``."""
    conditions = call.keywords.get("conditions")
    listed = conditions.get("method") if isinstance(conditions, Mapping) else None
    if isinstance(conditions, Call):
        listed = conditions.keywords.get("method")
    owner = _class_of(file, call.keywords["controller"], call.function)
    action = plain(call.keywords.get("action")) or "index"
    file.kept.routes.append(
        Route(
            router=owner_of(call.name)[0],
            framework=NAME,
            methods=methods_of(file.lookup, listed) or ("ANY",),
            path=tuple(
                COLON.sub(r"{\1}", part) if isinstance(part, str) else part
                for part in value_of(argument(call, 1, "route"))
            ),
            line=call.line,
            end_line=call.end_line,
            handler=f"{owner}.{action}" if owner else action,
        )
    )


CHERRYPY = Framework(name=NAME, languages=("Python",), read=read, packages=("cherrypy",))
