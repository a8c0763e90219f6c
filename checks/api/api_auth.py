"""Are writes kept from strangers?"""

from __future__ import annotations

import re

from checks.api._endpoints import WRITES, for_programs, is_stub, server_signs, within
from checks.api._hints import goes_by_asker, hints
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code, Data
from reviewer.model.facts.routing import Endpoint
from reviewer.model.facts.values import At
from reviewer.model.finding import Confidence, Effort, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, count, evidence, not_applicable, not_shown, partly, shown

OPEN = re.compile(
    r"login|logout|log[-_]?in|log[-_]?out|regist|sign[-_]?(?:up|in|out)|token|password|refresh|verif|confirm|activat|"
    r"webhook|callback|contact|feedback|subscri|search|(?:^|/)otp(?:/|$)|(?:^|/)(?:o?auth2?|sso|saml|session|account)s?(?:/|$)|"
    r"(?:^|/)(?:shorten(?:er)?|redirect)(?:/|$)",
    re.IGNORECASE,
)
"""Paths that strangers must be able to post to: who signs in is not known yet, and short links are for all."""
SIGNING_FILE = re.compile(
    r"(?:^|/)(?:auth(?:entication)?|login|sign-?(?:in|up)|registration)[-_.]?(?:routes?|router|controller|handler|endpoints?|views?|api)?"
    r"\.\w{1,4}$",
    re.IGNORECASE,
)
"""Files of routes by which people sign in and up, whose prefix may not be known."""
RESET = re.compile(r"passwords?[-_]?reset|reset[-_]?passwords?|forg[oe]t|verif|confirm|activat", re.IGNORECASE)
"""What is put by those who cannot sign in."""
ENDING = re.compile(r"(?:log|sign)[-_]?out|sessions?$|tokens?$", re.IGNORECASE)
"""What is deleted to sign out."""
ACCOUNTS = re.compile(
    r"(?:^|/)(?:(?:create|add|new|save)[-_]?)?(?:users?|accounts?|customers?|clients?)(?:/(?:create|add|new|save))?$",
    re.IGNORECASE,
)
"""Collections that sign-up posts to."""
ROLES = re.compile(r"role|admin|owner|permission|superuser|staff|scope|level|author(?!iz)|policy |claim", re.IGNORECASE)
LISTED = "Magento"
"""Its guards name resources of an access list, which roles are granted."""
REFUSALS = ("401", "403")
DEVISED = re.compile(r"/sign_in$")
"""What Devise declares on one line with its sign-up."""
ONE_KEY = re.compile(r"key_?auth|api_?key|basic_?auth", re.IGNORECASE)
"""Guards that ask for a key, and know nobody by name."""
SIGNING_IN = re.compile(r"log_?in|sign_?in|auth|token|connect|session|password", re.IGNORECASE)
BEFORE_METHODS = frozenset(
    "__construct constructor __init__ initialize init beforeAction beforeFilter before beforeExecuteRoute preDispatch"
    " OnActionExecuting OnActionExecutionAsync".split()
)
"""What a framework calls before each action of a class."""
READING = re.compile(r"/(?:get|list|fetch|find|query|filter)(?:[A-Z_-][\w-]{0,60})?$")
"""How paths end that are posted to and only read."""
READER = re.compile(
    r"(?:get|list|find|query|page|search)(?:_\w{0,60}|[A-Z]\w{0,60})?\Z|(?:Get|List|Find|Query|Page|Search)[A-Z]\w{0,60}\Z"
)
"""How the names of handlers begin that only read."""
ALSO_WRITES = re.compile(r"create|insert|add|save|update|delete|remove|set(?=[A-Z_])|store|put", re.IGNORECASE)
SIGNER = re.compile(
    r"(?:handle_?)?(?:sign_?up|sign_?in|log_?in|register_?(?:new_?)?(?:user|account|customer|member))(?:_?handler|Async)?\Z",
    re.IGNORECASE,
)
"""How handlers are named by which people sign in and up."""
REGISTER = re.compile(r"register(?:_?handler|Async)?\Z", re.IGNORECASE)
BARE = re.compile(r"^(?:/(?:api|v\d{1,3}))*/(?:create|new|add|save)$", re.IGNORECASE)
"""Paths that do not say what is made."""
LOGIN = re.compile(r"log_?in|sign_?(?:in|up)|regist|password", re.IGNORECASE)
ENOUGH, SOME = 0.6, 0.2

