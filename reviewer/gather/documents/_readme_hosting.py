"""Where a document says that the application runs: a platform by its name, or an address that a platform gives."""

from __future__ import annotations

import re

WORDS = ("deploy", "host", "pushed", "published", "://")
"""One of these stands in each text that says it."""

ADDRESS = re.compile(
    r"https?://(?![\w.-]{0,60}(?:your|example|readme|badge|shield|stats|trophy|typing|streak|icons|capsule|profile"
    r"|cors-anywhere|visitor|contrib|counter))[\w-]{1,80}(?:\.[\w-]{1,60}){0,4}"
    r"\.(?:onrender\.com|herokuapp\.com|railway\.app|fly\.dev|vercel\.app|now\.sh|netlify\.app|azurewebsites\.net"
    r"|azurecontainerapps\.io|cloudapp\.azure\.com|elasticbeanstalk\.com|(?:execute-api|compute|elb)\.[\w.-]{0,40}amazonaws\.com"
    r"|awsapprunner\.com|run\.app|appspot\.com|cloudfunctions\.net|pythonanywhere\.com|glitch\.me|ondigitalocean\.app"
    r"|koyeb\.app|cyclic\.app|cleverapps\.io|gigalixirapp\.com|workers\.dev|deno\.dev|repl\.co|replit\.app|zeabur\.app)\b",
    re.IGNORECASE,
)
"""Addresses of applications on a platform; those of services that draw badges and the like are none."""

GAP = r"(?:[^.!?#|\n]|\n(?!\s*[\n#*|+-]))"
"""A sign of the same sentence, which may go on in the next line."""
PLATFORM = (
    r"(?:Render|Heroku|Railway|Fly\.io|Vercel|Netlify|AWS|Amazon|EC2|ECS|EKS|Elastic\s?Beanstalk|Lambda|Azure|GCP"
    r"|Google\s(?:Cloud|App\sEngine)|GKE|Cloud\sRun|App\sEngine|Digital\s?Ocean|cPanel|PythonAnywhere|Linode|Hetzner|Koyeb"
    r"|Firebase|Cloudflare|OpenShift|Vultr|VPS|Glitch|Cyclic|Replit|Hostinger|OVH|Contabo|Dokku|Coolify|Kubernetes)"
)
SAID = re.compile(
    rf"\b(?:deployed|deploys|hosted)\b{GAP}{{0,60}}?\b{PLATFORM}\b|\b(?:pushed|published)\s(?:up\s)?(?:to|on)\s(?:the\s)?{PLATFORM}\b|\b{PLATFORM}\b{GAP}{{0,40}}?\b(?:deploys|deployed|hosted|hosts)\b",
    re.IGNORECASE,
)
UNSAID = re.compile(
    r"\b(?:not|never|can|could|may|might|should|would|cannot|if|todo|to do|planned|plan|future"
    r"|soon|how|want|easily|ready)\b|n't\b",
    re.IGNORECASE,
)
"""Words by which a sentence does not say that it is so."""
ASKED = re.compile(r"[^.!\n]{0,30}\?|\s{0,2}(?:if|when|soon|later|in the future)\b")
"""How a sentence goes on that asks, or speaks of what may come."""
BEFORE = 60


def hosted_line(source: str) -> int:
    """The line where a document says where the application runs; 0 nowhere."""
    low = source.lower()
    if not any(word in low for word in WORDS):
        return 0
    address = ADDRESS.search(source) if "://" in low else None
    told = _said(source) if any(word in low for word in WORDS[:-1]) else None
    found = [item for item in (address.start() if address else None, told) if item is not None]
    return source.count("\n", 0, min(found)) + 1 if found else 0


def _said(source: str) -> int | None:
    """Where a sentence names the platform that it is deployed to."""
    for found in SAID.finditer(source):
        before = source[max(found.start() - BEFORE, 0) : found.start()]
        begin = max(before.rfind(sign) for sign in (".", "!", "?", "#", "\n\n")) + 1
        if not UNSAID.search(before[begin:] + found[0]) and ASKED.match(source, found.end()) is None:
            return found.start()
    return None
