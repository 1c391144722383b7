"""How much a post looks like spam or an insult, by rules of our own, in English and Spanish. It sorts the queue, no more.

>>> scored("The ferry was late again on Monday.", account_days=300, posts_before=40).score
0.0
>>> scored("YOU ARE A PATHETIC IDIOT", account_days=300, posts_before=40).found
('insult', 'aimed at somebody', 'capitals')

A score goes from 0 to 1: weights of what was found are added in log-odds. They were set by hand on invented examples;
docs/moderating.md says what they were seen to do on others, and how few those were.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from careo.forum.folding import fold, pattern_of, words_of

# A * at the end stands for any ending. What is an insult by its use alone (pig, trash) weighs more when aimed. A - stands
# between the words of a phrase.
INSULT_WORDS = """idiot* imbecil* moron* stupid* cretin* scum vermin pathetic loser* dumb dumbass clown* parasite*
braindead brainless worthless dimwit* halfwit* fool fools filth filthy pig pigs rat rats trash asshole* bastard* bitch*
jerk* shut-up get-lost drop-dead go-to-hell no-one-likes-you
tont* estupid* gilipollas cabron* payas* basura asqueros* escoria ignorante* inutil* patetic* subnormal* retrasad*
mierda cerdo cerda rata ratas parasito* fracasad* callate lameculos sinverguenza* desgraciad* bobo boba vete-a-la
a-nadie-le-importas"""
SPAM_WORDS = """casino* viagra crypto bitcoin* forex earn-money make-money work-from-home click-here free-trial
limited-offer best-price cheap discount* promo investment-opportunity guaranteed loan loans replica followers whatsapp
telegram dm-me subscribe-to-my visit-my
ganar-dinero gana-dinero ganancias dinero-facil desde-casa haz-clic oferta ofertas gratis descuento* prestamo prestamos
inversion-garantizada garantizad* apuestas visita-mi sigueme seguidores escribeme"""
INSULTS, SPAM = INSULT_WORDS.split(), SPAM_WORDS.split()
AIMED = re.compile(
    r"(?<!\w)(?:you|your|youre|u|people like you|eres|sois|tu|usted|ustedes|vosotros|te|gente como tu)(?!\w)"
)
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w,.])\+?\d[\d ().-]{7,}\d(?!\w)")  # a telephone
BASE = -3.0  # log-odds of a post in which nothing was found: shown as 0


class Scored(NamedTuple):
    score: float
    found: tuple[str, ...]


def scored(text: str, *, account_days: float, posts_before: int, listed: int = 0, flags: int = 0) -> Scored:
    """`account_days`: the account's age; `listed`: words of the desk's lists in it; `flags`: readers who flagged it."""
    words = words_of(_unquoted(text))
    insults, spam = _count(words, INSULTS), _count(words, SPAM)
    weights = {
        "insult": 2.2 * min(insults, 3),
        "aimed at somebody": 1.0 if insults and AIMED.search(words) else 0,
        "words of spam": 1.3 * min(spam, 4),
        "links": 1.0 * min(len(LINK.findall(text)), 4),
        "a telephone number": 1.5 if NUMBER.search(text) else 0,
        "capitals": 1.2 if _shouts(text) else 0,
        "repetition": 1.8 if _repeats(text) else 0,
        "new account": 1.0 if account_days < 7 else 0,
        "first posts": 0.5 if posts_before < 3 else 0,
        "listed words": 2.5 * min(listed, 2),
        "flags": 1.2 * min(flags, 5),
    }
    told = tuple(name for name, weight in weights.items() if weight)
    return Scored(_chance(sum(weights.values())), told)


def _chance(weight: float) -> float:
    return round(1 / (1 + math.exp(-(BASE + weight))), 3) if weight else 0.0


def _count(words: str, terms: list[str]) -> int:
    """How many of the terms stand in it; each once."""
    return sum(1 for term in terms if pattern_of(term).search(words))


def _unquoted(text: str) -> str:
    """Without what is quoted: whoever cites an insult to answer it did not write it."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def _shouts(text: str) -> bool:
    """Most letters are capitals, in more than a short name's worth of them."""
    letters = [c for c in LINK.sub("", text) if c.isalpha()]
    return len(letters) >= 12 and sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _repeats(text: str) -> bool:
    """A sign five times in a row, or a few words said over and over."""
    if re.search(r"([^\W\d_]|[!?$])\1{4,}", text):
        return True
    words = re.findall(r"\w+", fold(text))
    return len(words) >= 12 and len(set(words)) < 0.45 * len(words)
