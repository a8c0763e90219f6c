"""Is the configuration safe to run in production?"""

from __future__ import annotations

import re

from checks.api._endpoints import answering
from checks.security._paths import is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, partly, shown

FAULTS = {
    SignKind.DEBUG_ON: "debug mode on",
    SignKind.TLS_OFF: "TLS checks off",
    SignKind.CORS_CREDENTIALS: "credentials for every origin",
}

LOGGED = {"EnableSensitiveDataLogging": "values of queries in the logs"}
"""Debug settings that are no mode of the whole application."""

GUARDED = " in the main guard"
"""How the detail of a call ends that runs only where its file is started by itself."""
SERVERS = frozenset({"gunicorn", "uwsgi", "pyuwsgi", "waitress", "mod-wsgi", "mod_wsgi"})
"""Servers of Python that load a module and never run its main guard."""

DESKTOP = re.compile(r"(?:clients?|desktop|mobile)/[^/]+/.|(?:.*/)?[\w.-]{0,40}(?:WinForms|Wpf|Maui|Xamarin)\w{0,20}/.")
"""Programs beside the server that ask it."""

CHECK = Check(
    title_shown="Configuration is safe by default",
    title_not_shown="Unsafe configuration",
    title_partly="A debug setting is switched on in the code",
    looks_for="Debug mode, values of queries in the logs, switched-off TLS checks, wildcard CORS with credentials.",
    why="Debug mode in production hands an attacker a console.",
    advice="Read debug from the environment with off as the default, and leave TLS checks on.",
    effort=Effort.MINUTES,
    level=2,
    shown_when="None of these is found in server code that has configuration; partly for debug mode alone.",
    does_not_count="Settings of tests, of classes or files named for development, and of clients beside the server;"
    " a run with debug in a main guard whose comment says that it is for development, or where the dependencies name a"
    " server that imports the module (gunicorn, uWSGI, waitress).",
    computed="Each setting of these three kinds in the parsed server code is a fault; files and classes that are named"
    " for development, tests or examples are left out. Debug mode alone is partly, the other two are not shown.",
    limits="A value that is read from a file, the environment or a variable is not followed; whether the file is the"
    " one that production uses is judged by its name alone.",
    links=(
        "https://owasp.org/Top10/A05_2021-Security_Misconfiguration/",
        "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/",
    ),
    skills=("Security",),
    weight=0.5,
    needs=(Depth.FUNCTIONS,),
    before="DEBUG = True\nALLOWED_HOSTS = ['*']",
    pattern='DEBUG = os.environ.get("SHOP_DEBUG") == "1"\nALLOWED_HOSTS = os.environ["SHOP_HOSTS"].split(",")',
)


def run(code: Code, api: Api, project: Project) -> Verdict:
    """Unsafe settings."""
    served = any(item.name.lower() in SERVERS for at in project.manifests for item in at.fact.dependencies)
    found = [
        item
        for item in code.of(*FAULTS)
        if not is_development(item.path)
        and not DESKTOP.match(item.path[:300])
        and not (served and item.fact.detail.endswith(GUARDED))
    ]
    if not found:
        configured = code.of(SignKind.ENV_READ, SignKind.CORS, SignKind.SECURITY_HEADERS)
        if not configured or not answering(api):
            return not_applicable("No server with configuration to judge.")
        return shown("No unsafe setting was found.", evidence(configured[:2], "configured"), LIKELY)
    names = ", ".join(dict.fromkeys(_fault(item.fact) for item in found))
    places = [place for item in found[:5] for place in evidence([item], _fault(item.fact))]
    if all(item.fact.kind is SignKind.DEBUG_ON for item in found):
        return partly(f"Unsafe: {names}.", places, LIKELY)
    return not_shown(f"Unsafe: {names}.", places, LIKELY)


def _fault(sign: Sign) -> str:
    return LOGGED.get(sign.detail, FAULTS[sign.kind])
