"""How code reads the one who asks, in every language: what the lines of a handler say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.look import Look

LINE_MOST = 400
DECLARING = re.compile(r"\s{0,99}(?:(?:def|import|from|using|use|require|package)\b|#|//|\*|/\*)")

EVERY = "Python JavaScript TypeScript Java Kotlin C# PHP Ruby Go"
TYPED = "JavaScript TypeScript Java Kotlin C# Go"
ASKERS: tuple[tuple[frozenset[str], tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (frozenset(languages.split()), tuple(marks.split()), re.compile(pattern, re.IGNORECASE))
    for languages, marks, pattern in (
        (
            EVERY,
            ".user .auth .current .decoded .account .identity .logged .session.",
            r"\b(?:req|request|_req|ctx|context|c|locals|state|requestContext)\.(?:user|auth|user_?id|current_?user(?:_?id)?"
            r"|user_?(?:data|info)|decoded|auth_?user|account(?:_?id)?|identity|authorizer|logged_?(?:in_?)?user"
            r"|session\.\w{0,12}user\w{0,8})\b(?!\s*=[^=>])",
        ),
        (
            TYPED,
            "user( userid( userdata( userinfo( userdecorator( @auth @currentuser securitycontext principal",
            r"@(?:Current|Get|Active|Auth|Req|Logged|LoggedIn|Request|Session)?User(?:Id|Data|Info|Decorator)?\("
            r"|@AuthenticationPrincipal|@AuthUser|@CurrentUser|SecurityContextHolder|\bPrincipal\s+\w|\.principal\b",
        ),
        (
            EVERY,
            "current logged authuser auth_user requestuser request_user sessionuser session_user identity",
            r"\b(?:this\.|_)?(?:current|logged_?in|auth|request|session)_?user(?:_?id)?\b|\bget_jwt_identity\b"
            r"|\bcurrent_identity\b",
        ),
        ("Python", "g.user g.current_user", r"\bg\.(?:user|current_user)\b"),
        (
            "PHP",
            "auth:: ->user ->id ->getuser $_session",
            r"\bAuth::(?:user|id)\b|\bauth\((?:'\w{1,20}')?\)->(?:user|id)|->user\(\)"
            r"|->getUser\(\)|\$_SESSION\[['\"]\w{0,12}(?:user|id|email|login|account)",
        ),
        (
            TYPED,
            "claimtypes httpcontext.user user.find user.identity user.claims user.getuserid"
            " getuser getcurrentuser getloggedinuser getauthuser",
            r"\bClaimTypes\.|\bHttpContext\.User\b|\bUser\.(?:FindFirst|Identity|Claims|GetUserId)"
            r"|\bGet(?:Current|LoggedIn|Auth)?User(?:Id|ID)?\(",
        ),
        (
            EVERY,
            ".get .mustget .locals .value",
            r"\.(?:Get|MustGet|GetString|GetInt|GetInt64|GetUint|Locals|Value)\("
            r"(?:[\"']?[\w.]{0,30}(?:user|claims|auth|account|identity)\w{0,20}[\"']?|[\"']sub[\"'])\)",
        ),
        (
            EVERY,
            "payload claims jwt useridfrom",
            r"\b(?:\w{1,30}\.)?\w{0,16}(?:(?:auth|token|user|get)\w{0,8}payload|claims|jwt)\w{0,12}"
            r"\((?:ctx|c|r|req|request|context)\b|\bclaims(?:\.|\[)|\buserI[dD]From\w{0,20}\(",
        ),
        (
            EVERY,
            "token jwt request header",
            r"\b(?:get|extract|find|load|decode)_?\w{0,12}?(?:user|email|id)\w{0,8}_?(?:from|by)_?\w{0,8}"
            r"(?:token|jwt|request|header)\w{0,8}\(",
        ),
    )
)
"""Patterns by language, each with words of which every line holds one that it matches. Setting who asks
(``req.user = decoded``) is not reading it."""


def asker_lines(look: Look) -> Iterator[int]:
    """The lines that read who asks, in order."""
    found: set[int] = set()
    for languages, marks, pattern in ASKERS:
        for number, line in look.lines_with(marks) if look.module.language in languages else ():
            if number not in found and pattern.search(line[:LINE_MOST]) and not DECLARING.match(line):
                found.add(number)
    yield from sorted(found)
