"""The words that attribute: "said", "aseguró", "according to". Our own lists, grouped by what may follow them.

Kinds: `say` takes a clause or a quotation, with or without "that"; `tell` also a person first; `think` is a stance, not
speech, and surer with "that"; `judge` takes whom or what it judges ("criticised the plan"); `quote` introduces quoted
words only ("continued"); `will` takes "to" and a deed ("vowed to"); `refer` takes "to" and a thing;
`object` takes a thing as easily as a clause, and is no cue beside one ("rechazó la oferta").

>>> cue("conceded", "en").kind, cue("aseguró", "es").kind, cue("bread", "en")
('say', 'say', None)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from careo.reading.types import Language

CueKind = Literal["say", "tell", "think", "judge", "quote", "will", "refer", "object"]
Form = Literal["finite", "base", "gerund", "participle"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb of saying. English "said" is finite and participle in one: it counts as finite."""

    kind: CueKind
    form: Form


_ENGLISH: dict[CueKind, str] = {
    "say": "say add note argue suggest claim explain insist maintain state declare announce acknowledge admit concede "
    "contend assert recall reveal report conclude write tweet predict stress emphasize emphasise reiterate confirm "
    "complain allege indicate observe remark respond reply joke testify agree counter deny propose recommend speculate "
    "estimate caution boast quip lament proclaim affirm disclose signal mention repeat post muse shout yell whisper "
    "exclaim scoff retort fret gripe hint imply opine profess swear theorize underline underscore recount rejoin "
    "attest avow blog clarify comment deduce divulge forecast intimate mutter murmur protest reason reckon relate "
    "stipulate surmise venture wail bemoan conjecture decree find show point ask wonder explain",
    "tell": "tell inform remind notify assure advise warn promise caution convince persuade",
    "think": "think believe know hope fear expect feel doubt suspect worry assume guess imagine realize realise understand "
    "consider figure wish presume",
    "judge": "criticize criticise praise accuse blame condemn denounce defend endorse dismiss blast slam mock reject oppose "
    "describe call label deem dub characterize characterise cite question challenge ridicule decry deride tout hail "
    "applaud disavow refute rebut express highlight echo discuss lambast lambaste castigate rebuke chide commend "
    "compare liken defend laud lament rail deplore scold",
    "refer": "refer allude object",
    "object": "",
    "quote": "continue begin conclude read ask start shout chant finish",
    "will": "vow pledge promise refuse decline threaten urge demand offer want seek agree propose request order ask implore "
    "encourage hope",
}
_ENGLISH_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote writing written",
    "think": "thinks thought thinking", "know": "knows knew knowing known", "feel": "feels felt feeling",
    "find": "finds found finding", "show": "shows showed showing shown", "read": "reads read reading",
    "swear": "swears swore swearing sworn", "begin": "begins began beginning", "forecast": "forecasts forecast forecasting",
    "understand": "understands understood understanding", "seek": "seeks sought seeking", "rail": "rails railed railing",
    "admit": "admits admitted admitting", "quip": "quips quipped quipping", "dub": "dubs dubbed dubbing",
    "slam": "slams slammed slamming", "rebut": "rebuts rebutted rebutting", "refer": "refers referred referring",
    "offer": "offers offered offering", "blog": "blogs blogged blogging", "murmur": "murmurs murmured murmuring",
    "mutter": "mutters muttered muttering", "whisper": "whispers whispered whispering",
    "counter": "counters countered countering",
    "wonder": "wonders wondered wondering", "label": "labels labeled labelled labeling labelling",
    "signal": "signals signaled signalled signaling signalling", "consider": "considers considered considering",
    "discover": "discovers discovered discovering",
}  # fmt: skip
_SPANISH: dict[CueKind, str] = {
    "say": "afirmar asegurar señalar explicar indicar añadir agregar manifestar declarar destacar informar "
    "anunciar comentar precisar subrayar recordar apuntar sostener advertir insistir reconocer "
    "admitir denunciar revelar confirmar aclarar puntualizar recalcar matizar argumentar argüir "
    "alegar lamentar opinar responder contestar replicar exclamar observar considerar estimar "
    "reiterar aseverar enfatizar remarcar concluir detallar relatar jurar pronosticar vaticinar "
    "predecir proclamar sentenciar apostillar ironizar bromear sugerir preguntar quejarse escribir "
    "decir referir exponer constatar especificar abundar testificar confesar corroborar ratificar "
    "inquirir augurar aducir dictaminar comunicar rememorar zanjar rogar instar argumentar pregonar "
    "aventurar remachar rematar puntualizar desmentir resaltar hacer_hincapié ",
    "object": "expresar calificar criticar narrar contar avisar alertar adelantar avanzar prometer negar "
    "rechazar defender proponer pedir exigir reclamar solicitar cuestionar acusar reprochar mantener "
    "garantizar publicar urgir ordenar mencionar citar interrogar plantear deplorar celebrar "
    "felicitar amenazar notificar evocar describir aconsejar recomendar aplaudir repetir reivindicar ",
    "think": "creer pensar esperar temer confiar suponer saber dudar entender desear juzgar prever imaginar calcular "
    "sospechar",
    "quote": "continuar proseguir seguir preguntarse titular",
    "judge": "",
    "tell": "",
    "will": "",
    "refer": "",
}
_SPANISH_IRREGULAR = {
    "decir": "digo dice decimos dicen dijo dijeron decía decían dije ha_dicho diría dirá dirán diciendo dicho diga digan dijera",
    "referir": "refiere refieren refirió refirieron refería refiriendo",
    "sostener": "sostiene sostienen sostuvo sostuvieron sostenía sostenían sosteniendo sostenido",
    "mantener": "mantiene mantienen mantuvo mantuvieron mantenía mantenían manteniendo mantenido",
    "advertir": "advierte advierten advirtió advirtieron advertía advertían advirtiendo advertido advierto",
    "reconocer": "reconoce reconocen reconoció reconocieron reconocía reconocían reconociendo reconocido reconozco",
    "confesar": "confiesa confiesan confesó confesaron confesaba confesaban confesando confesado",
    "recordar": "recuerda recuerdan recordó recordaron recordaba recordaban recordando recordado",
    "negar": "niega niegan negó negaron negaba negaban negando negado",
    "contar": "cuenta cuentan contó contaron contaba contaban contando contado",
    "argüir": "arguye arguyen arguyó arguyeron argüía argüían arguyendo argüido",
    "concluir": "concluye concluyen concluyó concluyeron concluía concluyendo concluido",
    "predecir": "predice predicen predijo predijeron predecía prediciendo predicho",
    "desmentir": "desmiente desmienten desmintió desmintieron desmentía desmintiendo desmentido",
    "sugerir": "sugiere sugieren sugirió sugirieron sugería sugerían sugiriendo sugerido",
    "pedir": "pide piden pidió pidieron pedía pedían pidiendo pedido",
    "repetir": "repite repiten repitió repitieron repetía repitiendo repetido",
    "proponer": "propone proponen propuso propusieron proponía proponiendo propuesto",
    "exponer": "expone exponen expuso expusieron exponía exponiendo expuesto",
    "suponer": "supone suponen supuso supusieron suponía suponiendo supuesto",
    "defender": "defiende defienden defendió defendieron defendía defendían defendiendo defendido",
    "escribir": "escribe escriben escribió escribieron escribía escribiendo escrito",
    "rogar": "ruega ruegan rogó rogaron rogaba rogando rogado",
    "temer": "teme temen temió temieron temía temían temiendo temido temo",
    "creer": "cree creen creyó creyeron creía creían creyendo creído creo creemos",
    "pensar": "piensa piensan pensó pensaron pensaba pensaban pensando pensado pienso",
    "saber": "sabe saben supo supieron sabía sabían sabiendo sabido sabemos",
    "entender": "entiende entienden entendió entendieron entendía entendían entendiendo entendido entiendo",
    "prever": "prevé prevén previó previeron preveía preveían previendo previsto",
    "confiar": "confía confían confió confiaron confiaba confiaban confiando confiado",
    "seguir": "sigue siguen siguió siguieron seguía siguiendo",
    "proseguir": "prosigue prosiguen prosiguió prosiguieron proseguía prosiguiendo",
    "continuar": "continúa continúan continuó continuaron continuaba continuando",
    "describir": "describe describen describió describieron describía describiendo descrito",
    "evaluar": "evalúa evaluó", "rehuir": "rehúye rehuyó",
    "apostar": "apuesta apuestan apostó apostaron",
    "apostillar": "apostilla apostillan apostilló apostillaron apostillaba",
    "reprochar": "reprocha reprochan reprochó reprocharon reprochaba",
    "quejarse": "queja quejan quejó quejaron quejaba quejaban quejado",
    "preguntarse": "pregunta preguntan preguntó preguntaron preguntaba preguntado",
    "hacer_hincapié": "",
}  # fmt: skip


