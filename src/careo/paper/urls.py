"""Feeds, sitemap, search and archive; whatever else is asked for may be a page."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.urls import serve_pattern

from careo.paper import (
    cast,
    corrections,
    feeds,
    gift_views,
    mail_views,
    news_sitemap,
    saving,
    sitemap,
    story_record,
    views,
)
from careo.paper.feeds import Atom, JsonFeed, Rss
from careo.paper.wrong import wrong

# A story stands in a section and has no pages under it: what follows its address is its record, and no page's.
STORY = r"(?P<path>(?:[\w\-]+/)+[\w\-]+)"
NUMBER = r"(?P<number>[1-9][0-9]{0,5})"

named = [
    path("search/", views.search, name="search"),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/", views.period, name="year"),
    path("archive/<int:year>/<int:month>/", views.period, name="month"),
    path("archive/<int:year>/<int:month>/<int:day>/", views.day, name="day"),
    path("account/saved/", saving.saved, name="saved"),
    path("account/given/", gift_views.gifts_given, name="gifts_given"),
    path("given/<str:token>/", gift_views.given, name="given"),
    path("editions/", mail_views.editions, name="mail_editions"),
    path("editions/<slug:name>/", mail_views.edition, name="mail_edition"),
    path("people/", cast.people, name="people"),
    path("people/<int:pk>/<slug:slug>/", cast.person, name="person"),
    path("outlets/", cast.outlets, name="outlets"),
    path("outlets/<int:pk>/<slug:slug>/", cast.outlet, name="outlet"),
    path("feeds/rss.xml", feeds.latest, {"kind": Rss}, name="rss"),
    path("feeds/atom.xml", feeds.latest, {"kind": Atom}, name="atom"),
    path("feeds/feed.json", feeds.latest, {"kind": JsonFeed}, name="json_feed"),
    path("corrections/", corrections.listed, name="corrections"),
    path("feeds/corrections/rss.xml", corrections.feed, {"kind": Rss}, name="corrections_rss"),
    path("feeds/corrections/atom.xml", corrections.feed, {"kind": Atom}, name="corrections_atom"),
    path("feeds/corrections/feed.json", corrections.feed, {"kind": JsonFeed}, name="corrections_json_feed"),
    path("feeds/<slug:slug>/rss.xml", feeds.of_section, {"kind": Rss}, name="section_rss"),
    path("feeds/<slug:slug>/atom.xml", feeds.of_section, {"kind": Atom}, name="section_atom"),
    path("feeds/<slug:slug>/feed.json", feeds.of_section, {"kind": JsonFeed}, name="section_json_feed"),
    path("feeds/people/<int:pk>/rss.xml", feeds.of_person, {"kind": Rss}, name="person_rss"),
    path("feeds/people/<int:pk>/atom.xml", feeds.of_person, {"kind": Atom}, name="person_atom"),
    path("feeds/people/<int:pk>/feed.json", feeds.of_person, {"kind": JsonFeed}, name="person_json_feed"),
    path("sitemap.xml", sitemap.whole, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("news-sitemap.xml", news_sitemap.news, name="news_sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/tdmrep.json", views.mining, name="mining"),
    re_path(rf"^{STORY}/versions/$", story_record.versions, name="versions"),
    re_path(rf"^{STORY}/versions/{NUMBER}/$", story_record.version, name="version"),
    re_path(rf"^{STORY}/made/$", story_record.made, name="made"),
    re_path(rf"^{STORY}/save/$", saving.save, name="save"),
    re_path(rf"^{STORY}/give/$", gift_views.give, name="give"),
    re_path(rf"^{STORY}/citations/{NUMBER}/$", story_record.citation, name="citation"),
]

urlpatterns = [
    path("", include((named, "paper"))),
    re_path(r"^((?:[\w\-]+/)*[\w\-]+)\.md$", views.markdown, name="paper_markdown"),
    re_path(r"^((?:[\w\-]+/)+[\w\-]+)/wrong/$", wrong, name="paper_wrong"),
    # Wagtail asks for this name to tell the address of a page; ours goes by way of the page store.
    re_path(serve_pattern, views.page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
