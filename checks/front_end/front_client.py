"""Does a client call the API?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code, FileRole, Project, Standing
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, shown

LINES = 50

CHECK = Check(
    title_shown="A client is written in JavaScript",
    title_not_shown="No client",
    looks_for="Scripts of a browser or an application that call an API.",
    why="Somebody who has called an API knows what its users need.",
    advice="Build one page that reads from the API and shows its errors.",
    effort=Effort.HOURS,
    level=1,
    shown_when="Front-end scripts call an API, or there are at least 50 own lines of them.",
    does_not_count="Its absence; libraries.",
    computed="Looks for calls of fetch, axios, XMLHttpRequest and the like in parsed files of the front end; "
    "without one, sums "
    "the lines of its scripts.",
    limits="Whether the calls go to the candidate's own API is not told.",
    links=("https://developer.mozilla.org/en-US/docs/Web/API/Fetch_API",),
    skills=("Front-end JavaScript",),
    before="""\
(an API that only curl has asked)""",
    pattern="""\
const answer = await fetch('/api/orders');
if (!answer.ok) showError(answer.status);
else show(await answer.json());""",
)


def run(code: Code, project: Project) -> Verdict:
    """Front-end scripts."""
    front = {file.path for file in project.files if file.role is FileRole.FRONTEND}
    calls = [item for item in code.of(SignKind.CLIENT_CALL) if item.path in front]
    scripts = [
        file
        for file in project.files
        if file.path in front
        and file.language in ("JavaScript", "TypeScript", "Vue")
        and file.standing is Standing.OWN
        and file.facts
        and (file.share is None or file.share > 0)
    ]
    lines = sum(file.facts.lines for file in scripts if file.facts)
    if calls:
        return shown("Front-end scripts call an API.", evidence(calls[:3], "calls an API"), LIKELY)
    if lines >= LINES:
        places = [Evidence(path=file.path, line=1, end_line=1, note="front end") for file in scripts[:3]]
        return shown(f"{lines:,} lines of front-end scripts.", places, LIKELY)
    return not_applicable("No front-end scripts of some length.")
