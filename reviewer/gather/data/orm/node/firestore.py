"""Cloud Firestore: queries over collections and documents, and what bounds them."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.queries import ECMA_LANGUAGES, add_sign
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import How

DATABASE = "Firestore"
PACKAGES = ("firebase-admin", "firebase/firestore", "firebase", "@google-cloud/firestore", "firebase-functions")
MARK = re.compile(r"\bcollection(?:Group)?\(|\bdoc\(")
ROOTS = words("collection collectionGroup doc")
ENDS = words("get set add update delete create onSnapshot")
FUNCTIONS = words("getDocs getDoc addDoc setDoc updateDoc deleteDoc onSnapshot getCountFromServer")
"""The same as functions, in the newer library."""
BOUNDING = words("limit limitToLast startAfter startAt offset select")


def read_firestore(module: Module, kept: Kept) -> None:
    """Keeps queries; in files that only import the database, ``db.collection("users")`` tells."""
    if not MARK.search(module.text):
        return
    look = look_at(module)
    known = look.imports(*PACKAGES)
    for chain in chains(look):
        call = _query(chain, known)
        if call is None:
            continue
        add_sign(kept, look, SignKind.NOSQL_QUERY, chain.outer, _shown(chain))
        if len([use for use in kept.data if use.name == DATABASE and use.how is How.QUERIED]) == 0:
            kept.data.append(data_use(DATABASE, How.QUERIED, chain.outer.line, call.last))
        if BOUNDING & set(chain.names):
            add_sign(kept, look, SignKind.NOSQL_BOUNDED, chain.outer, "limit")
        if chain.loops:
            add_sign(kept, look, SignKind.QUERY_IN_LOOP, chain.outer, _shown(chain))


def _query(chain: Chain, known: bool) -> Call | None:
    """The call that a chain ends with, where it asks or writes something."""
    first = chain.calls[0]
    if first.last in FUNCTIONS and known:
        return first
    starts = [call for call in chain.calls if call.last in ROOTS]
    if not starts or chain.names[-1] not in ENDS:
        return None
    named = starts[0].args and plain(starts[0].args[0]) is not None
    of_database = first.name.rpartition(".")[0].lower().endswith(("db", "firestore"))
    return chain.outer if named and first.last in ROOTS and (known or of_database) else None


def _shown(chain: Chain) -> str:
    return chain.root or chain.calls[0].last


FIRESTORE = Reader(name="Firestore", languages=ECMA_LANGUAGES, read=read_firestore)
