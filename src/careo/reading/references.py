"""Words that stand for somebody whom the text names elsewhere: "she", "quien", "este último", "su promesa", "la funcionaria".

>>> reference(["este", "último"], "es")
Reference(kind='pronoun', pronoun='he')
>>> reference(["la", "mandataria"], "es")
Reference(kind='role', pronoun='she')
>>> reference(["la", "encuesta"], "es") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from careo.reading.offices import HEADS, is_head
from careo.reading.types import Language
from careo.reading.word_sets import word_set


@dataclass(frozen=True, slots=True)
class Reference:
    """`kind` says where to look; `pronoun` is "he", "she" or "" where the words don't tell.

    "pronoun" means anybody named before or soon after, "relative" who is named right before, "role" who may be called
    so, "both" the two who were named last.
    """

    kind: Literal["pronoun", "relative", "role", "both"]
    pronoun: str


_SUBJECTS = {"he": "he", "she": "she", "él": "he", "ella": "she"}
_LATEST = {"este": "he", "éste": "he", "ese": "he", "ése": "he", "aquel": "he", "aquél": "he",
           "esta": "she", "ésta": "she", "esa": "she", "ésa": "she", "aquella": "she"}  # fmt: skip
PRONOUNS = _SUBJECTS | {"éste": "he", "ésta": "she"}
_RELATIVE = word_set("who quien que which that cual")
_OWNERS = {"his": "he", "her": "she", "su": "", "sus": ""}
# What is somebody's own by having been thought or said.
_UTTERED = word_set(
    "juicio opinión versión cálculo cálculos palabras declaración declaraciones promesa plan idea "
    "intención criterio relato testimonio carta mensaje discurso parecer entender estimación cuenta "
    "cuentas words promise plan view opinion account statement testimony letter message"
)
_BOTH = frozenset(("ambos", "ambas", "los dos", "las dos", "both", "the two", "the pair", "the two of them"))
_DEFINITE = {"el": "he", "la": "she", "the": ""}
_LAST_ONE = word_set("último última latter")
_SELF = word_set("mismo misma propio propia himself herself")
# Between the article and the noun: "el propio", "la joven", "the former".
_BETWEEN = word_set(
    "propio propia mismo misma joven todavía hoy actual nuevo nueva entonces ex former then veteran young own"
)


def reference(words: Sequence[str], language: Language) -> Reference | None:
    """What the words of a source, in lower case and up to their first mark, point to; None for any other phrase."""
    plain = [word for word in words if word not in _SELF] or list(words)
    if " ".join(plain) in _BOTH:
        return Reference("both", "")
    first = plain[0] if plain else ""
    if len(plain) == 1 and first in _SUBJECTS:
        return Reference("pronoun", _SUBJECTS[first])
    if len(plain) == 1 and first in _RELATIVE:
        return Reference("relative", "")
    if first in _LATEST and (len(plain) == 1 or plain[1] in _LAST_ONE):
        return Reference("pronoun", _LATEST[first])
    if first == "the" and len(plain) == 2 and plain[1] == "latter":
        return Reference("pronoun", "")
    if first in _OWNERS and (len(plain) == 1 or plain[1] in _UTTERED):
        return Reference("pronoun", _OWNERS[first])
    if first in _DEFINITE:
        noun = next((word for word in plain[1:] if word not in _BETWEEN), "")
        if is_calling(noun if language == "es" else _english_noun(plain[1:]), language):
            return Reference("role", _DEFINITE[first])
    return None


_ENDS_ENGLISH = word_set("of for at in on from with who whose that which to by")


def _english_noun(words: Sequence[str]) -> str:
    """The head of an English phrase: the word before its first preposition."""
    noun = ""
    for word in words:
        if word in _ENDS_ENGLISH:
            break
        noun = word
    return noun


def is_calling(noun: str, language: Language) -> bool:
    """Whether a noun, in the singular, calls a human being by office, trade, belief or origin. Evidence, not knowledge."""
    if noun in _NOT_HUMAN or not noun:
        return False
    return (
        (is_head(noun) and (not noun.endswith("s") or noun in HEADS))
        or noun in _HUMAN
        or bool(_AGENTIVE[language].search(noun))
    )


_HUMAN = word_set(
    "científico científica ingeniero ingeniera físico física químico química biólogo bióloga hombre mujer "
    "joven anciano anciana madre padre hijo hija hermano hermana viuda viudo médico médica doctor doctora "
    "monja cura fraile prelado obispo arzobispo cardenal pontífice arquitecto arquitecta político "
    "política músico técnico técnica mandatario mandataria ministro ministra jefe jefa jerarca tenista "
    "futbolista delantero portero lateral zaguero volante capitán ciclista púgil piloto astro crack "
    "charrúa portugués inglés francés alemán actriz actor pintor pintora cantante poeta alguacil galeno "
    "letrado letrada togado jurista edil regidor munícipe alcaldesa alcalde burgomaestre caudillo cacique "
    "líder lideresa dirigenta influencer youtuber tuitero activista vecino vecina abuelo abuela campesino "
    "campesina obrero obrera maestro maestra alumno alumna acusado acusada imputado imputada detenido "
    "sospechoso víctima denunciante querellante interesado interesada aludido aludida implicado "
    "homenajeado socialista popular liberal conservador comunista republicano demócrata opositor "
    "opositora oficialista man woman boy girl mother father son daughter brother sister widow doctor "
    "nurse lawmaker lawman politician musician painter singer actor actress poet striker goalkeeper "
    "midfielder forward pitcher catcher coach champion rider pilot cleric pontiff priest nun monk "
    "architect defendant suspect plaintiff victim republican democrat socialist liberal conservative "
    "incumbent challenger newcomer immigrant welder chef novelist playwright docente labriego labriega togada "
    "exministro exministra exviceministra exalcaldesa exdirector exdirectora mandamás primogénito opponent sponsor "
    "postmistress biologist engineer shopkeeper farmer driver critic rival"
)
# What ends like a calling and speaks on paper, or is no one.
_NOT_HUMAN = word_set(
    "diario semanario comunicado comentario cuestionario expediente dictamen documento informe texto "
    "presupuesto calendario escenario salario itinerario formulario sumario glosario horario mercado "
    "interés estrés revés ciprés estado ministerio partido sindicato gremio gobierno consorcio entrevista lista vista revista "
    "conquista pista encuesta respuesta propuesta carta nota mayoría minoría corriente frente parlamento "
    "ayuntamiento ambiente incidente accidente continente puente fuente "
    "sentencia motor sector factor tractor valor calor dolor favor error terror horror rumor "
    "manera carrera frontera bandera cartera cuenta planta junta letter matter order number paper "
    "newspaper center quarter offer computer manner power water river summer winter weather other answer "
    "quarter border cover committee ministry party company agency bank poll report "
    "statement study court union agreement"
)
_AGENTIVE = {
    "es": re.compile(
        r"(?:[dts]ora?|ista|ólogo|óloga|ógrafo|ógrafa|ante|iente|ero|era|ario|aria|ólica|iatra|ense|ano|ana|ino|ina|eño|eña|és)$"
    ),
    "en": re.compile(r"(?:ist|ologist|grapher|man|woman)$"),
}
