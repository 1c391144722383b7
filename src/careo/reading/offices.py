"""Offices as texts state them: "Homeland Security Secretary", "ministra del Interior", "union leader".

An office is a phrase whose head is one of the nouns below. It is kept in the text's own words.
"""

from __future__ import annotations

from careo.reading.cues import cue
from careo.reading.grammar import Grammar
from careo.reading.surface import Surface
from careo.reading.word_sets import word_set

HEADS = word_set(
    "adviser advisor aide ambassador analyst anchor archbishop attorney author bishop boss candidate "
    "captain cardinal chair chairman chairperson chairwoman chancellor chief coach columnist commander "
    "commissioner congressman congresswoman consul consultant coordinator correspondent counsel "
    "councillor councilman councilwoman counselor cofounder co-founder dean delegate deputy director "
    "economist editor engineer envoy executive expert farmer founder general governor head historian host "
    "inspector journalist judge justice lawmaker lawyer leader manager mayor member minister monsignor mp "
    "nominee officer official operative organizer owner pastor pollster pope premier president presidents "
    "priest professor prosecutor reporter representative researcher scientist secretary senator sheriff "
    "speaker spokesman spokesperson spokeswoman strategist superintendent supervisor teacher treasurer "
    "trustee undersecretary whip writer king queen prince princess student physician doctor activist ceo "
    "attorney-general colonel lieutenant sergeant abogado abogada alcalde alcaldesa analista arzobispo "
    "asesor asesora cabo candidato candidata canciller capitán catedrático catedrática comandante "
    "comisario comisaria comisionado concejal concejala consejero consejera consejal coordinador "
    "coordinadora coronel decano defensor defensora delegado delegada diputado diputada directora "
    "dirigente economista edil embajador embajadora empresario empresaria encargado entrenador escritor "
    "escritora experta experto fiscal fundador fundadora gerente gobernador gobernadora historiador "
    "intendente investigador investigadora jefa jefe juez jueza lehendakari líder magistrado magistrada "
    "ministra ministro obispo papa parlamentario periodista portavoz presidenta presidente procurador "
    "procuradora profesor profesora rector rectora regidor regidora representante responsable secretaria "
    "secretario senador senadora sindicalista subdirector subsecretario superintendente tesorero titular "
    "vicepresidenta vicepresidente vicesecretario viceministro viceministra vocera vocero exministro "
    "ex-ministro expresidente ex-presidente exalcalde vice-president vicepresident rey reina príncipe "
    "princesa cónsul comentarista"
)
_SHORT_TITLES = word_set(
    "sen. rep. gov. gen. col. lt. sgt. capt. adm. rev. judge justice president senator governor secretary "
    "mayor speaker sen rep gov gen col lt sgt capt adm"
)
HONORIFICS = {
    "he": word_set("mr mr. sir don sr sr. señor lord monseñor mons fray padre"),
    "she": word_set("mrs mrs. ms ms. miss lady dame doña sra sra. srta srta. señora señorita madame sor"),
    "": word_set("dr dr. prof prof. dra dra."),
}
_FEMININE = word_set(
    "woman ministra presidenta directora senadora diputada secretaria alcaldesa portavoza jueza "
    "gobernadora concejala consejera vocera embajadora jefa queen princess profesora abogada candidata "
    "delegada magistrada reina duchess"
)
# Departments that follow "Secretary of": where the office ends and the name begins.
_DEPARTMENTS = word_set(
    "state defense defence energy education commerce labor labour transportation agriculture interior "
    "treasury war health justice homeland security foreign affairs"
)
_LONGEST = 12


def is_head(low: str) -> bool:
    plain = low.rstrip(".")
    return plain.rstrip("s") in HEADS or plain in HEADS or plain in _SHORT_TITLES


def is_honorific(low: str) -> bool:
    return any(low.rstrip(".") in listed for listed in HONORIFICS.values())


def pronoun_of(office: str) -> str:
    """ "she" where the office's own form says so, else nothing."""
    return "she" if any(word in office.lower() for word in _FEMININE) else ""


