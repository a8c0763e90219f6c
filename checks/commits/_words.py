"""The vocabulary by which a commit message is called vague, as tables; and the classifier that reads them.

A language's words stand here only so that its habits of saying nothing are known too: a word that stands in no table
always tells something, whatever its language.
"""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VAGUE = {
    "doing": _words(
        "update updates updated updating upadte fix fixes fixed fixing change changes changed changing modify modifies "
        "modified modfy modification edit edits edited editing commit commits committed wip test tests testing tested "
        "done do doing did final finally finish finished work works working worked save saved push pushed tweak "
        "tweaks tweaked try trying improve improves improved improvement improvements cleanup clean cleaning refactor "
        "refactoring refactored resolve resolved resolves correct corrected correction corrections adjust adjusted "
        "adjustment adjustments add added adds adding create created init initial start started upload uploaded "
        "review reviews reviewed sync synced syncing"
    ),
    "things": _words(
        "stuff thing things code file files project repo repository bug bugs problem problems issue issues error "
        "errors misc miscellaneous minor small little some more many few several various other new latest last first "
        "second next again now all everything something version temp tmp asdf ok okay todo readme documentation docs "
        "function functions variable variables feature features part bit name names task tasks "
        "exercise exercises lesson step via uploads"
    ),
    "filling": _words(
        "a an the and or of to in for on at by my our it its this that these with from into up is are was be not very "
        "also just"
    ),
    "Portuguese": _words(
        "atualização atualizações atualizado atualizando atualiza ajuste ajustes ajustado ajustando ajusta alteração "
        "alterações alterado alterando altera correção correções corrigido corrigindo corrige resolvendo resolvido "
        "resolve mudança mudanças melhoria melhorias adicionado adicionando adiciona código coisas arquivo arquivos "
        "projeto problema problemas erro erros nome variavel variável função funções final pequenos pequenas alguns "
        "algumas de da do das dos em no na nos nas com os as um uma para que foi"
    ),
    "Spanish": _words(
        "actualización actualizaciones actualizado actualizando cambio cambios cambiado arreglo arreglos arreglado "
        "arreglando corrección correcciones corregido corrigiendo modificación modificaciones mejora mejoras agregado "
        "agregando añadido código cosas archivo archivos proyecto problema problemas errores función pequeños el la "
        "los las un una del al con y por para en que"
    ),
    "French": _words(
        "mise jour maj modification modifications modif modifs correction corrections ajout ajouts ajouté amélioration "
        "améliorations code fichier fichiers projet problème problèmes erreur erreurs divers petites petits le la les "
        "des du un une et au aux sur pour dans"
    ),
    "German": _words(
        "änderung änderungen anpassung anpassungen aktualisierung aktualisiert geändert angepasst korrektur "
        "korrekturen hinzugefügt verbesserung verbesserungen datei dateien projekt fehler problem kleine kleinere der "
        "die das den und im ein eine für mit von"
    ),
    "Chinese": _words("修复 更新 修改 提交 测试 优化 完善 调整 初始化 第一次提交 修复bug 更新代码 修改代码 修改bug"),
}
"""Words that say nothing by themselves, by what they are or whose they are."""
EMPTY = frozenset[str]().union(*VAGUE.values())

MISSPELT_LENGTH = 5
"""Letters from which on a word may be a known one misspelt."""
MEANT = _words("crate crates stared fist tying comet comets")
"""Words that only look like misspelt ones."""
DOUBLED = re.compile(r"([^\W\d_])\1")


def _shortened(word: str) -> list[str]:
    """A word without each of its inner letters."""
    return [word[:place] + word[place + 1 :] for place in range(1, len(word) - 1)]


