"""Build the site from pages and records, and serve it while it is written.

MkDocs makes the pages; `finish` then adds what MkDocs has no part in: the programs to
download, the figures in two themes, the labs in the site's own look, names that the search
knows, each page as a notebook and as Markdown, and the policy that forbids all scripts but the
site's own. Nothing is run.
"""

import contextlib
import html
import logging
import os
import re
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

from recorder.access import finish_access
from recorder.feed import finish_feed
from recorder.figures import in_theme
from recorder.finish_labs import finish_lab
from recorder.fonts import finish_fonts
from recorder.labs import all_labs
from recorder.lint import lint
from recorder.not_found import finish_not_found
from recorder.notes import NOTES
from recorder.offline import pack
from recorder.pages import FRONT_MATTER, Page
from recorder.papers import CITED, PAPERS
from recorder.policy import finish_policy
from recorder.problems import Problem, Problems
from recorder.programs import all_programs
from recorder.prune import finish_styles
from recorder.search import finish_search
from recorder.take_away import (
    Published,
    add_links,
    page_address,
    place_of_links,
    take_away,
    take_links,
)
from recorder.terms import TERMS

WATCHED = ("docs", "snippets", "mkdocs.yml", "overrides", TERMS, PAPERS, NOTES)


def build(root, site, *, site_url=None, strict=True):
    """Build the site of the project `root` into the folder `site`; raise Problems.

    strict: forbid scripts within pages, as is right unless the server writes one into them.
    """
    problems = lint(root)
    if problems:
        raise Problems(problems)
    from mkdocs.commands.build import build as make_pages
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    options = {"site_url": site_url} if site_url else {}
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=True, **options)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("traitlets").setLevel(logging.ERROR)  # lint asks for a lab's alternative text
    config.plugins.on_startup(command="build", dirty=False)
    try:
        make_pages(config)
    except Abort as stopped:
        raise Problem("mkdocs.yml", f"MkDocs did not build the site: {stopped}") from None
    finally:
        config.plugins.on_shutdown()
    finish(root, site, config, strict)
    problems = list(broken_links(site))
    if problems:
        raise Problems(problems)


def broken_links(site):
    """Yield a Problem for each link of the built site to a file or an anchor that is not there."""
    pages = {path: path.read_text("utf8") for path in sorted(site.rglob("*.html"))}
    anchors = {path: set(re.findall(r'\bid="?([^"\s>]+)', text)) for path, text in pages.items()}
    for path, text in pages.items():
        if path.name == "404.html":  # its addresses start at the top of the site
            continue
        for link in sorted(set(re.findall(r'\b(?:href|src)="([^"]*)"', text))):
            address, _, anchor = unquote(html.unescape(link)).partition("#")
            if re.match(r"[a-z]+:|//", address):
                continue
            target = (path.parent / address.partition("?")[0]).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            where = path.relative_to(site).as_posix()
            if not target.exists():
                yield Problem(where, "a broken link", got=link)
            known = anchors.get(target, {anchor}) | {"", "only-light", "only-dark", "__top"}
            if target.exists() and anchor not in known and not anchor.startswith("__"):
                yield Problem(where, "a broken anchor", got=link)


def finish(root, site, config, strict):
    """Add to a built site programs, figures, labs' look, search, what to take away, the policy."""
    add_programs(root, site, all_programs(root).values())
    for lab in all_labs(root):
        folder = site / lab.path.parent.relative_to(root / "docs")
        for path in (lab.path, lab.record_path):
            shutil.copyfile(path, folder / path.name)
        finish_lab(lab, folder / lab.path.stem / "index.html")
    finish_search(root, site)
    take_away(root, site, config)
    finish_not_found(site)
    finish_feed(root, site, config)
    finish_fonts(site)
    finish_styles(site)
    finish_access(site)
    finish_policy(site, strict)
    pack(site)


def add_programs(root, site, programs):
    """Copy programs into a built site, and their figures in both themes."""
    for program in programs:
        folder = site / program.path.parent.relative_to(root)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(program.path, folder / program.path.name)
        for path in program.figures_on_disk():
            svg = path.read_text("utf8")
            for theme in ("light", "dark"):
                (folder / f"{path.stem}-{theme}.svg").write_text(in_theme(svg, theme), "utf8")


