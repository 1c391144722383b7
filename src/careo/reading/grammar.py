"""The closed classes of words that hold sentences together, for each language: enough to find phrases without a parser."""

from __future__ import annotations

from dataclasses import dataclass

from careo.reading.types import Language
from careo.reading.word_sets import word_set


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words in lower case. `pronouns` are those that can be a subject; `he` and `she` point to one person."""

    determiners: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    pronouns: frozenset[str]
    relatives: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    that: frozenset[str]
    joining: frozenset[str]
    breaks: frozenset[str]
    days: frozenset[str]


ENGLISH = Grammar(
    determiners=word_set(
        "the a an this that these those his her its their our my your some any each every another both many "
        "several most all no one two three four five six seven eight nine ten few more other such"
    ),
    prepositions=word_set(
        "of for at in on from with by to about against under over between among within into near across "
        "behind as without outside inside during despite"
    ),
    conjunctions=word_set("and or but nor"),
    auxiliaries=word_set(
        "has have had is are was were be been being do does did will would can could may might must should "
        "shall 's 'd ’s ’d 'll ’ll 've ’ve hasn't haven't hadn't isn't wasn't didn't doesn't don't won't "
        "wouldn't couldn't can't hasn’t haven’t hadn’t isn’t wasn’t didn’t doesn’t don’t won’t wouldn’t "
        "couldn’t can’t not never"
    ),
    adverbs=word_set(
        "also later then previously recently repeatedly often still already first just earlier once again "
        "publicly reportedly even only always now long simply further initially immediately falsely flatly "
        "openly quickly all both himself herself themselves itself soon frequently famously privately "
        "explicitly specifically clearly consistently correctly strongly ever sometimes actually subsequently "
        "directly rightly today yesterday"
    ),
    pronouns=word_set(
        "i you he she it we they who others some many most one everyone someone nobody critics"
    ),
    relatives=word_set("who which that whom"),
    he=word_set("he him his himself"),
    she=word_set("she her hers herself"),
    that=word_set("that"),
    joining=word_set("and but or"),
    breaks=word_set(
        "while because although though when if after before since until unless whereas where as so than "
        "whether why how what once"
    ),
    days=word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight"),
)

SPANISH = Grammar(
    determiners=word_set(
        "el la los las un una unos unas este esta estos estas ese esa esos esas aquel aquella su sus mi "
        "nuestro nuestra otro otra otros otras varios varias algunos algunas ambos ambas muchos muchas todos "
        "todas cada dos tres cuatro cinco lo al del"
    ),
    prepositions=word_set(
        "de del a al en con por para sobre contra entre desde hasta según ante tras sin bajo durante mediante "
        "hacia"
    ),
    conjunctions=word_set("y e o u ni pero sino"),
    auxiliaries=word_set(
        "ha han había habían haya hayan he hemos habrá habrán habría es son era eran fue fueron está están "
        "estaba se le les lo la los las me nos te no también ya nunca sí puede pueden podría pudo debe deben "
        "quiso quiere vuelve volvió va van iba ser haber tampoco"
    ),
    adverbs=word_set(
        "también ya además luego después antes hoy ayer así nunca siempre todavía aún tampoco recientemente "
        "asimismo igualmente posteriormente mientras solo sólo incluso claramente rotundamente expresamente "
        "finalmente ahora entonces ayer_mismo anoche"
    ),
    pronouns=word_set(
        "él ella ellos ellas yo nosotros usted ustedes quien quienes otros algunos muchos éste ésta éstos "
        "esto eso nadie"
    ),
    relatives=word_set("que quien quienes cual cuales"),
    he=word_set("él éste"),
    she=word_set("ella ésta"),
    that=word_set("que"),
    joining=word_set("y e pero o"),
    breaks=word_set(
        "mientras porque aunque cuando si como donde pues ya_que para tras después antes cuyo cuya"
    ),
    days=word_set("lunes martes miércoles jueves viernes sábado domingo hoy ayer"),
)


def grammar(language: Language) -> Grammar:
    return ENGLISH if language == "en" else SPANISH
