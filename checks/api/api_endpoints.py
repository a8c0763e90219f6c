"""Are endpoints declared?"""

from __future__ import annotations

import re

from checks.api._endpoints import host_of, is_aside, resources, served, server_signs, why_none, within
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.routing import Endpoint, EndpointKind
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

FEW = 2
SMALL = 10
"""Modules of a program that hardly serves nothing but its own state or documentation."""
BOT = re.compile(
    r"(?:^|[/_.-])(?:(?:telegram|discord|slack|whatsapp|irc|twitch)\w{0,20}|\w{0,20}[-_]?bot)(?:[/_.-]|$)", re.I
)
"""Files of programs that answer in a chat."""
BY_NAME = frozenset({"Sails"})
"""Frameworks that serve the actions of controllers by their names, without a route."""
LOOPBACK = "loopback"
"""Serves the models of a project without a route of theirs."""
MAKES_ROUTES = re.compile(r"(?:^|[.\\])(?:yii[.\\]rest[.\\]\w{0,20}Controller|ActiveController)$")
"""Classes whose controllers have routes by their own names, Yii's REST controllers."""
CLIENTS = (
    *("com.android.application", "androidx.", "com.android.tools", "react-native", "expo", "flutter", "electron"),
    *(
        "appium",
        "webdriverio",
        "@wdio/",
        "selenium",
        "playwright",
        "discord.js",
        "telegraf",
        "aiogram",
        "node-telegram",
    ),
    *("javafx", "org.openjfx", "pyqt", "tkinter", "pygame", "serverless", "aws-lambda", "@middy/", "aws-cdk"),
)
"""Beginnings of what apps, tests of interfaces, bots and functions of a cloud depend on, which declare no routes."""

CHECK = Check(
    title_shown="An HTTP API is declared",
    title_not_shown="No HTTP API",
    title_partly="An HTTP API of one endpoint",
    looks_for="Routes of a web framework, resolved through every prefix to their full paths.",
    why="Building endpoints is the daily work of a backend developer.",
    advice="Build a small API around one resource: list, read, create, change, delete.",
    effort=Effort.DAYS,
    level=1,
    shown_when="At least two endpoints are declared in server code; partly with one.",
    does_not_count="Routes of tests, clients, documentation, vendored code, and pages. Services of GraphQL, SOAP or "
    "gRPC alone, plugins of a CMS, apps, bots, scripts, libraries and cloud functions are not asked for routes.",
    computed="Every route that the code of the server declares, joined with the routers that it is mounted on, once by "
    "method and path. Parsed, not searched for by pattern.",
    limits="Frameworks that are not read, routes that a generator writes, and tables of routes that are computed "
    "while the program runs.",
    links=("https://developer.mozilla.org/docs/Glossary/REST", "https://learn.microsoft.com/en-us/azure/architecture/"
           "best-practices/api-design"),
    skills=("REST",),
    needs=(Depth.ROUTES,),
    before="const notes = require('./notes');\nconsole.log(notes.all());",
    pattern="const app = express();\napp.get('/notes', listNotes);\napp.post('/notes', createNote);\n"
    "app.listen(process.env.PORT);",
)  # fmt: skip


def run(api: Api, code: Code, project: Project) -> Verdict:
    """Counts endpoints."""
    found = resources(api, lessons=True)
    if len(found) >= FEW and not all(is_aside(item) for item in found):
        return shown(f"{count(len(found), 'endpoint')} declared.", evidence(found[:4]))
    others = [style for style in api.styles if style != "REST"]
    if others:
        return not_applicable(f"The service answers by {' and '.join(others)}, not by routes.")
    if served(api) and not found:
        return not_applicable(why_none(api))
    beside = [item for item in api.endpoints if item.kind is EndpointKind.PAGE]
    if len(found) == 1 and len(beside) >= FEW:
        return _among_pages(found[0], beside, code)
    if host := host_of(project):
        return not_applicable(f"The code extends {host}, which answers requests itself.")
    if found:
        return _one(found, code, project)
    pages = [item for item in api.endpoints if item.kind is EndpointKind.PAGE]
    if pages and (by_name := next((item.name for item in project.frameworks if item.name in BY_NAME), None)):
        return could_not_tell(f"{by_name} serves actions by the names of controllers, which were not read.")
    if pages:
        return _of_pages(pages, code)
    if not code.functions:
        return not_applicable("There is no server code of the candidate's own.")
    return _without_routes(api, code, project)


def _one(found: list[Endpoint], code: Code, project: Project) -> Verdict:
    """One endpoint: all that there is, or all that was read."""
    if any(item.name == LOOPBACK for at in project.manifests for item in at.fact.dependencies):
        return could_not_tell("LoopBack serves the models of the project beside this; these were not read.")
    if is_aside(found[0]) and found[0].path.strip("/") and len(code.modules) >= SMALL:
        return could_not_tell(f"Only {found[0].path} was found, which stands beside an API; its routes were not read.")
    unread = [item for item in code.classes if any(MAKES_ROUTES.search(base) for base in item.fact.bases)]
    if len(unread) > 1:
        return could_not_tell(f"{count(len(unread), 'controller')} of which the class gives the routes; one was read.")
    if found[0].method == "ANY" and not found[0].path.strip("/"):
        return could_not_tell("All requests are answered in one place; what it tells apart was not read.")
    return partly("One endpoint declared.", evidence(found), LIKELY)


def _among_pages(found: Endpoint, beside: list[Endpoint], code: Code) -> Verdict:
    """One endpoint beside pages: their root, or what one of them asks."""
    if not found.path.strip("/"):
        return _of_pages(beside, code)
    return could_not_tell(f"Beside {count(len(beside), 'page')}, only {found.path} might be for programs.")


def _of_pages(pages: list[Endpoint], code: Code) -> Verdict:
    answers = server_signs(code, SignKind.JSON_RESPONSE)
    routes = count(len(pages), "route")
    if mixed := [item for item in pages if within(item, answers)]:
        return could_not_tell(f"{routes} of pages, of which {len(mixed)} answer JSON too; for whom is not known.")
    return not_shown(f"{routes} declared, all of which answer with pages.", evidence(pages[:4]), LIKELY)


def _without_routes(api: Api, code: Code, project: Project) -> Verdict:
    """No route was read: because there is none, or because of how the program is made."""
    if any(item.kind is EndpointKind.IMPLICIT for item in api.endpoints):
        return not_applicable("What is served is made by a library or generator.")
    needed = {item.name.lower() for at in project.manifests for item in at.fact.dependencies}
    client = next((name for name in sorted(needed) if name.rpartition(":")[2].startswith(CLIENTS)
                   or name.startswith(CLIENTS)), None)  # fmt: skip
    if client:
        return not_applicable(f"A program on {client} declares no routes.")
    bot = next((item.path for item in code.modules if BOT.search(item.path)), None)
    if bot:
        return not_applicable(f"A program that answers in a chat declares no routes ({bot}).")
    operations = [item for item in api.descriptions if item.fact.operations]
    if project.frameworks or operations:
        named = project.frameworks[0].name if project.frameworks else operations[0].path
        return could_not_tell(f"{named} is there, and no route of it could be read from the code.")
    answers = server_signs(code, SignKind.STATUS, SignKind.JSON_RESPONSE, SignKind.CORS)
    if answers:
        return could_not_tell("Requests are answered in the code, and no route of it could be read.")
    return not_applicable(f"No route and no framework of the web was found, in {count(len(code.modules), 'module')}.")
