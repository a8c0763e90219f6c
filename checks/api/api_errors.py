"""Do errors have one shape, from one place?"""

from __future__ import annotations

from checks.api._endpoints import served, server_signs
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

ONE_SHAPE = (
    *("FastAPI", "NestJS", "Django REST framework", "Django Ninja", "Litestar"),
    *("Spring MVC", "Spring WebFlux", "Micronaut", "WordPress", "Magento"),
)
"""Frameworks that answer every raised exception in one shape by themselves."""

CHECK = Check(
    title_shown="Errors are answered in one place",
    title_not_shown="Errors are answered here and there",
    looks_for="An error handler of the application, and exceptions or stack traces sent to clients.",
    why="A client can handle errors only if they all look alike; a stack trace tells attackers where to look.",
    advice="Register one error handler that answers every exception in one shape, and log the details instead.",
    effort=Effort.HOURS,
    level=3,
    shown_when="An error handler for the whole application, or the framework's own, and no exception's text is sent.",
    does_not_count="try and catch in single handlers; error answers that each handler builds for itself.",
    links=("https://www.rfc-editor.org/rfc/rfc9457",),
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Handlers of errors against leaks."""
    if not served(api):
        return not_applicable("No API endpoint is declared.")
    handlers, leaks = server_signs(code, SignKind.ERROR_HANDLER), server_signs(code, SignKind.ERROR_LEAK)
    if handlers and not leaks:
        return shown(
            f"{count(len(handlers), 'error handler')} for the application.", evidence(handlers[:3], "handles errors")
        )
    if handlers:
        summary = f"An error handler exists; in {count(len(leaks), 'place')} an exception's text is sent."
        return partly(summary, evidence([*leaks[:4], *handlers[:1]]), LIKELY)
    if leaks:
        summary = f"No error handler; in {count(len(leaks), 'place')} an exception's text is sent to the client."
        return not_shown(summary, evidence(leaks[:6], "sends the exception's text"), LIKELY)
    framework = next((item.framework for item in served(api) if item.framework in ONE_SHAPE), None)
    if framework:
        return _by_framework(framework, code)
    return not_shown("No error handler for the whole application was found.", confidence=LIKELY, at=served(api)[0].file)


def _by_framework(framework: str, code: Code) -> Verdict:
    """The framework's own handler, unless handlers build their error answers beside it."""
    errors = {
        (item.path, item.fact.line)
        for item in server_signs(code, SignKind.STATUS)
        if item.fact.detail[:1] in ("4", "5")
    }
    answers = server_signs(code, SignKind.JSON_RESPONSE)
    built = [item for item in answers if (item.path, item.fact.line) in errors]
    if built and 4 * len(built) > len(errors):
        summary = f"{count(len(built), 'error answer')} built by hand, beside {framework}'s own."
        return not_shown(summary, evidence(built[:5], "builds its own error answer"), LIKELY)
    if built:
        summary = f"{framework} answers exceptions in one shape; {count(len(built), 'error answer')} built by hand."
        return partly(summary, evidence(built[:5], "builds its own error answer"), LIKELY)
    raised = [item for item in server_signs(code, SignKind.STATUS) if (item.path, item.fact.line) in errors]
    return shown(f"Errors are raised; {framework} answers them in one shape.", evidence(raised[:3]), LIKELY)
