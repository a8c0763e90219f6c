"""Input that is checked before it is used, in PHP."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import inside, integer, last
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import bases_of, keep
from reviewer.gather.signs._refusals import BAD_REQUEST, UNPROCESSABLE, keep_refusals
from reviewer.gather.signs.php._php import PHP, REQUEST_VALUES, is_request
from reviewer.gather.signs.php.status import statuses
from reviewer.gather.syntax import Call, Expr, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

BY_HAND = "hand-written"
SYMFONY = "Symfony Validator"
LARAVEL = "Laravel validation"
CONSTRAINTS = "Symfony.Component.Validator"
BY_IMPORT = {
    "Respect.Validation": "Respect Validation",
    "Rakit.Validation": "Rakit Validation",
    "Valitron": "Valitron",
    "Particle.Validator": "Particle Validator",
    "Cake.Validation": "CakePHP validation",
    "Laminas.InputFilter": "Laminas input filter",
    "Symfony.Component.Form": "Symfony forms",
    "Awurth.SlimValidation": "Slim Validation",
    "Opis.JsonSchema": "JSON Schema",
    "JsonSchema": "JSON Schema",
}
CHECKING = words(
    "validate assert check isValid make rule rules addRule setRules buildForm add notEmptyString requirePresence"
)
FILTERS = "FILTER_VALIDATE"
SETTINGS = words("env getenv _ENV _SERVER ini_get")
"""Where values come from that nobody sent."""
REFUSING = frozenset({400, 406, 422})
REFUSAL = re.compile(r"missing|required|invalid|must |empty|too (?:short|long)|not valid|mandatory", re.IGNORECASE)
ROUTING = re.compile(r"rout|dispatch|resolve|render|report|exception|error", re.IGNORECASE)
"""Functions that refuse a request because nothing answers it or something broke, not because of what it holds."""
CHECKS = words(
    "empty strlen mb_strlen preg_match ctype_alpha ctype_digit ctype_alnum is_numeric is_string is_int is_array"
    " in_array checkdate filter_var ctype_xdigit is_email sanitize_text_field validateDate validate_email"
)


def read(module: Module, kept: Kept) -> None:
    """Laravel's, Symfony's and CodeIgniter's validation, libraries, filters, and checks by hand."""
    look = look_at(module)
    for owner in module.classes:
        if any(last(base) == "FormRequest" for base in bases_of(look, owner)):
            keep(kept, look, SignKind.VALIDATION, owner, "FormRequest", -1)
    _constraints(look, kept)
    if look.imports("Cake.Validation"):
        for method in module.functions:
            if any(last(item.type.lstrip("?")) == "Validator" for item in method.parameters):
                keep(kept, look, SignKind.VALIDATION, method, BY_IMPORT["Cake.Validation"], method.index)
    for call in module.calls:
        if means := _means(look, call):
            keep(kept, look, SignKind.VALIDATION, call, means)
    _by_hand(look, kept)


def _constraints(look: Look, kept: Kept) -> None:
    """``#[Assert\\NotBlank]`` before fields and parameters; a class is told once."""
    if not look.imports(CONSTRAINTS) and "Assert\\" not in look.module.text:
        return
    for item in look.module.assignments:
        if item.decorators and any(_is_constraint(look, mark) for mark in item.decorators):
            keep(kept, look, SignKind.VALIDATION, item, SYMFONY, -1)
    for _, name, marked in decorators(look.module):
        if _is_constraint(look, Name(name, marked.line)):
            keep(kept, look, SignKind.VALIDATION, marked, SYMFONY, -1)


def _is_constraint(look: Look, mark: Expr) -> bool:
    name = look.origin(dotted(mark.callee if isinstance(mark, Call) else mark))
    return name.startswith((f"{CONSTRAINTS}.Constraints.", "Assert."))


def _means(look: Look, call: Call) -> str:
    name, origin = call.last, look.origin(call.name)
    if name in ("validate", "validateWithBag", "validateWith"):
        rules = any(isinstance(arg, Mapping) for arg in call.args)
        if rules and (
            "request" in call.name.lower() or call.name in ("this.validate", ".validate", "request.validate")
        ):
            return "CodeIgniter validation" if look.imports("CodeIgniter") else LARAVEL
        if look.imports(CONSTRAINTS) and call.args:
            return SYMFONY
    if call.name == "Validator.make" or origin == "Illuminate.Support.Facades.Validator.make":
        return LARAVEL
    if name in ("set_rules", "setRules") and "validation" in call.name.lower():
        return "CodeIgniter validation"
    if name == "isSubmitted" or (name == "handleRequest" and "form" in call.name.lower()):
        return "Symfony forms"
    if call.name in ("filter_var", "filter_input") and any(FILTERS in dotted(arg) for arg in call.args):
        return "" if any(item in SETTINGS for item in words_of(call.args[0])) else "filter_var"
    if name in CHECKING:
        library = next((found for module, found in BY_IMPORT.items() if look.imports(module)), "")
        if library and (look.is_imported(call.name) or name in ("validate", "assert", "check", "isValid", "buildForm")):
            return library
    return ""


def _by_hand(look: Look, kept: Kept) -> None:
    """A refusal with 400 or 422, and checks of what a page was sent."""
    functions = look.module.functions
    found = [item for item in statuses(look) if item[2] < 0 or not ROUTING.search(functions[item[2]].name)]
    keep_refusals(look, kept, found, REQUEST_VALUES)
    outside = [(status, place) for status, place, function in found if function == -1]
    if outside and REQUEST_VALUES.search(look.module.text):
        for status, place in outside:
            if status in (BAD_REQUEST, UNPROCESSABLE):
                keep(kept, look, SignKind.VALIDATION, Name("", place.line), BY_HAND, -1)
                return
    told: set[int] = set()
    lines = {sign.line for sign in kept.signs if sign.kind is SignKind.VALIDATION}
    for call in look.module.calls:
        if call.function in told or not (_checks(look, call) or (call.line not in lines and _refuses(call))):
            continue
        told.add(call.function)
        keep(kept, look, SignKind.VALIDATION, call, BY_HAND)


def _checks(look: Look, call: Call) -> bool:
    return call.name in CHECKS and any(is_request(_known(look, arg, call)) for arg in call.args)


def _refuses(call: Call) -> bool:
    """``new Exception('Missing credentials', 406)``: what was sent is refused, going by code and message."""
    made = call.new and call.function != -1 and call.last.endswith("Exception")
    code = integer(call.args[1]) if made and len(call.args) > 1 else None
    return code in REFUSING and bool(REFUSAL.search((plain(call.args[0]) or "")[:200]))


def words_of(expr: Expr) -> Iterator[str]:
    """The names and calls in an expression, by the first part of each."""
    for item in inside(expr):
        if isinstance(item, (Name, Call)):
            yield dotted(item if isinstance(item, Name) else item.callee).partition(".")[0]


def _known(look: Look, arg: Expr, call: Call) -> Expr | None:
    return look.value(arg, call.function)


VALIDATION_PHP = Reader(name="validation (PHP)", languages=PHP, read=read)
