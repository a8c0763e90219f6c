"""Is there a GraphQL schema with resolvers?"""

from __future__ import annotations

from checks.api._endpoints import server_signs
from reviewer.model.check import Check
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.values import Place
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import could_not_tell, count, evidence, not_applicable, shown

KINDS = ("query", "mutation", "subscription")

CHECK = Check(
    title_shown="A GraphQL schema is served",
    title_not_shown="No GraphQL",
    looks_for="Schema, resolvers and their operations.",
    why="Front-end teams like to ask for exactly what they need.",
    advice="Nothing to do unless a job asks for GraphQL.",
    effort=Effort.DAYS,
    level=2,
    shown_when="Queries or mutations are declared in code or schema.",
    does_not_count="Its absence: most APIs do without. Clients in the browser.",
    computed="Queries, mutations and subscriptions that server code or a schema file declares, each name once, beside "
    "signs of a GraphQL library in server code. Parsed.",
    limits="Whether resolvers load in batches is not judged. Schemas that are computed from a database are not seen: "
    "of a library alone nothing is said.",
    links=("https://graphql.org/learn/schema/", "https://graphql.org/learn/execution/"),
    skills=("GraphQL",),
    before="type Query {\n  notes: [Note!]!\n}",
    pattern="type Query {\n  notes(first: Int = 20, after: ID): NotePage!\n}\n\n"
    "const resolvers = { Query: { notes: (_, page, { loaders }) => loaders.notes(page) } };",
)


def run(api: Api, code: Code) -> Verdict:
    """Operations and signs of GraphQL."""
    operations = [item for item in api.operations if item.kind in KINDS]
    signs = server_signs(code, SignKind.GRAPHQL)
    if not operations and not signs:
        return not_applicable("No sign of GraphQL.")
    places = [Place(path=item.file, line=item.line) for item in operations[:3]]
    if not operations:
        where = f"{signs[0].path}:{signs[0].fact.line}"
        return could_not_tell(f"A GraphQL library is used ({where}); no operation of a schema could be read.")
    said = f"{count(len(operations), 'operation')} declared."
    return shown(said, [*evidence(places, "an operation"), *evidence(signs[:2], "GraphQL")])
