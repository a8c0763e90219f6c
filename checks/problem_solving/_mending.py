"""The words by which a message says that a fault was mended, and what of it is told."""

from __future__ import annotations

import re
from functools import lru_cache

from checks.commits._words import EMOJI_CODE, FAULT, WORD

OF_OTHERS = (
    r"(?:^|[\s:;,()\[\]/_-])(?:"
    r"corrig\w{1,9}|corre[cç][aãoõ]\w{0,3}|correc(?:ci[oó]n|tion|tif)\w{0,3}|arregl\w{1,9}|solu[cç][aioã]\w{0,9}|"
    r"arrum\w{1,6}|consert\w{1,6}|ajust\w{1,6}|resolv(?:id[oa]s?|iendo|endo|eu|i|emos)|resuel\w{1,4}|reparad\w{1,3}|r[eé]par\w{2,6}|behebt|"
    r"behoben|"
    r"behebung|korrigier\w{1,3}|korrektur\w{0,2}|ispravk\w{1,3}|napraw\w{1,6}|popraw\w{1,6}|d[uü]zelt\w{1,6}|"
    r"perbaik\w{1,4}|memperbaiki|s[uử]a l[oỗ]i|исправ\w{1,9}|почин\w{1,6}|поправ\w{1,6}|виправ\w{1,9})\b|"
    r"修复|修正|修改bug|解决|修復|直し|直す|不具合|수정|해결|고침|버그"
)
"""Words of mending in other languages than English: some of them are said of any change."""
FIX = re.compile(
    r"^(?:\W{0,6}|[^:]{0,40}:\s{0,3})correct(?:s|ed|ing)?\b|"
    r"(?:^|[\s:;,()\[\]/_-])(?:fix(?:e[sd]|ing|up)?(?! (?:size|width|height|length|position|price|rate|amount|cost|"
    r"point|number))|bug ?fix\w{0,3}|hotfix|resolve[sd]?|"
    r"solve[sd]? (?:\w{1,20} ){0,4}(?:bugs?|issues?|errors?|exceptions?|crash\w{0,3}|warnings?)|corrected|"
    r"(?:problems?|issues?|bugs?|errors?) (?:is |was |were |are |been )?solved|"
    r"repair(?:s|ed)?|prevent(?:s|ed)?|mend(?:s|ed)?|patched|bugs? (?:in|with|where|when|on|of|from)|"
    r"avoid(?:s|ed)? (?:\w{1,20} ){0,3}(?:crash\w{0,3}|errors?|exceptions?|nulls?|duplicates?|race))\b|" + OF_OTHERS,
    re.I,
)
FOREIGN = re.compile(OF_OTHERS, re.I)
FAULT_SAID = re.compile(
    r"\b(?:bugs?|errors?|err(?:o|os|ore|ori|eur|eurs)|fallos?|falhas?|fehler\w{0,3}|problem\w{0,3}|problèmes?|"
    r"bł[ąe]d\w{0,3}|hata\w{0,4}|"
    r"lỗi|\u0431\u0430\u0433\w{0,3}|ошибк\w{0,3}|помилк\w{0,3}|crash\w{0,3}|exceptions?|[45]\d\d)\b|错误|錯誤|异常|問題|问题|오류|버그|エラー|バグ|不具合",
    re.I,
)
"""Words for a fault, by which a word of mending in another language is known to be said of one."""
TRIVIAL = re.compile(
    r"\b(?:typos?|lint\w{0,5}|eslint|whitespaces?|readme|spell(?:ing|s)?|ascii|banners?|"
    r"indent\w{0,7}|pep ?8|pycodestyle|flake8|prettier|"
    r"grammar|formatt\w{2,3}|deepsource|codacy|codeclimate|"
    r"errcheck|static ?check|gosec|go ?vet|flake|rubocop|phpstan|psalm|stylelint|pylint|ruff|mypy|"
    r"code ?style|code ?smells?|docs|documentation|docstrings?|changelog|badges?|merge|"
    r"conflicts?|in (?:the )?comments?|(?:method|function|class|code|doc|block|inline) comments?|capitali[sz]\w{3,5}|"
    r"code scanning|code ?ql|deprecat\w{2,6}|rspec|betty|phpcs|checkstyle|spotbugs|clippy|golint|gofmt|golangci\S{0,5}|"
    r"ktlint|detekt|biome|isort|naming|nomenclature|"
    r"(?:pr|pull request|review|code review)[\s#-]{0,2}\d{0,6} (?:comments?|feedback|remarks?|suggestions?)|"
    r"moderni[sz]\w{1,4}|"
    r"(?:fix(?:e[sd]|ing)?|correct(?:s|ed)?) (?:the |some |code )?"
    r"(?:comments?|format|style|styles))\b",
    re.I,
)
LATER = re.compile(
    r"\b(?:will|to be|needs?|needed|must|todo|pending|yet|have to|has to)\b.{0,10}\bfix|\bfix\w{0,3}\b.{0,20}\blater\b|"
    r"\bunresolved\b|\bnot (?:yet )?(?:fixed|resolved|solved)\b",
    re.I,
)
"""Faults that are yet to be mended."""
UNTOLD = re.compile(
    r"\W*(?:(?:try|trying|tried|to|some|minor|small|quick|more|a few|few|little|tiny|various|other|last|final|"
    r"another|bug|hot|the|all|random|multiple|misc|a couple of|"
    r"several)[\s-]*)*"
    r"(?:fix(?:e[sd]|ing|up)?|bug ?fix\w{0,3}|hotfix|resolve[sd]?|solve[sd]?)(?:[\s:*]+(?:bugs?|issues?|errors?|"
    r"problems?|it|this|random|minor|small|"
    r"things?|stuff|code|again|all|some|the|a|\d+))*\s*(?:\(?#\d+\)?)?\W*$",
    re.I,
)
"""Fixes of which nothing is told: whether a test could have shown the fault is not known."""
OF_A_TEST = re.compile(
    r"\b(?:fix(?:e[sd]|ing)?|correct(?:s|ed)?|repair(?:s|ed)?) (?:[\w-]{1,30} ){0,6}(?:tests?|specs?|test cases?|"
    r"test suite|behats?)\W*$|\b(?:tests?|specs?|behats?) (?:bug ?)?fix(?:e[sd]|ing)?\b|"
    r"\bfix(?:e[sd]|ing)? (?:(?:the|a|some|all|failing|broken|flaky|unit|integration|e2e|functional) )*"
    r"(?:tests?|specs?|behats?|test cases?)\b|"
    r"\b(?:fix(?:e[sd]|ing)?|correct(?:s|ed)?) (?:(?!in |of |for |on |when |from )[\w-]{1,30} ){0,3}names?\W*$",
    re.I,
)
"""Fixes whose object is a test, or no more than a name."""
NO_PROGRAM = re.compile(
    r"\b(?:tests?|specs?|coverage|travis|circle ?ci|ci|cd|pipelines?|workflows?|actions?|builds?|docker\w{0,8}|compose|"
    r"deploy\w{0,6}|heroku|shebangs?|links?|imports?|dependenc(?:y|ies)|deps|packages?|versions?|sonar\w{0,7}|helm|"
    r"gradle|maven|npm|yarn|built|builded|requirements?|syntax|pytest|paths?|typings?|types?|webpack|config\w{0,9}|memory|allocations?|leaks?|performance|warnings?|scripts?|seed\w{0,4}|"
    r"logos?|css|names?|styl(?:e|es|ing)|layout|icons?|images?|logg?(?:s|ing|er|ers|ed)?|"
    r"(?:project|app|application|server) (?:can )?(?:starts?|runs?|compiles?)|start-?up|compil\w{1,6})\b",
    re.I,
)
"""What no test of the program would have caught."""
OTHER_KIND = re.compile(
    r"\W{0,4}(?:feat(?:ures?)?|tests?|docs?|ci|cd|build|styles?|chores?|refactor(?:ing)?|wip|ui|i18n|deps|release)"
    r"(?:\([^()]{0,60}\))?!?\]?\s?(?::|\])",
    re.I,
)
"""Labels by which an author says that a commit is something else than a fix (``feat: ...``, ``[TEST] ...``)."""
CLOSING = re.compile(
    r"(?<=\S)[\s(\[,;-]{1,4}(?:fix(?:e[sd])?|resolve[sd]?):? ?(?:[\w./-]{0,60}#|[A-Z]{2,10}-)\d+[)\]]?", re.I
)
"""A trailing word that closes a ticket, whatever the commit did."""
FAULTY = re.compile(
    r"\b(?:crash(?:es|ed)?|fail(?:s|ed)|broken?|wrong|incorrect(?:ly)?|(?:was|were|did|does|do|is|are)(?:n't| not)|"
    r"never|npe|null ?pointer\w{0,10}|deadlock|race condition|errors?|exceptions?)\b",
    re.I,
)
CONDITION = re.compile(
    r"\b(?:when|if|on|after|because|while|since|before|due to|with (?:newer|older|empty|missing))\b", re.I
)
FEATURE = re.compile(
    r"\W*(?:add|implement|creat|throw|return|rais|show|display|handl|test|log|updat|send|support|introduc|feat|docs?|chore|"
    r"refactor|remov|allow|let|mak|us[ei]|new|wip|check|validat|verif|init|merge|revert)\w{0,6}\b",
    re.I,
)
"""What begins a message about a feature, though it speaks of what happens on an error."""
CONDITIONS = frozenset(
    "when if before after because since instead while without due only too twice until order offset loop never always "
    "not cannot can't exception handling timeout permission permissions redirect injection quando sem "
    "porque cuando sin".split()
)
"""Words of the fault vocabulary that a message of a feature holds as well."""
PARTS = re.compile(r"([,;.]\s+|\s+(?:\+|\|)\s+|\s*/\s+)|\s+(?:and|&)\s+", re.I)
"""Where a message goes on to another thing; after "and" it may only name one more of the same."""
GOES_ON = re.compile(
    r"\W*(?:if|when|where|while|because|since|as|after|before|unless|until|that|which|who|so|due to|ha(?:ve|s|d) to|"
    r"should|must|needs?|was|were|is|are|did|does|do|would|could|can|cannot|it|they|there|caus(?:ed|ing)|now|not|no|"
    r"for|in|on|at|with|without|by|during|from|to|only|even|quando|se|porque|pois|cuando|si|wenn|weil|если|когда)\b",
    re.I,
)
"""What begins a part that only goes on about the part before it."""
KNOWN_TEXTS = 1 << 15
"""Texts of which it is kept what they mend: several checks read the same messages."""


