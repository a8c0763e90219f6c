"""Words of READMEs: what sections are about, and how commands and endpoints are written."""

from __future__ import annotations

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


SECTIONS = {
    "run": _words(
        r"install|set[- ]?up|getting started|get started|quick ?start|\brun|how to (?:use|start)|\bstart|launch|"
        r"local(?:ly| development)|build|\busage\b|deploy|requirements|prerequisite|запуск|установк|instal|ejecu|"
        r"puesta en|"
        r"démarr|lancer|uso\b|executar|como rodar|kurulum|inbetriebnahme|развертыв|развёртыв|"
        r"安装|安裝|运行|執行|启动|啟動|使用|部署|インストール|起動|実行|설치|실행"
    ),
    "api": _words(r"\bapis?\b|endpoint|routes?\b|requests?\b|\bexamples?\b|queries|mutations?|operations?\b|接口"),
    "tests": _words(r"\btest|\bspecs?\b|coverage|тест|prueba|测试"),
    "configuration": _words(r"config|environment|\benv\b|settings|variables|secrets|credentials|\.env|database seed"),
    "structure": _words(
        r"structure|folders?|director(?:y|ies)|code overview|organi[sz]ation|layers|what's in|contents of|files\b|"
        r"tech(?:nology)? ?stack|technolog|dependencies|features|modules|schema"
    ),
    "decisions": _words(
        r"architect|design|decision|trade-?offs?|\bwhy\b|rationale|approach|patterns?\b|how (?:it|this) works|"
        r"limitations|"
        r"lessons|assumption|challenges|concept|security\b|principles|arquit|архитект|решени[яейю]|выбор|architekt|"
        r"entscheidung|architett|arsitektur|mimari|decyzj|decisi[oó]n|decis[õã]|dise[nñ]o|conception|決定|选型|決策|决策|架構|架构|設計|设计|アーキテクチャ|"
        r"설계|아키텍처"
    ),
    "planned": _words(
        r"to-?do\b|to do\b|road ?map|planned|future|upcoming|next steps?|wish ?list|improvements?|coming soon|"
        r"in progress|not (?:yet )?implemented|backlog|ideas|progress\b|objectives?|learning objectives|goals?\b|"
        r"best practi[cs]es?|\btips?\b|\badvice\b|guidelines?\b|recommend|troubleshoot|\bfaq\b|resources\b|"
        r"further reading|^\W{0,4}(?:adding|extending|customi[sz]|switching to|migrating to|looking for)\b|\?\W{0,4}$"
    ),
    "credits": _words(r"licen[sc]e|authors?|contribut|credits?|acknowledg|contact|support|references?$|glossary\b"),
}
"""What a section is about, by its heading; a heading may be about several things."""

PROGRAMS = frozenset(
    "npm npx yarn pnpm bun node nodemon ts-node deno python python3 py pip pip3 pipenv poetry uv pdm flask "
    "django-admin "
    "uvicorn gunicorn hypercorn celery alembic manage.py docker docker-compose podman make just composer php artisan "
    "symfony bundle rails rake ruby rackup mvn mvnw gradle gradlew java dotnet go git cd cp mv mkdir touch "
    "export source "
    "curl wget http https psql mysql createdb redis-server mongod mongo mongosh sudo apt apt-get brew choco nx nest ng "
    "serverless sam cdk terraform kubectl helm heroku flyctl fly pytest tox jest phpunit rspec virtualenv pyenv conda "
    "protoc sh bash cargo vagrant knex prisma sequelize typeorm sqlcmd sqlite3 createuser drush wp bin/magento "
    "bin/rails "
    "bin/console".split()
)
"""Programs by whose name a line of code or text is known for a command."""

