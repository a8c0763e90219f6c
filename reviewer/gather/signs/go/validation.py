"""Validation of what requests bring: tags, validator libraries, and checks written by hand."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at, plain_or_name
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, in_handler, serves, status_of
from reviewer.gather.syntax import Call, Module, Name, Number, Other, plain
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


def read(module: Module, kept: Kept) -> None:
    """Tags with rules, calls of validators, and fields compared with the empty value where 400 is answered."""
    look = look_at(module)
    library = next((name for key, name in LIBRARIES.items() if look.imports(key)), "")
    _tags(look, kept)
    for call in module.calls:
        if library and call.last in CALLS and "." in call.name:
            keep(kept, look, SignKind.VALIDATION, call, library)
        elif not library and call.last in ("Validate", "ValidateStruct", "Struct") and _validates(call):
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


def _by_hand(look: Look, kept: Kept) -> None:
    """``if body.Name == ""`` in a handler that answers 400 or 422."""
    refusing = {
        call.function for call in look.module.calls if any(status_of(arg) in (400, 422) for arg in call.args[:4])
    }
    seen: set[int] = set()
    for item in look.module.compares:
        if item.function in seen or item.function not in refusing or not in_handler(look, item.function):
            continue
        left = plain_or_name(item.left)
        empty = plain(item.right) == "" or (isinstance(item.right, Number) and item.right.text == "0")
        length = isinstance(item.left, Call) and item.left.name == "len"
        if (empty and isinstance(item.left, Name) and "." in left) or (length and not isinstance(item.right, Other)):
            seen.add(item.function)
            keep(kept, look, SignKind.VALIDATION, item, BY_HAND)


VALIDATION_GO = Reader(name="validation (Go)", languages=GO, read=read)