CHECK = Check(
    title_shown="Writes need authentication",
    title_not_shown="Writes are open to anybody",
    title_partly="Writes are protected in part",
    looks_for="Guards on endpoints that write, a check of owner or role, and verified tokens.",
    why="An API that lets anybody delete anything is the first thing an interviewer tries.",
    advice="Put the authentication guard on every route that writes, and check that the row belongs to the user.",
    effort=Effort.HOURS,
    level=3,
    shown_when="At least 60 % of the writes are guarded, and an owner or role is checked where a write names a row by "
    "its id; partly from 20 %.",
    does_not_count="Login, sign-up, signing out, webhooks and the like, which must be open; POST that only reads, by "
    "its name or its handler's.",
    computed="Endpoints that write are held against guards on routes, routers and applications, and against handlers "
    "that refuse with 401 or 403 or read who asks, from parsed code. An owner check is a comparison of, or a query by, "
    "the one who asks; where only a name or pattern speaks of it, that is believed. One key for all knows no owners, "
    "and where an interceptor stands before the routes, less than enough guards is not judged.",
    limits="Guards that are put on a whole application outside of the code, by a gateway or proxy, are not seen. "
    "Whether a guard does what its name says is not judged.",
    links=(
        "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/",
        "https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Cheat_Sheet.html",
    ),
    skills=("REST", "Security"),
    needs=(Depth.ROUTES,),
    before="""@app.delete("/notes/<int:key>")
def remove(key):
    db.session.delete(Note.query.get_or_404(key))
    return "", 204""",
    pattern="""@app.delete("/notes/<int:key>")
@jwt_required()
def remove(key):
    note = Note.query.filter_by(id=key, owner_id=get_jwt_identity()).first_or_404()
    db.session.delete(note)
    return "", 204""",
)


def run(api: Api, code: Code, data: Data) -> Verdict:
    """Guarded against open writes."""
    found = for_programs(api)
    read = {place for item in found if item.method == "GET" for place in _places(item)}
    signing = {(item.file, item.line) for item in found if item.method == "POST" and DEVISED.search(item.path[-80:])}
    writes = [item for item in found if item.method in WRITES and not _must_be_open(item)]
    writes = [item for item in writes if item.method != "POST" or (item.file, item.line) not in signing]
    writes = [item for item in writes if item.method != "POST" or not _signs_up(item, code)]
    writes = [item for item in writes if item.method != "POST" or not _only_reads(item, code, data)]
    writes = [item for item in writes if not is_stub(item, code)]
    writes = [item for item in writes if item.authenticated or not item.file.endswith(".proto")]
    writes = [item for item in writes if not _is_root(item) or not read & _places(item)]
    if not writes:
        return not_applicable("No endpoint that writes and should be guarded.")
    if all(item.path == "/" for item in writes):
        return not_applicable("Only the root takes writes, which names nothing that is kept.")
    refusals = [item for item in server_signs(code, SignKind.STATUS) if item.fact.detail in REFUSALS]
    asking = [*refusals, *server_signs(code, SignKind.AUTH_GUARD)]
    asking += [*hints(code, "guard"), *hints(code, "asker"), *hints(code, "role")]
    around = [*_of_classes(code), *_of_bases(code), *_of_scripts(writes, code)]
    guarded = [item for item in writes if item.authenticated or within(item, asking) or _stands_in(item, around)]
    open_ = [item for item in writes if item not in guarded and item.authenticated is not None]
    share = len(guarded) / len(writes)
    summary = f"{len(guarded)} of {count(len(writes), 'endpoint that writes', 'endpoints that write')} are guarded"
    if len(writes) == 1:
        summary = summary.replace(" are ", " is ")
    if share >= ENOUGH:
        return _by_owner(api, code, guarded, summary)
    if standing := hints(code, "before all"):
        name = standing[0].fact.detail.rpartition(" ")[2]
        return could_not_tell(f"{name} stands before the routes; which of them it lets through is not followed.")
    if share >= SOME:
        return partly(f"{summary}.", evidence(open_[:6], "no guard found"), LIKELY, advice=_advice(open_))
    unsure = _refuses_somewhere(refusals) or not open_ or _guards_elsewhere(code)
    proof = evidence(open_[:6], "no guard found")
    sure = Confidence.GUESS if unsure else LIKELY
    return not_shown(f"{summary}.", proof, sure, advice=_advice(open_), at=writes[0].file)


