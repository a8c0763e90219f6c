"""Whether a value comes from outside: constants, numbers and column lists may stand in a query's text, others may not.

Follows names through the assignments, parameters and calls of one file, a few steps deep and without guessing: what
cannot be followed is `UNKNOWN`, which only counts where its place in the text shows that it is a value.
"""

from __future__ import annotations

from reviewer.gather.data.outside_calls import (
    KEY,
    KEY_CALLS,
    argument,
    is_for_others,
    iterates,
    receiver_of,
    returned_by_own,
)
from reviewer.gather.data.outside_uses import (
    Uses,
    constant,
    escapes,
    indent_of,
    is_growing,
    is_inner,
    is_number,
    is_own_call,
    is_safe,
    is_stored,
    keys_in,
    mentions,
    parameter_of,
    reaching_line,
    variables,
)
from reviewer.gather.data.outside_words import (
    ASSIGNED_LIMIT,
    BUILDER_WORD,
    CALLBACK_CALLS,
    COMBINING,
    COMPREHENSIONS,
    CONDITION,
    CONSTANT,
    DEPTH_LIMIT,
    FRAGMENT_WORD,
    HELPERS,
    INPUT_CALLS,
    MAPPED,
    MAPPING,
    NUMERIC_TYPES,
    OUTSIDE,
    PICKING,
    PLACEHOLDER_WORD,
    REQUEST_NAMES,
    SCHEMA_WORD,
    SERVER_INPUT,
    STEP_LIMIT,
    Outside,
)
from reviewer.gather.data.outside_words import Origin as Origin
from reviewer.gather.expressions import last
from reviewer.gather.look import Look
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Function,
    Items,
    Lambda,
    Mapping,
    Name,
    Number,
    Other,
    Text,
)


