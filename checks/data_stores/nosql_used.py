"""Is a NoSQL store used?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.data import DataKind, Role
from reviewer.model.facts.repository import Data
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import evidence, not_applicable, shown

KINDS = (DataKind.NOSQL, DataKind.CACHE, DataKind.SEARCH)

CHECK = Check(
    title_shown="A NoSQL store is used",
    title_not_shown="No NoSQL store",
    looks_for="Documents, wide columns, keys and values, or search in server code.",
    why="Many systems keep part of their data outside of a relational database.",
    advice="Keep sessions or a cache in Redis, or documents in MongoDB, in one project.",
    effort=Effort.DAYS,
    level=1,
    shown_when="Server code configures or connects to such a store.",
    does_not_count="Its absence; a driver or a word that nothing uses.",
    computed="Connections, settings and queries of stores known by driver, address and image, in files that are "
    "neither tests nor front end.",
    limits="A store behind a cloud service's own library is known only where that library is in the tables.",
    links=("https://redis.io/docs/latest/develop/", "https://www.mongodb.com/docs/manual/introduction/"),
    skills=("NoSQL",),
    needs=(Depth.DATA,),
    before="rates = {}   # lost at a restart, different in each process",
    pattern='cache = Redis.from_url(os.environ["REDIS_URL"])\ncache.set(f"rate:{code}", value, ex=3600)',
)


def run(data: Data) -> Verdict:
    """Stores that are used."""
    used = [item for item in data.databases if item.kind in KINDS and item.role is Role.USED]
    if not used:
        return not_applicable("No NoSQL store is used.")
    names = ", ".join(item.name for item in used)
    return shown(f"{names} in use.", evidence(place for item in used for place in item.evidence[:2]))
