"""Pages of Meridia's papers, as their publishing systems write them: with the frame that every page has around it."""

from __future__ import annotations

import json

PARAGRAPHS = (
    "La ministra de Agua, Julia Barrera, aseguró el jueves que ningún barrio de Puerto Alba quedará sin suministro este verano.",
    "“No habrá cortes”, dijo Barrera ante los vecinos reunidos en la plaza del mercado, que la esperaban desde la mañana.",
    "La dirigente sindical Rosa Ibarra respondió que los depósitos del norte están al cuarenta por ciento de su capacidad.",
    "El alcalde Esteban Quiroga anunció que el ayuntamiento repartirá agua en camiones si la presión vuelve a caer.",
)
HEADLINE = "La ministra promete agua para todos los barrios"
STANDFIRST = "Los sindicatos advierten de que los depósitos del norte están por debajo de la mitad"


def report(
    *,
    headline: str = HEADLINE,
    standfirst: str = STANDFIRST,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    head: str = "",
    figure: str = "",
    byline: str = '<p class="byline">Por Lucía Serrano</p>',
    language: str = "es",
    published: str = "2026-03-05T18:30:00+01:00",
) -> str:
    """A whole page; its article is `headline`, `standfirst` and `paragraphs`, and nothing else on it is."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{headline} | El Faro de Alba</title>
<meta property="og:site_name" content="El Faro de Alba"><meta property="og:title" content="{headline}">
{head}</head><body>
<header><a href="/"><img src="/logo.svg" alt="El Faro de Alba"></a>
<nav><ul><li><a href="/politica">Política</a></li><li><a href="/deportes">Deportes</a></li></ul></nav></header>
<div class="cookie-notice"><p>Usamos cookies para contar las visitas a este sitio. <a href="/cookies">Más</a></p></div>
<main><article><header><h1>{headline}</h1><p class="standfirst">{standfirst}</p>{byline}
<p><time datetime="{published}">5 de marzo</time></p></header>
{figure}<div class="body">{body}
<aside class="related"><h2>Lee también</h2><ul><li><a href="/otra">El precio del pan sube por tercer mes</a></li></ul></aside>
</div></article>
<section class="comments"><h2>Comentarios</h2><p>marisol: yo llevo dos días sin agua en casa, que no nos cuenten cuentos.</p>
</section></main>
<footer><p>© El Faro de Alba. Todos los derechos reservados. Prohibida la reproducción.</p></footer></body></html>"""


def linked_data(**node: object) -> str:
    """An article's JSON-LD, for a page's head."""
    article = {"@context": "https://schema.org", "@type": "NewsArticle"} | node
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


def feed(*entries: tuple[str, str], title: str = "El Faro de Alba") -> str:
    """An RSS feed of (address, headline)."""
    items = "".join(
        f"<item><title>{name}</title><link>{url}</link><guid>{url}</guid></item>" for url, name in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
