"""What committed secrets look like: token formats, names that hold secrets, and words of values that are none."""

from __future__ import annotations

import re

from reviewer.gather.documents._words import word_set

TOKENS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("AWS access key", ("AKIA", "ASIA"), r"\b(?:AKIA|ASIA)[A-Z0-9]{16,20}\b"),
    ("GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"\bgh[pousr]_[A-Za-z0-9]{30,255}"),
    (
        "encoded private key",
        ("LS0tLS1CRUdJTi",),
        r"LS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURSBLRVkt|BQUklWQVRFIEtFWS0t|BFQyBQUklWQVRFIEtFWS0|BPUEVOU1NIIFBSSVZBVEUgS0VZLS0t)"
        r"[\w+/]{100}",
    ),
    ("GitHub token", ("github_pat_",), r"\bgithub_pat_[A-Za-z0-9_]{40,255}"),
    ("GitLab token", ("glpat-",), r"\bglpat-[\w-]{20,100}"),
    ("Slack token", ("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"), r"\bxox[abprs]-[A-Za-z0-9-]{10,200}"),
    ("Slack webhook", ("hooks.slack.com/services/",), r"hooks\.slack\.com/services/T\w+/B\w+/\w{16,}"),
    ("Discord webhook", ("/api/webhooks/",), r"discord(?:app)?\.com/api/webhooks/\d{10,}/[\w-]{30,}"),
    ("Telegram bot token", (":AA",), r"\b\d{8,10}:AA[\w-]{32,34}\b"),
    ("Stripe key", ("sk_live_", "rk_live_", "sk_test_"), r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,200}"),
    ("Google API key", ("AIza",), r"\bAIza[\w-]{35}"),
    ("Google OAuth secret", ("GOCSPX-",), r"\bGOCSPX-[\w-]{20,60}"),
    ("SendGrid key", ("SG.",), r"\bSG\.[\w-]{16,40}\.[\w-]{16,60}"),
    ("Twilio key", ("SK",), r"\bSK[0-9a-f]{32}\b"),
    ("npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("PyPI token", ("pypi-AgE",), r"\bpypi-AgE[\w-]{50,400}"),
    ("OpenAI key", ("sk-",), r"\bsk-(?:proj-[\w-]{40,200}|[A-Za-z0-9]{20,60}T3BlbkFJ[A-Za-z0-9]{20,60})"),
    ("Anthropic key", ("sk-ant-",), r"\bsk-ant-[\w-]{40,200}"),
    ("Hugging Face token", ("hf_",), r"\bhf_[A-Za-z0-9]{30,60}\b"),
    ("DigitalOcean token", ("dop_v1_",), r"\bdop_v1_[0-9a-f]{64}\b"),
    (
        "Azure account key",
        ("AccountKey=", "SharedAccessKey="),
        r"\b(?:Account|SharedAccess)Key=[A-Za-z0-9+/]{40,100}={0,2}",
    ),
    ("Cloudinary key", ("cloudinary://",), r"\bcloudinary://\d{6,20}:[\w-]{10,60}@\w+"),
    ("private key", ("PRIVATE KEY",), r"-----BEGIN (?:[A-Z]{2,12} )?PRIVATE KEY(?: BLOCK)?-----"),
    ("JSON Web Token", ("eyJ",), r"\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{16,2000}"),
)
"""Kind, what a line must hold for the pattern to be tried, and the pattern."""

TOKEN_HINT = re.compile(
    r"A(?:KIA|SIA|Iza|ccountKey=)|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|GOCSPX-|S(?:G\.|K[0-9a-f]{8}|"
    r"haredAccessKey=)|"
    r"PRIVATE KEY|LS0tLS1CRUdJTi|:AA[\w-]{20}"
)
TOKEN_MARKS = (
    *("k_live_", "k_test_", "npm_", "pypi-AgE", "sk-", "hf_", "dop_v1_", "cloudinary://", "eyJ"),
    *("hooks.slack.com/services/", "/api/webhooks/"),
)
"""What a text is searched for before any token is tried: one pattern of rare first letters, and fixed words. Measured:
a fixed word takes 0.5 ms per megabyte, and a pattern whose first letters are common takes twenty times that."""

NAME_MARKS: dict[str, tuple[str, ...]] = {
    "pass": ("passw", "passphrase", "_pass", "mypass", "dbpass"),
    "pwd": ("pwd",),
    "secret": ("secret",),
    "key": (
        *("apikey", "api_key", "api-key", "access_key", "accesskey", "private_key", "jwt_key", "jwtkey"),
        *("signing_key", "signingkey", "encryption_key", "encryptionkey", "app_key"),
    ),
    "token": ("auth_token", "access_token", "authtoken", "accesstoken", "bot_token", "api_token", "apitoken"),
    "_pw": ("_pw",),
    "identified": ("identified by",),
}
"""Parts of names that hold secrets, in lower case, under a word that each of them holds."""

NAMES = tuple(mark for marks in NAME_MARKS.values() for mark in marks)

SECRET_NOUNS = frozenset({"password", "passwd", "pwd", "pass", "pw", "passphrase", "passcode", "secret", "secrets"})
KEY_OWNERS = frozenset({"api", "secret", "access", "private", "jwt", "signing", "encryption", "auth", "app", "session"})
TOKEN_OWNERS = frozenset({"auth", "access", "api", "bot", "bearer", "secret", "refresh", "personal"})
TRAILING = word_set(
    "dev prod production test local default value base text plain string env",
)
"""Words after the noun that leave a name what it is: ``DB_PASSWORD_DEV``, ``secret_key_base``."""

CALLS = {
    "symmetricsecuritykey(": (0, "signing key"),
    "jwt.sign(": (1, "signing key"),
    "jwt.verify(": (1, "signing key"),
    "jwt.encode(": (1, "signing key"),
    "jwt.decode(": (1, "signing key"),
    "jwt::encode(": (1, "signing key"),
    "jwt::decode(": (1, "signing key"),
    "mysqli_connect(": (2, "database password"),
    "mysql_connect(": (2, "database password"),
    "new mysqli(": (2, "database password"),
    "new pdo(": (2, "database password"),
    "drivermanager.getconnection(": (2, "database password"),
}
"""Calls that take a secret as a plain argument, in lower case, with its position and what it is."""

PLACEHOLDER = re.compile(
    r"change[-_ ]?(?:me|this|it)|\byour|^your|example|placeholder|x{3,}|\*{3,}|<[^>]*>|^\[.*\]$|\btodo\b|dummy|sample|"
    r"replace|insert|fill[-_ ]?in|redacted|hidden|not[-_ ]?(?:a|the)[-_ ]?(?:real|secret)|put[-_ ]|enter[-_ ]|my[-_ ]?"
    r"(?:secret|pass|token|key|super)|foo|^bar|baz|lorem|super[-_ ]?secret|some(?:thing)?[-_ ]?(?:secret|random)|"
    r"top[-_ ]?secret|very[-_ ]?secret|keyboard[-_ ]?cat|a[-_ ]?secret|generate|unsafe|insecure[-_ ]default|\.\.\.|…|"
    r"^(?:db|database|user|app|jwt|the|new|old|client|api|aws|access)?[-_ ]?(?:password|passwd|pass|pwd|secret|"
    r"token|key|"
    r"passphrase|secret[-_ ]?key|api[-_ ]?key)[-_ ]?(?:here|value|goes[-_ ]?here|key|string|\d{0,4}[!@#.]?)$|"
    r"(?:to|should|must)[-_ ]be[-_ ]changed|^hashed|^[a-z_-]{0,20}(?:p[a@4][s$5]{2}w[o0]rd|passwd|pwd)[\d!@#$.]{0,5}$|"
    r"my[-_ ]precious|^allyourbase$|completar|rellenar|preencher|"
    r"troque|substitua|mude[-_ ]|altere|alterar|cambia(?:r|me)|changez|remplacez|bitte[-_ ]|ganti|"
    r"(?:sua|seu|minha|tu|mi|votre|deine?)[-_ ](?:chave|senha|segredo|clave|contrase|cl[eé]|mot|geheim|schl|passwort)|"
    r"(?:minimum|at[-_ ]least|min)[-_ ]?\d\d[-_ ]?char",
    re.IGNORECASE,
)
"""Values that stand for a secret to be filled in."""

TRIVIAL = re.compile(
    r"(?:^|[-_. ])(?:test|tests|testing|dev|develop|development|local|localhost|demo|fake|mock|ci)(?:[-_. \d]|$)|"
    r"^(?:test|dev|demo|admin|root|toor|postgres|mysql|mariadb|mongo|mongodb|redis|rabbitmq|guest|user|username|"
    r"sa|qwerty|"
    r"letmein|welcome|abc|asd|asdf|aaa|pass|p[a4@]ss?w[o0]rd|secret|sqlserver|oracle|minio|minioadmin|nest|laravel|"
    r"symfony|django|debug|hello|flask|spring|docker|homestead|forge|default|none|empty|senha|segredo|rahasia|clave|"
    r"parola|heslo|geheim|motdepasse|sanic|quarkus|magento|wordpress|drupal|joomla)[-_!@#$.\d]*$|^(\w)\1*$|"
    r"^[a-z]{2,6}_?1234(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?[!@#.]?$|"
    r"^(?:admin|super|root|user|customer|manager|staff|guest|owner|seller|vendor|client|student|teacher|doctor|patient|"
    r"employee|member|driver|moderator|editor|author|tester|testing|test|my|db)(?:istrator|admin|user|pass|password|pwd|"
    r"root|test|db)?[-_!@#$.\d]{0,8}$|^[^a-z0-9]*$|^\d{1,10}$",
    re.IGNORECASE,
)
"""Values that everybody uses for development."""

PUBLISHED = (
    "09d25e094faa6ca2556c818166b7a956",
    "_5#y2l",
    "404e635266556a58",
    "akiaiosfodnn7example",
    "wjalrxutnfemi/k7mdeng",
    "your-256-bit-secret",
)
"""How the sample keys begin that documentation and tutorials print, in lower case."""

SEQUENCES = ("01234567890", "09876543210", "qwertyuiop", "abcdefghijkl")
BEGINNINGS = (
    "0123456789",
    "123456789",
    "abcdefgh",
    "qwertyui",
    "asdfasdf",
    "asdfghjk",
    "q1w2e3r4",
    "1q2w3e4r",
    "ya29.",
)
"""How values begin that run along the keyboard or the alphabet, and tokens that last for an hour."""

REFERENCE = re.compile(
    r"^(?:\$|%|@\w+@|#\{|process\.env|env[.(:\[]|os\.|system\.|secrets?\.|vault[:.]|enc\(|arn:|ref[:+]|sm://|file:|"
    r"https?://|urn:|\.{0,2}/|~/|[a-z]:\\|!\w|data\.|var\.|local\.|config[.(\[]|settings\.|self\.|this\.|null\b|nil\b|"
    r"undefined\b|none\b|true\b|false\b|base64_|file_get|getenv|input\(|prompt\(|read\(|\w+\()|\$\{|\{\{|#\{|%\(|%s|"
    r"%[a-z_]+%|\{(?:[a-z_]\w*(?:\.\w+|\[[^\[\]{}]{1,40}\]|\([^(){}]{0,40}\))*(?:![rsa])?(?::[^{}]{0,20})?|\d{0,2})\}|<%|\"\s*\+|'\s*\+|'\s*\.|\$\(",
    re.IGNORECASE,
)
"""Values that come from somewhere else."""

TYPES = frozenset(
    "string str text varchar char int integer number bool boolean any object required optional hidden bytes password[] "
    "unknown void type field input header body query cookie bearer basic none always never auto on off yes no "
    "error warn warning invalid missing wrong bcrypt scrypt argon2 argon2id pbkdf2 sha256 sha512".split()
)
MESSAGE = re.compile(
    r"\b(?:is|are|must|should|cannot|can't|please|enter|your|invalid|required|incorrect|wrong|not|forgot|reset|change|"
    r"confirm|new|the|do|does|match|minimum|least|field|for|with|and|of|to|in)\b",
    re.IGNORECASE,
)
"""Words of sentences about passwords, which are none."""

LOCAL_HOSTS = frozenset(
    {"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal", "::1", "(local)", ".", "(localdb)"}
)
LOCAL_ENDINGS = (".local", ".localhost", ".localdomain", ".internal", ".svc")
SAMPLE_HOST = re.compile(
    r"^(?:my|your|some)[.-]?(?:db|host|server|domain|company)|(?:^|\.)(?:my|your|some)?[-.]?(?:host|hostname|server|"
    r"domain|company|mydomain|yourdomain)\.(?:com|net|org|io)$",
    re.IGNORECASE,
)
"""Hosts of addresses that explain how an address is written."""
TEST_PATH = re.compile(
    r"(^|/)(?:tests?|specs?|__tests?__|testing|test-?data|(?:data-?)?fixtures?|mocks?|__mocks__|seed(?:s|ers?)?|examples?|samples?|"
    r"demos?|docs?|documentation|e2e|cypress|factories|jasmine|bench(?:es|marks?|_mark)?|load[-_]?tests?|postman|insomnia|"
    r"scribe|api-?docs)(?:/|$)|(?:[._-](?:test|tests|spec|seed|seeder|mock|fixture|example|sample|demo)s?\.[^/]*$)|"
    r"(^|/)(?:dummy|dummies|mocks?|fakes?|seeds?)(?:[_-]?(?:data|users?))?\.[^/]*$|"
    r"(^|/)(?:test_|conftest|tests?\.|\.env\.(?:pytest|ci))[^/]*$|Tests?\.(?:java|cs|kt|php)$|"
    r"\.(?:http|rest|bru|apib|raml)$|(^|/)[^/]*(?:postman|insomnia|swagger|openapi|apidoc)[^/]*\.\w+$|"
    r"(^|/)[^/]*-realm[^/]*\.json$|(^|/)realm[^/]*\.json$|(^|/)\.?data/users/|(^|/)(?:users?|accounts|customers)\.json$|"
    r"(^|/)(?:test[-_]?(?:util|helper|data|support|setup|key|cert|user|token)|(?:setup|create|make|add|default|dummy|demo|"
    r"sample|fake)_(?:test|demo|dummy|fake|default)?_?(?:data|users?|accounts?|customers?))\w*[^/]*\.\w+$|"
    r"(^|/)(?-i:\w*[a-z]Tests?|[\w.]*\.Tests?|[\w-]*[_-]tests?)/|(^|/)phpunit\.xml(?:\.dist)?$|"
    r"(^|/)(?:jest|vitest|karma|playwright|cypress|mocha|pytest|tox|wdio)(?:\.\w+)*\.(?:[cm]?[jt]sx?|json|ini)$|"
    r"compose[^/]*\.ya?ml\.(?:dist|example|sample|template)$|"
    r"(^|/)in[-_]?memory/|(?-i:\w*(?:User|Users|Sample|Test|Demo|Dummy|Mock)Data\w{0,20}\.\w+$)|(^|/)[^/]*localhost[^/]*\.(?:pem|key|crt|p12)$|"
    r"(^|/)(?:tests?[-_](?:certs?|keys?|tls|ssl|pki)|__fixtures__)/|(^|/)dummy[\w-]{0,20}\.(?:[cm]?[jt]s|json|py|rb|php)$|(^|/)tests?[-_][\w-]{0,30}\.(?:pem|key|crt|p12|jks)$|"
    r"(?-i:(?:[Ss]eed|[Ss]eeder|Seeds|Factory|Fixture|Mock|Dummy|Demo|InitData|initData)\w{0,20}\.\w+$)",
    re.IGNORECASE,
)
"""Places of values for tests, examples, documents and made-up people."""

DEVELOPMENT_PATH = re.compile(
    r"(?:^|[/._-])(?:dev|develop|development|local|local-vm|test|testing|ci|docker|docker-compose)"
    r"(?:\.(?:env|json|ya?ml|properties|toml|ini|conf|js|ts|py|rb|php|config\.js))?$|"
    r"(^|/)(?:config|env|environments|settings)/(?:dev|development|local|local-vm|test|testing|ci|build)/|"
    r"(?:^|[/._-])(?:dev|development|local|test|testing|ci)(?:[_-](?:settings|config))\.\w+$|"
    r"(^|/)(?:docker|docker-entrypoint-initdb\.d|initdb)/[^/]*\.sql$|(^|/)init[-_]?(?:db)?\.sql$|"
    r"(^|/)(?:mongo[-_]?init|init[-_]?mongo)\.js$|(^|/)(?:redis|rabbitmq)\.conf$|"
    r"(^|/)\.?(?:github|gitlab|circleci|jenkins|devcontainer)/",
    re.IGNORECASE,
)
"""Settings files whose name says that they are for a laptop or a test run."""

LOCALE_PATH = re.compile(
    r"(?:^|/)(?:locales?|i18n|lang|langs|languages|translations|l10n)/|(?:^|/)(?:locale|messages)[_-][a-z]{2}(?:[_-]\w{2,8})?\.\w{2,10}$",
    re.IGNORECASE,
)
"""Texts of pages in some language: ``password=Contrasinal``."""
DEVELOPMENT_SECRETS = ("password", "secret key", "database password", "signing key", "JSON Web Token")
"""What is a throwaway value in such a file; keys of other services are real there as well."""
