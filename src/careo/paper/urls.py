"""Feeds, sitemap, search and archive; whatever else is asked for may be a page."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.urls import serve_pattern

from careo.paper import cast, feeds, sitemap, views
from careo.paper.feeds import Atom, JsonFeed, Rss

named = [
    path("search/", views.search, name="search"),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/<int:day>/", views.day, name="day"),
    path("people/", cast.people, name="people"),
    path("people/<int:pk>/<slug:slug>/", cast.person, name="person"),
    path("outlets/", cast.outlets, name="outlets"),
    path("outlets/<int:pk>/<slug:slug>/", cast.outlet, name="outlet"),
    path("feeds/rss.xml", feeds.latest, {"kind": Rss}, name="rss"),
    path("feeds/atom.xml", feeds.latest, {"kind": Atom}, name="atom"),
    path("feeds/feed.json", feeds.latest, {"kind": JsonFeed}, name="json_feed"),
    path("feeds/<slug:slug>/rss.xml", feeds.of_section, {"kind": Rss}, name="section_rss"),
    path("feeds/<slug:slug>/atom.xml", feeds.of_section, {"kind": Atom}, name="section_atom"),
    path("feeds/<slug:slug>/feed.json", feeds.of_section, {"kind": JsonFeed}, name="section_json_feed"),
    path("sitemap.xml", sitemap.whole, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/tdmrep.json", views.mining, name="mining"),
]

urlpatterns = [
    path("", include((named, "paper"))),
    re_path(r"^((?:[\w\-]+/)*[\w\-]+)\.md$", views.markdown, name="paper_markdown"),
    # Wagtail asks for this name to tell the address of a page; ours goes by way of the page store.
    re_path(serve_pattern, views.page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
