"""What ``OnModelCreating`` and ``IEntityTypeConfiguration<T>`` say of tables: names, keys, columns, indexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.orm._models import base_names
from reviewer.gather.data.orm.dotnet._entities import SOURCE, configured_class
from reviewer.gather.expressions import inside, last, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Function, Items, Lambda, Name, Number, plain
from reviewer.model.facts.data import Column, Table

CONFIGURATION = "IEntityTypeConfiguration"
BUILDER = ("EntityTypeBuilder", "EntityTypeConfiguration")
STARTS = words(
    "Property HasIndex HasKey HasOne HasMany OwnsOne ToTable HasAlternateKey HasCheckConstraint Entity HasRequired"
    " HasOptional Index"
)

GIVING = ("Entity", "OwnsMany")
"""Calls that hand the builder of an entity to a function; what is owned by many has a table of its own."""


@dataclass(slots=True)
class _Draft:
    """One entity as far as it is configured."""

    model: str
    line: int
    end_line: int
    name: str = ""
    columns: dict[str, dict[str, object]] = field(default_factory=dict)
    indexes: list[tuple[str, ...]] = field(default_factory=list)
    uniques: list[tuple[str, ...]] = field(default_factory=list)

    def column(self, name: str, **facts: object) -> None:
        """Adds what is known of a column."""
        self.columns.setdefault(name, {}).update(facts)

    def table(self) -> Table:
        """The entity as a table."""
        columns = tuple(Column(name=name, **facts) for name, facts in self.columns.items())  # type: ignore[arg-type]
        return Table(
            name=self.name,
            line=self.line,
            end_line=self.end_line,
            source=SOURCE,
            columns=columns,
            indexes=tuple(dict.fromkeys(self.indexes)),
            uniques=tuple(dict.fromkeys(self.uniques)),
            model=self.model,
        )


def fluent_tables(look: Look) -> Iterator[Table]:
    """A table for each entity that a module configures."""
    if not any(call.last in STARTS for call in look.module.calls):
        return
    drafts: dict[str, _Draft] = {}
    for chain in chains(look):
        if chain.calls[0].last in STARTS and (model := _model(look, chain)):
            outer = chain.outer
            draft = drafts.setdefault(model, _Draft(model, chain.calls[0].line, outer.end_line))
            draft.end_line = max(draft.end_line, outer.end_line)
            _read_chain(look, chain, draft)
    yield from (draft.table() for draft in drafts.values())


def _model(look: Look, chain: Chain) -> str:
    """The entity that a chain speaks of: by its own ``Entity<T>``, by the lambda that it is in, or by the class."""
    first = chain.calls[0]
    if first.last == "Entity":
        return configured_class(first)
    head = first.name.partition(".")[0]
    for function in look.around(first.function):
        if not any(item.name == head for item in function.parameters):
            continue
        return _given_by(look, function) or _by_type(function, head) or _by_class(look, function)
    return ""


def _given_by(look: Look, function: Function) -> str:
    """``modelBuilder.Entity<User>(e => ...)``, and ``builder.OwnsMany(order => order.Lines, e => ...)``."""
    if function.name != "<lambda>":
        return ""
    for call in look.module.calls:
        if call.last in GIVING and any(isinstance(arg, Lambda) and arg.function == function.index for arg in call.args):
            return configured_class(call) if call.last == "Entity" else next(iter(_columns(look, call)), "")
    return ""


def _by_type(function: Function, name: str) -> str:
    kind = next((item.type for item in function.parameters if item.name == name), "")
    head, _, rest = kind.partition("<")
    return rest.rstrip("> ").rpartition(".")[2] if head.startswith(BUILDER) else ""


def _by_class(look: Look, function: Function) -> str:
    owner = look.owner(function.index)
    for base in look.module.classes[owner].bases if owner != -1 else ():
        if isinstance(base, Call) and base.last == CONFIGURATION:
            return configured_class(base)
    return ""


def _read_chain(look: Look, chain: Chain, draft: _Draft) -> None:
    for call in chain.calls:
        if call.last == "ToTable" and call.args:
            draft.name = plain(call.args[0]) or draft.name
        elif call.last == "HasCheckConstraint" and len(call.args) > 1:
            _check(draft, plain(call.args[1]) or "")
        elif columns := _columns(look, call):
            _read_columns(look, chain, draft, call, columns)


def _read_columns(look: Look, chain: Chain, draft: _Draft, call: Call, columns: tuple[str, ...]) -> None:
    if call.last == "HasKey":
        for column in columns:
            draft.column(column, primary=True, nullable=False)
    elif call.last == "Property":
        _read_property(chain, draft, columns[0])
    elif call.last == "HasIndex":
        draft.indexes.append(columns)
        if len(columns) == 1:
            draft.column(columns[0], indexed=True, unique="IsUnique" in chain.names)
        elif "IsUnique" in chain.names:
            draft.uniques.append(columns)
    elif call.last == "HasForeignKey" and "HasOne" in chain.names:
        target = _navigation(look, chain)
        for column in columns:
            draft.column(column, references=target or "another table")


def _read_property(chain: Chain, draft: _Draft, column: str) -> None:
    facts: dict[str, object] = {}
    for call in chain.calls:
        if call.last == "IsRequired" and truth(call.args[0] if call.args else None) is not False:
            facts["nullable"] = False
        elif call.last == "HasMaxLength" and call.args and isinstance(call.args[0], Number):
            facts["type"] = f"string({call.args[0].text})"
        elif call.last == "HasColumnType" and call.args:
            facts["type"] = plain(call.args[0]) or ""
    draft.column(column, **facts)


def _check(draft: _Draft, text: str) -> None:
    """The columns that the text of a check constraint names."""
    for name in draft.columns:
        if name.lower() in text.lower():
            draft.column(name, checked=True)


def _columns(look: Look, call: Call) -> tuple[str, ...]:
    """``x => x.Id``, ``x => new { x.A, x.B }``, ``"Id"``, ``nameof(User.Id)``."""
    found: list[str] = []
    for arg in call.args:
        if isinstance(arg, Lambda):
            found += _members(look, arg)
        elif text := plain(arg):
            found.append(text)
        elif isinstance(arg, Items):
            found += [text for item in arg.values if (text := plain(item))]
    return tuple(dict.fromkeys(found))


def _members(look: Look, given: Lambda) -> list[str]:
    value = next((item.value for item in look.module.returns if item.function == given.function), None)
    return [last(item.dotted) for item in inside(value) if isinstance(item, Name) and "." in item.dotted]


def _navigation(look: Look, chain: Chain) -> str:
    """Where ``HasOne`` leads to: its type, or the navigation that it names."""
    call = next((item for item in chain.calls if item.last == "HasOne"), None)
    if call is None:
        return ""
    columns = _columns(look, call)
    return configured_class(call) or (columns[0] if columns else "")


def is_configuration(look: Look) -> bool:
    """Whether a module configures entities in classes of their own."""
    return any(CONFIGURATION in base for owner in look.module.classes for base in base_names(owner))
