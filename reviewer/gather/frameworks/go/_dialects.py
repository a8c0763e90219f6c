"""How the routers of Go are called: one table for each framework that declares its routes by calls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reviewer.gather.look import words

HTTP = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"})
UPPER = {name: name for name in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")}
CAPITAL = {name.capitalize(): name for name in UPPER}
VERSION = re.compile(r"/v\d{1,4}(?=/|$)|\.v\d{1,4}$")


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """One framework.

    ``modules`` are the packages it is imported by, without their version. ``makers`` are the functions that make an
    application or router, ``types`` the types of both. ``verbs`` are the methods that declare a route for one HTTP
    method, ``any`` those for all of them, ``with_method`` those that are given the method first, ``with_methods``
    those that are given a list of them first. ``groups`` give a router below a path, ``closures`` hand one to a
    function, ``mounts`` serve another router below a path, ``uses`` add middleware, ``same`` give the router back.
    ``handler_first`` says that the handler follows the path, with the middleware behind it.
    """

    name: str
    modules: tuple[str, ...]
    makers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    verbs: dict[str, str] = field(default_factory=dict)
    any: frozenset[str] = frozenset()
    with_method: frozenset[str] = frozenset()
    with_methods: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    closures: frozenset[str] = frozenset()
    mounts: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset({"Use"})
    same: frozenset[str] = frozenset()
    handler_first: bool = False
    chained: bool = False
    """Whether methods and paths are given by calls on the route (gorilla/mux)."""
    shared_closures: bool = False
    """Whether the function of a group declares its routes on the router around it (Macaron, Flamego)."""
    with_tables: frozenset[str] = frozenset()
    """Methods that are given a list of routes."""
    resources: frozenset[str] = frozenset()
    """Methods that declare the seven routes of a resource."""
    combos: frozenset[str] = frozenset()
    """Methods that give a path for several methods, whose calls are given the handler alone (Macaron)."""
    default_package: bool = False
    """Whether the package itself is a router (``http.HandleFunc``, ``beego.Router``)."""


GIN_TYPES = words("Engine RouterGroup IRouter IRoutes Router")
DIALECTS = (
    Dialect(
        name="Gin",
        modules=("github.com/gin-gonic/gin", "gopkg.in/gin-gonic/gin"),
        makers=words("Default New"),
        types=GIN_TYPES,
        verbs=UPPER,
        any=words("Any"),
        with_method=words("Handle"),
        with_methods=words("Match"),
        groups=words("Group"),
    ),
    Dialect(
        name="Echo",
        modules=("github.com/labstack/echo",),
        makers=words("New"),
        types=words("Echo Group Router"),
        verbs=UPPER,
        any=words("Any"),
        with_method=words("Add"),
        with_methods=words("Match"),
        groups=words("Group"),
        uses=words("Use Pre"),
        handler_first=True,
    ),
    Dialect(
        name="Fiber",
        modules=("github.com/gofiber/fiber",),
        makers=words("New"),
        types=words("App Router Group"),
        verbs=CAPITAL,
        any=words("All"),
        with_method=words("Add"),
        groups=words("Group"),
        closures=words("Route"),
        mounts=words("Mount Use"),
    ),
    Dialect(
        name="chi",
        modules=("github.com/go-chi/chi", "github.com/pressly/chi"),
        makers=words("NewRouter NewMux"),
        types=words("Router Mux Routes"),
        verbs=CAPITAL,
        any=words("Handle HandleFunc"),
        with_method=words("Method MethodFunc"),
        groups=words("With"),
        closures=words("Route Group"),
        mounts=words("Mount Handle"),
    ),
    Dialect(
        name="gorilla/mux",
        modules=("github.com/gorilla/mux",),
        makers=words("NewRouter"),
        types=words("Router Route"),
        any=words("HandleFunc Handle"),
        groups=words("PathPrefix Path Subrouter NewRoute Methods Host Schemes Headers StrictSlash UseEncodedPath Name"),
        mounts=words("Handle Handler"),
        chained=True,
    ),
    Dialect(
        name="httprouter",
        modules=("github.com/julienschmidt/httprouter", "github.com/dimfeld/httptreemux", "github.com/fasthttp/router"),
        makers=words("New NewContextMux"),
        types=words("Router TreeMux ContextMux Group ContextGroup"),
        verbs=UPPER,
        any=words("ANY"),
        with_method=words("Handle Handler HandlerFunc"),
        groups=words("Group NewGroup NewContextGroup"),
    ),
    Dialect(
        name="Beego",
        modules=("github.com/astaxie/beego", "github.com/beego/beego", "github.com/beego/beego/server/web"),
        verbs={**CAPITAL, "CtrlGet": "GET", "CtrlPost": "POST", "CtrlPut": "PUT", "CtrlDelete": "DELETE"},
        any=words("Any Handler CtrlAny"),
        uses=frozenset(),
        default_package=True,
    ),
    Dialect(
        name="Iris",
        modules=("github.com/kataras/iris", "gopkg.in/kataras/iris"),
        makers=words("New Default"),
        types=words("Application Party"),
        verbs=CAPITAL,
        any=words("Any"),
        with_method=words("Handle"),
        groups=words("Party"),
        closures=words("PartyFunc"),
        uses=words("Use UseRouter UseGlobal Done"),
    ),
    Dialect(
        name="Buffalo",
        modules=("github.com/gobuffalo/buffalo",),
        makers=words("New"),
        types=words("App"),
        verbs=UPPER,
        any=words("ANY"),
        groups=words("Group"),
        mounts=words("Mount"),
        resources=words("Resource"),
    ),
    Dialect(
        name="Hertz",
        modules=(
            "github.com/cloudwego/hertz",
            "github.com/cloudwego/hertz/pkg/app/server",
            "github.com/cloudwego/hertz/pkg/route",
        ),
        makers=words("Default New"),
        types=words("Hertz Engine RouterGroup IRouter IRoutes"),
        verbs=UPPER,
        any=words("Any"),
        with_method=words("Handle"),
        groups=words("Group"),
    ),
    Dialect(
        name="Macaron",
        modules=("gopkg.in/macaron", "github.com/go-macaron/macaron"),
        makers=words("Classic New NewWithLogger"),
        types=words("Macaron Router"),
        verbs=CAPITAL,
        any=words("Any"),
        groups=words("Combo"),
        combos=words("Combo"),
        closures=words("Group"),
        shared_closures=True,
    ),
    Dialect(
        name="Flamego",
        modules=("github.com/flamego/flamego",),
        makers=words("Classic New"),
        types=words("Flame Router"),
        verbs=CAPITAL,
        any=words("Any"),
        groups=words("Combo"),
        combos=words("Combo"),
        closures=words("Group"),
        shared_closures=True,
    ),
    Dialect(
        name="Martini",
        modules=("github.com/go-martini/martini", "github.com/codegangsta/martini"),
        makers=words("Classic New NewRouter"),
        types=words("ClassicMartini Martini Router"),
        verbs=CAPITAL,
        any=words("Any"),
        closures=words("Group"),
    ),
    Dialect(
        name="bunrouter",
        modules=("github.com/uptrace/bunrouter",),
        makers=words("New"),
        types=words("Router Group CompatRouter CompatGroup VerboseRouter"),
        verbs=UPPER,
        with_method=words("Handle"),
        groups=words("NewGroup Compat Verbose"),
        closures=words("WithGroup"),
    ),
    Dialect(
        name="Goji",
        modules=("goji.io", "github.com/zenazn/goji", "github.com/zenazn/goji/web"),
        makers=words("New NewMux SubMux"),
        types=words("Mux"),
        verbs=CAPITAL,
        any=words("Handle Mount"),
        mounts=words("Mount"),
        default_package=True,
    ),
    Dialect(
        name="go-zero",
        modules=("github.com/zeromicro/go-zero/rest", "github.com/tal-tech/go-zero/rest"),
        makers=words("MustNewServer NewServer"),
        types=words("Server"),
        with_tables=words("AddRoutes AddRoute"),
    ),
    Dialect(
        name="Kratos",
        modules=("github.com/go-kratos/kratos/transport/http",),
        makers=words("NewServer"),
        types=words("Server Router"),
        verbs=UPPER,
        any=words("HandleFunc Handle"),
        groups=words("Route"),
        mounts=words("HandlePrefix"),
    ),
    Dialect(
        name="gRPC",
        modules=("github.com/grpc-ecosystem/grpc-gateway/runtime",),
        makers=words("NewServeMux"),
        types=words("ServeMux"),
        with_method=words("HandlePath"),
    ),
    Dialect(
        name="net/http",
        modules=("net/http",),
        makers=words("NewServeMux"),
        types=words("ServeMux"),
        any=words("HandleFunc Handle"),
        mounts=words("Handle"),
        uses=frozenset(),
        default_package=True,
    ),
)
GENERIC = Dialect(
    name="",
    modules=(),
    verbs={**UPPER, **CAPITAL},
    any=words("Handle HandleFunc Any All"),
    with_method=words("Handle HandleFunc Add AddRoute Method MethodFunc"),
    groups=words("Group Party NewGroup PathPrefix"),
    closures=words("Route"),
    mounts=words("Mount"),
    chained=True,
)
"""A router of a framework that the file does not import: another file made it, or it is the project's own type."""
DIALECT_OF = {module: dialect for dialect in DIALECTS for module in dialect.modules}
BY_NAME = {dialect.name: dialect for dialect in DIALECTS}


def bare_module(module: str) -> str:
    """The path of a package without its version."""
    return VERSION.sub("", module)
