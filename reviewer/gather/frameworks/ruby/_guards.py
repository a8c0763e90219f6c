"""Methods that keep strangers out, by their names and by what they do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.look import words
from reviewer.gather.syntax import Call

GUARD = re.compile(
    r"auth(?:_|!|\Z|enticat|ori[sz]|ed\b)|logged_in|log_in|login|sign(?:ed)?_in|require_|doorkeeper|jwt|restrict|admin"
    r"|(?:ensure|verify|check|validate|confirm|set_current)_?\w{0,30}"
    r"(?:user|token|auth|login|session|permission|access|api_key|owner)"
    r"|correct_user|(?:user|current_user|token|access)_required|\Aonly_|must_be|protected!",
    re.IGNORECASE,
)
NO_GUARD = re.compile(
    r"authenticity|\A(?:set|load|find|fetch|get|configure|track|init|build|prepare)_(?!current_user_or_|and_auth)"
    r"|two_factor|locale|require_(?:params?|no_|unauth|signed_out)|not_(?:logged|signed|auth)|redirect_if|already"
    r"|optional|try_|\Askip",
    re.IGNORECASE,
)
REFUSING = words(
    "head redirect_to redirect render raise fail halt error! deny_access access_denied request_authentication"
    " request_http_basic_authentication request_http_token_authentication authenticate_or_request_with_http_token"
    " authenticate_or_request_with_http_basic authenticate_or_request_with_http_digest not_found forbidden respond_with"
    " throw redirect_back authorize throw_error"
)
REFUSAL = re.compile(
    r"unauthori|forbid|denied|deny|not_auth|render_|_response|respond|redirect|error|reject|!\Z", re.IGNORECASE
)


def is_guarding(name: str) -> bool:
    """Whether a filter keeps strangers out, going by its name."""
    last = name.rpartition(".")[2]
    return bool(GUARD.search(last)) and not NO_GUARD.search(last)


def refuses(calls: Iterable[Call]) -> bool:
    """Whether calls turn anybody away: an answer, an error, or another method that does so by its name."""
    return any(call.last in REFUSING or (call.name == call.last and REFUSAL.search(call.last)) for call in calls)
