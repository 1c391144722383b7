"""Do two wordings of one matter say the opposite? Negation, denial and opposite words, English and Spanish.

>>> opposed("The dam is safe", "La presa no es segura")
('negation: no',)
>>> opposed("Prices will rise", "Los precios bajarán")
('opposite words: rise / bajaran',)
>>> opposed("He is innocent", "No es culpable")      # two turns make none
()

Only to be asked of wordings that are known to be close in meaning: the words alone say nothing about the matter.
Counts turns, no grammar: what is negated far from the point ("not only", "no doubt") is taken out first.
"""

from __future__ import annotations

import re
from functools import cache

from careo.reading.folding import fold

_NO_NEGATION = re.compile(
    r"""\b(?:not\ only|not\ just|no\ doubt|no\ longer\ than|no\ less\ than|no\ fewer\ than|no\ more\ than|no\ later\ than
      |no\ solo|no\ solamente|no\ obstante|sin\ duda|sin\ embargo|no\ mas\ de|no\ menos\ de|si\ no|whether\ or\ not
      |no\ hay\ duda|sin\ duda\ alguna|nothing\ but|no\ (?:se\ )?(?:descart|niega|neg)\w+
      |(?:not|never|n't)\ (?:rul\w+\ out|deny|denied))\b""",
    re.VERBOSE,
)
_NEGATION = re.compile(
    r"""\b(?:not|never|no|nobody|none|neither|nor|nothing|cannot|without|no\ one|\w+n't
      |nunca|jamas|nadie|ningun|ninguna|ninguno|nada|ni|tampoco|sin)\b""",
    re.VERBOSE,
)
_DENIAL = re.compile(
    r"""\b(?:den(?:y|ied|ies|ying)|refut(?:e|ed|es|ing)|disput(?:e|ed|es|ing)|contradict(?:s|ed|ing)?
      |reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|rul(?:e|ed|es)\ out
      |neg(?:o|aron|aba|aban|ado|ando|ar)|nieg(?:a|an)|desmint(?:io|ieron|iendo)|desmient(?:e|en)
      |rechaz(?:o|aron|a|an|ado|ando)|descart(?:o|aron|a|an|ado|ando)|refut(?:o|aron|a|an|ado|ando))\b""",
    re.VERBOSE,
)

# One idea and its opposite in both languages, folded; * stands for any ending. Only words that turn a sentence
# round wherever they stand: "left", "back" or "bajo" have too many other uses.
_OPPOSITES = """\
rise rises rising risen rose increas* grow grows grew grown climb* sube suben subio subieron subira subiran subir
    aument* crece crecen crecio crecera crecer incremento
    : fall falls fell fallen decreas* declin* drop drops dropped lower shrink* shrank baja bajan bajo bajaron bajara
    bajaran bajar disminu* reduj* cae caen cayo cayeron caera caer descend*
win wins won winning gana ganan gano ganaron ganara ganar
    : lose loses lost losing pierde pierden perdio perdieron perdera perder
guilty culpable culpables : innocent inocente inocentes
approv* aprob* aprueb* accept accepts accepted acept* : reject* refus* rechaz*
legal lawful* legales : illegal unlawful* ilegal*
safe secure seguro segura seguros seguras : unsafe dangerous insegur* peligros*
true verdad cierto cierta verdadero : false untrue falso falsa
support supports supported supporting apoya apoyan apoyo apoyaron apoyara apoyar respald*
    : oppose opposes opposed opposing opone oponen opuso opusieron opondra
enough sufficient suficiente suficientes : insufficient insuficiente* shortage*
possible posible posibles : impossible imposible*
allow allows allowed permit permits permitted permite permiten permitio permitira permitir
    : ban bans banned forbid* forbade prohib*
alive vivo viva vivos vivas surviv* sobreviv* : dead died dies muerto muerta muertos muertas murio murieron fallec*
peaceful* pacific* : violent violento violenta violentos violentas"""


@cache
def _opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    ideas = re.split(r"\n(?! )", _OPPOSITES)
    return tuple((_any_of(one), _any_of(other)) for one, other in (idea.split(" : ") for idea in ideas))


def _any_of(words: str) -> re.Pattern[str]:
    alternatives = "|".join(words.split()).replace("*", r"\w*")
    return re.compile(rf"\b(?:{alternatives})\b")


def opposed(a: str, b: str, *, a_denied: bool = False, b_denied: bool = False) -> tuple[str, ...]:
    """The words by which one says the opposite of the other, or () where the turns cancel out or there are none.

    `a_denied` says that a's speaker is told to deny what the words say ("negó que…").
    """
    plain_a, plain_b = fold(a), fold(b)
    why: list[str] = []
    if a_denied != b_denied:
        why.append("denial")
    negation = _negated(plain_a) ^ _negated(plain_b)
    if negation:
        word = (_negations(plain_a) or _negations(plain_b))[0]
        why.append(f"negation: {word}")
    words = _opposite_words(plain_a, plain_b)
    if words:
        why.append(f"opposite words: {words[0]} / {words[1]}")
    return tuple(why) if len(why) % 2 else ()


def denies(cue: str) -> bool:
    """Whether a cue ("negó", "denied", "rejected") turns round what follows."""
    return _DENIAL.search(fold(cue)) is not None


def _negations(folded: str) -> list[str]:
    return _NEGATION.findall(_NO_NEGATION.sub(" ", folded))


def _negated(folded: str) -> bool:
    return bool(_negations(folded))


def _opposite_words(a: str, b: str) -> tuple[str, str] | None:
    for one, other in _opposites():
        for first, second in ((one, other), (other, one)):
            here, there = first.search(a), second.search(b)
            if here and there and not second.search(a) and not first.search(b):
                return here.group(), there.group()
    return None
