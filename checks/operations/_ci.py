"""Commands of CI whose work stands in a file that is not read."""

from __future__ import annotations

import re

UNREAD_SERVICE = re.compile(
    r".{0,200}\bdocker[- ]compose\b.{0,200}"
    r"(?:\brun(?:\s+-{1,2}[\w=-]+)*\s+[\w-]+\s*|\bup\b.{0,100}--(?:exit-code-from|abort-on-).*)"
)
"""Commands that start a service of a compose file and wait for its own command, which stands there."""
