"""What stands before an action in Ruby and asks who is there, and whether a record is his."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last, names_in
from reviewer.gather.frameworks.ruby._guards import is_guarding
from reviewer.gather.frameworks.ruby._rails_controllers import BEFORE, GUARDING
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY, block_of
from reviewer.gather.syntax import Call, Compare, Expr, Items, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

ASKER = re.compile(
    r"(?:\w+\.)?(?:@?current_\w{0,20}user|current_user|current_account|Current\.user|this\.current_user)(?:_id|\.id)?\Z"
)
OWNER = re.compile(r"(?:\w+\.)+(?:user|owner|author|creator|account|customer|seller|host|organizer)(?:_id|\.id)?\Z")
OF_ASKER = re.compile(r"(?:this\.)?(?:current_(?:user|account|member|customer)|Current\.user)\.(?:\w+\.)*(\w+)\Z")
"""A record among those of the one who asks: ``current_user.posts.find(params[:id])``."""
FINDING = words("find find_by find_by! where exists? find_or_initialize_by")
PERMITTING = words("authorize authorize! policy_scope can? policy correct_user? owner? allowed_to? permitted_to?")
OWNING = re.compile(
    r"correct_user|(?:check|verify|ensure|require|authorize|validate)_\w{0,20}(?:owner|ownership|author)\w{0,6}", re.I
)


def read_guards(module: Module, kept: Kept) -> None:
    """Filters, declarations of libraries, and calls in the actions themselves."""
    look = look_at(module)
    for call in module.calls:
        if call.name in BEFORE or (call.name == "before" and call.owner != -1):
            names = [name for name in _filters(look, call) if is_guarding(name)]
            if names:
                keep(kept, look, SignKind.AUTH_GUARD, call, names[0])
        elif call.name in GUARDING:
            keep(kept, look, SignKind.AUTH_GUARD, call, call.name)
        elif call.name in ("authenticate", "authenticated") and block_of(call) is not None and call.args:
            keep(kept, look, SignKind.AUTH_GUARD, call, f"{call.name} {plain(call.args[0]) or ''}".strip())
        elif call.name == call.last and call.name.endswith("!") and is_guarding(call.name) and call.function != -1:
            keep(kept, look, SignKind.AUTH_GUARD, call, call.name)


def _filters(look: Look, call: Call) -> list[str]:
    found: list[str] = []
    for arg in call.args:
        found += [text for item in (arg.values if isinstance(arg, Items) else (arg,)) if (text := plain(item))]
    block = block_of(call)
    if block is not None:
        found += [item.last for item in look.module.calls if item.function == block.function]
    return [name for name in found if not name.endswith("?")]


def read_owners(module: Module, kept: Kept) -> None:
    """Comparisons with the asker, records looked up among his own, policies."""
    look = look_at(module)
    for item in module.compares:
        if item.operator in ("==", "!=") and _compares(item):
            keep(kept, look, SignKind.OWNER_CHECK, item, f"{dotted(item.left)} {item.operator} {dotted(item.right)}")
    for call in module.calls:
        detail = _owner(call)
        if detail:
            keep(kept, look, SignKind.OWNER_CHECK, call, detail)


def _compares(item: Compare) -> bool:
    left, right = dotted(item.left)[:200], dotted(item.right)[:200]
    return bool((OWNER.match(left) and ASKER.match(right)) or (OWNER.match(right) and ASKER.match(left)))


def _owner(call: Call) -> str:
    """How a call makes sure that a record is the asker's, ``""`` where it does not."""
    name = call.last
    head = call.name.rpartition(".")[0]
    if name in FINDING and (found := OF_ASKER.match(head[:200])) and (call.args or call.keywords):
        return f"among {found[0]}"
    if call.name in PERMITTING and (call.args or call.keywords):
        return call.name
    if call.name in BEFORE and any(OWNING.match(plain(arg) or "") for arg in call.args):
        return plain(call.args[0]) or call.name
    if call.name == "load_and_authorize_resource":
        return call.name
    if (
        name in FINDING
        and call.last != "find"
        and any(_is_asker(value) for key, value in call.keywords.items() if _owns(key))
    ):
        return f"{name} by {next(key for key in call.keywords if _owns(key))}"
    return ""


def _owns(key: str) -> bool:
    return key in ("user", "user_id", "owner", "owner_id", "author", "author_id", "account", "account_id", "creator")


def _is_asker(expr: Expr) -> bool:
    return (
        isinstance(expr, Name) and any(ASKER.match(name[:200]) for name in names_in(expr)) and bool(last(expr.dotted))
    )


GUARDS_RUBY = Reader(name="guards (Ruby)", languages=RUBY, read=read_guards)
OWNERS_RUBY = Reader(name="owner checks (Ruby)", languages=RUBY, read=read_owners)
