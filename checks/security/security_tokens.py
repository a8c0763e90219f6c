"""Are tokens verified and do they expire?"""

from __future__ import annotations

import re

from msgspec.structs import replace

from checks.security._paths import is_development
from reviewer.model.check import Check, Depth
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, could_not_tell, evidence, not_applicable, not_shown, partly, shown

SETTINGS = re.compile(r"\.json$")
JWT = re.compile(r"jwt|token|sign", re.IGNORECASE)
OTHERS = re.compile(
    r"session|cookie|pay|stripe|momo|iyzi|cloudinary|aws|\bs3|client|oauth|google|facebook|github|twitter|twilio|mail|"
    r"smtp|captcha|webhook|hook|qi_?niu|wechat|weixin|aliyun|tencent|sms|api_?secret|minio|algolia|pusher|firebase|crypt|csrf|consumer|slack|discord|openai|metadata|keycloak",
    re.IGNORECASE,
)
"""Secrets of other things: services, sessions, encryption."""
SURE = re.compile(
    r"(?:.*\.)?(?:jwt|token|auth|app|access|refresh|session|sign(?:ing)?|server|flask|django|private|hash|the|my|_)?[_-]?"
    r"secrets?(?:[_-]?key|[_-]?or[_-]?\w{0,12}key)?|.*(?:jwt|token|sign).*|[a-z.]{0,30}(?:verify|encode|decode)",
    re.IGNORECASE,
)
"""Names of a secret that are not those of a service."""
LOOKED_UP = frozenset({"TokenAuthentication", "ExpiringTokenAuthentication", "HTTP token"})
"""Guards of libraries that look a token up among those that are stored."""
SESSION_FILE = re.compile(r"(?:^|/)(?:sessions?|cookies?)\.\w{2,4}$", re.IGNORECASE)
"""Settings of sessions, whose secret signs a cookie."""
DECODES = re.compile(
    r"decode|ReadJwtToken|ReadToken|get_unverified|ParseUnverified|verify=False|verify_signature", re.IGNORECASE
)
"""What only reads a token, which another place may have verified before."""
VERIFYING = re.compile(
    r"verifies: |guard: .{0,80}(?:verif|validate|check|valid|authenticate)\w{0,20}(?:jwt|token)", re.IGNORECASE
)
"""Hints of functions and calls that verify a token, by their names."""
VERIFIED_BY = re.compile(r"(?:jwt|jws|jose|token|paseto)\w{0,30}\.\w{0,10}(?:verif|introspect|parse)", re.IGNORECASE)
"""A call of a library's verifying method, under whatever name the project keeps it."""

CHECK = Check(
    title_shown="Tokens are verified and expire",
    title_not_shown="Tokens lack several safeguards",
    title_partly="Tokens lack one safeguard",
    looks_for="Verification of tokens, an expiry when they are issued, and a secret that is not written in the code.",
    why="A token without expiry or check is a key that can never be taken back.",
    advice="Set an expiry when signing, verify with the algorithm named, and read the secret from the environment.",
    effort=Effort.HOURS,
    level=3,
    shown_when="Tokens expire, are verified, and no secret is a literal; partly where one is missing.",
    does_not_count="A fallback outside of production alone, or in a module that stops in production without the"
    " variable; tokens of other services that are only passed on, secrets of sessions, of encryption and of other"
    " services; settings for development; a text that is signed and is no token.",
    computed="Calls of known token libraries are found in the parsed code. Three things are asked: every token that is"
    " issued has an end, something verifies tokens (a verifying call, middleware or a guard of routes), and no signing"
    " secret is a literal. One lack is partly, two or reading without verifying is not shown. Where a verification that"
    " was not seen is all there is to say, nothing is claimed.",
    limits="Where one place verifies, another that only decodes is no finding."
    " A fallback for a variable that is not set counts as a literal: it is public. An end that is set in another"
    " file or by the library's configuration may be missed; where the options are not in sight nothing is claimed.",
    links=(
        "https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html",
        "https://www.rfc-editor.org/rfc/rfc8725",
    ),
    skills=("Security",),
    needs=(Depth.FUNCTIONS,),
    before="const token = jwt.sign({ sub: user.id }, 'a literal in the code');",
    pattern="const token = jwt.sign({ sub: user.id }, process.env.JWT_SECRET,\n  { expiresIn: '15m' });\n"
    "...\nconst claims = jwt.verify(token, process.env.JWT_SECRET,\n  { algorithms: ['HS256'] });",
)


