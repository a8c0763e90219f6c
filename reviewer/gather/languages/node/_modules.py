"""What a file takes from others and gives to them: ES modules and CommonJS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.node import _functions as functions
from reviewer.gather.languages.node._classes import class_
from reviewer.gather.languages.node._functions import DEFAULT
from reviewer.gather.languages.node._walker import (
    Handler,
    Walker,
    inner,
    last_part,
)
from reviewer.gather.syntax import Call, Export, Expr, Import, Lambda, Mapping, Name, plain

if TYPE_CHECKING:
    from tree_sitter import Node

EXPORTS = ("module.exports", "exports")
EVERYTHING = "*"
CLASSES = ("class", "class_declaration", "abstract_class_declaration")


def import_statement(walker: Walker, node: Node) -> Expr:
    """``import`` in all its forms."""
    line = line_of(node)
    module = _source(node)
    clauses = [child for child in node.named_children if child.type in ("import_clause", "import_require_clause")]
    if not clauses:
        walker.imports.append(Import(module, None, "", line))
    for part in clauses[0].named_children if clauses else ():
        if clauses[0].type == "import_require_clause":
            if part.type == "identifier":
                walker.imports.append(Import(_source(clauses[0]), None, text_of(part), line))
        elif part.type == "identifier":
            walker.imports.append(Import(module, DEFAULT, text_of(part), line))
        elif part.type == "namespace_import":
            walker.imports.append(Import(module, None, text_of(inner(part)), line))
        elif part.type == "named_imports":
            walker.imports.extend(_named_imports(part, module, line))
    return NOTHING


def _named_imports(node: Node, module: str, line: int) -> list[Import]:
    found = []
    for child in node.named_children:
        if child.type == "import_specifier":
            name = text_of(child.child_by_field_name("name"))
            found.append(Import(module, name, text_of(child.child_by_field_name("alias")) or name, line))
    return found


def _source(node: Node) -> str:
    return text_of(node.child_by_field_name("source")).strip("'\"`")


def export_statement(walker: Walker, node: Node) -> Expr:
    """``export`` in all its forms."""
    declared = node.child_by_field_name("declaration")
    default = any(child.type == "default" for child in node.children)
    if declared is not None and default:
        _export_default(walker, declared, node)
    elif declared is not None:
        _export_declared(walker, declared, node)
    elif default:
        _export_default(walker, node.child_by_field_name("value"), node)
    else:
        _export_listed(walker, node)
    return NOTHING


def _decorators(walker: Walker, node: Node) -> tuple[Expr, ...]:
    return tuple([walker.visit(inner(child)) for child in node.children_by_field_name("decorator")])


def _export_default(walker: Walker, node: Node | None, statement: Node) -> None:
    if node is None:
        return
    if node.type in CLASSES:
        expr = class_(walker, node, DEFAULT, _decorators(walker, statement))
    elif node.type.endswith("function_declaration"):
        expr = functions.function(walker, node, DEFAULT)
    else:
        expr = functions.named(walker, node, DEFAULT)
    local = local_name(walker, expr)
    walker.exports.append(Export(DEFAULT, local, None, line_of(statement), expr))
    if local == DEFAULT and not isinstance(expr, Lambda | Name):
        walker.assign(DEFAULT, expr, statement)


def _export_declared(walker: Walker, node: Node, statement: Node) -> None:
    """Exports the names that a declaration declares."""
    line, scope = line_of(statement), walker.scope
    if node.type in CLASSES:
        expr = class_(walker, node, "", _decorators(walker, statement))
        walker.exports.append(Export(local_name(walker, expr), local_name(walker, expr), None, line))
        return
    assigned, imported = len(walker.assignments), len(walker.imports)
    walker.visit(node)
    names = {text_of(node.child_by_field_name("name")): None} if node.type.endswith("function_declaration") else {}
    for item in walker.assignments[assigned:]:
        if item.function == scope.index and item.owner == scope.owner and "." not in item.target:
            names.setdefault(item.target)
    names.update(dict.fromkeys(item.alias for item in walker.imports[imported:] if item.alias.isidentifier()))
    walker.exports.extend(Export(name, name, None, line) for name in names)


def _export_listed(walker: Walker, node: Node) -> None:
    """``export {a as b}``, ``export * from``, and TypeScript's ``export = a``."""
    module, line = _source(node) or None, line_of(node)
    kinds = {child.type: child for child in node.children}
    if "export_clause" in kinds:
        for child in kinds["export_clause"].named_children:
            if child.type == "export_specifier":
                name = text_of(child.child_by_field_name("name"))
                alias = text_of(child.child_by_field_name("alias")) or name
                walker.exports.append(Export(alias, name, module, line))
    elif "namespace_export" in kinds:
        alias = text_of(inner(kinds["namespace_export"]))
        walker.imports.append(Import(module or "", None, alias, line))
        walker.exports.append(Export(alias, alias, None, line))
    elif "*" in kinds:
        walker.exports.append(Export(EVERYTHING, EVERYTHING, module, line))
    elif "=" in kinds:
        expr = functions.named(walker, inner(node), DEFAULT)
        export_assigned(walker, DEFAULT, expr, "", line)


def exported_name(target: str) -> str | None:
    """What an assignment exports: ``default`` for ``module.exports``, ``a`` for ``exports.a``, else None."""
    if target in EXPORTS:
        return DEFAULT
    head, _, name = target.rpartition(".")
    return name if head in EXPORTS else None


def export_assigned(walker: Walker, name: str, expr: Expr, given: str, line: int) -> None:
    """Records what CommonJS exports; of an object literal, each of its keys too.

    Args:
        name: see `exported_name`.
        given: the variable that the same value is given to, where there is one.
    """
    local = given or local_name(walker, expr, name)
    walker.exports.append(Export(name, local, None, line, expr))
    if name == DEFAULT and isinstance(expr, Call | Name):
        _export_methods(walker, expr, line)
    if name != DEFAULT or not isinstance(expr, Mapping):
        return
    for key, value in expr.pairs:
        if key is None:
            _export_spread(walker, value, line)
        elif plain(key):
            walker.exports.append(
                Export(plain(key) or "", local_name(walker, value, plain(key) or ""), None, line, value)
            )


def _export_methods(walker: Walker, expr: Call | Name, line: int) -> None:
    """``module.exports = new UserController()``: other files take its methods one by one."""
    if isinstance(expr, Name):
        made = (item.value for item in walker.assignments if item.target == expr.dotted and item.function == -1)
        expr = next((value for value in made if isinstance(value, Call)), expr)
    if not (isinstance(expr, Call) and expr.new and isinstance(expr.callee, Name)):
        return
    owner = expr.callee.dotted
    for item in walker.functions:
        if item.qualname == f"{owner}.{item.name}" and item.name != "constructor":
            walker.exports.append(Export(item.name, item.qualname, None, line))


def _export_spread(walker: Walker, value: Expr, line: int) -> None:
    """``{...require("./users")}``."""
    module = walker.required.get(value.dotted) if isinstance(value, Name) else None
    if module:
        walker.exports.append(Export(EVERYTHING, EVERYTHING, module, line))


def local_name(walker: Walker, expr: Expr, otherwise: str = DEFAULT) -> str:
    """The name in this file of a value that is exported."""
    if isinstance(expr, Name):
        return expr.dotted
    if isinstance(expr, Lambda):
        return last_part(walker.functions[expr.function].qualname)
    return otherwise


HANDLERS: dict[str, Handler] = {
    "import_statement": import_statement,
    "export_statement": export_statement,
}
