"""What lines of a README say: commands, claims, and sentences that a generator wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.documents._readme_claims import CLAIMS, NEGATED
from reviewer.gather.documents._readme_lines import LIST_ITEM, Part, ReadmeLine
from reviewer.gather.documents._readme_tables import DATA_LANGUAGES, PROGRAMS, PULLS, SHELL_LANGUAGES
from reviewer.gather.documents._readme_templates import TEMPLATES
from reviewer.model.facts.documents import Claim

BY_HAND = re.compile(r"\b(?:black|white)[- ]?box\b|^\W{0,9}(?:[\d.]{1,8}\s{1,3})?system testing\W{0,4}$", re.I)
"""Words of a report on how a program was tried."""
RUNS_TESTS = re.compile(
    r"\b(?:jest|vitest|mocha|cypress|playwright|selenium|pytest|unittest|phpunit|pest|"
    r"[jxn]unit\d?|testng|mockito|rspec|minitest|testify)\b|"
    r"\b(?:test suite|automated tests|coverage|testcontainers)\b|"
    r"\b(?:npm|yarn|pnpm|mvnw?|gradlew?|go|dotnet|artisan|manage\.py|rails|rake|make|composer)\s(?:run\s)?test",
    re.I,
)
PROMPT = re.compile(r"\s*(?:\(\w[\w-]{0,30}\)\s*)?(?:\$|>|%|->|=>|➜|\u276f|λ|PS[^>]{0,60}>|C:\\[^>]{0,60}>)\s+")
ROOT_PROMPT = re.compile(
    r"# (?:docker-compose (?:-\S+ \S+ )?(?:up|build|run)\b|docker compose (?:-\S+ \S+ )?(?:up|build|run)\b|"
    r"docker (?:run|build) -|(?:npm|yarn|pnpm) (?:install|start|run \w+|ci)$|pip3? install -r \S+$|"
    r"python3? [\w./-]+\.py\b|git clone \S+|"
    r"cd [\w./-]+/?$|composer install$|php artisan serve|bundle install$|mvn \w|dotnet run\b|go run \S)"
)
"""A command behind the prompt of the user root, which looks like a remark."""
ASSIGNMENT = re.compile(r"[A-Z_]{2,40}=\S*$")
ALONE = re.compile(r"\.[/\\][\w-]{1,40}(?:\.\w{1,4})?|rackup")
"""Commands of one word that no sentence has for its tools."""
WINDOWS_SCRIPT = re.compile(r"(?:\.[/\\])?[\w-]{1,60}(?:[/\\][\w-]{1,60}){0,4}\.(?:ps1|bat|cmd)$", re.I)
"""A script for Windows, which needs no program before its name."""
EMPHASISED = re.compile(r"(?<![\w*])(?:_|\*{1,2})([a-z][^*`]{4,60}?)(?:_|\*{1,2})(?![\w*])")
"""What stands in italics or bold face."""
INLINE = re.compile(r"`([^`]{2,200})`")
QUOTED = re.compile(r"[\"“]([^\"“”]{2,120})[\"”]")
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
SPOKEN = re.compile(r"(?:make (?:sure|a|an|the|your)|go (?:to|into|back|ahead)|source code|touch base|just) ")
"""English sentences that begin with the name of a program."""
TELLING = re.compile(
    r"(?:sudo )?(?:(?:npm|pnpm|yarn|bun) (?:install|i|run|start|dev)\b|pip3? install\b|mvnw? [a-z]+|"
    r"\./(?:mvnw|gradlew)\b|gradlew? [a-z]+\w*$|docker(?:-compose| compose| run| build)\b|"
    r"dotnet (?:run|restore|build|ef|user-secrets)\b|go (?:run [\w./-]*[./]|build$|mod (?:tidy|download))|"
    r"composer install|php artisan \w+|"
    r"bundle (?:install|exec)|rails (?:s|g|generate|server|db:\w+)\b|python3? (?:-m |\S+\.py)|node \S+\.js|"
    r"uvicorn \S+:\w+|flask run|make \w+$|cargo run)"
)
"""Lines that are commands wherever they stand."""
LED_IN = re.compile(
    r"(?:(?:then|and|now|first|just|to start|to run),? )?(?:run|execute|type|start|use|enter|launch|build|"
    r"install|command)(?: \w{1,20}){0,4}\s?:\s+",
    re.I,
)
"""``Run:`` before a command."""
RUN_IT = re.compile(r"(?:(?:then|and|now|first),? )?(?:run|execute|start) (?:the command )?(?=[a-z./])", re.I)
"""``Run`` before a command that goes on to the end of an item of a list."""
GOES_ON = re.compile(r"\s(?:to|for|and|or|then|in|from|with|the|your|on|which|if|as|using|after|before|once|when)\s")
"""Words of a sentence that a command stands in."""
TARGET = re.compile(r"([a-z][\w-]{0,40}):?[ \t]{2,}[A-Z]")
"""``run:     Run the application`` below the ``make`` that printed it."""
MENTIONED = re.compile(
    r"(?<![\w`./-])(?:npm (?:install|start|run [a-z][\w:-]{0,30})|yarn (?:install|start|dev)|docker[- ]compose up|"
    r"make (?:init|start|run|install|dev|serve|migrate)|composer install|bundle install|php artisan \w{1,30}|"
    r"php yii [\w/-]{1,40}|rails s(?:erver)?|dotnet run|go run [\w./-]{1,40})(?![\w`-])"
)
"""Commands in a sentence of a section about running, whatever its language."""
PLAIN_LIMIT = 90
PLAIN_WORDS, SPOKEN_WORDS = 9, 6
"""Words up to which a line that is nothing but a command has no mark; fewer where its first words say less."""
CLAIM_TEXT = 200
OPEN_TASK = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])?[ \t]*\[ ?\][ \t]")
"""A task of a list that nobody has ticked."""
PLANNED_LINE = re.compile(
    r"[\s*_>-]{0,6}(?:to-?do|to do|planned|roadmap|next steps?|coming soon|future)\b[^.]{0,30}:[\s*_]*$", re.I
)
"""A line that says that the list below it is of plans."""
PATH = re.compile(r"(?<!\S)[`'\"(]?(?:\.{0,2}/|~/|\w[\w.-]{0,40}/(?=[\w.-]{1,60}[./]))[\w./*-]{1,200}")
"""A path or file name in a sentence: a word in it claims nothing."""
TOOLS = frozenset({"Docker", "Kubernetes"})
"""What a section on set-up names as something to install rather than as something that is there."""
SPACES = re.compile(r"\s+")


def command_in(line: ReadmeLine) -> str | None:
    """The command of a line of a code block; None for output, comments and code in other languages."""
    prompted = PROMPT.match(line.raw)
    text = line.raw[prompted.end() :].strip() if prompted else line.raw.strip()
    if text.startswith("# ") and line.language in SHELL_LANGUAGES and ROOT_PROMPT.match(text):
        return text[2:].strip()
    if not text or text.startswith(("#", "//", "--", "REM ")) or line.language in DATA_LANGUAGES:
        return None
    if prompted or is_command(text):
        return text
    own_script = text.startswith(("./", ".\\")) or ASSIGNMENT.match(text.split()[0])
    return text if line.language in SHELL_LANGUAGES and own_script else None


def target_in(line: ReadmeLine) -> str | None:
    """The command for a target in what ``make`` printed."""
    found = TARGET.match(line.raw)
    return f"make {found[1]}" if found else None


def is_command(text: str) -> bool:
    """Whether a text begins with the name of a program that READMEs tell people to run."""
    words = text.split(None, 3)
    while words and (ASSIGNMENT.match(words[0]) or words[0] == "sudo"):
        words = words[1:]
    if not words:
        return False
    name = words[0].removeprefix("./").removesuffix(".sh").removesuffix(".bat")
    if WINDOWS_SCRIPT.match(words[0]):
        return True
    return name in PROGRAMS or (words[0].startswith("./") and "/" not in name[1:])


def heading_commands(title: str) -> list[str]:
    """Commands that a heading names."""
    found = [text.strip() for text in QUOTED.findall(title)]
    return [text for text in found if " " in text and is_command(text)] or MENTIONED.findall(title)


def inline_commands(line: ReadmeLine, run_section: bool) -> list[str]:
    """Commands in a line of prose: in backticks; in quotes, or the whole line, where a section is about running."""
    found = [PROMPT.sub("", text, count=1).strip() for text in INLINE.findall(line.raw)]
    found += [text.strip() for text in QUOTED.findall(line.raw)] if run_section else []
    found += [text for text in EMPHASISED.findall(line.raw) if TELLING.match(text) and _is_plain_command(text)]
    commands = [text for text in found if (" " in text or ALONE.fullmatch(text)) and is_command(text)]
    if "|" in line.raw and not commands:
        cells = [cell.strip() for cell in line.raw.split("|")]
        return [cell for cell in cells if TELLING.match(cell) and _is_plain_command(cell)]
    bare = LED_IN.sub("", LIST_ITEM.sub("", line.raw, count=1).strip(" \t*_"), count=1)
    prompted = PROMPT.match(bare) if bare.startswith("$") else None
    if prompted and is_command(bare[prompted.end() :]):
        commands.append(bare[prompted.end() :])
    elif not commands and (run_section or TELLING.match(bare)) and _is_plain_command(bare):
        commands.append(bare)
    elif not commands and (told := _told_to_run(line, bare)):
        commands.append(told)
    elif not commands and run_section:
        commands = MENTIONED.findall(line.raw)
    return commands


def _told_to_run(line: ReadmeLine, bare: str) -> str:
    """The command of an item of a list that says to run it and says nothing more: ``- Run npm install``."""
    found = RUN_IT.match(bare) if LIST_ITEM.match(line.raw) else None
    rest = bare[found.end() :] if found else ""
    return rest if TELLING.match(rest) and _is_plain_command(rest) and not GOES_ON.search(rest) else ""


def _is_plain_command(bare: str) -> bool:
    """Whether a line without any mark is a command, not a sentence that begins with the name of a program."""
    words = bare.split()
    if len(words) < 2 or len(bare) > PLAIN_LIMIT or (bare.endswith((".", ":", ",")) and words[-1] != "."):
        return False
    long = len(words) > (PLAIN_WORDS if TELLING.match(bare) else SPOKEN_WORDS)
    return words[0].islower() and not long and not SPOKEN.match(bare) and is_command(bare)


def claims_in(lines: Iterable[ReadmeLine], topics: dict[str, frozenset[str]]) -> tuple[Claim, ...]:
    """The first claim of each subject, in line order; plans, negations and code claim nothing."""
    found: dict[str, Claim] = {}
    planning = False
    for line in lines:
        planning = line.part is Part.PROSE and _plans(line, planning)
        if (
            planning
            or line.part is Part.CODE
            or (line.part is Part.HEADING and line.number > 1 and line.level != 1)
            or topics[line.section] & {"planned", "credits"}
            or OPEN_TASK.match(line.raw)
        ):
            continue
        needed = "run" in topics[line.section]
        for sentence in SENTENCE_END.split(PATH.sub(" ", line.text)):
            if NEGATED.search(sentence):
                continue
            for subject, pattern in CLAIMS:
                if subject not in found and pattern.search(sentence) and not (needed and subject in TOOLS):
                    text = SPACES.sub(" ", sentence).strip()[:CLAIM_TEXT]
                    found[subject] = Claim(subject=subject, text=text, line=line.number)
    if "tests" in found and _tested_by_hand(lines):
        del found["tests"]
    return tuple(sorted(found.values(), key=lambda claim: (claim.line, claim.subject)))


def _tested_by_hand(lines: Iterable[ReadmeLine]) -> bool:
    """Whether a report tells how somebody tried the program, and names nothing that runs tests."""
    texts = [line.raw for line in lines]
    return any(BY_HAND.search(text) for text in texts) and not any(RUNS_TESTS.search(text) for text in texts)


def _plans(line: ReadmeLine, before: bool) -> bool:
    """Whether a line is of plans: it says so, or stands in the list below such a line."""
    listed = LIST_ITEM.match(line.raw) is not None or OPEN_TASK.match(line.raw) is not None
    return PLANNED_LINE.match(line.raw) is not None or (before and listed)


def template_of(prose: str, words: int) -> str | None:
    """The generator whose README this still is: two of its sentences stand in it, and little else does."""
    lower = SPACES.sub(" ", prose.lower())
    for name, most_words, sentences in TEMPLATES:
        if words <= most_words and sum(sentence in lower for sentence in sentences) >= 2:
            return name
    return None


def pull_line(source: str) -> int:
    """Where a document first speaks of pull requests or of making a branch; 0 nowhere."""
    found = PULLS.search(source)
    return source.count("\n", 0, found.start()) + 1 if found else 0