def run(code: Code, secrets: tuple[At[Secret], ...]) -> Verdict:
    """Issued, verified, secret."""
    issued, verified = _for_use(code.of(SignKind.TOKEN_ISSUED)), _for_use(code.of(SignKind.TOKEN_VERIFIED))
    hints = [item for item in _for_use(code.of(SignKind.HINT)) if item.path not in set(code.clients)]
    unread = _unverified(code, issued, verified, hints)
    if unread is not None:
        return unread
    if not issued and not verified:
        return not_applicable("The code neither issues nor verifies tokens.")
    endless = [item for item in issued if item.fact.detail == "no expiry"]
    literal = _literals(code, secrets) if _signs(issued, verified) else []
    literal = [item for item in literal if not _stands_in(item)] or literal
    literal = [item for item in literal if _is_sure(item)] or literal
    only_stands_in = bool(literal) and all(_stands_in(item) for item in literal)
    lacks = ["an expiry"] if endless else []
    if literal and not only_stands_in:
        lacks.append("a secret that is not in the code")
    hinted = any(VERIFYING.match(item.fact.detail) for item in hints)
    unseen = not verified and not hinted and not code.of(SignKind.AUTH_GUARD)
    if unseen and not lacks and not literal:
        return could_not_tell("Tokens expire and the secret is not in the code; where they are verified was not seen.")
    if unseen:
        lacks.append("a verification")
    places = _places(
        evidence(endless[:2], "issued without an expiry"),
        evidence(literal[:2], "a fallback in the code" if only_stands_in else "a secret in the code"),
        evidence(verified[:2], "verified"),
        evidence([item for item in issued if item not in endless][:1], "issued"),
    )
    if not lacks and not literal and not verified:
        return not_applicable("Tokens are issued, and what guards the routes verifies them out of sight.")
    if not lacks and not literal:
        return shown("Tokens expire and are verified; the secret is not in the code.", places, LIKELY)
    said = [f"Tokens lack {', '.join(lacks)}"] if lacks else []
    if only_stands_in:
        said.append(f"{'the' if said else 'The'} signing secret has a fallback in the code")
    if issued and not any(item.fact.detail for item in issued):
        said.append("whether they end was not seen")
    summary = f"{'; '.join(said)}."
    one = len(lacks) + only_stands_in == 1
    return partly(summary, places, LIKELY) if one else not_shown(summary, places, LIKELY)


def _places(*groups: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Each place once, with all that it shows."""
    found: dict[tuple[str, int], Evidence] = {}
    for item in (item for group in groups for item in group):
        before = found.get((item.path, item.line))
        said = f"{before.note}, {item.note}" if before else item.note
        found[item.path, item.line] = replace(before or item, note=said)
    return tuple(found.values())


def _unverified(
    code: Code, issued: tuple[At[Sign], ...], verified: tuple[At[Sign], ...], hints: list[At[Sign]]
) -> Verdict | None:
    """What is said where tokens are read without being verified; None where none are.

    A place that only decodes may stand behind one that verifies.
    """
    found = _for_use(code.of(SignKind.TOKEN_UNVERIFIED))
    certain = [item for item in found if not DECODES.search(item.fact.detail)]
    decoded = [item for item in found if DECODES.search(item.fact.detail)]
    if not certain and decoded and verified:
        return could_not_tell(
            "Tokens are verified; whether that comes before each place that only decodes is not read."
        )
    if not found and issued and not verified:
        verifies = any(VERIFIED_BY.search(item.fact.detail) for item in hints)
        found = () if verifies else tuple(item for item in hints if item.fact.detail == "decodes a token")
    if not (certain or found):
        return None
    told = certain or found
    return not_shown("Tokens are read without being verified.", evidence(told[:4], told[0].fact.detail), LIKELY)


def _signs(issued: tuple[At[Sign], ...], verified: tuple[At[Sign], ...]) -> bool:
    """Whether any token is signed: those that the server draws by lot and looks up need no key."""
    return bool(issued) or any(item.fact.detail not in LOOKED_UP for item in verified)


def _literals(code: Code, secrets: tuple[At[Secret], ...]) -> list[At[Sign] | At[Secret]]:
    """The signing secrets that stand in the code or in a settings file, each once."""
    clients = set(code.clients)
    found: list[At[Sign] | At[Secret]] = [
        item for item in code.of(SignKind.SECRET_LITERAL) if _is_signing(item, clients)
    ]
    told = {(item.path, item.fact.line) for item in found}
    found += [item for item in secrets if _is_key(item) and (item.path, item.fact.line) not in told]
    return sorted(found, key=_stands_in)


def _is_sure(item: At[Sign] | At[Secret]) -> bool:
    """Whether the name of a literal is that of a key of the program's own, or a variable stands before it."""
    return not isinstance(item.fact, Sign) or _stands_in(item) or bool(SURE.fullmatch(item.fact.detail[:200]))


def _stands_in(item: At[Sign] | At[Secret]) -> bool:
    """Whether a literal is only taken where a variable is not set."""
    return isinstance(item.fact, Sign) and item.fact.detail == "default"


def _for_use(signs: tuple[At[Sign], ...]) -> tuple[At[Sign], ...]:
    """Without those of tests, examples and seeds."""
    return tuple(item for item in signs if not is_development(item.path))


def _is_signing(item: At[Sign], clients: set[str]) -> bool:
    """Whether a literal signs tokens where the server runs: not those of other things."""
    other = OTHERS.search(item.fact.detail) or SESSION_FILE.search(item.path[-200:])
    own = JWT.search(item.fact.detail) or not other
    return bool(own) and item.path not in clients and not is_development(item.path)


def _is_key(item: At[Secret]) -> bool:
    """Whether a settings file gives the key that tokens are signed with."""
    real = item.fact.standing is SecretStanding.REAL and item.fact.kind == "signing key"
    return real and SETTINGS.search(item.path) is not None and not is_development(item.path)
