"""The words that the standing pages begin with: true of any paper where they can be, and where only the operator
knows, saying so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    title: str
    slug: str
    body: str


_ABOUT = """
<p>This paper compiles what other outlets have reported, in several languages, and says where each sentence comes from.
Words that rest on a report are marked: open the mark, and the passage is shown in its own language, with the outlet,
the day and the address at which it was published.</p>
<p>At the end of each story stand the passages it rests on and the line of its sources. What was wrong and has been
put right is noted, with the day, under the story.</p>
<p><b>To be completed by whoever runs this paper:</b> who we are, who pays for it, and how an error is reported
to us.</p>
"""

_IMPRINT = """
<p><b>This page has not been filled in.</b> Whoever runs this paper must name here, as the law of its country asks:
the publisher, a postal address, an e-mail address, the person responsible for what is published, and the register
and number under which the publisher is entered, if any.</p>
"""

_PRIVACY = """
<p>What this paper’s software does of its own accord: pages load nothing from other hosts, and no cookie is set for
those who only read. With an account we keep your e-mail address, your pen name, a password that we cannot read,
your subscriptions, whether you asked for the paper by e-mail (and, for thirty days, what was sent to you) and what you
write in the forum; cookies then keep you logged in and say that you may read what
is for subscribers.</p>
<p><b>To be completed by whoever runs this paper:</b> who is responsible, on what legal ground and for how long data
are kept, what the server in front of this software logs, which services (such as e-mail) are used, and how to ask
for access or deletion.</p>
"""

_TERMS = """
<p><b>This page has not been filled in.</b> Whoever runs this paper must state here: what a subscription contains, what
it costs, how long it runs and how it ends; what may be done with the stories; and the rules of the reader forum,
with what happens to posts that break them.</p>
"""

_ACERCA = """
<p>Este periódico reúne lo que otros medios han informado, en varias lenguas, y dice de dónde viene cada frase. Las
palabras que se apoyan en una nota ajena llevan una marca: al abrirla se muestra el pasaje en su propia lengua, con el
medio, el día y la dirección en que se publicó.</p>
<p>Al final de cada nota están los pasajes en que se apoya y la línea de sus fuentes. Lo que estaba mal y se ha
corregido se señala, con su fecha, al pie.</p>
<p><b>Por completar por quien edita este periódico:</b> quiénes somos, quién lo paga y cómo se nos avisa de un
error.</p>
"""

_AVISO = """
<p><b>Esta página está sin completar.</b> Quien edita este periódico debe nombrar aquí, según la ley de su país: la
editorial, una dirección postal, una de correo electrónico, la persona responsable de lo que se publica y, si lo hay,
el registro y el número con que la editorial está inscrita.</p>
"""

_PRIVACIDAD = """
<p>Lo que el programa de este periódico hace por sí mismo: las páginas no cargan nada de otros servidores y a quien
solo lee no se le pone ninguna cookie. De quien abre una cuenta guardamos la dirección de correo, el seudónimo, una
contraseña que no podemos leer, las suscripciones, si pidió el periódico por correo (y, durante treinta días, lo que se le
envió) y lo que escribe en el foro; las cookies mantienen entonces abierta la sesión y dicen que puede leer lo reservado a
suscriptores.</p>
<p><b>Por completar por quien edita este periódico:</b> quién responde de los datos, con qué fundamento legal y por
cuánto tiempo se guardan, qué anota el servidor que está delante de este programa, qué servicios (como el correo) se
usan y cómo se pide el acceso o la supresión.</p>
"""

_CONDICIONES = """
<p><b>Esta página está sin completar.</b> Quien edita este periódico debe decir aquí qué incluye una suscripción,
cuánto cuesta, cuánto dura y cómo termina; qué puede hacerse con las notas; y las reglas del foro de lectores, con lo
que ocurre con los mensajes que las infringen.</p>
"""

_BY_LANGUAGE = {
    "en": (
        Standing("About", "about", _ABOUT.strip()),
        Standing("Imprint", "imprint", _IMPRINT.strip()),
        Standing("Privacy", "privacy", _PRIVACY.strip()),
        Standing("Terms", "terms", _TERMS.strip()),
    ),
    "es": (
        Standing("Acerca de", "about", _ACERCA.strip()),
        Standing("Aviso legal", "imprint", _AVISO.strip()),
        Standing("Privacidad", "privacy", _PRIVACIDAD.strip()),
        Standing("Condiciones", "terms", _CONDICIONES.strip()),
    ),
}


def standing_pages(language: str) -> tuple[Standing, ...]:
    """In the language of the paper; their addresses are the same in every language, since other pages lead there."""
    return _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])
