"""Make a feed of what the page of changes says, for readers who follow along."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from markdown import markdown

from recorder.pages import Page
from recorder.problems import Problem
from recorder.take_away import FEED, Published, parts

CHANGES = "reference/changes"
DATED = re.compile(r"## (\d{4}-\d\d-\d\d): (.+)")
HEAD = "</title>"


def finish_feed(root, site, config):
    """Write the feed of a built site, and name it in each page, if there is a page of changes."""
    path = root / "docs" / f"{CHANGES}.md"
    if not path.exists():
        return
    published = Published.of(config)
    page = Page.read(path, root)
    feed = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(feed, "channel")
    _add(channel, "title", f"{config.site_name}: changes and corrections")
    _add(channel, "link", published.page(CHANGES))
    _add(channel, "description", config.site_description)
    anchors = {heading.text: heading.id for heading in page.headings}
    found = parts(page, published)
    for number, part in enumerate(found):
        if part.kind != "heading" or not part.text.startswith("## "):
            continue
        dated = DATED.fullmatch(part.text)
        heading = next(h for h in page.headings if h.text == part.text.removeprefix("## "))
        if dated is None:
            what = "an entry of the feed without a date"
            expected = "## 2026-11-21: What is new {#id}"
            raise Problem(page.at(heading.line), what, expected, part.text)
        entry = ElementTree.SubElement(channel, "item")
        address = f"{published.page(CHANGES)}#{anchors[heading.text]}"
        _add(entry, "title", dated[2])
        _add(entry, "link", address)
        _add(entry, "guid", address)
        try:
            day = datetime.fromisoformat(dated[1]).replace(tzinfo=UTC)
        except ValueError:
            raise Problem(page.at(heading.line), "no such day", got=dated[1]) from None
        _add(entry, "pubDate", format_datetime(day))
        _add(entry, "description", markdown(found[number + 1].text))
    text = ElementTree.tostring(feed, encoding="unicode")
    (site / FEED).write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', "utf8")
    name = f"{config.site_name}: changes and corrections"
    line = f'<link rel="alternate" type="application/rss+xml" title="{name}" href='
    for html in sorted(site.rglob("*.html")):
        up = "../" * (len(html.relative_to(site).parts) - 1)
        top = re.search(r'<link rel="icon" href="(.*?)assets/', html.read_text("utf8"))
        text = html.read_text("utf8").replace(
            HEAD, f'{HEAD}{line}"{top[1] if top else up}{FEED}">', 1
        )
        html.write_text(text, "utf8")


def _add(parent, name, text):
    ElementTree.SubElement(parent, name).text = text
