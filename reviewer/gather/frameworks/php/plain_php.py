"""PHP without a framework: scripts that are asked for by their path, and home-made routers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from reviewer.gather.frameworks.php import _dialects
from reviewer.gather.frameworks.php._by_convention import ACTION, AREA, FRONT, area_of, read_convention
from reviewer.gather.frameworks.php._dialects import dialect_of
from reviewer.gather.frameworks.php._dispatch import read_dispatch
from reviewer.gather.frameworks.php._laravel_controllers import CONTROLLER
from reviewer.gather.frameworks.php._micro import read_micro
from reviewer.gather.frameworks.php._own_attributes import read_attributes
from reviewer.gather.frameworks.php._own_prefixes import read_prefix, settle
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.frameworks.php._scripts import INNER_FOLDERS, script_of
from reviewer.gather.frameworks.php._verbs import delegated, keep_verbs
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.routing import Route, Router, View
from reviewer.model.facts.values import Place

NAME = "PHP"
SCRIPT = "<script>"
PART = "<part>"
"""Routers of a script that reads a request, and of one that only prints: the latter may be a part of others."""
ANY = "ANY"
FOLDER = re.compile(r"(?:^|/)controllers?/", re.IGNORECASE)
ROOT = re.compile(r"BASE|ROOT|URL|PREFIX|SITE|HOME|HOST|PATH|DIR", re.IGNORECASE)
"""What constants are called that hold the address of an installation."""
FILES = (".php", ".html", ".phtml")
SENDING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""Methods that do something before they show a page."""
VIEW = "<view>"
PIECE = re.compile(
    r"^_|header|footer|nav|side_?bar|menu|\bhead\b|config|connect|database|^db\b|function|init|session|layout|template|part"
)
"""Names of files that others include, even where it does not show which."""
ROOTS = ("public", "public_html", "htdocs", "web", "www", "webroot", "html")
"""Folders that servers are pointed at."""
PACKAGES = words(
    """
    laravel/framework laravel/lumen-framework symfony/framework-bundle slim/slim cakephp/cakephp yiisoft/yii2
    codeigniter4/framework laminas/laminas-mvc zendframework/zendframework drupal/core drupal/core-recommended
    magento/product-community-edition craftcms/cms silverstripe/framework
    """
)
"""Frameworks that serve every request through one file."""
OTHERS = ("register_rest_route(", "'page callback'")
"""What files of WordPress and of Drupal 7 hold whose tables of routes are not their own router's."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of home-made routers, and what a script answers to."""
    before = len(kept.routes)
    _keep_pages(module, kept)
    keep_verbs(module, kept)
    if any(mark in module.text for mark in OTHERS):
        return
    if dialect_of(module) is _dialects.OTHER:
        read_micro(module, kept, _dialects.OTHER)
    read_attributes(module, kept, NAME)
    if len(kept.routes) == before:
        read_dispatch(module, kept, NAME)
    if len(kept.routes) == before and not kept.routers:
        _read_script(module, kept)
    read_prefix(module, kept, NAME)
    read_convention(module, kept, NAME)


def _keep_pages(module: Module, kept: Kept) -> None:
    """Methods that render, for home-made routers whose classes go by any name."""
    pages = Pages(module)
    if pages.renders(-1):
        kept.views.append(View(symbol=VIEW, line=1, page=True))
    for owner in module.classes:
        if not owner.name.endswith(CONTROLLER):
            shown = (method for method in module.methods_of(owner) if pages.shows(method))
            kept.views.extend(
                View(symbol=f"{owner.name}.{method.name}", line=method.line, page=True) for method in shown
            )


def _read_script(module: Module, kept: Kept) -> None:
    script = script_of(module)
    if script is None:
        return
    symbol = SCRIPT if script.reads else PART
    kept.routers.append(Router(symbol=symbol, framework=NAME, line=1))
    kept.views.append(View(symbol=symbol, line=1, methods=script.methods, page=script.page))
    kept.routes.append(
        Route(
            router=symbol,
            framework=NAME,
            methods=(ANY,),
            path=(),
            line=1,
            end_line=max(1, module.lines),
            page=script.page,
        )
    )
    _keep_uncalled(module, kept)


