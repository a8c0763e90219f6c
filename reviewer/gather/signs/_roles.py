"""How code asks what a person may do: by comparing a role, or by what a guard is given."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.syntax import Call, Items, Name, dotted, plain

ROLE = re.compile(
    r"\bis_?admin\s?\(|\.is_?admin\b(?!\s?=[^=])|\b(?:has_?(?:any_?)?(?:roles?|authority|permission)|admin_?(?:only|role|guard|middleware|required)"
    r"|(?:require|check|verify|allow|access|authori[sz]e|restrict|ensure)_?\w{0,12}?(?:roles?|admin|permissions?|access|owner\w{0,6}))\b"
    r"|\broles?\.(?:includes|contains|some|indexOf)\b|\b(?:includes|contains|in_array)\([^)]{0,40}\brole|\.role(?:_?id)?\s{0,3}(?:==|!=)|\brole\w{0,6}\s{0,3}(?:===?|!==?)|\bswitch\s?\([\w.\s]{0,40}role|\b(?:belongs?_?to_?user|is_?owner|owned_?by)"
    r"|\b(?:rol|papel|perfil|cargo|tipo_?(?:de_?)?usuario|user_?type)(?:_?id)?['\"\])]{0,3}\s{0,3}(?:===?|!==?)"
    r"(?!=|\s{0,3}(?:null|undefined|nil|None|''|\"\"))",
    re.IGNORECASE,
)
OF_ROLES = (
    *("rol", "admin", "permission", "authorit", "access", "own", "belong"),
    *("papel", "perfil", "cargo", "tipo", "user_type", "usertype"),
)
"""Words of which every line holds one that the pattern matches."""
OF_PEOPLE = re.compile(
    r"(?:^|[._:])(?:\w{0,30}(?:admin|role|permission|perfil)\w{0,30}|rol(?:es)?|papel|cargo|tipo_?usuario|owner|manager"
    r"|staff|moderator|editor|teacher|student|employee|superuser|(?:user|empleado|usuario|employee|account)_?(?:type|tipo|level))(?:$|[._:])",
    re.IGNORECASE,
)
"""Names of roles, and of the enumerations that list them."""


def given_roles(call: Call) -> bool:
    """Whether a guard is given a list that names roles: ``$tokenMiddleware([EmployeeType::OWNER])``."""
    lists = [arg for arg in call.args if isinstance(arg, Items)]
    names = (dotted(part) if isinstance(part, Name) else plain(part) or "" for part in inside(*lists))
    return any(name and OF_PEOPLE.search(name[:80]) for name in names)