SHELL_LANGUAGES = frozenset(
    "bash sh shell console zsh powershell ps1 cmd bat batch terminal shell-session shellsession commandline cli".split()
)
DATA_LANGUAGES = frozenset(
    "json yaml yml sql js javascript ts typescript python py java csharp cs graphql gql http xml html php ruby "
    "rb go toml "
    "ini env dotenv text plaintext mermaid jsx tsx diff css proto kotlin rust".split()
)
START = re.compile(
    r"\b(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:start|dev|serve|develop)\S*|\bnode\s+\S+|\bnodemon\b|\bts-node\b|"
    r"\b(?:flask|django-admin|manage\.py|uvicorn|gunicorn|hypercorn|daphne|waitress-serve)\b.{0,60}|"
    r"\bpython3?\s+(?:-m\s+(?!unittest|pytest|pip\b|venv|virtualenv))?[\w./\\-]+|\bdocker(?:-compose|"
    r"\s+compose)\s+(?:-\S+\s+\S+\s+)*up\b|\bdocker\s+run\b|"
    r"\bphp\s+artisan\s+serve|\bphp\s+-S\b|\bsymfony\s+\S*serve\S*|\brails\s+s(?:erver)?\b|\brackup\b|\bruby\s+\S+\.rb|"
    r"\bspring-boot:run|\bbootRun\b|\bquarkus:dev|\bjava\s+-jar|\bdotnet\s+(?:run|watch)|\bgo\s+run\b|\bair\b|"
    r"\bmake\s+\w*(?:start|run|up|dev|serve)\w*|"
    r"\bnx\s+(?:run|serve)|\bnest\s+start|\bng\s+serve|\bcomposer\s+(?:run\s+)?start|\bsst\s+\S+|\bsam\s+local|"
    r"\bvagrant\s+up|\.[/\\][\w-]*(?:run|start|deploy|serve)[\w-]*|\b(?:cdk|sls|serverless|sam|wrangler|func)\s+"
    r"(?:deploy|start|offline|dev|publish)\b|\bterraform\s+apply\b|\bkubectl\s+apply\b|\bhelm\s+(?:install|upgrade)\b|"
    r"\./[\w-]{1,40}\.(?:py|rb|php|pl)\b|"
    r"(?<!\S)(?:ba|z)?sh\s+(?:\./)?[\w/-]{0,40}(?:run|start|up|deploy|serve|launch)[\w-]{0,20}\.sh\b|"
    r"(?<!\S)\.[/\\](?![\w/-]{0,60}(?:test|down|stop|kill|lint|clean|migrat|seed|backup|restore|wait|check|format|coverage|"
    r"install))[\w/-]{1,60}\.(?:sh|ps1|bat|cmd)\b"
)
"""Commands that start the application."""

