"""Chains of Active Record's query interface as statements."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.data.orm._chains import Chain
from reviewer.gather.data.orm._models import snake_case
from reviewer.gather.data.orm.ruby import _words as table
from reviewer.gather.data.queries import DATA_VERBS
from reviewer.gather.expressions import inside, last, pairs_of
from reviewer.gather.frameworks.ruby._inflect import plural
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Name, Text, plain
from reviewer.model.facts.data import Feature, Statement

LAYER = "Active Record"
FILTERS_MOST = 16
OWN = ("self", "this")
NESTED = frozenset({"where", "select", "joins", "not", "order", "limit"})
BY_KEY = frozenset({"find", "delete", "destroy", "exists?"})
"""Methods that are given keys of rows, which are bound."""


def model_of(chain: Chain, look: Look) -> str | None:
    """The model that a chain asks, ``""`` for a relation whose model is not named, None where it is no query."""
    parts = chain.root.split(".")
    head = 0
    while head < len(parts) - 1 and parts[head][:1].isupper():
        head += 1
    words = chain_words(chain, head)
    if head:
        constant = parts[head - 1]
        if not table.MODEL.fullmatch(constant) or table.NO_MODELS.match(parts[0]) or table.NO_MODELS.search(constant):
            return None
        return constant if _asks(words) else None
    if not chain.root or chain.root.startswith("."):
        return None
    return _of_relation(chain, parts, words, look)


def _of_relation(chain: Chain, parts: list[str], words: list[str], look: Look) -> str | None:
    """The model of ``where(...)`` inside a model is that model; of ``user.posts.where`` it is not told."""
    owner = look.owner(chain.calls[0].function)
    owner = chain.calls[0].owner if owner == -1 else owner
    if len(parts) == 1 or (len(parts) == 2 and parts[0] in OWN):
        if owner == -1 or not _is_model(look, owner) or parts[-1] not in table.SURE | {"find", "find_each", "all"}:
            return None
        return last(look.module.classes[owner].name)
    held = len(parts) > 1 and (owner == -1 or not _is_model(look, owner))
    if not table.SURE.isdisjoint(words[1:] if held else words):
        return ""
    if len(parts) > 2 and parts[-1] in table.MAKING and parts[-2].endswith("s"):
        return "" if parts[-1] != "build" else None
    return None


def _is_model(look: Look, owner: int) -> bool:
    bases = [getattr(base, "dotted", "") for base in look.module.classes[owner].bases]
    return any(base.endswith(("ApplicationRecord", "ActiveRecord.Base", "Record")) for base in bases)


def _asks(words: list[str]) -> bool:
    return any(word in table.SELECTS or word in table.VERBS or table.DYNAMIC.match(word) for word in words)


def chain_words(chain: Chain, head: int) -> list[str]:
    """Every method of a chain, those within the name that it begins with included."""
    return [*chain.root.split(".")[head:], *(call.last for call in chain.calls[1:])]


def statement_of(chain: Chain, look: Look, model: str) -> Statement:
    """The statement that a chain builds."""
    words = chain_words(chain, 0 if model or "." not in chain.root else 1)
    verb = next((table.VERBS[word] for word in reversed(words) if word in table.VERBS), "select")
    words += [call.last for call in chain.later]
    features = {table.FEATURES[word] for word in words if word in table.FEATURES}
    if _nests(chain):
        features.add(Feature.SUBQUERY)
    if any(word in ("first", "find_by", "take") for word in words):
        features.add(Feature.LIMIT)
    name = plural(snake_case(model)) if model else ""
    filters = columns_of(chain, name)
    outer = chain.outer
    loops = max(call.loops for call in chain.calls)
    return Statement(
        verb=verb,
        line=chain.calls[0].line,
        end_line=outer.end_line if not _has_block(outer) else chain.calls[0].line,
        layer=LAYER,
        tables=(model,) if model else (),
        filters=filters,
        features=tuple(sorted(features)),
        bound=_bound(chain, filters),
        injection=next(_injections(chain, look), None),
        in_loop=loops > 0 and verb in DATA_VERBS,
        many=None if verb != "select" else False if _in_scope(chain, look) else many_of(words),
        function=look.qualname(outer.function),
    )


def _nests(chain: Chain) -> bool:
    """Whether a condition is a query itself, which is sent as a subquery: ``where(author: User.where(name: name))``."""
    for call in chain.calls:
        if call.last not in ("where", "not", "from", "or", "having"):
            continue
        for item in inside(*call.args, *call.keywords.values()):
            if isinstance(item, Call) and item.last in NESTED and item.name[:1].isupper():
                return True
    return False


def _in_scope(chain: Chain, look: Look) -> bool:
    """Whether a chain is what a ``scope`` of a model adds to the query of its caller."""
    function = chain.outer.function
    return any(
        call.last in ("scope", "default_scope")
        and bool(call.args)
        and isinstance(call.args[-1], Lambda)
        and call.args[-1].function == function
        for call in look.module.calls
    )


def _has_block(call: Call) -> bool:
    return bool(call.args) and isinstance(call.args[-1], Lambda)


def many_of(words: list[str]) -> bool | None:
    """Whether a chain of methods gives all rows or one, None where it does not say."""
    if any(table.FEATURES.get(word) is Feature.LIMIT and word not in table.ONE for word in words):
        return True
    if any(word in table.ONE or table.DYNAMIC.match(word) for word in words):
        return False
    return True if any(word in table.MANY for word in words) else None


def columns_of(chain: Chain, model: str) -> tuple[str, ...]:
    """The columns that a chain filters and sorts by."""
    return tuple(dict.fromkeys(_filters(chain, model)))[:FILTERS_MOST]


def _filters(chain: Chain, model: str) -> Iterator[str]:
    """The columns that conditions and orders name: keywords, symbols, and what stands before an operator."""
    for call in chain.calls:
        dynamic = table.DYNAMIC.match(call.last)
        if dynamic:
            yield from (_column(model, name) for name in dynamic[1].split("_and_"))
        if call.last not in table.FILTERING:
            continue
        named = not (call.args and isinstance(call.args[0], Text))
        yield from (_column(model, key) for key in call.keywords if named and key != "&")
        for arg in call.args:
            yield from (_column(model, key) for key, _ in pairs_of(arg))
            text = plain(arg.values[0] if isinstance(arg, Items) and arg.values else arg)
            if text is None:
                continue
            found = table.CONDITION.findall(text[:2000])
            yield from (_column(model, name) for name in found)
            if not found and text.replace("_", "").isalnum():
                yield _column(model, text)


def _column(model: str, name: str) -> str:
    return name if "." in name or not model else f"{model}.{name}"


def _bound(chain: Chain, filters: tuple[str, ...]) -> bool | None:
    for call in chain.calls:
        text = call.args[0] if call.args and call.last in ("where", "having", "not", "find_by", "exists?") else None
        if isinstance(text, Text) and any(not isinstance(part, str) for part in text.parts):
            return False
        if isinstance(text, (Text, Items)) or call.keywords or (call.last in BY_KEY and call.args):
            return True
    return True if filters else None


def _injections(chain: Chain, look: Look) -> Iterator[str]:
    """Values of a request that are a part of a statement by themselves: ``order(params[:sort])``."""
    for call in chain.calls:
        if call.last not in table.RAW or not call.args:
            continue
        first = call.args[0]
        value = look.value(first, call.function)
        if isinstance(value, Name) and _is_request(value) and not _is_hash(value):
            yield f"`{value.dotted[:60]}` is a part of the statement as it comes"


def _is_request(value: Expr) -> bool:
    return (
        isinstance(value, Name) and value.dotted.startswith("params.") and not value.dotted.endswith((".to_i", ".to_f"))
    )


def _is_hash(value: Name) -> bool:
    """``where(params.permit(...))`` and ``find_by(params)`` take columns with values, which are bound."""
    return value.dotted.endswith((".to_h", ".permit", ".to_unsafe_h", ".slice"))
