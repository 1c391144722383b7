"""Wagtail's rich text editor, as a person at the desk uses it."""

from __future__ import annotations

from playwright.sync_api import Page

SELECT = """(words) => {
    const walker = document.createTreeWalker(document.querySelector('.public-DraftEditor-content'), 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        node.parentElement.closest('[contenteditable]').focus();
        window.getSelection().removeAllRanges();
        window.getSelection().addRange(range);
    }
}"""


def select(page: Page, words: str) -> None:
    """Select words in the first rich text of the page."""
    page.evaluate(SELECT, words)


KEPT = """() => {
    const kept = [...document.querySelectorAll('input[type=hidden]')].map((input) => input.value).join('');
    const shown = document.querySelectorAll('.citation-mark').length;
    return shown > 0 && kept.split('"type":"CITATION"').length - 1 === shown;
}"""


def wait_until_kept(page: Page) -> None:
    """The editor hands what it shows to the form a quarter of a second later; no person saves sooner."""
    page.wait_for_function(KEPT)