@lru_cache(KNOWN_TEXTS)
def mending(text: str) -> tuple[str, ...]:
    """The parts of a text that were done, if one of them mends a fault; typos, tests and plans left out."""
    if not (FIX.search(text) or "orrect" in text):
        return ()
    parts = [part for part in _parts(CLOSING.sub(" ", text)) if not TRIVIAL.search(part) and not LATER.search(part)]
    parts = [part for part in parts if not OF_A_TEST.search(part)]
    return tuple(parts) if any(FIX.search(part) for part in parts) else ()


def _parts(text: str) -> list[str]:
    """The things that a message says were done, each with the conditions that belong to it."""
    found: list[str] = []
    pieces = ["", *PARTS.split(EMOJI_CODE.sub(" ", text))]
    for mark, part in zip(pieces[::2], pieces[1::2], strict=True):
        listed = mark is None and not FIX.search(part) and not FEATURE.match(part)
        if found and (listed or GOES_ON.match(part)):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return found


@lru_cache(KNOWN_TEXTS)
def mended(text: str) -> str:
    """The parts of a message that speak of mending or of a fault, and what a bare word of mending is said of."""
    found: list[str] = []
    bare = False
    for part in mending(text):
        if FIX.search(part):
            found.append(part)
            bare = UNTOLD.match(part) is not None
        elif _is_faulty(part) or (bare and not FEATURE.match(part)):
            found.append(part)
            bare = False
    return ", ".join(found)


def is_clear(part: str) -> bool:
    """Whether a part is beyond doubt of a fault in the program; in another language only where it names one."""
    if not FIX.search(part) or NO_PROGRAM.search(part):
        return False
    return not FOREIGN.search(part) or FAULT_SAID.search(part) is not None


def _is_faulty(part: str) -> bool:
    return not (FAULT - CONDITIONS).isdisjoint(WORD.findall(part.lower())) and not FEATURE.match(part)


def tells_a_fault(subject: str) -> bool:
    """Whether a message says what went wrong and when, without a word of mending: ``Total wrong on empty carts``."""
    fault = FAULTY.search(subject)
    return fault is not None and CONDITION.search(subject, fault.end()) is not None and not FEATURE.match(subject)
