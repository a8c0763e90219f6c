"""Validation of input in Ruby: models, strong parameters, Grape's parameters, dry-validation, by hand."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs._refusals import keep_refusals
from reviewer.gather.signs.ruby._ruby import RUBY, bases, block_of, is_declaration
from reviewer.gather.signs.ruby.status import statuses
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.code import SignKind

MODEL = words(
    "validates validate validates_presence_of validates_uniqueness_of validates_length_of validates_format_of"
    " validates_numericality_of validates_inclusion_of validates_confirmation_of validates_associated validates!"
    " validates_with validates_each validates_exclusion_of validates_acceptance_of validates_size_of validates_presence"
    " validates_unique validates_format validates_includes"
)
GRAPE = words("requires optional exactly_one_of at_least_one_of mutually_exclusive")
OF_GRAPE = ("Grape", "params do")
"""What stands in a class of Grape's, also where its base is one of the project's own."""
DRY = ("Dry.Validation.Contract", "Dry.Schema", "Reform.Form", "ApplicationContract", "Dry.Validation.Schema")
DRY_CALLS = words("Dry.Schema.Params Dry.Schema.JSON Dry.Schema.define Dry.Validation.Contract Dry.Validation.Schema")
SCHEMA_CALLS = words(
    "JSON.Validator.validate! JSON.Validator.validate JSON.Validator.fully_validate JSONSchemer.schema"
)
PERMITTING = words("permit expect")
REQUEST_VALUES = re.compile(r"\bparams\b|request\.(?:body|params)|JSON\.parse")


def read(module: Module, kept: Kept) -> None:
    """Declared validations, parameters that are let in by name, and refusals."""
    look = look_at(module)
    for call in module.calls:
        means = _means(look, call)
        if means:
            keep(kept, look, SignKind.VALIDATION, call, means)
    for item in module.classes:
        if any(base.startswith(DRY) for base in bases(item)):
            keep(kept, look, SignKind.VALIDATION, item, "dry-validation", -1)
    keep_refusals(look, kept, statuses(look), REQUEST_VALUES)


def _means(look: Look, call: Call) -> str:
    """The means by which a call validates, ``""`` for none."""
    if call.name in MODEL and is_declaration(call):
        return "Active Model"
    if call.last in PERMITTING and (call.args or call.keywords) and _is_of_params(call):
        return "strong parameters"
    if call.name in GRAPE and call.args and any(word in look.module.text for word in OF_GRAPE):
        return "Grape"
    if call.name in DRY_CALLS:
        return "dry-validation"
    if call.name in SCHEMA_CALLS:
        return "JSON schema"
    if call.name == "param" and len(call.args) > 1 and block_of(call) is None and look.imports("sinatra/param"):
        return "sinatra-param"
    if call.name == "params" and block_of(call) is not None and "Hanami" in look.module.text:
        return "Hanami"
    return ""


def _is_of_params(call: Call) -> bool:
    """``params.require(:user).permit(:name)``, ``params.permit(:q)``, ``params.expect(user: [:name])``."""
    below = call.callee
    while not call.name.startswith("params."):
        value = getattr(below, "value", None)
        if not isinstance(value, Call):
            return False
        if value.name.startswith("params."):
            return True
        below = value.callee
    return True


VALIDATION_RUBY = Reader(name="validation (Ruby)", languages=RUBY, read=read)