API_LINE = re.compile(
    r"\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b[\s`'\"|*:\])(\[>\u2013\u2014-]{1,12}(?:https?://\S{1,200}|"
    r"(?:localhost|\{\{)\S{0,200}|"
    r"/\S{0,200})|"
    r"`/[\w{}:/.-]{2,200}`[^`]{0,60}\b(?:GET|POST|PUT|PATCH|DELETE)\b|^\s*\|\s*/[\w{}:/<>.-]{2,200}\s*\||"
    r"^\s*\|?\s*/[\w{}:/<>.-]{0,200}\s*\|\s*(?:GET|POST|PUT|PATCH|DELETE)\b|"
    r"^[ \t]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]*)?[`*]{0,4}/(?!/)[\w{}:/<>*.-]{1,200}`{0,2}[ \t]*[-:(\[]?[ \t]*(?:GET|POST|"
    r"PUT|PATCH|DELETE)\b"
)
DECLARES_ROUTE = re.compile(
    r"\bMap(?:Group|Get|Post|Put|Delete|Patch)\b|\b(?:app|router|server|api)\.(?:get|post|put|patch|delete|use|route)\b|"
    r"\bRoute::|@(?:Get|Post|Put|Delete|Patch|Request)Mapping|@(?:app|router|bp)\.|\[(?:Http(?:Get|Post|Put|Delete)|Route)\b|"
    r"\bpath\("
)
"""Code that a document quotes to explain how routes are declared."""
CALL_LINE = re.compile(r"\b(?:curl|http|https|wget|Invoke-RestMethod)\s[^#]{0,200}(?:https?://|localhost|:\d{2,5}/)")
API_PATH = re.compile(
    r"(?:^|[\s`|*(\"'>])(?:https?://[\w.:{}-]{3,80}|\{\{\w{1,40}\}\}|localhost:\d{2,5})?/(?:api|"
    r"v\d{1,2})/[\w{}:<>/.-]{2,200}|"
    r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d{2,5})?/[\w{}:<>/.-]{2,200}"
)
"""An address of the application's own, wherever it stands."""
LISTED_PATH = re.compile(
    r"[ \t]*(?:[-*+•|]|\d{1,3}[.)])[ \t]*[`*\"']{0,4}/[\w{}:<>/.-]{2,200}|.{0,80}`/[\w{}:<>/-]{2,200}`"
)
"""A path as an entry of a list or table, or in backticks; an endpoint in a section on those."""
API_PAGES = re.compile(
    r"documenter\.(?:get)?postman\.com|getpostman\.com/|postman\.co/|swaggerhub\.com|\bapiary\.io|\bstoplight\.io|"
    r"readme\.io/|"
    r"/(?:swagger(?:-ui)?|api-docs?|apidocs?|redoc)(?:/|\.html|\b(?=[)\s`\"'.,]|$))",
    re.IGNORECASE,
)
"""Pages that describe an API."""
PUBLISHED = re.compile(
    r"documenter\.(?:get)?postman\.com/|\bgetpostman\.com/(?:run-collection|collections|documentation|view)|"
    r"\bpostman\.co(?:m/(?!downloads?\b)[\w-]{1,60}/workspace|/)|god\.gw\.postman\.com/|app\.swaggerhub\.com/|"
    r"\.docs\.apiary\.io|\bapp\.apiary\.io/|[\w-]\.stoplight\.io/|"
    r"\bapi.{0,20}\bdoc(?:s|umentation)\b.{0,60}https?://(?!localhost|127\.|0\.0|(?:www\.)?(?:github|npmjs)\.com|docs\.)"
    r"[\w.-]{1,80}(?<!swagger\.io)(?<!shields\.io)/[\w./-]{0,80}(?:docs?|documentation|swagger|redoc)/?(?=[\s)\]\"'>]|$)|"
    r"https?://[\w-]{1,60}\.(?:herokuapp\.com|onrender\.com|vercel\.app|netlify\.app|fly\.dev|azurewebsites\.net|railway\.app)"
    r"/(?:[\w-]{1,40}/){0,4}(?:api-?docs?|docs|swagger(?:-ui)?|redoc)\b",
    re.IGNORECASE,
)
"""Those that a host publishes, by their addresses; the pages of the tools themselves are none."""
SPECIFIED = re.compile(
    r"https?://(?!localhost|127\.|petstore)[^\s)\]\"'<>]{1,160}(?:\.postman_collection|/(?:openapi|swagger)[\w.-]{0,30})"
    r"\.(?:json|ya?ml)\b|"
    r"\[(?:(?:the|our|full|complete|backend|rest|http|public) ){0,2}api "
    r"(?:spec(?:ification)?s?|docs?|documentation|reference)\]\(https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]{1,60}/[\w.-]{1,100}[/)#]|"
    r"\]\(https?://(?:www\.)?(?:github|gitlab)\.com/[\w./-]{1,160}\) api spec(?:ification)?s?\b",
    re.IGNORECASE,
)
"""Links to a description of an API that another repository or host keeps."""

