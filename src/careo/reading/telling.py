"""The telling words of a text, to count what two texts share: folded, without function words, places in one form.

>>> dict(telling_words("Alemania y Norland firman el acuerdo de 2027"))
{'germany': 1, 'norland': 1, 'firman': 1, 'acuerdo': 1, '2027': 1}
"""

from __future__ import annotations

import re
from collections import Counter

from careo.reading.exonyms import one_form
from careo.reading.folding import fold

WORD = re.compile(r"\w+", re.UNICODE)

_ENGLISH = """\
a about after again all also although an and any are as at be because been before being between both but
by can could did do does down during each even every few for from further had has have he her here hers him
his how however i if in into is it its just like many may me meanwhile might more most much must my no nor
not now of off on once one only or other our out over own same several she should since so some such than
that the their them then there these they this those though through to too under until up upon very was we
were what when where whether which while who whom whose why will with within without would yes yet you
your"""

_SPANISH = """\
a al algo algunos ante antes aquel aquella aquello aqui asi aun aunque bajo cada como con contra cual
cuales cuando de del desde despues donde dos durante e el ella ellas ellos en entonces entre era es esa esas
ese eso esos esta estaba estan estas este esto estos fue fueron ha habia hace hacia han hasta hay la las le
les lo los mas me mi mientras mismo mucho muchos muy nada ni no nos nosotros nuestra nuestro o otra otras
otro otros para pero poco por porque pues que quien quienes se segun ser si sido sin sobre solo son su sus
tal tambien tampoco tan tanto te tiene todas todo todos tras tu un una unas uno unos usted ustedes y ya
yo"""

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
}
EVERY_FUNCTION_WORD = FUNCTION_WORDS["en"] | FUNCTION_WORDS["es"]


def telling_words(text: str) -> Counter[str]:
    """How often each word stands in `text`, function words of both languages and single letters left out."""
    found = (fold(match.group()) for match in WORD.finditer(text))
    return Counter(one_form(word) for word in found if _tells(word))


def _tells(word: str) -> bool:
    return word.isdigit() or (len(word) > 1 and word not in EVERY_FUNCTION_WORD)
