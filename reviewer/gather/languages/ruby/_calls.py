"""Calls of Ruby, with what is known of their place; required files, included modules, visibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    UNFILLED_CALL,
)
from reviewer.gather.languages.ruby import _functions as functions
from reviewer.gather.languages.ruby import _strings as strings
from reviewer.gather.languages.ruby._expressions import pair_of
from reviewer.gather.languages.ruby._walker import (
    THROWING,
    VISIBILITIES,
    Handler,
    Walker,
    inner,
    member_of,
)
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Import,
    Items,
    Lambda,
    Mapping,
    Name,
    Other,
    Text,
    dotted,
    plain,
)

if TYPE_CHECKING:
    from tree_sitter import Node

LOOPING = frozenset(
    "each each_with_index each_with_object each_pair each_key each_value each_slice each_cons each_entry map flat_map"
    " collect select reject filter filter_map inject reduce times upto downto step find_each find_in_batches in_batches"
    " each_row each_line each_char sum sort_by group_by partition any? all? none? detect index_by to_h min_by max_by"
    " map! each_index reverse_each cycle zip each_batch find_index take_while drop_while".split()
)
"""Methods that call their block for each element: calls in it are made in a loop."""
CLOSURES = frozenset({"lambda", "proc", "Proc.new"})
FORMATTING = frozenset({"format", "sprintf"})
UNCHANGING = frozenset({"freeze", "squish", "strip_heredoc", "strip", "chomp", "dup", "to_s", "to_str", "itself"})
"""Methods that give a literal on as it is, but for blanks."""
REQUIRING = {"require": "", "load": "", "require_dependency": "", "require_relative": "./"}
MIXING = frozenset({"include", "prepend"})
SYMBOL_KEYS = ("hash_key_symbol", "simple_symbol")


def call(walker: Walker, node: Node) -> Expr:
    """Any call. One of a plain name without arguments (``user.name``) gives the name, and is recorded."""
    return _call(walker, node, False)


def _call(walker: Walker, node: Node, received: bool) -> Expr:
    """``received`` says that something more is called on the result: ``user.posts`` of ``user.posts.first``."""
    arguments, block = node.child_by_field_name("arguments"), node.child_by_field_name("block")
    callee = _callee(walker, node)
    if isinstance(callee, (Text, Items, Mapping, Other)):
        return callee
    if arguments is None and block is None and isinstance(callee, Name):
        if not received:
            walker.bare_call(callee, node)
        return callee
    name = dotted(callee)
    if block is not None and name in CLOSURES:
        return functions.block(walker, block, walker.scope.loops)
    slot, mark = len(walker.calls), len(walker.texts)
    walker.calls.append(UNFILLED_CALL)
    args, keywords = _arguments(walker, arguments, name)
    if name in FORMATTING and args and isinstance(args[0], Text) and (len(args) > 1 or keywords or not plain(args[0])):
        walker.calls.pop(slot)
        return strings.formatted(walker, args[0], [*args[1:], *_as_hash(keywords)], mark)
    if block is not None:
        looping = name.rpartition(".")[2] in LOOPING
        args = (*args, functions.block(walker, block, walker.scope.loops + looping))
    walker.calls[slot] = found = Call(
        callee=callee,
        args=args,
        keywords=keywords,
        line=node.start_point[0] + 1,
        end_line=node.end_point[0] + 1,
        function=walker.scope.index,
        owner=walker.scope.owner,
        loops=walker.scope.loops,
        new=name.endswith(".new"),
    )
    _noted(walker, found)
    return found


def _as_hash(keywords: dict[str, Expr]) -> list[Expr]:
    """Keywords as the one hash that they are."""
    pairs = tuple((Text((key,), value.line, value.line), value) for key, value in keywords.items())
    return [Mapping(pairs, pairs[0][0].line)] if pairs else []


def _callee(walker: Walker, node: Node) -> Expr:
    """What is called; a literal that the call gives on unchanged (``"a".freeze``) is itself."""
    receiver, method = node.child_by_field_name("receiver"), node.child_by_field_name("method")
    name = text_of(method) or "call"
    line = line_of(method or node)
    if receiver is None:
        return Name(name, line)
    value = _call(walker, receiver, True) if receiver.type == "call" else walker.visit(receiver)
    literal = isinstance(value, (Text, Items, Mapping)) or (isinstance(value, Other) and value.kind == "regex")
    if literal and name in UNCHANGING and node.child_by_field_name("arguments") is None:
        return value
    found = member_of(value, name, line)
    return found if isinstance(found, Attribute) else Name(found.dotted, line_of(node))


def _arguments(walker: Walker, node: Node | None, name: str) -> tuple[tuple[Expr, ...], dict[str, Expr]]:
    """Positional arguments, and keywords. Entries whose key is no symbol (``"/path" => x``) are one last object."""
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    pairs: list[tuple[Expr | None, Expr]] = []
    for child in node.named_children if node is not None else ():
        match child.type:
            case "comment" | "heredoc_body":
                continue
            case "method" | "singleton_method" if name in VISIBILITIES:
                functions.method(walker, child, visibility=name)
            case "block_argument":
                keywords["&"] = walker.visit(inner(child))
            case "pair" | "hash_splat_argument":
                pair = pair_of(walker, child)
                key = child.child_by_field_name("key")
                if pair and key is not None and key.type in SYMBOL_KEYS and (text := plain(pair[0])) is not None:
                    keywords[text] = pair[1]
                elif pair:
                    pairs.append(pair)
            case _:
                args.append(walker.visit(child))
    if pairs and node is not None:
        args.append(Mapping(tuple(pairs), line_of(node)))
    return tuple(args), keywords


def _noted(walker: Walker, found: Call) -> None:
    """What a call says beside being one: an import, a module of the class, a raised exception."""
    name, scope = found.name, walker.scope
    if name in THROWING:
        walker.thrown += 1
    elif name in REQUIRING and found.args and (module := plain(found.args[0])):
        module = REQUIRING[name] + module
        alias = module.rpartition("/")[2].removesuffix(".rb")
        walker.imports.append(Import(module.replace("././", "./"), None, alias, found.line))
    elif scope.owner != -1 and name in MIXING:
        walker.included.setdefault(scope.owner, []).extend(arg for arg in found.args if isinstance(arg, Name))
    elif scope.owner != -1 and name == "extend":
        walker.extended.setdefault(scope.owner, []).extend(dotted(arg) for arg in found.args)


def arguments(walker: Walker, node: Node) -> Expr:
    """What is returned or yielded: one value, or several."""
    args, keywords = _arguments(walker, node, "")
    if len(args) == 1 and not keywords:
        return args[0]
    if keywords and not args:
        return _as_hash(keywords)[0]
    return Items(args, line_of(node))


def yield_(walker: Walker, node: Node) -> Expr:
    """``yield x``: a call of the block."""
    return _word(walker, node, "yield")


def super_(walker: Walker, node: Node) -> Expr:
    """``super`` without arguments."""
    return _word(walker, node, "super")


def _word(walker: Walker, node: Node, name: str) -> Expr:
    listed = inner(node)
    slot = len(walker.calls)
    walker.calls.append(UNFILLED_CALL)
    args, keywords = _arguments(walker, listed, name)
    scope = walker.scope
    line, end_line = node.start_point[0] + 1, node.end_point[0] + 1
    found = Call(Name(name, line), args, keywords, line, end_line, scope.index, scope.owner, scope.loops)
    walker.calls[slot] = found
    return found


def lambda_(walker: Walker, node: Node) -> Expr:
    """``->(x) { ... }``."""
    body = node.child_by_field_name("body")
    if body is None:
        return NOTHING
    found = functions.block(walker, body, walker.scope.loops, parameters=node.child_by_field_name("parameters"))
    return Lambda(found.function, line_of(node), found.end_line)


HANDLERS: dict[str, Handler] = {
    "call": call,
    "argument_list": arguments,
    "yield": yield_,
    "super": super_,
    "lambda": lambda_,
}