def refresh(root, site, pages, *, site_url):
    """Build some Pages of a built site again, in a fraction of the time; raise Problems.

    Menus, the search and what can be taken away stay as they were. What the theme's style sheet
    lost, since no page used it, comes back.
    """
    problems = lint(root)
    if problems:
        raise Problems(problems)
    from mkdocs.commands.build import build as make_pages
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), site_url=site_url)
    paths = [site / page_address(page.id) / "index.html" for page in pages]
    for path in paths:
        os.utime(path, (0, 0))  # MkDocs builds what is older than its source
    whole = ("404.html", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz")
    before = {site / name: (site / name).read_bytes() for name in whole}
    logging.disable(logging.WARNING)  # that other pages are not built
    config.plugins.on_startup(command="build", dirty=True)
    try:
        make_pages(config, dirty=True)
    finally:
        config.plugins.on_shutdown()
        logging.disable(logging.NOTSET)
        for path, content in before.items():
            path.write_bytes(content)
    programs = all_programs(root)
    add_programs(root, site, [programs[block.name] for page in pages for block in page.blocks])
    published = Published.of(config)
    for page, path in zip(pages, paths, strict=True):
        add_links(path, take_links(published, page), place_of_links(page))
    finish_fonts(site, paths)
    finish_access(site, paths)
    finish_policy(site, False, paths)


class Edits:
    """Knows which pages have to be built again: those touched since `done` was called."""

    def __init__(self, root):
        self.root, self.touched, self.all = root, set(), False
        self.seen, self.pages = self._look()

    def done(self):
        self.touched, self.all = set(), False

    def _look(self):
        paths = (path for name in WATCHED for path in _files(self.root / name))
        seen = {path: path.stat().st_mtime_ns for path in paths}
        pages = {}
        for path in seen:
            if path.suffix == ".md" and path.is_relative_to(self.root / "docs"):
                with contextlib.suppress(Problem):  # told when all is built
                    pages[path] = Page.read(path, self.root)
        return seen, pages

    def pages_to_build(self):
        """Return the Pages that an edit has touched; None if it may have touched any page."""
        (before, old), (self.seen, self.pages) = (self.seen, self.pages), self._look()
        paths = before | self.seen
        changed = [path for path in paths if before.get(path) != self.seen.get(path)]
        for path in changed:
            if path in old and path in self.pages:
                self.touched.add(path)
                self.all |= _outline(old[path]) != _outline(self.pages[path])
            elif path.is_relative_to(self.root / "snippets"):
                folder = f"{path.parent.name}/"
                shown = (p for p in self.pages.values() if any(folder in b.name for b in p.blocks))
                self.touched |= {page.path for page in shown}
            else:
                self.all = True
        return None if self.all else [self.pages[path] for path in sorted(self.touched)]


def _files(path):
    return [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]


def _outline(page):
    """Return what other pages know of a page: its title, the addresses in it, what it cites."""
    front = FRONT_MATTER.match(page.text)
    cited = tuple(CITED.findall(page.text))
    titles = [heading.text for heading in page.headings[:1]]
    return front and front[0], titles, {heading.id for heading in page.headings}, cited


def serve(root, port):
    """Build the site, serve it, and build it again whenever a file changes."""
    from mkdocs.livereload import LiveReloadServer

    url = f"http://127.0.0.1:{port}/"
    with socket.socket() as attempt:
        if attempt.connect_ex(("127.0.0.1", port)) == 0:
            mend = f"make serve PORT={port + 1}"
            raise Problem(f"PORT={port}", "something else listens there", mend=mend)
    with tempfile.TemporaryDirectory(prefix="site-") as folder:
        site = Path(folder)

        def rebuild():
            try:
                pages = edits.pages_to_build()
                if pages is None:
                    build(root, site, site_url=url, strict=False)
                elif pages:
                    refresh(root, site, pages, site_url=url)
                edits.done()
            except (Problem, Problems) as problems:
                print(problems, file=sys.stderr)

        edits = Edits(root)
        build(root, site, site_url=url, strict=False)  # the server writes a script into pages
        server = LiveReloadServer(rebuild, "127.0.0.1", port, str(site))
        server.error_handler = lambda code: (
            (site / "404.html").read_bytes() if code == 404 else None
        )
        logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
        for name in WATCHED:
            if (root / name).exists():
                server.watch(str(root / name))
        print(f"Serving {url} (Ctrl+C ends it)", flush=True)
        try:
            server.serve()
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
