"""Names that English and Spanish write differently, brought to one form: places, bodies, events.

>>> one_form("Ciudad de México"), one_form("Mexico City"), one_form("EE. UU."), one_form("Puerto Alba")
('mexico city', 'mexico city', 'united states', 'puerto alba')

Forms are folded (`folding.fold`). What is written alike in both but for accents needs no entry.
"""

from __future__ import annotations

from careo.reading.folding import fold

FORMS = """\
alemania=germany, arabia saudita=saudi arabia, argelia=algeria, belgica=belgium, bielorrusia=belarus,
brasil=brazil, camboya=cambodia, camerun=cameroon, catar=qatar, chequia=czechia, chipre=cyprus, corea=korea,
croacia=croatia, dinamarca=denmark, egipto=egypt, emiratos=emirates, eslovaquia=slovakia, eslovenia=slovenia,
espana=spain, filipinas=philippines, finlandia=finland, francia=france, gales=wales, grecia=greece,
hungria=hungary, inglaterra=england, irak=iraq, irlanda=ireland, islandia=iceland, italia=italy, japon=japan,
jordania=jordan, kenia=kenya, letonia=latvia, libano=lebanon, libia=libya, lituania=lithuania,
marruecos=morocco, noruega=norway, paises bajos=netherlands, holanda=netherlands, polonia=poland,
reino unido=united kingdom, uk=united kingdom, rumania=romania, rusia=russia, siria=syria,
sudafrica=south africa, suecia=sweden, suiza=switzerland, tailandia=thailand, tunez=tunisia, turquia=turkey,
ucrania=ukraine, afganistan=afghanistan, tayikistan=tajikistan, uzbekistan=uzbekistan, kazajistan=kazakhstan,
azerbaiyan=azerbaijan, etiopia=ethiopia, ruanda=rwanda, costa de marfil=ivory coast, malasia=malaysia,
singapur=singapore, nueva zelanda=new zealand, gran bretana=britain, corea del norte=north korea,
corea del sur=south korea, estados unidos=united states, eeuu=united states, ee uu=united states,
eua=united states, us=united states, usa=united states, union europea=european union, ue=european union,
eu=european union, naciones unidas=united nations, onu=united nations, un=united nations, otan=nato,
organizacion mundial de la salud=world health organization, oms=world health organization,
who=world health organization, banco mundial=world bank, fondo monetario internacional=imf, fmi=imf,
international monetary fund=imf, ciudad de mexico=mexico city, cdmx=mexico city, nueva york=new york,
londres=london, moscu=moscow, pekin=beijing, ginebra=geneva, bruselas=brussels, roma=rome, atenas=athens,
viena=vienna, varsovia=warsaw, lisboa=lisbon, berna=bern, copenhague=copenhagen, estocolmo=stockholm,
la haya=the hague, tokio=tokyo, jerusalen=jerusalem, la habana=havana, habana=havana,
puerto principe=port-au-prince, vaticano=vatican, seul=seoul, europa=europe, america latina=latin america,
oriente medio=middle east, caribe=caribbean, mediterraneo=mediterranean, pacifico=pacific, atlantico=atlantic,
norteamerica=north america, centroamerica=central america, america central=central america,
casa blanca=white house, papa francisco=pope francis, california=california, nuevo mexico=new mexico,
luisiana=louisiana, pensilvania=pennsylvania, carolina del norte=north carolina,
carolina del sur=south carolina, juegos olimpicos=olympics, olimpicos=olympics, olympic=olympics,
talibanes=taliban, puerto rico=puerto rico, republica dominicana=dominican republic,
estado islamico=islamic state, mar del norte=north sea, canal de panama=panama canal"""

ONE_FORM: dict[str, str] = {
    spanish.strip(): english.strip()
    for spanish, english in (pair.split("=") for pair in FORMS.replace("\n", " ").split(","))
}
_SHORT = {"us", "un", "who", "eu", "ue", "uk"}  # also everyday words: names only where they are capitals


def one_form(name: str) -> str:
    """The form under which a name is compared, whichever language wrote it."""
    folded = " ".join(fold(name).replace(".", "").split())
    if folded in _SHORT and not name.replace(".", "").isupper():
        return folded
    return ONE_FORM.get(folded, folded)
