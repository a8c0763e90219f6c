"""Whether messages are in a language whose words are not known, so that what they lack cannot be told by words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.model.facts.history import Commit

SHARE = 0.2
"""Share of the messages from which on they are taken to be in another language."""
OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u2c00-\ud7ff\uf900-\ufdff\uff66-\uff9d]")
"""Letters of other scripts: Greek, Cyrillic, Arabic, Thai, Chinese, Japanese, Korean and so on."""
LATIN = re.compile(
    r"\b(?:da|em|nas|para|uma|criad[oa]s?|criando|adicionad[oa]s?|adicionando|ajustes?|"
    r"ajustando|implementad[oa]s?|implementando|removid[oa]s?|alterad[oa]s?|alterações|arrumad[oa]s?|arrumando|"
    r"finalizad[oa]s?|projeto|los|las|del|con|agregad[oa]s?|agregar|creaci[oó]n|creado|crear|cambios?|"
    r"actualizaci[oó]n|proyecto|une|avec|pour|dans|ajouts?|ajout[eé]e?|création|"
    r"und|mit|für|hinzugefügt|hinzufügen|geändert|angepasst|erstellt|entfernt|della|aggiunt[oaie]|"
    r"modifiche|ve|için|eklendi|düzenlendi|oluşturuldu|dodan[oey]|dodanie|zmiany|poprawki|"
    r"menambahkan|tambah|perbaikan|mengubah|toegevoegd|voor|và|thêm|sửa|cập|nhật|och|lägg|lagt)\b",
    re.IGNORECASE,
)
"""Common words of languages in Latin letters that are no words of English messages."""


def is_foreign(commits: Sequence[Commit]) -> bool:
    """Whether a good part of the messages is in another language than English."""
    subjects = [commit.subject[:200] for commit in commits]
    foreign = sum(_is_foreign(subject) for subject in subjects)
    return bool(subjects) and foreign >= SHARE * len(subjects)


def _is_foreign(subject: str) -> bool:
    return OTHER_SCRIPT.search(subject) is not None or LATIN.search(subject) is not None
