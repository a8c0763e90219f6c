"""What READMEs claim, how they write it, and the words by which a sentence claims nothing."""

from __future__ import annotations

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


NEGATED = _words(
    r"\bno\b|\bnot\b|\bwithout\b|n't\b|\bnever\b|instead of|rather than|\bto ?do\b|planned|\bwill (?:be|add|use|"
    r"support)\b|"
    r"coming soon|in the future|[(\[](?:in )?(?:the )?(?:near )?(?:future|later|soon|wip|todo|tbd|next)[)\]]|"
    r"can be (?:changed|replaced|swapped|switched)|any other|alternativ|"
    r"(?:migrat|transition|mov|switch)(?:e|ed|ing)? from|\badded via\b|"
    r"replaced|\bif you\b|\boptional(?:ly)?\b|such as|similar to|unlike|\bor\b.{0,40}\bor\b|work in progress|"
    r"not yet|planejad|a fazer\b|planificad|pendiente|por hacer|em breve|geplant|à venir|prévu|"
    r"\bneed(?:s|ed|ing)?\b|\binstalled\b|\bprerequisit|\brequire[sd]?\b|\bavailable for\b|\bport(?:ed)? (?:of|from)\b|"
    r"\bcompar|\bvs\b|\binspired\b|\beither\b|"
    r"[📅🚧⏳🔜☐⬜❌]|\bpending\b|\bupcoming\b|\bwhat (?:is|are)\b|\bhow to\b|\bremove|\bshould\b|\bplan\b|"
    r"\b(?:more|other|further|additional) (?:\w+ ){0,3}can be found\b|"
    r"for example|\be\.g\.|\betc\b|\beasy to add|\beasily (?:add|extend|switch|swap)|\bpluggable|\byou (?:can|could|"
    r"may|might)\b|"
    r"\bcould\b|\bexperiment(?:s|al)?\b|\bwould\b|\bconsider\b|\bprefer\b|\balways\b|\bavoid\b|\brecommend|"
    r"\bready for\b|"
    r"\boften\b|\busually\b|\btypically\b|\bemphasi[sz]ed\b|\bis (?:crucial|essential|important)\b|"
    r"\bbuilt (?:on|for|around) the\b|\bclients? (?:for|of)\b|\bthird[- ]party|"
    r"\?\W{0,4}$|\bforks?\b|\bbased on (?:this|the same) (?:repo|project|template|code)|"
    r"\b(?:sister|sibling|similar) (?:repo|project|template)|^\W{0,6}for [\w.+-]{2,20}(?: [\w.+-]{2,20})?(?:\s?:|"
    r" users\b)"
)
"""Words by which a sentence does not claim that a thing is there."""

CLAIMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (subject, _words(pattern))
    for subject, pattern in (
        ("PostgreSQL", r"\bpostgres(?:ql)?\b"),
        ("MySQL", r"\bmysql\b"),
        ("MariaDB", r"\bmariadb\b"),
        ("SQLite", r"\bsqlite3?\b"),
        ("SQL Server", r"\b(?:ms ?sql|sql server|mssql)\b"),
        ("MongoDB", r"\bmongo ?db\b|\bmongoose\b"),
        ("Redis", r"\bredis\b"),
        ("Cassandra", r"\bcassandra\b"),
        ("DynamoDB", r"\bdynamo ?db\b"),
        ("Elasticsearch", r"\belastic ?search\b"),
        ("RabbitMQ", r"\brabbit ?mq\b"),
        ("Kafka", r"\bkafka\b"),
        ("Docker", r"\bdocker(?:ized|ised|file|-compose)?\b"),
        ("Kubernetes", r"\bkubernetes\b|\bk8s\b"),
        (
            "tests",
            r"\b(?:unit|integration|end-to-end|e2e|automated|functional|acceptance)[- ](?:and \w+ )?tests?(?:ing|"
            r"ed|s)?\b|"
            r"\btest (?:suite|coverage)\b|\bjest\b|\bpytest\b|\bphpunit\b|\bjunit\b|\bxunit\b|\brspec\b|\bmocha\b",
        ),
        ("ci", r"\bci/cd\b|\bcontinuous integration\b|\bgithub actions\b|\bgitlab ci\b|\btravis(?: ci)?\b|\bjenkins\b"),
        (
            "deployment",
            r"(?<!be )\b(?:deployed|hosted|live) (?:on|to|at|version|demo|site|url)\b|"
            r"\b(?:aws|heroku|azure|render|vercel|railway)\b.{0,30}\bdeploy(?:ed|ment)\b|"
            r"\bdeploy(?:able|ing|s)?\b.{0,20}\b(?:to|on) (?:heroku|render|railway|vercel|fly\.io|aws|azure"
            r"|google cloud|digital ?ocean)\b|\bgit push heroku\b|\bheroku create\b",
        ),
        ("authentication", r"\bjwts?\b|\bjson web tokens?\b|\bauthenticat(?:ion|ed|es)\b|\boauth2?\b"),
        ("GraphQL", r"\bgraphql\b"),
        ("gRPC", r"\bgrpc\b"),
        ("SOAP", r"\bsoap\b"),
        ("REST", r"\brest(?:ful)?[ -](?:api|apis|service|services|web|endpoints?)\b|\brestful\b"),
        ("OpenAPI", r"\bswagger\b|\bopen ?api\b"),
        ("TypeScript", r"\btypescript\b"),
        ("Express", r"\bexpress(?:\.?js)?\b"),
        ("NestJS", r"\bnest(?:\.?js)\b"),
        ("Django", r"\bdjango\b"),
        ("Flask", r"\bflask\b"),
        ("FastAPI", r"\bfastapi\b|(?-i:\bFast API\b(?! (?:response|call|request)))"),
        ("Spring Boot", r"\bspring ?boot\b"),
        ("Laravel", r"\blaravel\b"),
        ("Symfony", r"\bsymfony\b"),
        ("Ruby on Rails", r"\brails\b"),
        ("ASP.NET Core", r"\basp\.net\b"),
    )
)
"""Canonical subject and how READMEs write it."""
