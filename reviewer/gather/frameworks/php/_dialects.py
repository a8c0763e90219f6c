"""Which of the routers of PHP a file declares its routes on."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.php._applications import Dialect
from reviewer.gather.frameworks.php._cake_routes import cake_paths, declare_resources, scope_of
from reviewer.gather.frameworks.php._paths import flight_paths, other_paths, slim_paths
from reviewer.gather.frameworks.php._silex import find_collections, mounted
from reviewer.gather.look import words
from reviewer.gather.syntax import Module

SLIM = Dialect(
    name="Slim",
    paths=slim_paths,
    makers=words("App Slim create createFromContainer"),
    types=words("App RouteCollectorProxy RouteCollectorProxyInterface Slim Group RouteGroup RouteCollectorInterface"),
    receivers=words("app group router slim api g route routes r proxy v1"),
    mapping=frozenset({"map"}),
)
LUMEN = Dialect(
    name="Lumen",
    paths=slim_paths,
    makers=words("Application"),
    types=words("Router Application"),
    receivers=words("app router api app.router"),
    mapping=frozenset({"addRoute"}),
    rooted=False,
)
FLIGHT = Dialect(
    name="Flight",
    paths=flight_paths,
    makers=words("Engine app"),
    types=words("Router Engine"),
    receivers=words("app router"),
    mapping=words("route map"),
    static="Flight",
)
FAST_ROUTE = Dialect(
    name="FastRoute",
    paths=slim_paths,
    makers=words("RouteCollector"),
    types=words("RouteCollector ConfigureRoutes"),
    receivers=words("r router route routes collector app"),
    mapping=words("addRoute"),
    grouping=words("addGroup"),
)
SILEX = Dialect(
    name="Silex",
    paths=other_paths,
    makers=words("Application"),
    types=words("Application ControllerCollection"),
    receivers=words("app controllers"),
    mapping=words("match"),
    grouping=words("mount"),
    rooted=False,
    finding=find_collections,
    mounted=mounted,
)
CODEIGNITER = Dialect(
    name="CodeIgniter",
    paths=other_paths,
    makers=words("routes"),
    types=words("RouteCollection"),
    receivers=words("routes"),
    mapping=words("match add"),
    rooted=False,
)
CAKE = Dialect(
    name="CakePHP",
    paths=cake_paths,
    makers=frozenset(),
    types=words("RouteBuilder"),
    receivers=words("routes builder route r"),
    mapping=words("connect"),
    grouping=words("scope prefix plugin"),
    guarding=words("applyMiddleware"),
    static="Router",
    own={"resources": declare_resources},
    prefix_of=scope_of,
)
OTHER = Dialect(
    name="PHP",
    paths=other_paths,
    makers=words("Router AltoRouter Klein RouteCollector Route Routing Application App Router\\Router"),
    types=words("Router RouteCollector App Application Route RouterInterface Klein AltoRouter"),
    receivers=words("router app route routes r klein api Router Route SimpleRouter Routes group"),
    mapping=words("map match add addRoute respond route register addroute"),
    grouping=words("group mount with addGroup prefix"),
    guarding=words("add addMiddleware middleware before only withMiddleware guard protect"),
    home_made=True,
)
DIALECTS = (LUMEN, FLIGHT, FAST_ROUTE, SILEX, SLIM, OTHER)

DECLARING_CALLS = words(
    "get post put patch delete any map group route addRoute addGroup match mount options add respond all register"
    " addroute connect resources scope GET POST PUT PATCH DELETE"
)
MAKING = words("setBasePath App Slim createFromContainer")
SILEX_APP = "Silex.Application"
SERVICE = re.compile(
    r"\$app->(?:get|post|put|patch|delete|match)\(\s{0,20}['\"][^'\"\n]{0,200}['\"]\s{0,5},\s{0,20}"
    r"['\"][a-z_]\w{0,60}(?:\.\w{1,60}){1,6}:\w{1,60}['\"]"
)
"""Handlers that are services of Silex: ``'books.controller:show'``."""
MARKS = (
    (LUMEN, re.compile(r"Laravel\\Lumen|\bLumen\b")),
    (FLIGHT, re.compile(r"\bFlight::|\bflight\\")),
    (FAST_ROUTE, re.compile(r"\bFastRoute\\")),
    (CAKE, re.compile(r"\bCake\\Routing\\")),
    (CODEIGNITER, re.compile(r"\bCodeIgniter\\Router|Services::routes\(|\bCodeIgniter\b[\s\S]{0,2000}\$routes->")),
    (SILEX, re.compile(r"\bSilex\\|controllers_factory")),
    (SILEX, SERVICE),
    (SLIM, re.compile(r"\bSlim\\|\bSlim\b.{0,80}\bApp\b")),
)
FOREIGN = re.compile(
    r"\b(?:Illuminate\\Support\\Facades\\Route|Illuminate\\Routing|Cake\\Routing|CodeIgniter\\Router|Symfony\\Component\\"
    r"Routing|Laminas\\|Zend\\|yii\\|Joomla\\|Drupal\\|Magento\\|Mezzio\\|Phalcon\\|Spiral\\|Hyperf\\)"
)
"""Frameworks that read their routes themselves."""
FACADE = re.compile(r"\bRoute::\w{1,20}\(")
CHAINED = re.compile(r"\bRoute::(?:middleware|resource|apiResource|prefix|group|controller|domain|namespace|view)\(")
"""What the facade of Laravel has; a file with it brings its own class by name, or is Laravel's."""
OWN_CLASS = re.compile(r"\buse\s{1,10}(?!Illuminate\b)\w[\w\\]{0,120}\\Route\s{0,10};")
OWN_ROUTE = re.compile(
    r"\buse\s{1,10}(?!Illuminate\b)\w[\w\\]{0,120}\\Route\s{0,10};|\b(?:require|include)(?:_once)?\b[^;\n]{0,200}[Rr]out\w{0,20}\.php"
)
"""Laravel knows the class Route everywhere; any other program must bring its own."""
ACTION = re.compile(
    r"\$router->(?:get|post|put|patch|delete)\(\s{0,20}['\"][^'\"\n]{0,200}['\"]\s{0,5},\s{0,20}"
    r"\[\s{0,20}['\"](?:uses|as|middleware)['\"]"
)
"""Handlers in Lumen's spelling; ``'Users@list'`` alone is that of many home-made routers too."""
SLIM_APP = re.compile(
    r"\$(?:app|group|slim|this)->(?:get|post|put|patch|delete|map|group|any|options)\(\s{0,40}(?:['\"][/\[{]|['\"]{2}|\[)"
)
SLIM_HANDLER = re.compile(
    r"\$res(?:ponse)?\b|['\"]\\?[\w\\]{0,80}:\w{1,60}['\"]|\bwithJson\(|\bApp\s{1,5}\$app\b|RouteCollectorProxy|"
    r"Psr\\Http\\"
)
OWN_APP = re.compile(
    r"\bnew\s{1,5}\\?(?:\w{1,60}\\){0,8}(?:App|Application|Router|Route)\b|\bextends\s{1,5}\\?[\w\\]{0,80}Router\b"
)
"""Where a file makes its application itself and speaks of no framework, a project wrote its own."""
HEAD = 60_000
"""Characters of a file that its dialect is told by."""


_latest: list[tuple[Module, Dialect | None]] = []


def dialect_of(module: Module) -> Dialect | None:
    """The dialect of a file, None where it declares no routes of this kind; told once for all that ask."""
    if not (_latest and _latest[0][0] is module):
        _latest[:] = [(module, _told(module))]
    return _latest[0][1]


def _told(module: Module) -> Dialect | None:
    if not any(
        call.last in MAKING or call.name == SILEX_APP or (call.last in DECLARING_CALLS and len(call.args) > 1)
        for call in module.calls
    ):
        return None
    text = module.text[:HEAD]
    for dialect, mark in MARKS:
        if mark.search(text):
            return dialect
    if CHAINED.search(text) and not OWN_CLASS.search(text):
        return None
    if FOREIGN.search(text) or (FACADE.search(text) and not OWN_ROUTE.search(text)):
        return None
    if ACTION.search(text):
        return LUMEN
    slim = SLIM_APP.search(text) and SLIM_HANDLER.search(text) and not OWN_APP.search(text)
    return SLIM if slim else OTHER
