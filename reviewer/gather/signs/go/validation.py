"""Validation of what requests bring: tags, validator libraries, and checks written by hand."""

from __future__ import annotations

import re

from reviewer.gather.expressions import plain_or_name
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, in_handler, serves, status_of
from reviewer.gather.syntax import Call, Expr, Module, Name, Number, Other, Text, plain
from reviewer.model.facts.code import Sign, SignKind

LIBRARIES = {
    "github.com/go-playground/validator": "go-playground/validator",
    "gopkg.in/go-playground/validator.v9": "go-playground/validator",
    "gopkg.in/go-playground/validator.v8": "go-playground/validator",
    "github.com/go-ozzo/ozzo-validation": "ozzo-validation",
    "github.com/asaskevich/govalidator": "govalidator",
    "github.com/thedevsaddam/govalidator": "govalidator",
    "github.com/gookit/validate": "gookit/validate",
    "github.com/astaxie/beego/validation": "Beego validation",
    "github.com/beego/beego/v2/core/validation": "Beego validation",
    "github.com/bufbuild/protovalidate-go": "protovalidate",
    "github.com/xeipuuv/gojsonschema": "gojsonschema",
    "github.com/invopop/validation": "invopop/validation",
    "github.com/gobuffalo/validate": "buffalo validate",
}
CALLS = frozenset(
    {
        *(
            "Struct",
            "StructCtx",
            "StructExcept",
            "StructPartial",
            "ValidateStruct",
            "Validate",
            "Var",
            "ValidateStructWithContext",
        ),
        *("ValidateMap", "RegisterValidation", "RegisterStructValidation", "Valid", "ValidateJSON"),
    }
)
TAGS = {
    "binding": "go-playground/validator",
    "validate": "go-playground/validator",
    "valid": "govalidator",
    "v": "gf validation",
}
RULES = re.compile(
    r"required|min|max|email|len|gt|lt|gte|lte|oneof|uuid|url|alpha|numeric|eq|ne|dive|unique|exists|range|length|datetime"
)
BINDS = frozenset(
    {
        *(
            "ShouldBindJSON",
            "ShouldBind",
            "BindJSON",
            "Bind",
            "ShouldBindQuery",
            "ShouldBindUri",
            "ShouldBindWith",
            "BindQuery",
        ),
        *("MustBindWith", "ShouldBindBodyWith", "BindAndValidate", "BodyParser", "ReadJSON", "BindUri"),
    }
)
BODY_WORDS = re.compile(
    r"req|request|body|input|payload|dto|form|params?|data|user|item|product|todo|args", re.IGNORECASE
)
BY_HAND = "hand-written"
CHECKING = frozenset({"Check", "CheckField"})
"""Methods of a project's own validator that are told a condition, a field and what is wrong with it."""
CHECKED = 3
OWN_CHECK = re.compile(r"(?:validate|is_?valid)_?[A-Z]\w{0,60}|\w{1,60}(?:Validate|Validation|IsValid)", re.IGNORECASE)
NO_BODY = re.compile(r"token|jwt|session|auth|signature|csrf|key|credential|login|password|cookie|hash", re.IGNORECASE)
"""What functions are called that validate who asks, not what is sent."""
TRIMMING = frozenset({"strings.TrimSpace", "strings.Trim", "strings.ToLower", "len", "utf8.RuneCountInString"})


def read(module: Module, kept: Kept) -> None:
    """Tags with rules, calls of validators, and fields compared with the empty value where 400 is answered."""
    look = look_at(module)
    library = next((name for key, name in LIBRARIES.items() if look.imports(key)), "")
    _tags(look, kept)
    for call in module.calls:
        if library and call.last in CALLS and "." in call.name:
            keep(kept, look, SignKind.VALIDATION, call, library)
        elif _is_validator(look, call, library):
            keep(kept, look, SignKind.VALIDATION, call, "validator")
    if serves(look):
        _by_hand(look, kept)


def _tags(look: Look, kept: Kept) -> None:
    """One sign for each struct whose tags hold rules."""
    seen: set[int] = set()
    for item in look.module.assignments:
        if item.owner == -1 or item.owner in seen:
            continue
        for tag in item.decorators:
            if isinstance(tag, Call) and tag.name in TAGS and tag.args and RULES.search(plain(tag.args[0]) or ""):
                seen.add(item.owner)
                owner = look.module.classes[item.owner]
                kept.signs.append(
                    Sign(kind=SignKind.VALIDATION, line=owner.line, end_line=owner.end_line, detail=TAGS[tag.name])
                )
                break


def _validates(call: Call) -> bool:
    """``c.Validate(u)``, ``validate.Struct(x)``, ``req.Validate()`` of the project's own."""
    head = call.name.rpartition(".")[0].rpartition(".")[2].lower()
    return (
        head in ("c", "ctx", "validate", "validator", "v", "validation")
        or bool(BODY_WORDS.search(head))
        or "valid" in head
    )


def _is_validator(look: Look, call: Call, library: str) -> bool:
    """Whether a call has a project's own validator look at something."""
    named = not library and call.last in ("Validate", "ValidateStruct", "Struct") and _validates(call)
    return named or _checks_field(call) or (_is_own(call) and in_handler(look, call.function))


def _checks_field(call: Call) -> bool:
    """``v.Check(movie.Title != "", "title", "must be provided")``."""
    texts = call.args[1:]
    return (
        call.last in CHECKING
        and "." in call.name
        and len(call.args) == CHECKED
        and isinstance(call.args[0], (Other, Call, Name))
        and all(isinstance(item, Text) for item in texts)
    )


def _is_own(call: Call) -> bool:
    """``validateProduct(input)``: a function of the project, called by what it validates."""
    return bool(call.args) and OWN_CHECK.fullmatch(call.last) is not None and NO_BODY.search(call.last) is None


def _by_hand(look: Look, kept: Kept) -> None:
    """``if body.Name == ""`` in a handler that answers 400 or 422."""
    refusing = {
        call.function for call in look.module.calls if any(status_of(arg) in (400, 422) for arg in call.args[:4])
    }
    seen: set[int] = set()
    for item in look.module.compares:
        if item.function in seen or item.function not in refusing or not in_handler(look, item.function):
            continue
        empty = plain(item.right) == "" or (isinstance(item.right, Number) and item.right.text == "0")
        length = isinstance(item.left, Call) and item.left.name == "len"
        left = _trimmed(item.left)
        field = isinstance(left, Name) and "." in plain_or_name(left)
        if (empty and field) or (length and not isinstance(item.right, Other)):
            seen.add(item.function)
            keep(kept, look, SignKind.VALIDATION, item, BY_HAND)


def _trimmed(expr: Expr) -> Expr:
    """What is looked at: ``body.Name`` of ``strings.TrimSpace(body.Name)``."""
    for _ in range(3):
        if isinstance(expr, Call) and expr.name in TRIMMING and expr.args:
            expr = expr.args[0]
    return expr


VALIDATION_GO = Reader(name="validation (Go)", languages=GO, read=read)
