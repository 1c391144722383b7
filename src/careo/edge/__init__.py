"""Serves rendered pages from the page store by path and variant, without Django; hands everything else on."""
