"""Does server code use a relational database?"""

from __future__ import annotations

import re

from checks.api._endpoints import host_of
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import DataKind, Role
from reviewer.model.facts.repository import Api, Code, Data, Project
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

CLIENT = ("android.", "androidx.", "com.badlogic.", "javafx.", "javax.swing", "UnityEngine", "System.Windows")
"""Imports of clients on phones and desks."""

UNREAD = ("@loopback/repository", "yii.db", "Phalcon.Mvc.Model", "think.Model", "io.objectbox", "waterline", "sails-")
"""Mappers whose models and queries are not read."""

UNREAD_FRAMEWORKS = frozenset({"Sails"})
"""Frameworks whose own mapper is not read, and needs no import."""
SERVICES = (
    "Amazon.S3", "@aws-sdk/client-s3", "aws-sdk/clients/s3", "software.amazon.awssdk.services.s3", "Azure.Storage",
    "@azure/storage", "azure.storage", "google.cloud.storage", "@google-cloud/storage", "minio", "firebase",
    "@supabase/", "supabase", "airtable", "pyairtable", "@notionhq/", "gspread", "googleapis", "@shopify/", "shopify",
    "contentful", "@sanity/", "@octokit", "graphql-request", "@apollo/client", "axios", "node-fetch", "got",
    "superagent", "undici", "requests", "httpx", "aiohttp.client", "GuzzleHttp", "github.com/go-resty/resty", "resty",
    "RestSharp", "System.Net.Http", "org.springframework.web.client", "org.springframework.cloud.openfeign", "okhttp3",
    "java.net.http", "faraday", "httparty", "rest-client",
)  # fmt: skip
"""Clients of services that may keep what a server is given."""

KEEPS = re.compile(
    r"(?:\w{1,40}\.)?(?:create|add|save|store|insert|update|delete|remove|set|put|post|register|signup|book|order)",
    re.IGNORECASE,
)
"""How the names of operations begin that keep what they are given."""

CHECK = Check(
    title_shown="A relational database is used",
    title_partly="A relational database is configured",
    title_not_shown="No use of a relational database",
    looks_for="A connection to a relational database together with statements or models in server code.",
    why="Nearly every backend job keeps its data in a relational database.",
    advice="Keep the main data of one project in PostgreSQL or SQLite: a connection, a schema, and queries.",
    effort=Effort.DAYS,
    level=1,
    shown_when="A relational database is configured or connected to, and statements or models work on it.",
    does_not_count="Code that keeps its data in another store: it is not judged. "
    "A dependency, an import, a word in the README, a driver that nothing uses. Clients (Android, "
    "desktop) are no server code; nor are plugins of a CMS, tools, libraries and tests without a server, and "
    "servers that only answer (GET), and those that send what they are given on to a service.",
    computed="Connections and settings known by driver, ORM and address, together with parsed statements, models or "
    "DDL in files that are neither tests nor front end.",
    limits="A database that is reached only through another service or a home-made library is not seen; of a server "
    "with a client of such a service nothing is said.",
    links=("https://www.postgresql.org/docs/current/tutorial.html",),
    skills=("SQL",),
    needs=(Depth.DATA,),
    before="notes = []   # kept in memory, gone at the next start",
    pattern='db = connect(os.environ["DATABASE_URL"])\ndb.execute("INSERT INTO notes (title) VALUES (?)", (title,))\n'
    'rows = db.execute("SELECT id, title FROM notes LIMIT 50").fetchall()',
)


def run(data: Data, code: Code, api: Api, project: Project) -> Verdict:
    """Databases that are used, with the work that is done on them."""
    used = [item for item in data.databases if item.kind is DataKind.SQL and item.role is Role.USED]
    work = [item for item in data.statements if item.fact.layer != "cql"]
    places = [place for item in used for place in item.evidence]
    if used and (work or data.tables):
        names = ", ".join(item.name for item in used)
        amount = f"{count(len(work), 'statement')} and {count(len(data.tables), 'table')}"
        return shown(
            f"{names} in use: {amount}.", (*evidence(places[:2], "in use"), *evidence(work[:2], "a statement"))
        )
    if work or data.tables:
        found = [*data.tables[:3], *work[:3]]
        return shown("SQL is written for a relational database.", evidence(found))
    serves = api.endpoints or api.operations or code.of(SignKind.SERVER_START)
    through = {item.fact.module for item in code.imports if item.fact.module.startswith(UNREAD)}
    through |= UNREAD_FRAMEWORKS & {item.name for item in project.frameworks}
    if used and through:
        said = f"{used[0].name} in use, through {min(through)}, whose models and queries are not read."
        return shown(said, evidence(places[:3], "in use"), LIKELY)
    if used and not serves:
        return not_applicable("No server was found that could keep data.")
    if used:
        return partly(f"{used[0].name} is configured; no statement or model was found.", evidence(places[:3]))
    other = [item.name for item in data.databases if item.kind is not DataKind.SQL and item.role is Role.USED]
    if other:
        return not_applicable(f"The data lie in {other[0]}, which asks for no relational database.")
    screens = {item.path for item in code.imports if item.fact.module.startswith(CLIENT)}
    modules = [module for module in code.modules if module.path not in screens]
    if through:
        return not_applicable(f"What {min(through)} works on is not read.")
    if not code.functions or not modules or 2 * len(screens) >= len(code.modules):
        return not_applicable("There is no server code of the candidate's own.")
    named = [item.name for item in data.databases if item.kind is DataKind.SQL and item.role is Role.NAMED]
    idle = _keeps_nothing(api, host_of(project), serving=bool(serves), named=bool(named))
    if idle or (idle := "" if named else _behind(code, {module.path for module in modules})):
        return not_applicable(idle)
    what = f"{', '.join(named)} is named but not used" if named else "no relational database is used"
    return not_shown(f"In {count(len(modules), 'module')}, {what}.", (), LIKELY)


def _keeps_nothing(api: Api, host: str, *, serving: bool, named: bool) -> str:
    """Why nothing is there that could keep data: a host, no server, or operations that only answer."""
    if host:
        return f"The code extends {host}, which keeps the data."
    if named:
        return ""
    if not serving:
        return "No server was found that could keep data."
    written = any(
        item.method not in ("GET", "HEAD", "OPTIONS") and (item.method != "ANY" or item.handler)
        for item in api.endpoints
    )
    written = written or any(KEEPS.match(item.name) for item in api.operations)
    return "" if written else "The server keeps nothing: no operation was found that is given something to keep."


def _behind(code: Code, modules: set[str]) -> str:
    """Why what a server keeps may lie elsewhere: with a service whose client it imports."""
    asked = (item.fact.module for item in code.imports if item.path in modules and _is_of(item.fact.module))
    service = next(asked, "")
    return f"What the server keeps may lie behind {service}." if service else ""


def _is_of(module: str) -> bool:
    """Whether an import is of a client of a service."""
    return any(
        module == name or module.startswith((name if name[-1] == "/" else f"{name}.", f"{name}/")) for name in SERVICES
    )