def _keep_uncalled(module: Module, kept: Kept) -> None:
    """The functions of a script that it declares and never names again: asking for it does not run them."""
    low = module.text.lower() if any(item.owner == -1 for item in module.functions) else ""
    for item in module.functions:
        if item.owner == -1 and item.parent == -1 and item.name and low.count(item.name.lower()) == 1:
            sign = Sign(
                kind=SignKind.UNCALLED,
                line=item.line,
                end_line=item.end_line,
                detail=item.name,
                function=item.qualname,
            )
            kept.signs.append(sign)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A script by its path and methods, where nothing else serves it; a route of a router as it is declared."""
    tree = _tree_of(index)
    if route.router == ACTION:
        return (
            [Expansion(method=ANY, path=_in_area(index, tree, path, route))]
            if tree.fronts and FOLDER.search(path)
            else []
        )
    if route.router not in (SCRIPT, PART):
        if not route.methods:
            return delegated(index, path, route)
        shown = tree.shown(route.handler) if route.handler.endswith(FILES) else None
        whole = _without_root(index, path, route)
        return [
            Expansion(method=method, place=None if method in SENDING else shown, path=whole) for method in route.methods
        ]
    if (
        tree.framed
        or path.startswith(tree.fronts)
        or path in tree.included
        or (route.router == PART and _is_inner(path))
    ):
        return []
    facts = index.files[path].routing
    methods = next((view.methods for view in facts.views if view.symbol == route.router), ()) if facts else ()
    return [Expansion(method=method, suffix=tree.served(path)) for method in methods or (ANY,)]


def _in_area(index: Index, tree: _Tree, path: str, route: Route) -> str | None:
    """The path of an action whose controller lies in a folder that the front controller tells apart."""
    area = area_of(path, tree.areas)
    return f"/{area}{index.text(path, route.path, unknown='{value}')}" if area else None


def _without_root(index: Index, path: str, route: Route) -> str | None:
    """A path whose beginning is a constant that nothing in the repository says: the address of the installation."""
    first = route.path[0] if route.path else ""
    if isinstance(first, str) or len(route.path) < len(("root", "path")) or not ROOT.search(first.name):
        return None
    known = index.text(path, (first,), unknown="")
    return None if known else index.text(path, route.path[1:], unknown="{value}")


def _is_inner(path: str) -> bool:
    *folders, name = path.lower().split("/")
    return not INNER_FOLDERS.isdisjoint(folders) or bool(PIECE.search(name))


class _Tree:
    """What one repository says about its scripts as a whole."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.included = frozenset(_included(index))
        self.fronts = tuple(
            f"{posixpath.dirname(posixpath.dirname(path))}/".lstrip("/")
            for path, facts in index.files.items()
            if any(router.symbol == FRONT for router in (facts.routing.routers if facts.routing else ()))
        )
        """The folders of programs that find their controllers by the path."""
        self.areas = frozenset(
            router.symbol.removeprefix(AREA)
            for facts in index.files.values()
            for router in (facts.routing.routers if facts.routing else ())
            if router.symbol.startswith(AREA)
        )
        self.framed = _is_framed(index)
        self.roots = tuple(root for root in ROOTS if f"{root}/index.php" in index.files)

    def shown(self, name: str) -> Place | None:
        """The file that answers a route, where there is only one of its name."""
        wanted = f"/{name.lstrip('./')}"
        found = [path for path in self.index.files if f"/{path}".endswith(wanted)]
        inner = sorted(
            [path for path in found if "controller" in path.lower()] or found, key=lambda path: path.count("/")
        )
        clear = inner and (len(inner) == 1 or inner[0].count("/") < inner[1].count("/"))
        return Place(path=inner[0], line=1, end_line=1) if clear else None

    def served(self, path: str) -> str:
        """The path that a file is asked for by: from the folder that the server is pointed at, else from the root."""
        head, _, rest = path.partition("/")
        return f"/{rest if head in self.roots else path}"


_latest: list[_Tree] = []


def _tree_of(index: Index) -> _Tree:
    if not (_latest and _latest[0].index is index):
        _latest[:] = [_Tree(index)]
    return _latest[0]


def _included(index: Index) -> Iterable[str]:
    for path, facts in index.files.items():
        if facts.kind != "php":
            continue
        for item in facts.imports:
            if item.module.startswith((".", "/")) and (found := index.module(path, item.module)) and found != path:
                yield found


def _is_framed(index: Index) -> bool:
    """Whether a framework or a home-made router answers all requests."""
    for facts in index.files.values():
        routing = facts.routing if facts.kind == "php" else None
        if routing is not None and any(
            item.framework != NAME or item.router not in (SCRIPT, PART, ACTION) for item in routing.routes
        ):
            return True
        manifest = facts.document.manifest if facts.document else None
        if manifest is not None and any(item.name.lower() in PACKAGES for item in manifest.dependencies):
            return True
    return any(PurePosixPath(path).name in ("artisan", "wp-config.php", "wp-load.php") for path in index.files)


PLAIN_PHP = Framework(
    name=NAME, languages=("PHP",), read=read, expand=expand, decides=True, listed=False, settle=settle
)
