"""Controllers of a home-made framework that are found by the path itself: ``/users/edit/7`` is ``Users::edit(7)``.

A front controller cuts the path at its slashes, makes the class that the first part names and calls the method that
the second one names. Which classes those are shows in their folder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from reviewer.gather.frameworks.php._laravel_controllers import CONTROLLER
from reviewer.gather.frameworks.php._pages import DATA, Pages
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Class, Function, Module, Other, Text, dotted, plain
from reviewer.model.facts.routing import Route, Router

FRONT = "<front>"
"""The router of a file that finds controllers by the path."""
ACTION = "<action>"
"""The router of their actions, which are served where there is such a file."""
ASKED = re.compile(
    r"REQUEST_URI|PATH_INFO|PHP_SELF|_GET\[['\"](?:url|uri|route|page|r|path|q|request)['\"]\]|INPUT_GET"
)
LOOKING = words("method_exists file_exists class_exists is_callable is_file")
CALLING = words("call_user_func_array call_user_func")
FRAMEWORKS = re.compile(
    r"\b(?:Illuminate|Symfony|CodeIgniter|Cake|Slim|Laminas|Zend|Joomla|Drupal|Magento|Phalcon|Laravel)\\|\byii\\"
    r"|\bCI_Controller|\bREST_Controller|\bMY_Controller|_JEXEC|ABSPATH|BASEPATH"
)
USING = words("this.view this.model this.render this.loadModel this.getModel this.getView this.loadView this.load_view")
AREA = "<area>/"
"""What routers of a front controller begin with that stand for a folder of controllers (``$url[0] == 'Admin'``)."""
AREA_NAME = re.compile(r"/?([A-Za-z]\w{1,30})/?")
AREAS_MOST = 20
WRITING = words("echo print")
GOING = words("header redirect require require_once include include_once")
"""What an action calls that shows a page or sends its reader to another one."""
HIDDEN = frozenset({"private", "protected", "static", "abstract"})
SCRIPTS = ("<script>", "<part>")
"""Routers of files that are asked for by themselves, which a controller of that kind is not."""
ANY, INDEX = "ANY", "index"
FOLDERS = ("controllers", "controller")
NAME_LIMIT = 60


def read_convention(module: Module, kept: Kept, framework: str) -> None:
    """Keeps that a file finds controllers by the path, and the actions of what may be one."""
    declared = any(route.router not in SCRIPTS for route in kept.routes)
    if not declared and is_front(module):
        kept.routers.append(Router(symbol=FRONT, framework=framework, line=1))
        areas = list(_areas(module))[:AREAS_MOST]
        kept.routers.extend(
            Router(symbol=f"{AREA}{name}", framework=framework, line=1) for name in dict.fromkeys(areas)
        )
        return
    if not module.classes or declared or FRAMEWORKS.search(module.text):
        return
    uses = any(call.name in USING for call in module.calls)
    routes = [route for owner in module.classes for route in _actions(module, owner, framework, uses)]
    if routes:
        kept.routers.append(Router(symbol=ACTION, framework=framework, line=routes[0].line))
        kept.routes.extend(routes)


def is_front(module: Module) -> bool:
    """Whether a file cuts the path of the request and calls what it names."""
    text = module.text
    if "ontroller" not in text or not ASKED.search(text):
        return False
    cuts = any(call.last == "explode" and call.args and plain(call.args[0]) == "/" for call in module.calls)
    looks = any(call.last in LOOKING for call in module.calls)
    return cuts and looks and any(_is_dynamic(call) for call in module.calls)


def _areas(module: Module) -> Iterator[str]:
    """What a segment of the path is compared with: a folder of controllers where there is one of that name."""
    for compare in module.compares:
        for side in (compare.left, compare.right):
            found = AREA_NAME.fullmatch((plain(side) or "")[:40])
            if found:
                yield found[1].lower()


def area_of(path: str, areas: Collection[str]) -> str:
    """The area that the file of a controller lies in, beside or below the folder of controllers; ``""`` for none."""
    *folders, _ = path.lower().split("/")
    place = next((place for place, name in enumerate(folders) if name in FOLDERS), len(folders))
    around = (*folders[max(place - 1, 0) : place], *folders[place + 1 : place + 2])
    return next((name for name in around if name in areas), "")


def _is_dynamic(call: Call) -> bool:
    """``call_user_func_array([$controller, $method], $params)``, ``$controller->$method()``."""
    return call.last in CALLING or (isinstance(call.callee, Other) and call.callee.kind.startswith("dynamic"))


def _actions(module: Module, owner: Class, framework: str, uses: bool) -> Iterator[Route]:
    bases = [dotted(base).rpartition(".")[2] for base in owner.bases]
    based = any(base.endswith(CONTROLLER) for base in bases)
    if owner.kind != "class" or owner.name in (CONTROLLER, "BaseController") or "abstract" in owner.modifiers:
        return
    if not (based or (bases and uses) or owner.name.endswith(CONTROLLER)):
        return
    name = owner.name.rpartition(".")[2].removesuffix(CONTROLLER).strip("_").lower()
    pages = Pages(module)
    for method in module.methods_of(owner):
        if HIDDEN.isdisjoint(method.modifiers) and not method.name.startswith("_") and name:
            yield Route(
                router=ACTION,
                framework=framework,
                methods=(ANY,),
                path=(_path(name, method),),
                line=method.line,
                end_line=method.end_line,
                handler=f"{owner.name}.{method.name}",
                page=pages.shows(method) or not _answers_data(module, method),
            )


def _path(name: str, method: Function) -> str:
    action = "" if method.name.lower() == INDEX else f"/{method.name[:NAME_LIMIT]}"
    keys = "".join(f"/{{{item.name}}}" for item in method.parameters if item.default is None)
    return f"/{name[:NAME_LIMIT]}{action if action or not keys else f'/{INDEX}'}{keys}"


def _answers_data(module: Module, method: Function) -> bool:
    """Whether an action answers with data, or with a text that it writes instead of showing a page."""
    calls = [call for call in module.calls if call.function == method.index]
    if any(call.last in DATA for call in calls):
        return True
    return any(_writes(call) for call in calls) and not any(call.last in GOING for call in calls)


def _writes(call: Call) -> bool:
    """Whether a call writes what is not the beginning of a page or script."""
    first = call.args[0] if call.name in WRITING and call.args else None
    beginning = first.parts[0] if isinstance(first, Text) and first.parts else ""
    return first is not None and not (isinstance(beginning, str) and beginning.lstrip().startswith("<"))
