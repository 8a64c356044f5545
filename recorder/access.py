"""Say to screen readers what the theme's pages leave unsaid."""

from recorder.problems import Problem

SAID = {
    'data-md-component="search" role="dialog"': 'aria-label="Search"',
    'data-md-component="dialog"': 'role="status"',  # "Copied to clipboard" is read out
}


def finish_access(site, paths=None):
    """Add attributes to all pages of a built site, or to some."""
    for path in paths or sorted(site.rglob("*.html")):
        page = path.read_text("utf8")
        for mark, said in SAID.items():
            if page.count(mark) != 1:
                what = "the theme's pages are not made as they were: what does this element say?"
                where, got = path.relative_to(site).as_posix(), str(page.count(mark))
                raise Problem(where, what, f"one {mark}", got, "look at recorder/access.py")
            page = page.replace(mark, f"{mark} {said}")
        path.write_text(page, "utf8")
