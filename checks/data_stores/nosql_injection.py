"""Do clients get to write queries?"""

from __future__ import annotations

from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, shown

CHECK = Check(
    title_shown="Clients cannot write queries",
    title_not_shown="Request values reach queries unchecked",
    looks_for="Whole request bodies as filters, and CQL put together from text.",
    why='A body of {"$ne": null} logs in without a password.',
    advice="Take single fields out of the body, check their type, and bind values in CQL.",
    effort=Effort.HOURS,
    level=2,
    shown_when="No request value reaches a query as a whole or as text.",
    does_not_count="Single fields that a schema has checked.",
    links=("https://cheatsheetseries.owasp.org/cheatsheets/NoSQL_Security_Cheat_Sheet.html",),
    skills=("NoSQL", "Security"),
    needs=(Depth.DATA,),
    computed="Calls that query a store without SQL, with a whole body, query or parameter object of the request as the "
    "filter, or with CQL put together from text. One is enough.",
    limits="A check in a middleware of another file, and values that pass through several functions, are not followed.",
    before="const user = await User.findOne(req.body);",
    pattern="const email = String(req.body.email);\nconst user = await User.findOne({ email });",
)


def run(code: Code) -> Verdict:
    """Injection signs."""
    found = code.of(SignKind.NOSQL_INJECTION)
    if found:
        first = f"{found[0].path}:{found[0].fact.line}"
        return not_shown(
            f"{count(len(found), 'query', 'queries')} with a request value as it comes.",
            evidence(found[:5], "takes the request as it comes"),
            LIKELY,
            advice=f"Take single fields out of the request and check their type; start with {first}.",
            at=found[0].path,
        )
    queries = code.of(SignKind.NOSQL_QUERY)
    if not queries:
        return not_applicable("No query on a NoSQL store.")
    return shown(
        f"None of {count(len(queries), 'query', 'queries')} takes a request as it comes.", evidence(queries[:2]), LIKELY
    )