def _english_forms(verb: str) -> dict[str, Form]:
    if verb in _ENGLISH_IRREGULAR:
        listed = _ENGLISH_IRREGULAR[verb].split()
        forms: dict[str, Form] = {form: "gerund" if form.endswith("ing") else "finite" for form in listed}
        return {**forms, verb: "base"} if verb not in listed else forms
    if verb.endswith("e"):
        return {verb: "base", verb + "s": "finite", verb + "d": "finite", verb[:-1] + "ing": "gerund"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {
            verb: "base",
            verb[:-1] + "ies": "finite",
            verb[:-1] + "ied": "finite",
            verb + "ing": "gerund",
        }
    present = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return {verb: "base", present: "finite", verb + "ed": "finite", verb + "ing": "gerund"}


def _spanish_forms(verb: str) -> dict[str, Form]:
    if verb in _SPANISH_IRREGULAR:
        listed = _SPANISH_IRREGULAR[verb].split()
        return {form: _spanish_form(form) for form in listed} | {verb: "base"}
    stem, ending = verb[:-2], verb[-2:]
    if ending == "ar":
        finite = ["a", "an", "ó", "aron", "aba", "aban", "ará", "arán", "aría", "arían", "o", "amos"]
        rest = ["ando", "ado"]
    else:
        finite = (
            ["e", "en", "ió", "ieron", "ía", "ían", "erá", "ería", "o"]
            if ending == "er"
            else ["e", "en", "ió", "ieron", "ía", "ían", "irá", "iría", "o"]
        )
        rest = ["iendo", "ido"]
    forms: dict[str, Form] = {stem + end: "finite" for end in finite}
    forms[stem + rest[0]], forms[stem + rest[1]], forms[verb] = "gerund", "participle", "base"
    return forms


def _spanish_form(form: str) -> Form:
    if form.endswith("ndo"):
        return "gerund"
    return "participle" if form.endswith(("ado", "ido", "ído", "cho", "sto", "ito")) else "finite"


def _lexicon(lists: dict[CueKind, str], language: Language) -> dict[str, Cue]:
    forms_of = _english_forms if language == "en" else _spanish_forms
    found: dict[str, Cue] = {}
    for kind, listed in lists.items():
        for verb in listed.split():
            for form, which in forms_of(verb).items():
                found.setdefault(form, Cue(kind, which))
    return found


_LEXICONS: dict[Language, dict[str, Cue]] = {"en": _lexicon(_ENGLISH, "en"), "es": _lexicon(_SPANISH, "es")}


def cue(low: str, language: Language) -> Cue | None:
    """What the word can do as a cue; None for all other words. `low` is in lower case."""
    return _LEXICONS[language].get(low)
