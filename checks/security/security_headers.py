"""Are security headers set?"""

from __future__ import annotations

from checks.api._endpoints import BESIDE, judged, served
from checks.security._defaults import sends_headers
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code, Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.host import host_of
from reviewer.model.verdict import LIKELY, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Security headers are set",
    title_not_shown="No security headers",
    looks_for="helmet, Talisman, Django's SECURE settings and the like, or headers such as Content-Security-Policy"
    " that the code sets.",
    why="A few headers close whole classes of attacks in the browser for one line of code.",
    advice="Add the framework's header middleware with its defaults.",
    effort=Effort.MINUTES,
    level=4,
    shown_when="A library or settings for security headers are in use.",
    does_not_count="CORS, a library that is declared but not used, headers that are switched off.",
    computed="Calls, settings and header names are looked up in the parsed server code; one is enough. Where nothing is"
    " found and the framework sends such headers by itself (Django, Rails, Sinatra, Hanami, Play, Spring Security, a"
    " content management system), the check does not apply.",
    limits="Headers that a load balancer or the hosting platform adds are not seen; those of nginx, Apache and Traefik"
    " are, where their settings lie in the repository.",
    links=(
        "https://owasp.org/www-project-secure-headers/",
        "https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html",
    ),
    skills=("Security",),
    needs=(Depth.ROUTES,),
    before="const app = express();\napp.use(express.json());\napp.use('/notes', notes);",
    pattern="const app = express();\napp.use(helmet());\napp.use(express.json());\napp.use('/notes', notes);",
)


def run(api: Api, code: Code, project: Project) -> Verdict:
    """Looks for header libraries."""
    found = code.of(SignKind.SECURITY_HEADERS)
    if found:
        return shown(f"Set by {found[0].fact.detail}.", evidence(found[:2], "sets headers"), LIKELY)
    if not served(api):
        return not_applicable("No API endpoint is declared.")
    if not judged(served(api), code):
        return not_applicable(BESIDE)
    host = host_of(project)
    if host:
        return not_applicable(f"It is an extension of {host}: the site sends the headers.")
    default = sends_headers(project, code)
    if default:
        return not_applicable(f"{default} sends some by its defaults; nothing is added to them in the code.")
    return not_shown("No middleware or setting for security headers was found in the code.", confidence=LIKELY)
