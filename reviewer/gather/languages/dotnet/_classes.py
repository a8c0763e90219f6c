"""Classes, records, structs, interfaces and enumerations with their members; namespaces and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
    Scope,
)
from reviewer.gather.languages.dotnet import _calls as calls
from reviewer.gather.languages.dotnet import _functions as functions
from reviewer.gather.languages.dotnet._walker import (
    TYPE_ARGUMENTS,
    Handler,
    Walker,
    inner,
    type_arguments,
    type_name,
    type_text,
    visit_block,
)
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Import, Items, Name, Text

if TYPE_CHECKING:
    from tree_sitter import Node

KINDS = {
    "class_declaration": "class",
    "record_declaration": "record",
    "record_struct_declaration": "record",
    "struct_declaration": "struct",
    "interface_declaration": "interface",
    "enum_declaration": "enum",
}
ACCESS = frozenset({"get", "set", "init", "add", "remove"})


def class_(walker: Walker, node: Node) -> Expr:
    """A type; those inside another are named ``Outer.Inner``."""
    doc = walker.take_doc()
    outer, index = walker.scope, len(walker.classes)
    own = text_of(node.child_by_field_name("name"))
    name = f"{walker.classes[outer.owner].name}.{own}" if outer.owner != -1 else own
    before = calls.attributes(walker, node)
    bases = _bases(node)
    walker.classes.append(
        Class(
            index=index,
            name=name,
            line=functions.first_line(node),
            end_line=node.end_point[0] + 1,
            bases=bases,
            decorators=before,
            documented=bool(doc),
            parent=outer.owner,
            kind=KINDS[node.type],
            doc=doc,
            modifiers=_modifiers(node),
        )
    )
    walker.scope = Scope(-1, index, name)
    _primary_parameters(walker, node)
    _base_call(walker, node)
    body = node.child_by_field_name("body")
    if body is not None:
        visit_block(walker, body)
    walker.leave(outer)
    return NOTHING


def _modifiers(node: Node) -> tuple[str, ...]:
    generic = any(child.type == "type_parameter_list" for child in node.children)
    return (*functions.modifiers_of(node), *(["generic"] if generic else []))


def _bases(node: Node) -> tuple[Expr, ...]:
    listed = next((child for child in node.named_children if child.type == "base_list"), None)
    found: list[Expr] = []
    for child in listed.named_children if listed is not None else ():
        if child.type == "comment" or child.type == "argument_list":
            continue
        kind = child.child_by_field_name("type") if child.type == "primary_constructor_base_type" else child
        name = Name(type_name(kind), line_of(child))
        generics = type_arguments(kind)
        if generics:
            keywords: dict[str, Expr] = {TYPE_ARGUMENTS: Items(generics, line_of(child))}
            found.append(Call(name, (), keywords, line_of(child), line_of(child)))
        else:
            found.append(name)
    return tuple(found)


def _base_call(walker: Walker, node: Node) -> None:
    """``class Cats(Db db) : Module("/cats")``: what the base is given is a call, as in a constructor."""
    listed = next((child for child in node.named_children if child.type == "base_list"), None)
    kinds = {child.type for child in listed.named_children} if listed is not None else set()
    if listed is not None and "argument_list" in kinds:
        calls.made_here(walker, listed, Name("base", line_of(listed)))
    elif listed is not None and "primary_constructor_base_type" in kinds:
        inner_type = next(child for child in listed.named_children if child.type == "primary_constructor_base_type")
        calls.made_here(walker, inner_type, Name("base", line_of(inner_type)))


def _primary_parameters(walker: Walker, node: Node) -> None:
    """``record User(int Id)`` and ``class Users(Db db)``: each parameter is a field."""
    listed = next((child for child in node.named_children if child.type == "parameter_list"), None)
    if listed is None:
        return
    for item in functions.parameters_in(walker, listed):
        walker.record(
            Assignment(item.name, item.default, line_of(listed), line_of(listed), item.type, decorators=item.decorators)
        )


def field(walker: Walker, node: Node) -> Expr:
    """``private readonly T x = 1, y;``."""
    decorators = calls.attributes(walker, node)
    declared = next((child for child in node.named_children if child.type == "variable_declaration"), None)
    if declared is not None:
        variables(walker, declared, decorators)
    return NOTHING


def variables(walker: Walker, node: Node, decorators: tuple[Expr, ...] = ()) -> Expr:
    """``T x = 1, y``: fields, local variables and what ``using`` holds."""
    kind = node.child_by_field_name("type")
    text = type_text(kind)
    walker.expected = type_name(kind)
    for child in node.named_children:
        if child.type == "variable_declarator":
            _variable(walker, child, text, decorators)
    walker.expected = ""
    return NOTHING


def _variable(walker: Walker, node: Node, kind: str, decorators: tuple[Expr, ...]) -> None:
    name = node.child_by_field_name("name") or inner(node)
    values = [child for child in node.named_children if child != name and child.type != "comment"]
    value = walker.visit(values[-1]) if values else None
    if name is None:
        return
    names = name.named_children if name.type == "tuple_pattern" else [name]
    parts = value.values if isinstance(value, Items) and len(value.values) == len(names) > 1 else None
    for place, one in enumerate(names):
        given = parts[place] if parts else _bindable(walker, value, kind)
        walker.record(
            Assignment(
                text_of(one).removeprefix("@"),
                given,
                line_of(node),
                node.end_point[0] + 1,
                kind,
                decorators=decorators,
            )
        )


def _bindable(walker: Walker, value: Expr | None, kind: str) -> Expr | None:
    """``FormattableString x = $"..."`` keeps its parts apart, for whoever binds them."""
    if kind != "FormattableString" or not isinstance(value, Text):
        return value
    tagged = Text(value.parts, value.line, value.end_line, "tagged")
    walker.texts[:] = [(tagged if text is value else text, function) for text, function in walker.texts]
    return tagged


def property_(walker: Walker, node: Node) -> Expr:
    """A property: a field with its type, and with its value where it is given one or stands for one."""
    walker.take_doc()
    decorators = calls.attributes(walker, node)
    kind = node.child_by_field_name("type")
    name = text_of(node.child_by_field_name("name"))
    walker.expected = type_name(kind)
    value = node.child_by_field_name("value")
    expr: Expr | None = None
    if value is not None:
        expr = walker.visit(inner(value) if value.type == "arrow_expression_clause" else value)
    walker.expected = ""
    walker.record(Assignment(name, expr, line_of(node), node.end_point[0] + 1, type_text(kind), decorators=decorators))
    accessors = node.child_by_field_name("accessors")
    for child in accessors.named_children if accessors is not None else ():
        if child.type == "accessor_declaration":
            functions.accessor(walker, child, name, type_text(kind))
    return NOTHING


def accessor(walker: Walker, node: Node) -> Expr:
    """An accessor of an indexer or event: its body."""
    return walker.visit(node.child_by_field_name("body"))


def enum_member(walker: Walker, node: Node) -> Expr:
    """``A = 1``."""
    value = node.child_by_field_name("value")
    expr = walker.visit(value) if value is not None else None
    name = text_of(node.child_by_field_name("name"))
    walker.record(Assignment(name, expr, line_of(node), line_of(node), decorators=calls.attributes(walker, node)))
    return NOTHING


def namespace(walker: Walker, node: Node) -> Expr:
    """``namespace A.B``, with a body or for the whole file; the first one is the file's."""
    walker.namespace = walker.namespace or text_of(node.child_by_field_name("name"))
    body = node.child_by_field_name("body")
    if body is not None:
        visit_block(walker, body)
    else:
        visit_block(walker, node)
    return NOTHING


def using(walker: Walker, node: Node) -> Expr:
    """``using A.B;``, ``using X = A.B;``, ``using static A.B;``, global ones too."""
    alias = node.child_by_field_name("name")
    named = [child for child in node.named_children if child.type != "comment" and child != alias]
    target = type_name(named[-1]) if named else ""
    if not target:
        return NOTHING
    if alias is not None:
        module, _, name = target.rpartition(".")
        walker.imports.append(Import(module or target, name if module else None, text_of(alias), line_of(node)))
    else:
        walker.imports.append(Import(target, "*", "*", line_of(node)))
    return NOTHING


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(KINDS, class_),
    "field_declaration": field,
    "event_field_declaration": field,
    "variable_declaration": variables,
    "property_declaration": property_,
    "accessor_declaration": accessor,
    "enum_member_declaration": enum_member,
    "namespace_declaration": namespace,
    "file_scoped_namespace_declaration": namespace,
    "using_directive": using,
}