STRUCTURE = _words(
    r"structure\b|\bfolders?\b|director(?:y|ies)\b|code overview|organi[sz]ation\b|\blayers?\b|layout\b|\barchitect|"
    r"\boverview of the code|what(?:.s| is) (?:in|inside)\b|(?<!table of )\bcontents?$|\bmodules\b|"
    r"\bcomponents\b|\bservices$|\bprojects$|"
    r"\bfiles$|\bpackages\b|how (?:it|this|authentication|auth|cors) works|estrutura|estructura|arquit|структур|"
    r"архитект|结构|結構|架构|架構|構成|구조"
)
"""Headings of sections that say what the parts are and where they lie."""
PARTS_OR_ROUTES = _words(r"\bservices$|\bmodules\b|\bcomponents\b|\bprojects$|\bfiles$|\bpackages\b")
"""Headings of parts of the program that may as well be names of what an API serves."""
ANNOTATED = re.compile(
    r".{0,200}[\w/.)*`]\s+(?:(?:#|//)\s*|(?:--|->|<-|←|→|[-\u2013\u2014:])\s+)\w.{3,}|.{0,200}[\w/]:\s+\w+ \w+"
)
"""A line of a tree of folders that says what an entry is for."""
EXPLAINED = re.compile(
    r"[\s]{0,8}[-*+•][ \t]+[`*_\[]{0,4}(?:\./)?[\w.-]{1,60}/[\w./*-]{0,100}[`*_\])]{0,4}\s{0,3}"
    r"(?:--?|\u2013|\u2014|:|=>|->)\s{1,3}[\w*`]+ \w+|"
    r".{0,40}[│├└].{0,80}[\w/.)*`]\s+(?:(?:#|//)\s*|(?:--|->|<-|←|→|[-\u2013\u2014:])\s+)\w+ \w+"
)
"""A folder or file with words on what it is for, in a list or a drawn tree, under whatever heading."""
LESSON = _words(
    r"learning (?:objectives?|goals?|outcomes?)|(?:key )?concepts? (?:needed|to (?:learn|know))|what you.{0,9}learn\b|"
    r"read or watch|background context|you are expected to be able to explain|objetivos de aprendi|"
    r"objectifs d.apprentissage|"
    r"tasks? \d+\b"
)
"""Headings of what sets tasks or goals of learning."""
DATA_MODEL = _words(
    r"^\W{0,9}(?:(?:our|the|app|api|project|mongo ?db|mongoose|sql|mysql|postgres(?:ql)?|data|database|db|entity|"
    r"domain)[ -]){0,3}(?:models?|schemas?|entit(?:y|ies)|relations?|relationships?|erd?|tables)"
    r"(?: (?:diagrams?|relations?(?:hips?)?|models?|design))?\W{0,4}$"
)
"""Headings that say nothing but that the model of the data follows; a drawing below them is of it."""
DRAWING = re.compile(r"!\[|<img\b|\.\. (?:image|figure)::", re.IGNORECASE)

REASONED = _words(
    r"\btrade-?offs?\b|\b(?:we|i) (?:chose|decided|opted|picked|went with)\b|\bthe reason\b|\brather than\b|"
    r"\b(?:was|were) chosen\b|\bdesign decision|\bnot suitable for\b|\bin favou?r of\b|"
    r"\bfor (?:the sake of )?simplicity\b|"
    r"\bbecause\b.{12,}|\bin order to \w|\bso that\b.{12,}|"
    r"\b(?:rationale|motivation)\b.{12,}|\b(?:dis)?advantages?\b|\bdrawbacks?\b|"
    r"\b(?:hexagonal|onion|clean|layered|n-layer\w{0,3}|n-tier|three-tier|3-tier|event-driven|micro-?services?|ddd|"
    r"domain[- ]driven(?: design)?|mvc|cqrs|ports and adapters)\b.{0,40}\b(?:architecture|pattern|structure|approach|"
    r"design|strategy)"
)
"""Lines that give a reason for a choice, or name the architecture."""
PULLS = re.compile(r"\b(?:pull|merge)[- ]?requests?\b|\bgit (?:checkout -b|switch -c)\b|\bfeature branch", re.I)
"""Words on pull requests, or on making a branch."""
