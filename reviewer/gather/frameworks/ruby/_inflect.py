"""Names as Rails makes them of one another: singular and plural, paths of controllers and their classes."""

from __future__ import annotations

IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "mouse": "mice", "ox": "oxen",
    "datum": "data", "medium": "media", "bus": "buses", "status": "statuses", "alias": "aliases", "move": "moves",
    "quiz": "quizzes", "analysis": "analyses", "crisis": "crises", "axis": "axes", "index": "indices",
    "movie": "movies", "cookie": "cookies", "shoe": "shoes", "virus": "viruses", "bonus": "bonuses",
    "campus": "campuses", "census": "censuses", "focus": "focuses", "hero": "heroes", "potato": "potatoes",
    "tomato": "tomatoes", "leaf": "leaves", "life": "lives", "wife": "wives", "half": "halves", "shelf": "shelves",
    "knife": "knives", "wolf": "wolves", "cache": "caches", "house": "houses", "horse": "horses", "course": "courses",
    "response": "responses", "expense": "expenses", "database": "databases", "purchase": "purchases",
    "exercise": "exercises", "license": "licenses", "release": "releases", "case": "cases", "phase": "phases",
    "size": "sizes", "prize": "prizes", "axe": "axes", "image": "images", "use": "uses", "pulse": "pulses",
    "warehouse": "warehouses", "franchise": "franchises", "nurse": "nurses", "verse": "verses", "universe": "universes",
}  # fmt: skip
SINGULAR = {plural: singular for singular, plural in IRREGULAR.items() if singular != "axe"}
UNCOUNTED = frozenset(
    "equipment information rice money species series fish sheep jeans police news media data feedback".split()
)
SIBILANTS = ("ss", "x", "ch", "sh")
VOWELS = "aeiou"


def plural(word: str) -> str:
    """``follow`` as ``follows``; only the last part of ``user_category`` changes."""
    head, mark, last = word.rpartition("_")
    return head + mark + _plural(last)


def _plural(word: str) -> str:
    if word in UNCOUNTED or word in SINGULAR:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return f"{word[:-1]}ies"
    if word.endswith(SIBILANTS):
        return f"{word}es"
    return word if word.endswith("s") else f"{word}s"


def singular(word: str) -> str:
    """``articles`` as ``article``."""
    head, mark, last = word.rpartition("_")
    return head + mark + _singular(last)


def _singular(word: str) -> str:
    if word in UNCOUNTED:
        return word
    if word in SINGULAR:
        return SINGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    for ending in ("sses", "xes", "zes", "ches", "shes"):
        if word.endswith(ending):
            return word[:-2]
    return word[:-1] if word.endswith("s") and word not in IRREGULAR and not word.endswith(("ss", "is")) else word


def camelized(path: str) -> str:
    """``api/v1/user_profiles`` as ``Api.V1.UserProfiles``."""
    return ".".join("".join(_capital(part) for part in piece.split("_")) for piece in path.split("/") if piece)


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:]


def controller_class(path: str) -> str:
    """The class of the controller at a path: ``api/users`` is ``Api.UsersController``; a class stays as it is."""
    if path[:1].isupper():
        return path
    return f"{camelized(path)}Controller"


def underscored(name: str) -> str:
    """``Api.V1.UserProfiles`` as ``api/v1/user_profiles``."""
    found: list[str] = []
    for place, char in enumerate(name):
        if char == ".":
            found.append("/")
            continue
        before, after = name[place - 1 : place], name[place + 1 : place + 2]
        starts = char.isupper() and before not in ("", ".") and (not before.isupper() or after.islower())
        found.append(f"_{char.lower()}" if starts else char.lower())
    return "".join(found)
