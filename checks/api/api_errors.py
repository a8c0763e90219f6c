"""Do errors have one shape, from one place?"""

from __future__ import annotations

from checks.api._endpoints import served
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

CHECK = Check(
    title_shown="Errors are answered in one place",
    title_not_shown="Errors are answered here and there",
    looks_for="An error handler of the application, and exceptions or stack traces sent to clients.",
    why="A client can handle errors only if they all look alike; a stack trace tells attackers where to look.",
    advice="Register one error handler that answers every exception in one shape, and log the details instead.",
    effort=Effort.HOURS,
    level=3,
    shown_when="An application-wide error handler exists and no exception's text is sent; partly with one of the two.",
    does_not_count="try and catch in single handlers.",
    links=("https://www.rfc-editor.org/rfc/rfc9457",),
    skills=("REST", "JSON APIs"),
    needs=(Depth.ROUTES,),
)


def run(api: Api, code: Code) -> Verdict:
    """Handlers of errors against leaks."""
    if not served(api):
        return not_applicable("No API endpoint is declared.")
    handlers, leaks = code.of(SignKind.ERROR_HANDLER), code.of(SignKind.ERROR_LEAK)
    if handlers and not leaks:
        return shown(
            f"{count(len(handlers), 'error handler')} for the application.", evidence(handlers[:3], "handles errors")
        )
    if handlers:
        summary = f"An error handler exists; {count(len(leaks), 'place')} send the text of an exception."
        return partly(summary, evidence([*leaks[:4], *handlers[:1]]), LIKELY)
    if leaks:
        summary = f"No error handler; {count(len(leaks), 'place')} send the text of an exception to the client."
        return not_shown(summary, evidence(leaks[:6], "sends the exception's text"), LIKELY)
    return not_shown("No error handler for the whole application was found.", confidence=LIKELY, at=served(api)[0].file)