def _by_owner(api: Api, code: Code, guarded: list[Endpoint], summary: str) -> Verdict:
    """Enough is guarded: whether an owner or role is asked for as well."""
    owners = _owners(code)
    if owners:
        return shown(f"{summary}; owner or role is checked.", evidence([*guarded[:3], *owners[:2]]), LIKELY)
    asked = goes_by_asker(api, code)
    if asked:
        proof = [*evidence(guarded[:3], "guarded"), *evidence(asked[:2], "goes by who asks")]
        return shown(f"{summary}; handlers go by who asks.", proof, LIKELY)
    keys = [item for item in server_signs(code, SignKind.AUTH_GUARD) if ONE_KEY.search(item.fact.detail)]
    if keys and not hints(code, "asker"):
        return shown(f"{summary}, by one key for all, which owns every row.", evidence(keys[:3], "guards"), LIKELY)
    if all(item.framework == LISTED for item in guarded):
        return shown(f"{summary}, by {LISTED}'s access lists.", evidence(guarded[:3], "guarded"), LIKELY)
    rows = [item for item in guarded if "{" in item.path]
    if not rows:
        return shown(f"{summary}; none of them names a row by its id.", evidence(guarded[:3], "guarded"), LIKELY)
    lacking = evidence(rows[:3], "guarded; no check of owner or role found")
    return partly(f"{summary}; no check of owner or role was found.", lacking, LIKELY)


def _must_be_open(endpoint: Endpoint) -> bool:
    if _unread(endpoint):
        return True
    literal = "/".join(segment for segment in endpoint.path.split("/") if segment and "{" not in segment)
    if endpoint.method == "POST" and "{" not in endpoint.path and SIGNING_FILE.search(endpoint.file[-100:]):
        return True
    if endpoint.method == "POST":
        return bool(OPEN.search(literal) or ACCOUNTS.search(endpoint.path) or READING.search(endpoint.path[-100:]))
    if endpoint.method == "DELETE":
        return bool(ENDING.search(literal))
    return bool(RESET.search(literal))


def _signs_up(endpoint: Endpoint, code: Code) -> bool:
    """Whether a handler without an id in its path is named after signing in or up: ``POST /create`` by ``Register``."""
    place = endpoint.handler
    if place is None or "{" in endpoint.path:
        return False
    names = [item.fact.name for item in code.functions if item.path == place.path and item.fact.line == place.line]
    ends = [name.rpartition(".")[2][:80] for name in names]
    bare = BARE.match(endpoint.path[:80])
    return any(SIGNER.match(name) or (bare and REGISTER.match(name)) for name in ends)


def _only_reads(endpoint: Endpoint, code: Code, data: Data) -> bool:
    """Whether a handler's name says that it reads, and no statement in it writes."""
    place = endpoint.handler
    if place is None or any(item.fact.verb != "select" for item in within(endpoint, data.statements)):
        return False
    names = [item.fact.name for item in code.functions if item.path == place.path and item.fact.line == place.line]
    return any(READER.match(name[:80]) and not ALSO_WRITES.search(name[:80]) for name in names)


