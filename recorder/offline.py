"""Pack a built site into one file, to be unpacked and read without a network or a server.

A browser that opens a file asks no server, so nothing turns "dropout/" into "dropout/index.html":
here each link says so itself. The search can't fetch its index either; the theme then takes it
from a script. What else differs is in search_later.js.
"""

import re
import zipfile

from recorder.take_away import PACKED

FOLDER = PACKED.removesuffix(".zip")
LINK = re.compile(r'(<a\b[^>]*?\bhref=")((?:[^":#?]*/)?(?:\.{1,2})?)(?=[#"])')
PRELOAD = re.compile(r'<link rel="preload"[^>]*>')  # a file may not be asked for ahead
INDEX = "search/search_index.json"
LEFT_OUT = re.compile(r"(404\.html|sitemap\.xml(\.gz)?|feed\.xml|llms(-full)?\.txt|.*\.zip)$")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same site, the same file


def to_file(page):
    """Return a page whose links to other pages name their files."""
    page = LINK.sub(lambda found: found[1] + _file(found[2]), page)
    return PRELOAD.sub("", page)


def _file(address):
    return address and f"{address.removesuffix('/')}/index.html"


def pack(site):
    """Write the site, made to be read from files, into one file inside it."""
    with zipfile.ZipFile(site / PACKED, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = path.relative_to(site).as_posix()
            if LEFT_OUT.match(name):
                continue
            content = path.read_bytes()
            if path.suffix == ".html":
                content = to_file(content.decode("utf8")).encode("utf8")
            elif name == INDEX:
                name, content = name.removesuffix("on"), b"var __index = " + content
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, content)
