"""Magento's resource models and collections, and the scripts that set its tables up."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.orm._models import strings, with_uniques
from reviewer.gather.expressions import last, names_in, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Class, Expr, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.data import Column, How, MigrationStep, Table

LAYER = "Magento resource models"
SETUP = "Magento setup scripts"
BASES = words("AbstractDb AbstractCollection AbstractModel AbstractExtensibleModel AbstractEntity SearchResult")
NAMESPACES = ("Magento.Framework.Model", "Magento.Eav.Model", "Magento.Framework.View.Element.UiComponent")
SCRIPTS = words(
    "InstallSchemaInterface UpgradeSchemaInterface InstallDataInterface UpgradeDataInterface DataPatchInterface"
    " SchemaPatchInterface PatchRevertableInterface"
)
TABLE, COLUMN, INDEX, FOREIGN = "newTable", "addColumn", "addIndex", "addForeignKey"
UNIQUE = "INDEX_TYPE_UNIQUE"
INIT = "this._init"
NAMING = words("getTable getTableName")


def read_magento_models(module: Module, kept: Kept) -> None:
    """Keeps the use of resource models, and the step and tables of a set-up script."""
    if "Magento\\" not in module.text:
        return
    look = look_at(module)
    for item in module.classes:
        origins = [look.origin(dotted(base)) for base in item.bases]
        if any(last(origin) in BASES and origin.startswith(NAMESPACES) for origin in origins):
            kept.data.append(data_use(LAYER, How.QUERIED, item.line))
            kept.data.append(data_use("MySQL", How.QUERIED, item.line, LAYER))
            kept.tables.extend(_of_resource(look, item))
        if any(last(origin) in SCRIPTS for origin in origins):
            kept.migration = MigrationStep(tool=SETUP, line=item.line)
    if kept.migration is not None and TABLE in module.text:
        kept.tables.extend(_tables(look))


def _of_resource(look: Look, item: Class) -> Iterator[Table]:
    """The table that a resource model is of: ``$this->_init('shop_seller', 'entity_id')``."""
    for call in look.module.calls:
        named = call.args[0] if call.owner == item.index and call.name == INIT and len(call.args) > 1 else None
        name = _name(look.value(named, call.function) or named) if named is not None else ""
        key = plain(call.args[1]) if len(call.args) > 1 else None
        if name and not name[:1].isupper():
            columns = (Column(name=key, nullable=False, primary=True),) if key else ()
            yield Table(
                name=name, line=call.line, end_line=call.end_line, source=LAYER, columns=columns, model=item.name
            )


def _tables(look: Look) -> Iterator[Table]:
    """``$setup->getConnection()->newTable($setup->getTable('x'))->addColumn('id', TYPE, null, [...], 'Id')``."""
    for chain in chains(look):
        made = next((call for call in chain.calls if call.last == TABLE and call.args), None)
        name = _name(made.args[0]) if made is not None else ""
        if made is None or not name:
            continue
        columns = tuple(column for call in chain.calls if call.last == COLUMN and (column := _column(call)))
        targets = {key: target for call in chain.calls if call.last == FOREIGN for key, target in _foreign(call)}
        columns = tuple(
            msgspec.structs.replace(column, references=targets.get(column.name)) if column.name in targets else column
            for column in columns
        )
        groups = [(strings(call.args[1]), call) for call in chain.calls if call.last == INDEX and len(call.args) > 1]
        indexes = tuple(names for names, _ in groups if names)
        table = Table(name=name, line=made.line, end_line=_end(chain), source=SETUP, columns=columns, indexes=indexes)
        yield with_uniques(
            table, (names for names, call in groups if UNIQUE in {last(name) for name in names_in(*call.args[2:])})
        )


def _foreign(call: Call) -> Iterator[tuple[str, str]]:
    """The column and the table of ``addForeignKey(name, 'store_id', $setup->getTable('store'), 'id', ...)``."""
    column = plain(call.args[1]) if len(call.args) > 2 else None
    if column:
        yield column, _name(call.args[2]) or "another table"


def _end(chain: Chain) -> int:
    return max(call.end_line for call in chain.calls)


def _name(expr: Expr) -> str:
    if isinstance(expr, Call) and expr.last in NAMING and expr.args:
        expr = expr.args[0]
    if isinstance(expr, Text):
        return "".join(part for part in expr.parts if isinstance(part, str)).strip("_")
    return ""


def _column(call: Call) -> Column | None:
    name = plain(call.args[0]) if call.args else None
    if not name:
        return None
    options = next((arg for arg in call.args[2:] if isinstance(arg, Mapping)), None)
    kind = call.args[1] if len(call.args) > 1 else None
    return Column(
        name=name,
        type=last(kind.dotted).removeprefix("TYPE_").lower() if isinstance(kind, Name) else plain(kind) or "",
        nullable=options is None or truth(options.get("nullable")) is not False,
        primary=options is not None and truth(options.get("primary")) is True,
    )


MAGENTO_MODELS = Reader(name=LAYER, languages=("PHP",), read=read_magento_models)
