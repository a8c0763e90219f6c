"""Do errors have one shape, from one place?"""

from __future__ import annotations

import re

from checks.api._endpoints import BESIDE, for_programs, host_of, judged, server_signs, why_none, within
from checks.api._hints import hints
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

ONE_SHAPE = (
    *("FastAPI", "NestJS", "Django REST framework", "Django Ninja", "Litestar", "Falcon", "Chalice", "Connexion"),
    *(
        "Spring MVC",
        "Spring WebFlux",
        "Micronaut",
        "WordPress",
        "Magento",
        "Huma",
        "Fastify",
        "hapi",
        "AdonisJS",
        "Echo",
    ),
    *("SvelteKit", "Grape", "Restify", "Sanic", "CakePHP", "Yii", "CodeIgniter", "Strapi", "routing-controllers"),
    *("Symfony", "API Platform", "Laravel", "Lumen", "Ruby on Rails", "Rails", "tRPC", "Hanami"),
)
"""Frameworks that answer every raised exception in one shape by themselves."""
FIBER = "Fiber"
"""Has a handler of its own, which sends the text of any error."""
REST_FRAMEWORK = "Django REST framework"
RAISES_ONLY = ("SvelteKit",)
"""Frameworks whose errors are raised in a catch too."""
ONE_SHAPE_LIBRARIES = {
    "rest_framework": "Django REST framework",
    "flask_restful": "Flask-RESTful",
    "flask_restx": "Flask-RESTX",
    "flask_restplus": "Flask-RESTPlus",
    "flask_smorest": "flask-smorest",
    "apiflask": "APIFlask",
    "@loopback/rest": "LoopBack",
    "io.dropwizard": "Dropwizard",
    "System.Web.Http": "ASP.NET Web API",
}
"""Libraries that do so for the framework that they extend."""
TOOLS = re.compile(
    r"(?:^|/)(?:\w*seed\w*|migrat\w*|fixtures?|scripts?|bin|tools?|install\w*|setup|cli|console)(?:/|\.\w+$)", re.I
)
"""Files that are run by hand and answer nobody."""
BEFORE = re.compile(
    r"middlewares?(?=[/._-]|[A-Z]|\Z)|Middleware|rate_?-?limit|RateLimit|limiter|throttl|interceptor|Interceptor"
)
"""What stands before handlers, by its file or its function."""
OFTEN = 0.25
"""From this share of the handlers on, errors are built by hand and not by the framework."""
LEAST = 3
"""So many answers by hand are no slip."""
RAILS = ("Ruby on Rails", "Rails")
UNPROCESSABLE = "422"
"""``render json: order.errors, status: :unprocessable_entity``: what Rails' own scaffold answers for a row."""

CHECK = Check(
    title_shown="Errors are answered in one place",
    title_not_shown="No one place answers errors",
    title_partly="Some error answers bypass the common place or give details away",
    looks_for="An error handler of the application, and exceptions or stack traces sent to clients.",
    why="A client can handle errors only if they all look alike; a stack trace tells attackers where to look.",
    advice="Register one error handler that answers every exception in one shape, and log the details instead.",
    effort=Effort.HOURS,
    level=3,
    shown_when="An error handler for the whole application, or the framework's own, and no exception's text is sent.",
    does_not_count="try and catch in single handlers; error answers that each handler builds for itself. No leak: "
    "texts sent in development only, and texts of errors that were made for the client. Plugins of a CMS are not "
    "asked for a handler.",
    computed="Registered handlers of errors are counted, and answers that hold the text or stack of any exception at "
    "all, both from parsed code. Frameworks with an error shape of their own count as a handler unless a quarter of "
    "the error answers is built by hand.",
    limits="A handler that a package or a base class outside of the repository brings is not seen. Where only a name "
    "speaks of one, nothing is said.",
    links=("https://www.rfc-editor.org/rfc/rfc9457", "https://owasp.org/www-community/Improper_Error_Handling"),
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
    before="""app.get('/orders/:id', async (req, res) => {
  try { res.json(await orders.get(req.params.id)); }
  catch (e) { res.status(500).json({ error: e.message }); }
});""",
    pattern="""app.get('/orders/:id', wrap(showOrder)); // wrap hands a thrown error to next()
app.use((err, req, res, next) => {
  log.error(err);
  res.status(err.status ?? 500).json({ title: err.title ?? 'Internal error' });
});""",
)


