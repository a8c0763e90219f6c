"""Handlers and what is wrapped around them: who answers a route, which middleware stands before, is it a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.expressions import chain, truth
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Module, Name, Other, dotted, plain
from reviewer.model.facts.routing import View

ADAPTERS = frozenset(
    {
        *(
            "http.HandlerFunc",
            "gin.WrapF",
            "gin.WrapH",
            "echo.WrapHandler",
            "adaptor.HTTPHandlerFunc",
            "adaptor.HTTPHandler",
        ),
        *(
            "iris.FromStd",
            "http.TimeoutHandler",
            "http.MaxBytesHandler",
            "http.StripPrefix",
            "fasthttpadaptor.NewFastHTTPHandlerFunc",
        ),
        *(
            "Handler",
            "HandlerFunc",
            "otelhttp.NewHandler",
            "appHandler",
            "handler",
            "promhttp.InstrumentHandlerDuration",
        ),
    }
)
"""Calls that give a handler back under another type, or with something that keeps nobody out."""
WRAPPING = re.compile(
    r"auth|middleware|wrap|with|require|protect|guard|log|cors|limit|adapt|chain|then|use|secur|jwt|token|check|verify|"
    r"valid|recover|timeout|gzip|compress|cache|instrument|trace|metric|session|only|must|ensure|admin|method|handle|"
    r"handler|func|make|error|json|permission|role|rate|apply|before|after|decorat|mw\b|enable|header|content",
    re.IGNORECASE,
)
"""What functions that are given a handler and give one back have in their names."""
CONSTRUCTORS = re.compile(r"New[A-Z]\w*(?:Handler|Controller|Resource|API|Api|Server)s?")
HANDLING = re.compile(r"handler|next|mux|router|inner|http|^h\d?$|^f\d?$|fn", re.IGNORECASE)
"""Functions that make handlers, and what one that is given to another is called."""
NO_HANDLERS = re.compile(
    r"(?:^|\.)(?:db|\w*(?:DB|Db|Repo|Repository|Store|Service|Svc|Usecase|UseCase|Client|Config|Conf|Logger|Log|Env|Pool|"
    r"Cache|Secret|Key|Options|Opts|Session|Queries|Storage|Conn|Template|Templates|Tmpl)|"
    r"repo|store|service|svc|usecase|client|cfg|config|conf|logger|log|env|pool|cache|secret|key|opts|options|ctx|"
    r"conn|queries|storage|session|app|deps|tmpl|templates|validator|true|false|nil)$"
)
"""Arguments that handlers are made with; no handler is called so."""
LIBRARY_HANDLERS = re.compile(
    r"promhttp|pprof|[sS]wagger|FileServer|[rR]edoc|(?:^| )fs\d?(?: |$)|expvar|graphiql|playground\.|[sS]tatic|"
    r"http\.(?:NotFound|Redirect)Handler|monitor\.New|openapi|scalar",
)
"""Handlers that libraries bring: metrics, profiles, documentation, files."""
PAGES = frozenset({"HTML", "ExecuteTemplate", "Render", "ServeFile", "View", "HTMLBlob", "ViewData", "RenderTemplate"})
TYPED = frozenset({"Set", "Add", "Header", "Data", "Blob", "SetContentType", "SetHeader"})
"""Calls that are given the type of an answer."""
ANSWERS = frozenset(
    {
        "JSON",
        "IndentedJSON",
        "Encode",
        "JSONPretty",
        "AbortWithStatusJSON",
        "Marshal",
        "PureJSON",
        "ProtoBuf",
        "XML",
        "JSONP",
    }
)
TEMPLATES = re.compile(r"te?mpl|templ|view|page|layout|t$", re.IGNORECASE)
LOOKING = re.compile(r"verifier|load_?and_?save|session_?manager", re.IGNORECASE)
DEPTH_LIMIT = 8
PASSING_MOST = 5
"""Calls in a closure that does little more than to call the handler."""


@dataclass(frozen=True, slots=True)
class Handled:
    """A handler by name (``""`` for a closure, whose index is ``closure``), and the guards around it."""

    name: str
    closure: int = -1
    guards: tuple[str, ...] = ()


def handled(names: GoNames, expr: Expr | None, function: int) -> Handled:
    """What an argument that is a handler comes down to."""
    guards: list[str] = []
    for _ in range(DEPTH_LIMIT):
        if isinstance(expr, Lambda):
            return Handled(_passed_on(names, expr.function), expr.function, tuple(guards))
        if isinstance(expr, Name):
            value = names.look.value(expr, function)
            if isinstance(value, Lambda) or (isinstance(value, Call) and not value.new):
                expr = value
                continue
            return Handled(names.known(expr.dotted, function), -1, tuple(guards))
        if isinstance(expr, Call):
            inner = _wrapped(names, expr, function)
            if inner is None:
                return Handled(_made(names, expr, function), -1, tuple(guards))
            name = guard_name(expr)
            if name and name not in ADAPTERS:
                guards.extend((*_guards_of(expr, inner), *_made_by(names, expr, function)))
            expr = inner
            continue
        if isinstance(expr, Attribute):
            return Handled(expr.name, -1, tuple(guards))
        break
    return Handled("", -1, tuple(guards))


def _made_by(names: GoNames, call: Call, function: int) -> tuple[str, ...]:
    """What a wrapper in a variable came from: ``forWriters := require(admin, author)``."""
    if not isinstance(call.callee, Name) or "." in call.callee.dotted:
        return ()
    value = names.look.value(call.callee, function)
    name = guard_name(value) if isinstance(value, Call) and not value.new else ""
    return (name,) if name else ()


def _passed_on(names: GoNames, closure: int) -> str:
    """The function that a closure leaves the request to, if one: ``func(w, r) { api.List(w, r) }``."""
    given = [parameter.name for parameter in names.module.functions[closure].parameters]
    calls = names.calls_in.get(closure, ())
    if not given or len(calls) > PASSING_MOST:
        return ""
    found = [call for call in calls if set(given) <= {dotted(arg) for arg in call.args if isinstance(arg, Name)}]
    if len(found) != 1 or not isinstance(found[0].callee, Name) or found[0].name.partition(".")[0] in ("http", *given):
        return ""
    return "" if found[0].last in ("ServeHTTP", "next", "Next") else names.known(found[0].name, closure)


def _guards_of(call: Call, inner: Expr) -> list[str]:
    """The wrapper by name, and other middleware among its arguments (``chain(h, auth, log)``)."""
    found = [guard_name(call)]
    found += [guard_name(arg) for arg in call.args if arg is not inner]
    if isinstance(call.callee, Attribute) and isinstance(call.callee.value, Call):
        found += [guard_name(arg) for arg in call.callee.value.args]
    if isinstance(call.callee, Call):
        found += [guard_name(call.callee)]
    return [name for name in found if name]


def _wrapped(names: GoNames, call: Call, function: int) -> Expr | None:
    """The handler that a call is given to wrap, None where the call itself makes the handler."""
    name = call.name
    if call.new:
        return next((value for value in call.keywords.values() if isinstance(value, Lambda)), None)
    candidates = [arg for arg in call.args if _may_handle(arg)]
    if not candidates:
        return None
    closure = next((arg for arg in candidates if isinstance(arg, Lambda)), None)
    if closure is not None:
        return closure
    known = names.functions.get(names.known(name, function))
    if known is not None and known.parameters:
        takes = [p for p in known.parameters if "andler" in p.type or "func(" in p.type or "HandlerFunc" in p.type]
        if not takes:
            return None
        return candidates[-1]
    if _constructs(names, call, candidates, function):
        return None
    adapted = any(isinstance(arg, Call) and arg.name in ADAPTERS for arg in candidates)
    wraps = name in ADAPTERS or call.last in ADAPTERS or WRAPPING.search(call.last)
    if adapted or wraps or isinstance(call.callee, Call):
        return candidates[0] if len(candidates) == 1 else _likeliest(candidates)
    return None


def _constructs(names: GoNames, call: Call, given: list[Expr], function: int) -> bool:
    """``handlers.NewPetHandler(l)``: a struct that serves itself, made with what it needs and no other handler."""
    plain_names = all(isinstance(arg, Name) and "." not in arg.dotted for arg in given)
    return (
        plain_names
        and bool(CONSTRUCTORS.fullmatch(call.last))
        and not any(
            HANDLING.search(dotted(arg)) or names.known(dotted(arg), function) in names.functions for arg in given
        )
    )


def _likeliest(candidates: list[Expr]) -> Expr:
    """Of several the one that is not itself named like a middleware."""
    for item in (*candidates[-1:], *candidates):
        if not (isinstance(item, Name) and WRAPPING.search(item.dotted.rpartition(".")[2])):
            return item
    return candidates[-1]


def _may_handle(arg: Expr) -> bool:
    if isinstance(arg, Lambda):
        return True
    if isinstance(arg, Call):
        return not arg.new or bool(arg.keywords) or not arg.args
    return isinstance(arg, Name) and not NO_HANDLERS.search(arg.dotted) and not arg.dotted.rpartition(".")[2].isupper()


def _made(names: GoNames, call: Call, function: int) -> str:
    """The function that makes a handler, or the type whose ``ServeHTTP`` answers."""
    if call.new:
        return f"{dotted(call.callee)}.ServeHTTP"
    if isinstance(call.callee, Name):
        return names.known(call.callee.dotted, function)
    parts = chain(call)
    return parts[-1] if parts else ""


def guard_name(expr: Expr | None) -> str:
    """A middleware by name, called or not; one that is told ``false`` lets everybody through.

    So does one that only looks for a token and leaves it to another to refuse (``jwtauth.Verifier``).
    """
    if isinstance(expr, Call):
        if len(expr.args) == 1 and truth(expr.args[0]) is False:
            return ""
        if isinstance(expr.callee, (Name, Attribute)):
            given = [dotted(arg) for arg in expr.args if isinstance(arg, Name)]
            name = expr.name.lstrip(".")
            if LOOKING.search(name):
                return ""
            inner = next((item for item in given if WRAPPING.search(item) and "." in item), "")
            return f"{name}({inner})" if inner and name.rpartition(".")[2] in ("Use", "With", "Then", "Wrap") else name
        return ""
    if isinstance(expr, Name):
        return "" if LOOKING.search(expr.dotted) else expr.dotted
    return ""


def guards_among(names: GoNames, args: tuple[Expr, ...], function: int) -> tuple[str, ...]:
    """The middlewares among arguments, by name; a list spread out gives what is in it."""
    found: list[str] = []
    for arg in args:
        inner = names.rows(arg, function) if isinstance(arg, (Name, Items)) else ()
        found.extend(guard_name(item) for item in (inner or (arg,)))
    return tuple(dict.fromkeys(names.known(name, function) for name in found if name))


def page_functions(module: Module) -> dict[int, bool]:
    """For each function that answers with a page or with data: whether it is a page."""
    found: dict[int, bool] = {}
    for call in module.calls:
        if call.last in ANSWERS:
            found[call.function] = False
        elif call.last in PAGES or (call.last == "Execute" and _is_template(call)) or _says_html(call):
            found.setdefault(call.function, True)
    return found


def _says_html(call: Call) -> bool:
    """``w.Header().Set("Content-Type", "text/html")``, and what sends data of that type."""
    if call.last not in TYPED:
        return False
    return any((plain(arg) or "").lower().startswith("text/html") for arg in call.args[:3])


def _is_template(call: Call) -> bool:
    receiver = call.name.rpartition(".")[0].rpartition(".")[2]
    return (len(call.args) == 2 and bool(TEMPLATES.search(receiver))) or call.name.startswith(".Execute")


def page_views(module: Module, pages: dict[int, bool]) -> list[View]:
    """Handlers that answer with a page, for the files that route to them."""
    return [
        View(symbol=item.qualname, line=item.line, page=True)
        for item in module.functions
        if pages.get(item.index) and item.parameters and "<lambda>" not in item.qualname
    ]


def result_of(expr: Expr) -> Expr:
    """What an assertion of a type is made on."""
    return expr.operands[0] if isinstance(expr, Other) and expr.kind == "type_assertion" and expr.operands else expr
