"""Contexts of Entity Framework, by their declared types and by what they are called."""

from __future__ import annotations

import re

from reviewer.gather.look import Look
from reviewer.gather.syntax import Call

CONTEXT = re.compile(r"(?:_|this\.)*(?:\w*(?:context|Context|Ctx|ctx|Db|DB)|db|_db|dbContext|uow|database)\Z")
CONTEXT_TYPE = re.compile(r"I?\w*(?:(?i:context)|Db|DB|Database|DataStore|Entities)\??")
NO_CONTEXTS = ("HttpContext", "IHttpContext", "IMongo", "MongoDb", "ControllerContext", "ActionContext")
NO_CONTEXT_TYPE = re.compile(
    r"(?:I?Http|IMongo|MongoDb|Controller|Action|Dapper|Db[Cc]onn).*"
    r"|.*(?:Repository|Service|Factory|Accessor|Client|Provider|Connection|Manager|Handler|Logger|Cache|Collection|>)\??"
)
NAME_LIMIT = 80


def is_context(name: str, call: Call, look: Look) -> bool:
    """Whether a name stands for a context: by its declared type, else by what it is called."""
    kind = declared_type(name, call.function, look)
    if kind and CONTEXT_TYPE.fullmatch(kind.rpartition(".")[2].partition("<")[0]):
        return not kind.startswith(NO_CONTEXTS)
    if kind and NO_CONTEXT_TYPE.fullmatch(kind):
        return False
    if name in ("this", "base"):
        return True
    return bool(CONTEXT.match(name.rpartition(".")[2][-NAME_LIMIT:])) and "http" not in name.lower()


def declared_type(name: str, function: int, look: Look) -> str:
    """The declared type of a variable, parameter or field."""
    bare = name.removeprefix("this.")
    for item in look.around(function):
        for parameter in item.parameters:
            if parameter.name == bare:
                return parameter.type
    for found in look.assigned(bare, function) + look.assigned(bare, -1):
        if found.type:
            return found.type
        if isinstance(found.value, Call) and found.value.new:
            return found.value.name
    return ""