def _swapped(word: str) -> list[str]:
    """A word with each two of its inner letters in the other order."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 2)]


PLAIN = frozenset(
    DOUBLED.sub(r"\1", word) for name in ("doing", "things") for word in VAGUE[name] if len(word) >= MISSPELT_LENGTH
)
"""Known words with double letters written once."""
SLIPS = frozenset(form for word in PLAIN for form in (*_shortened(word), *_swapped(word)))
"""Known words with one letter left out (``improvment``), or two in the wrong order (``chnages``)."""

FIXING = _words(
    "fix fixes fixed fixing bugfix hotfix resolve resolves resolved solve solves solved correct corrects corrected "
    "repair repaired corrigido corrige corrigindo resolvendo arreglado arreglo corregido corrigé"
)
"""Words after which a reader expects to hear what was wrong."""
FAULT = _words(
    "incorrect wrong missing invalid broken duplicate duplicated null none nil undefined nan empty crash crashes "
    "leak leaks leaking "
    "race deadlock deadlocks overflow overflows typo typos unused dead stale unsafe insecure vulnerability slow "
    "timeout loop infinite "
    "conflict conflicts exception handling fail fails failing failed failure cannot can't doesn't won't isn't not "
    "never always when if after before because since instead while without due only too twice until "
    "order encoding escape escaping injection permission permissions unauthorized forbidden redirect rounding "
    "warning warnings lint linter eslint flake regression offset quando sem porque falta cuando falta sin"
)
"""Words that name a fault, or the condition under which it shows."""
ACTS = _words(
    "remove removes removed removing delete deletes deleted rename renames renamed renaming replace replaced replaces "
    "move moved moves moving drop dropped allow allows disable disables enable enabled enables use uses using return "
    "returns set sets make makes handle handles check checks validate validates add adds added adding convert hide "
    "show send store load pass import export require increase decrease prevent avoid ignore skip extract split merge "
    "bump revert restore support pin hash verify reject return limit log cache close"
)
"""Words that say what was done, so that a fix need not say what was wrong."""
DONE = re.compile(
    r"(?:添加|新增|增加|修改|删除|移除|去掉|重构|重命名|创建|集成|引入|实现|优化|调整|更新|替换|支持|规范|自动|完善|处理|"
    r"追加|変更|削除|実装|추가|변경|삭제|구현)\s*\w{2}|\w{2}\s*(?:重构|登录|を追加|を変更|を削除|추가|변경|삭제|구현)"
)
"""What was done to what, in languages that are written without spaces, behind a label that they all have."""
SLIGHT = _words("fixes changes updates improvements tweaks edits modifications adjustments corrections bugfixes")
"""Words after which one other word names only the place: ``UI fixes``, ``CSS changes``."""
PLAINLY = re.compile(r"depend|packag|licen|typo|lint|format|style|version|securit|docs?\b")
"""Places whose changes are plain by their name."""
TRYING = _words("try tries tried trying attempt hopefully maybe should please")
TELLING_FAULT = 3
"""Telling words of a fix from which on it is taken to say what was wrong."""
TELLING_LABEL, TELLING_SENTENCE = 3, 2
"""Telling words from which on a fix names something particular: after a label (``fix: aws acl`` does not), and in a
sentence (``fix angle links`` does)."""

PREFIX = re.compile(
    r"(?:[:\w+-]{1,40}:\s+)?(?:\w{1,30}(?:\([^()]{0,60}\))?!?\s{0,3}:\s{0,3}|\[[^\[\]]{0,40}\]\s*|#\d+:?\s+|"
    r"[A-Z]{2,10}-\d+:?\s+)",
    re.UNICODE,
)
EMOJI_CODE = re.compile(r":[a-z0-9_+-]{2,40}:")
SCOPE = re.compile(r"\w{1,30}\(([^()]{1,60})\)")
REFERENCE = re.compile(
    r"\(?\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?)?\s{0,2}#\d+\)?|\(v?\d+(?:\.\d+){0,3}\)", re.I
)
EXTENSIONS = (
    "py|js|jsx|ts|tsx|mjs|cjs|java|kt|go|rb|php|cs|c|cpp|h|rs|html|css|scss|vue|md|rst|txt|json|ya?ml|toml|lock|xml|"
    "sql|"
    "sh|env|ini|cfg|conf|gradle|properties|example|ipynb|prisma|svg|png|jpg|csv"
)
FILE_NAME = re.compile(
    rf"(?<![\w/.])[`'\"]?(?:[\w-]{{1,60}}/){{0,9}}(?:[\w.-]{{1,60}}\.(?:{EXTENSIONS})|"
    rf"\.[a-z]{{2,20}}(?:\.[a-z]{{2,12}})?)[`'\"]?(?![\w/])"
)
WHOLE_FILE = _words("add adds added adding create creates created remove removes removed delete deletes deleted rename")
"""Verbs that say all about a file that is named: it was not there before, or is there no more."""
RENAMED = _words("file name")
"""``Fix README file name`` says what is done to the file."""
TASK_NUMBER = re.compile(r"(?:task|step|day|lesson|ex|exercise|part|v|version)?[\s._#-]{0,3}\d+[\d.]*\Z", re.I)
CODE_NUMBER = re.compile(r"\b[45]\d\d\b|\bn\+1\b", re.I)
LONGEST = 400
"""Characters of a subject that are read."""
WORD = re.compile(r"[^\W\d_]+(?:'[a-z]{1,2})?")


def is_vague(subject: str, body: str = "") -> bool:
    """Whether a message names nothing: only words without content, a file's name, a number, or a fix of who knows what.

    Args:
        subject: the first line of the message.
        body: what stands below it; a body of some length is taken to explain.
    """
    if len(body.strip()) > 40:
        return False
    bare = REFERENCE.sub(" ", EMOJI_CODE.sub(" ", subject[:LONGEST])).strip()
    head = PREFIX.match(bare)
    text = bare[head.end() :].strip(" .!-") if head else bare.strip(" .!-")
    if not text or TASK_NUMBER.match(text):
        return True
    words = [word.lower() for word in WORD.findall(FILE_NAME.sub(" ", text))]
    telling = [word for word in words if not _is_empty(word) and (len(word) > 2 or word.upper() in text)]
    if not telling:
        named = "readme" in words or FILE_NAME.search(text) is not None
        whole = named and bool(WHOLE_FILE.intersection(words) or RENAMED.issubset(words))
        return not whole and not CODE_NUMBER.search(text)
    return _is_bare_fix(head.group() if head else "", text, words, len(telling))


@lru_cache(1 << 14)
def _is_empty(word: str) -> bool:
    """Whether a word says nothing by itself: one of the tables, or such a word misspelt."""
    if word in EMPTY:
        return True
    if len(word) < MISSPELT_LENGTH or word in MEANT:
        return False
    plain = DOUBLED.sub(r"\1", word)
    return plain in PLAIN or plain in SLIPS or any(form in PLAIN for form in _shortened(plain))


def _is_bare_fix(head: str, text: str, words: list[str], telling: int) -> bool:
    """A fix of which only the place is named: ``fix login``, ``fix: entities relations``."""
    if telling == 1 and words[-1] in SLIGHT and not head:
        return not PLAINLY.search(text.lower()) and not FAULT.intersection(words)
    label = WORD.search(head)
    labelled = label is not None and label.group().lower() in FIXING
    if not (labelled or words[0] in FIXING) or CODE_NUMBER.search(text):
        return False
    said = FAULT.intersection(words) or ACTS.intersection(words) or (not text.isascii() and DONE.search(text))
    scope = 1 if SCOPE.search(head) else 0
    return not said and telling + scope < (TELLING_LABEL if labelled else TELLING_SENTENCE)


def names_fault(subject: str, body: str = "") -> bool:
    """Whether the message of a fix says what was wrong: a fault or condition is named, or the place in some detail."""
    if len(body.strip()) > 40:
        return True
    text = subject[:LONGEST]
    words = {word.lower() for word in WORD.findall(text)}
    telling = {word for word in words if word not in EMPTY | FIXING | TRYING and len(word) > 2}
    named = bool(FAULT & words or CODE_NUMBER.search(text))
    return len(telling) >= (TELLING_FAULT - 1 if named else TELLING_FAULT)
