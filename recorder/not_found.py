"""Let the page for an address that does not exist search for what the address says."""

import re

from recorder.problems import Problem

THEIRS = "<h1>404 - Not found</h1>"
OURS = """\
<h1>There is no such page</h1>
<p>It may have moved, or the address has a mistake in it. Search for what it was about:</p>
<form class="not-found" action="{top}" method="get" role="search">
<input type="search" name="q" aria-label="Search for" required>
<button class="md-button md-button--primary">Search</button>
</form>
<p>Or start from <a href="{top}">the map of all pages</a>.</p>"""


def finish_not_found(site):
    """Give the site's 404 page a search; not_found.js fills in the words of the address."""
    path = site / "404.html"
    page = path.read_text("utf8")
    top = re.search(r'<link rel="icon" href="(.*?)assets/', page)
    if page.count(THEIRS) != 1 or not top:
        what = "the theme's page for what is not found is not made as it was"
        raise Problem("404.html", what, THEIRS, mend="look at recorder/not_found.py")
    page = page.replace(THEIRS, OURS.format(top=top[1]))
    path.write_text(page, "utf8")