def run(api: Api, code: Code, project: Project) -> Verdict:
    """Handlers of errors against leaks."""
    if not judged(for_programs(api), code):
        return not_applicable(BESIDE if for_programs(api) else why_none(api))
    handlers = server_signs(code, SignKind.ERROR_HANDLER)
    leaks = [item for item in server_signs(code, SignKind.ERROR_LEAK) if not TOOLS.search(item.path)]
    if handlers and not leaks:
        return shown(
            f"{count(len(handlers), 'error handler')} for the application.", evidence(handlers[:3], "handles errors")
        )
    framework = _framework(api, code)
    if leaks:
        return _leaking(leaks, handlers, framework, code)
    if framework and (framework in RAISES_ONLY or not _caught_by_hand(api, code)):
        return _by_framework(framework, code)
    if framework:
        return could_not_tell(
            f"{framework} answers exceptions in one shape; what handlers that catch answer is not known."
        )
    if named := hints(code, "errors"):
        name = named[0].fact.detail.partition(": ")[2]
        return could_not_tell(f"Only the name of {name} speaks of errors; whether all are answered by it is not known.")
    if any(item.framework == FIBER for item in for_programs(api)):
        return could_not_tell(f"{FIBER} answers what handlers return by itself; no handler besides was found.")
    if host := host_of(project):
        return not_applicable(f"The code extends {host}, which answers errors itself.")
    return not_shown(
        "No error handler for the whole application was found.", confidence=LIKELY, at=for_programs(api)[0].file
    )


def _leaking(leaks: list[At[Sign]], handlers: list[At[Sign]], framework: str, code: Code) -> Verdict:
    places = count(len(leaks), "place")
    proof = evidence(leaks[:5], "sends the exception's text")
    if handlers:
        return partly(f"An error handler exists; in {places} an exception's text is sent.", proof, LIKELY)
    if framework:
        summary = f"{framework} answers exceptions in one shape; in {places} an exception's text is sent."
        return partly(summary, proof, LIKELY)
    if hints(code, "errors"):
        return partly(f"In {places} an exception's text is sent to the client.", proof, LIKELY)
    summary = f"No error handler was found; in {places} an exception's text is sent to the client."
    return not_shown(summary, proof, LIKELY)


def _framework(api: Api, code: Code) -> str:
    """The framework in use that answers exceptions in one shape, ``""`` for none."""
    found = next((item.framework for item in for_programs(api) if item.framework in ONE_SHAPE), "")
    if found:
        return found
    used = {item.fact.module for item in code.imports}
    return next(
        (name for module, name in ONE_SHAPE_LIBRARIES.items() if any(_is_of(item, module) for item in used)), ""
    )


def _is_of(module: str, library: str) -> bool:
    return module == library or module.startswith((f"{library}.", f"{library}/"))


def _caught_by_hand(api: Api, code: Code) -> bool:
    """Whether handlers catch for themselves, so often that the framework is seldom asked."""
    handlers = [item for item in for_programs(api) if item.handler is not None]
    places = {(item.handler.path, item.handler.line): item for item in handlers if item.handler}
    caught = [item for item in code.catches if not item.fact.types or _is_broad(item.fact.types)]
    catching = [item for item in places.values() if within(item, caught)]
    return bool(catching) and len(catching) >= OFTEN * len(places)


def _is_broad(types: tuple[str, ...]) -> bool:
    return any(
        name.rpartition(".")[2].rpartition("\\")[2] in ("Exception", "Throwable", "StandardError") for name in types
    )


def _stands_before(item: At[Sign]) -> bool:
    """Whether an answer is given by what stands before handlers, such as a rate limiter: none raises there."""
    return bool(BEFORE.search(item.path[-100:]) or BEFORE.search(item.fact.function[-100:]))


def _by_framework(framework: str, code: Code) -> Verdict:
    """The framework's own handler, unless handlers build their error answers beside it."""
    errors = {
        (item.path, item.fact.line)
        for item in server_signs(code, SignKind.STATUS)
        if item.fact.detail[:1] in ("4", "5") and not (framework in RAILS and item.fact.detail == UNPROCESSABLE)
    }
    answers = server_signs(code, SignKind.JSON_RESPONSE)
    built = [item for item in answers if (item.path, item.fact.line) in errors and not _stands_before(item)]
    if built and len(built) > OFTEN * len(errors) and (framework == REST_FRAMEWORK or len(built) < LEAST):
        return could_not_tell(f"{framework} answers exceptions in one shape; {count(len(built), 'answer')} beside it.")
    if len(built) > OFTEN * len(errors):
        summary = f"{count(len(built), 'error answer')} built by hand, beside {framework}'s own."
        return partly(summary, evidence(built[:5], "builds its own error answer"), LIKELY)
    raised = [item for item in server_signs(code, SignKind.STATUS) if (item.path, item.fact.line) in errors]
    return shown(f"Errors are raised; {framework} answers them in one shape.", evidence(raised[:3]), LIKELY)
