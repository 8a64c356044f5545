"""Build the site from pages and records, and serve it while it is written.

MkDocs makes the pages; `finish` then adds what MkDocs has no part in: the programs to
download, the figures in two themes, the labs in the site's own look, names that the search
knows, each page as a notebook and as Markdown, and the policy that forbids all scripts but the
site's own. Nothing is run.
"""

import html
import logging
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
from recorder.papers import PAPERS
from recorder.policy import finish_policy
from recorder.problems import Problem, Problems
from recorder.programs import all_programs
from recorder.prune import finish_styles
from recorder.search import finish_search
from recorder.take_away import take_away
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
    for program in all_programs(root).values():
        folder = site / program.path.parent.relative_to(root)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(program.path, folder / program.path.name)
        for path in program.figures_on_disk():
            svg = path.read_text("utf8")
            for theme in ("light", "dark"):
                (folder / f"{path.stem}-{theme}.svg").write_text(in_theme(svg, theme), "utf8")
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
                build(root, site, site_url=url, strict=False)
            except (Problem, Problems) as problems:
                print(problems, file=sys.stderr)

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
