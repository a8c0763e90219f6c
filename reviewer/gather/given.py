"""Routers that are known by the function or method they are given to, where the name alone must lead there.

Go hands its routers around: ``users.Register(group)`` declares routes on the parameter of ``Register``, whose symbol
is ``Register#0``. Where the type behind a method's receiver is an interface, or is not told at all, the method is
found by its name and by how its type is called. Generated registrations and tables end in ``[]``: what they declare is
served only where somebody mounts them.
"""

from __future__ import annotations

from collections.abc import Mapping

Node = tuple[str, str]
TABLE = "[]"
TOLD = f"(){TABLE}"
UNKNOWN = "?."
ENDINGS = ("impl", "implementation", "interface", "struct")


def is_optional(symbol: str) -> bool:
    """Whether a router is served only where it is mounted."""
    return symbol.endswith(TABLE)


def is_given(symbol: str) -> bool:
    """Whether a symbol names a parameter of a function."""
    return "#" in symbol


def is_told(symbol: str) -> bool:
    """Whether a symbol names a table that a method gives back."""
    return symbol.endswith(TOLD) and "." in symbol


def told_nodes(symbol: str, by_last: Mapping[str, list[Node]]) -> list[Node]:
    """The tables of every method of that name: who goes through them knows but the interface."""
    return [node for node in by_last.get(symbol.rpartition(".")[2], ()) if is_told(node[1])]


def likely_nodes(symbol: str, by_last: Mapping[str, list[Node]], path: str) -> list[Node]:
    """The routers that a symbol means which leads nowhere by the rules of its language.

    Args:
        symbol: ``handlers.UserHandler.Register#0``, ``?.users.Register#0``, ``pb.RegisterUsersHandler#1``.
        by_last: routers by the last part of their symbol.
        path: the file that the symbol leads to so far; of several routers that counts which lies in its folder.
    """
    owner, _, last = symbol.rpartition(".")
    generated = by_last.get(f"{last}{TABLE}", [])
    if generated:
        return generated[:1]
    found = [node for node in by_last.get(last, ()) if "." in node[1]]
    if len(found) < 2 or not owner:
        return found if owner else []
    beside = [node for node in found if node[0].rpartition("/")[0] == path.rpartition("/")[0]]
    if len(beside) == 1:
        return beside
    wanted = _plain(owner.rpartition(".")[2])
    named = [node for node in found if _plain(_owner(node)) == wanted]
    if not named and wanted:
        named = [
            node for node in found if _plain(_owner(node)).endswith(wanted) or wanted.endswith(_plain(_owner(node)))
        ]
    return named if len(named) == 1 else []


def _owner(node: Node) -> str:
    return node[1].rpartition(".")[0].rpartition(".")[2]


def _plain(name: str) -> str:
    low = name.lower().removesuffix("()").removeprefix("new").lstrip("i_") if name[:2].lower() != "in" else name.lower()
    for ending in ENDINGS:
        low = low.removesuffix(ending)
    return low.removesuffix("s")
