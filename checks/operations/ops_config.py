"""Can the application be configured without changing it?"""

from __future__ import annotations

from checks.operations._server import is_server
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import count, evidence, not_applicable, not_shown, shown

FEW = 2

CHECK = Check(
    title_shown="The application is configured from outside",
    title_not_shown="Settings are fixed in the code",
    looks_for="Ports, addresses and keys read from the environment.",
    why="A platform tells an application its port and database through the environment.",
    advice="Read the port and the database's address from the environment, with defaults for development.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="At least two settings are read from the environment.",
    does_not_count="Settings files that are changed by hand.",
    links=("https://12factor.net/config",),
    skills=("Deployment",),
    needs=(Depth.FUNCTIONS,),
)


def run(code: Code, api: Api) -> Verdict:
    """Counts settings from the environment."""
    if not is_server(api):
        return not_applicable("There is no server of the candidate's own.")
    names = {item.fact.detail: item for item in code.of(SignKind.ENV_READ)}
    places = evidence(list(names.values())[:3], "a setting")
    if len(names) >= FEW:
        return shown(f"{count(len(names), 'setting')} from the environment.", places)
    return not_shown(f"{count(len(names), 'setting')} read from the environment; {FEW} needed.", places)