class Origins:
    """Follows values through one module."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.words = OUTSIDE.get(look.module.language, Outside())
        self.steps, self.line, self.deepest = 0, 0, 0
        self._open: set[tuple[str, int, int]] = set()
        self._uses = Uses(look.module, self.words)

    def at(self, expr: Expr | None, function: int, line: int, depth: int = 0) -> Origin:
        """Where an expression comes from that a statement on a line uses: only what was assigned before counts."""
        before = self.line, self.deepest
        self.line, self.deepest = line, indent_of(self.look, line)
        found = self.of(expr, function, depth)
        self.line, self.deepest = before
        return found

    def of(self, expr: Expr | None, function: int, depth: int = 0) -> Origin:
        """Where an expression inside a function comes from, whatever is assigned after it included."""
        self.steps = 1 if depth == 0 else self.steps + 1
        if expr is None or isinstance(expr, (Number, Lambda)):
            return Origin.INSIDE
        if depth > DEPTH_LIMIT or self.steps > STEP_LIMIT:
            return Origin.UNKNOWN
        match expr:
            case Text(parts=parts):
                return self._most([part for part in parts if not isinstance(part, str)], function, depth)
            case Name():
                return self._name(expr, function, depth)
            case Attribute():
                return self._attribute(expr, function, depth)
            case Call():
                return self._call(expr, function, depth)
            case Items(values=values):
                return self._most(list(values), function, depth)
            case Mapping(pairs=pairs):
                return self._most([value for _, value in pairs], function, depth)
            case Other():
                return self._other(expr, function, depth)

    def _attribute(self, expr: Attribute, function: int, depth: int) -> Origin:
        if expr.name in ("length", "size", "Length", "Count"):
            return Origin.INSIDE
        return Origin.OUTSIDE if expr.name in self.words.typed else self.of(expr.value, function, depth + 1)

    def _most(self, exprs: list[Expr], function: int, depth: int) -> Origin:
        found = Origin.INSIDE
        for expr in exprs:
            if found != Origin.OUTSIDE:
                found = max(found, self.of(expr, function, depth + 1))
        return found

    def _other(self, expr: Other, function: int, depth: int) -> Origin:
        operands = list(expr.operands)
        if expr.kind in CONDITION and (len(operands) == 3 or expr.kind == "switch_expression"):
            operands = [item for place, item in enumerate(operands) if place != CONDITION[expr.kind]]
        elif expr.kind == KEY and operands:
            operands = keys_in(self.look, operands[0], function)
        elif "subscript" in expr.kind or expr.kind in COMPREHENSIONS or expr.kind in PICKING:
            operands = operands[:1]
        elif is_number(expr):
            return Origin.INSIDE
        if expr.kind == "result" and operands and isinstance(operands[0], Call):
            return self._call(operands[0], function, depth, int(expr.operator))
        return self._most(operands, function, depth)

    def _call(self, call: Call, function: int, depth: int, place: int = 0) -> Origin:
        name = call.last
        if is_safe(name, self.words) or escapes(self.look, call) or self._uses.is_harmless(call):
            return Origin.INSIDE
        if name in INPUT_CALLS or (name in self.words.inputs and not iterates(self.look, call, function)):
            return Origin.OUTSIDE
        if self.words.follows and is_own_call(self.look, self.words, call, function):
            held = self._uses.named.get(name, ())
            return self._returned(held[0], depth, place) if len(held) == 1 else Origin.UNKNOWN
        if not self.words.bare_calls and self._returns_inside(call, depth):
            return Origin.INSIDE
        if name in KEY_CALLS and call.args:
            return self._most(keys_in(self.look, call.args[0], function), function, depth)
        args = [*call.args, *(value for key, value in call.keywords.items() if key != "<>")]
        receiver = receiver_of(call)
        if BUILDER_WORD.search(name) and self.look.is_imported(call.name):
            return Origin.UNKNOWN
        if receiver is None or (isinstance(receiver, Name) and receiver.dotted in HELPERS):
            return self._most(args, function, depth)
        if name in ("get", "pop", "getOrDefault") or MAPPED.fullmatch(name):
            closure = next((arg for arg in args if isinstance(arg, Lambda)), None)
            if name in MAPPING and closure is not None:
                return self._returned(closure.function, depth)
            args = args if name in COMBINING else args[1:] if name == "getOrDefault" else []
        return self._most([receiver, *args], function, depth)

    def _returns_inside(self, call: Call, depth: int) -> bool:
        own, values = returned_by_own(call, self._uses.named, self._uses.returns)
        before, self.line = self.line, 0
        inside = own != -1 and self._most(values, own, depth) == Origin.INSIDE
        self.line = before
        return inside

    def _returned(self, function: int, depth: int, place: int = 0) -> Origin:
        """What a closure gives, or a function in one of its results."""
        return self._most(self._uses.results(function, place), function, depth)

    def _by_name(self, name: str, function: int) -> Origin | None:
        """What a name alone tells, whatever it is given: constants, requests, what was checked; None for nothing."""
        head, _, rest = name.partition(".")
        if self.words.bare_calls and rest and (is_safe(last(name), self.words) or is_stored(name, self.words)):
            return Origin.INSIDE
        harmless = head in self.words.harmless or (head == "_SERVER" and not SERVER_INPUT.search(rest))
        number = rest and last(name) in ("length", "Length")
        fixed = (number or CONSTANT.fullmatch(last(name))) and head not in self.words.requests
        if harmless or fixed or (name, function) in self._uses.checked:
            return Origin.INSIDE
        if (head, function) in self._uses.filled or (rest and last(name) in self.words.typed):
            return Origin.OUTSIDE
        return Origin.OUTSIDE if ".".join(self.look.origin(name).split(".")[:2]) in REQUEST_NAMES else None

    def _name(self, expr: Name, function: int, depth: int) -> Origin:
        name = expr.dotted
        head, _, rest = name.partition(".")
        if (told := self._by_name(name, function)) is not None:
            return told
        if head in ("self", "this", "cls") or last(name) in ("__tablename__", "tableName", "db_table"):
            return self._own(name, function, depth)
        found = variables(self.look, name, function) or variables(self.look, head, function)
        parameter = parameter_of(self.look, head, function)
        if parameter is not None and (not found or not is_inner(self.look, found[0].function, parameter[0], function)):
            return self._given(*parameter, name, depth)
        if found:
            return self._assigned(found, parameter, function, depth)
        if self.look.is_imported(name) or (self.words.bare_calls and name == "id"):
            return Origin.INSIDE
        if self.words.fields and not rest:
            return self._field(name, function, depth)
        if self.words.bare_calls and f"this.{head}" in self._uses.fields:
            return self._own(f"this.{head}", function, depth)
        given = head in self.words.requests and (rest or head[0] == "_")
        return Origin.OUTSIDE if given or function in self._uses.poured else Origin.UNKNOWN

    def _field(self, name: str, function: int, depth: int) -> Origin:
        """A field of the class that is named alone: a constant, or anything."""
        held = [item for item in self.look.assigned(name, -1) if item.owner != -1 and item.function == -1]
        known = [item.value for item in held if item.value is not None]
        return self._most(known, function, depth) if known else Origin.UNKNOWN

    def _own(self, name: str, function: int, depth: int) -> Origin:
        """An attribute of the object itself: the names of its tables are its own, its values may be anything."""
        if SCHEMA_WORD.search(last(name)):
            return Origin.INSIDE
        owner = self.look.owner(function)
        mine = [item for item in self._uses.fields.get(name, []) if self.look.owner(item.function) == owner]
        told = [
            self._by_name(item.value.dotted, item.function)
            if isinstance(item.value, Name)
            else self.of(item.value, item.function, depth + 1)
            for item in mine[:20]
        ]
        known = [origin for origin in told if origin is not None]
        return max(known) if known and len(known) == len(told) else Origin.UNKNOWN

    def _assigned(
        self, found: list[Assignment], parameter: tuple[Function, int] | None, function: int, depth: int
    ) -> Origin:
        """The most that a name is given anywhere; while it is asked for, the name itself adds nothing to that."""
        name, level = found[0].target, found[0].function
        opened = (name, level, self.line)
        if opened in self._open or (name, level, -1) in self._open:
            if parameter is not None:
                return self._given(*parameter, name, depth)
            filled = name.startswith("_") and name.partition(".")[0] in self.words.requests
            return Origin.OUTSIDE if filled else Origin.INSIDE
        self._open.add(opened)
        reaching = reaching_line(self.look, found, self.line, self.deepest)[-ASSIGNED_LIMIT:]
        origin = Origin.INSIDE
        if not all(item.type and NUMERIC_TYPES.match(item.type) for item in reaching):
            origin = self._values(reaching, -1 if level == -1 else function, depth)
            values = [item.value for item in reaching if item.value is not None]
            if parameter is not None and not any(mentions(value, name) for value in values):
                origin = max(origin, self._given(*parameter, name, depth))
        self._open.discard(opened)
        return origin

    def _values(self, reaching: list[Assignment], function: int, depth: int) -> Origin:
        """The most of what some assignments to one name give it, each on its own line, and of what it grows by."""
        origin, before = Origin.INSIDE, (self.line, self.deepest)
        for item in reaching:
            if before[0]:
                self.line, self.deepest = item.line - 1, indent_of(self.look, item.line)
            grows = (item.target, item.function, -1)
            if is_growing(item):
                self._open.add(grows)
            origin = max(origin, self._most([item.value] if item.value else [], function, depth))
            self._open.discard(grows)
        self.line, self.deepest = before
        grown = self._uses.grown.get((reaching[0].target, reaching[0].function), []) if reaching else []
        return max(origin, self._most(grown[:ASSIGNED_LIMIT], function, depth))

    def _given(self, function: Function, place: int, name: str, depth: int) -> Origin:
        """What callers in this file give for a parameter; whatever nobody here gives may be anything."""
        parameter = function.parameters[place]
        taker = self._uses.lambdas.get(function.index)
        hands = taker is not None and (MAPPED.fullmatch(taker.last) or taker.last in CALLBACK_CALLS)
        if taker is not None and hands and parameter.name not in self.words.requests:
            return self.of(receiver_of(taker), taker.function, depth + 1) if place == 0 else Origin.INSIDE
        if "." not in name and NUMERIC_TYPES.match(parameter.type):
            return Origin.INSIDE
        skip = int(function.owner != -1 and function.parameters[0].name in ("self", "cls"))
        callers = self._uses.callers.get(function.name, []) if function.name and not function.decorators else []
        given = [argument(call, place - skip, parameter.name) or parameter.default for call in callers[:20]]
        if given and all(item is not None and constant(item) for item in given):
            return Origin.INSIDE
        if PLACEHOLDER_WORD.search(parameter.name):
            return Origin.INSIDE
        if FRAGMENT_WORD.search(parameter.name) and not given and "." not in name:
            return Origin.UNKNOWN
        if depth < DEPTH_LIMIT and given and all(item is not None for item in given):
            least = Origin.UNKNOWN if is_for_others(self.look, function) else Origin.INSIDE
            asked = zip(given, callers, strict=False)
            return max(
                least, *(self.at(item, call.function, self.line and call.line, depth + 2) for item, call in asked)
            )
        return Origin.OUTSIDE