def office_before(cut: Surface, name: int, first: int, rules: Grammar) -> int | None:
    """The word at which the office that stands right before a name begins: "U.S. | Secretary of State Rex Tillerson"."""
    at, seen = name, False
    words = cut.words
    while at > first and name - at < _LONGEST:
        word = words[at - 1]
        low = word.low
        if word.is_mark or low in ("'s", "’s") or cut.quoted[at - 1] != cut.quoted[name]:
            break
        if is_head(low) or low in _SHORT_TITLES:
            seen = True
        elif low in ("of", "de", "del", "the", "la", "para", "for"):
            if not _reaches_head(cut, at - 1, first):
                break
        elif not (word.is_capital or _modifies(cut, at - 1, name, rules)):
            break
        at -= 1
    if not seen:
        return None
    while at < name and (
        words[at].low in rules.determiners or words[at].low in rules.prepositions or words[at].is_mark
    ):
        at += 1
    return at if at < name else None


def _reaches_head(cut: Surface, at: int, first: int) -> bool:
    """Whether the noun before "of" or "de" is an office: "Secretary of", "ministro de"."""
    for here in range(at - 1, max(first, at - _LONGEST) - 1, -1):
        word = cut.words[here]
        if is_head(word.low):
            return True
        if at - here >= 2 and not word.is_capital and word.low not in _WITHIN:
            return False
    return False


# What joins the names in an office: "presidente de la Cámara | de | Comercio".
_WITHIN = word_set("of the de del la las los y e and")


def _modifies(cut: Surface, at: int, name: int, rules: Grammar) -> bool:
    """Whether a small word may belong to an office: "union leader", "líder sindical", "former prime minister"."""
    low = cut.words[at].low
    closed = (
        rules.determiners
        | rules.prepositions
        | rules.conjunctions
        | rules.auxiliaries
        | rules.breaks
        | rules.pronouns
        | rules.relatives
        | rules.adverbs
        | rules.days
    )
    if low in closed or (not low.isalpha() and "-" not in low):
        return False
    if any(is_head(cut.words[here].low) for here in range(at + 1, min(at + 3, name))):
        return True
    return at > 0 and is_head(cut.words[at - 1].low)


def office_after(cut: Surface, end: int, last: int, rules: Grammar) -> tuple[int, int] | None:
    """The office after a name and a comma: "Rosa Ibarra, | leader of the dockers' union |, said"."""
    words = cut.words
    if end >= last or words[end].text not in ",(":
        return None
    closing = ")" if words[end].text == "(" else ","
    start = end + 1
    at = start
    seen = False
    while at < min(last, start + 2 * _LONGEST):
        word = words[at]
        if word.text == closing or word.text in ".;:)" or cut.quoted[at] != cut.quoted[end - 1]:
            break
        if word.low in rules.relatives or word.low in rules.breaks or word.low in _VERBS:
            return None if not seen else _cut(cut, start, at, rules)
        if not seen and _is_predicate(cut, at, start, rules):
            return None
        if word.text == ",":
            break
        seen = seen or (is_head(word.low) and at - start < 7)
        at += 1
    return _cut(cut, start, at, rules) if seen else None


def _is_predicate(cut: Surface, at: int, start: int, rules: Grammar) -> bool:
    """Whether the words after the comma are what the person did: "…, denied | it to the minister"."""
    word = cut.words[at]
    if word.is_capital:
        return False
    found = cue(word.low, cut.language)
    return (
        (found is not None and found.form in ("finite", "gerund"))
        or (cut.language == "es" and word.low.endswith(("ó", "aron", "ieron")))
        or (at == start and word.low in rules.prepositions)
    )


_VERBS = word_set("is was has had said says told are were es fue era dijo ha había")


def _cut(cut: Surface, start: int, end: int, rules: Grammar) -> tuple[int, int] | None:
    while start < end and cut.words[start].low in rules.determiners - {"del", "al"}:
        start += 1
    # A name in the phrase means that somebody else is spoken of.
    return (start, end) if start < end and not cut.words[start].is_mark else None


def department_ends(cut: Surface, name: int) -> int:
    """Past the department in "Secretary of | State Rex Tillerson"; the name's own first word otherwise."""
    words = cut.words
    if name >= 2 and words[name - 1].low == "of" and is_head(words[name - 2].low):
        while name + 1 < len(words) and words[name].low in _DEPARTMENTS and words[name + 1].is_capital:
            name += 1
    return name