def _places(endpoint: Endpoint) -> set[tuple[str, int]]:
    """Where an endpoint is declared, and where it is handled."""
    found = {(endpoint.file, endpoint.line)}
    if endpoint.handler:
        found.add((endpoint.handler.path, endpoint.handler.line))
    return found


def _is_root(endpoint: Endpoint) -> bool:
    """The root: where one handler answers every method there, it writes nothing."""
    return endpoint.path in ("/", "/api")


def _unread(endpoint: Endpoint) -> bool:
    """Whether nothing of a path is known: it may be a webhook."""
    return endpoint.unsure and endpoint.path == "/{value}"


def _owners(code: Code) -> list[At[Sign]]:
    """Checks of the owner, and guards that ask for a role."""
    guards = server_signs(code, SignKind.AUTH_GUARD)
    return [
        *server_signs(code, SignKind.OWNER_CHECK),
        *(item for item in guards if ROLES.search(item.fact.detail)),
    ]


def _refuses_somewhere(refusals: list[At[Sign]]) -> bool:
    """Whether strangers are turned away outside of what signs them in: then a guard may simply not be recognised."""
    return any(not SIGNING_IN.search(item.fact.function.rpartition(".")[2]) for item in refusals)


def _guards_elsewhere(code: Code) -> bool:
    """Whether something asks who is there, outside of what signs people in: its way to the routes may not be known."""
    signs = [*server_signs(code, SignKind.AUTH_GUARD), *hints(code, "guard")]
    return any(not LOGIN.search(item.fact.function.rpartition(".")[2]) for item in signs)


def _of_classes(code: Code) -> list[tuple[str, int, int]]:
    """The classes whose own body names a guard for all of their methods: path, first line, last line."""
    guards = [item for item in server_signs(code, SignKind.AUTH_GUARD) if not item.fact.function]
    paths = {item.path for item in guards}
    functions = [item for item in code.functions if item.path in paths]
    found = []
    for owner in (item for item in code.classes if item.path in paths):
        lines = range(owner.fact.line, owner.fact.end_line + 1)
        inside = [item for item in guards if item.path == owner.path and item.fact.line in lines]
        methods = [item.fact for item in functions if item.path == owner.path]
        if any(not any(method.line <= item.fact.line <= method.end_line for method in methods) for item in inside):
            found.append((owner.path, owner.fact.line, owner.fact.end_line))
    return found


def _of_bases(code: Code) -> list[tuple[str, int, int]]:
    """Classes whose base asks who is there before any of its methods runs."""
    guards = [item.fact.function for item in server_signs(code, SignKind.AUTH_GUARD)]
    names = {owner.rpartition(".")[2] for owner, _, method in (name.rpartition(".") for name in guards)
             if method in BEFORE_METHODS}  # fmt: skip
    names.discard("")
    if not names:
        return []
    return [
        (item.path, item.fact.line, item.fact.end_line)
        for item in code.classes
        if any(re.split(r"[.\\:]", base)[-1] in names for base in item.fact.bases)
    ]


def _of_scripts(writes: list[Endpoint], code: Code) -> list[tuple[str, int, int]]:
    """Files that answer as a whole, and turn strangers away in what they run before anything else."""
    scripts = {item.file for item in writes if item.line <= 1}
    refused = [item for item in hints(code, "status") if item.fact.detail.rpartition(" ")[2] in REFUSALS]
    refused += [item for item in server_signs(code, SignKind.STATUS) if item.fact.detail in REFUSALS]
    return [(item.path, 0, 1) for item in refused if item.path in scripts and not item.fact.function]


def _stands_in(endpoint: Endpoint, around: list[tuple[str, int, int]]) -> bool:
    place = endpoint.handler
    path, line = (place.path, place.line) if place else (endpoint.file, endpoint.line)
    return any(path == other and first <= line <= end for other, first, end in around)


def _advice(open_: list[Endpoint]) -> str | None:
    if not open_:
        return None
    first = f"{open_[0].method} {open_[0].path} ({open_[0].file}:{open_[0].line})"
    return f"Put the authentication guard on the {len(open_)} open writes; start with {first}."
