"""Is there a SOAP service or client with its contract?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.values import Place
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, shown

KINDS = ("soap",)

CHECK = Check(
    title_shown="A SOAP service or client with its contract",
    title_not_shown="No SOAP",
    looks_for="WSDL, annotated services, or clients of a SOAP library.",
    why="Banks, insurers and public offices still speak it.",
    advice="Nothing to do unless a job asks for SOAP.",
    effort=Effort.DAYS,
    level=2,
    shown_when="A service with operations, or a client, is in the code.",
    does_not_count="Its absence: most APIs do without.",
    computed="Operations of WSDL files and of annotated or registered services in code, each name once, and signs of "
    "a SOAP library. Parsed.",
    limits="Whether faults are handled is not judged.",
    links=("https://www.w3.org/TR/soap12-part1/", "https://www.w3.org/TR/wsdl20/"),
    skills=("SOAP",),
    before='<binding name="Notes" type="tns:NotesPort"/>',
    pattern="@WebService\npublic class NotesService {\n  @WebMethod\n"
    "  public Note note(long id) throws NotFoundFault { }\n}",
)


def run(api: Api, code: Code) -> Verdict:
    """Operations and signs of SOAP."""
    operations = [item for item in api.operations if item.kind in KINDS]
    signs = code.of(SignKind.SOAP)
    if not operations and not signs:
        return not_applicable("No sign of SOAP.")
    places = [Place(path=item.file, line=item.line) for item in operations[:3]]
    said = f"{count(len(operations), 'operation')} declared." if operations else "A SOAP library is used."
    return shown(said, [*evidence(places, "an operation"), *evidence(signs[:2], "SOAP")])
