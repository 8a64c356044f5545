"""What the search gains and loses after the build; tests/site/test_search.py types queries."""

import json

import pytest

from recorder.problems import Problem
from recorder.search import finish_search

TERM = """\
- id: batch-norm
  en: [batch norm, B<N]
  zh: [批归一化]
  vi: [chuẩn hóa theo lô]
  ko: [배치 정규화]
  find: [Expected more than 1 value]
"""
PROGRAM = (
    '<p>Before.</p><pre><code>"""Draws &lt;numbers&gt;."""\n\nimport torch\n\n'
    "x = torch.nn.functional.relu(torch.randn(3))\ny = torch.randn(x.shape)\n"
    "</code></pre><p>After.</p>"
)


@pytest.fixture
def built(tmp_path):
    """A root with a termbase, and a site as the theme leaves it."""
    site = tmp_path / "site"
    worker = site / "assets/javascripts/workers/search.0123.min.js"
    for path in (worker, site / "search" / "search_index.json"):
        path.parent.mkdir(parents=True)
    worker.write_text("theirs()", "utf8")
    sections = [
        {"location": "layers/x/", "title": "X", "text": PROGRAM},
        {"location": "reference/glossary/", "title": "Glossary", "text": "<p>Terms.</p>"},
        {"location": "reference/glossary/#letter-b", "title": "B", "text": ""},
    ]
    index = {"config": {"lang": ["en"]}, "docs": sections}
    (site / "search/search_index.json").write_text(json.dumps(index), "utf8")
    return tmp_path, site


def finished(built, term=TERM + "  is: A sentence.\n"):
    root, site = built
    (root / "terms.yml").write_text(term, "utf8")
    finish_search(root, site)
    return json.loads((site / "search/search_index.json").read_text("utf8"))


def test_of_a_program_the_index_keeps_its_caption_and_what_it_calls(built):
    shown = finished(built)["docs"][0]["text"]
    calls = "torch.nn.functional.relu torch.randn"
    assert shown == f"<p>Before.</p>Draws &lt;numbers&gt;. {calls} <p>After.</p>"


def test_each_term_is_a_section_of_the_glossary(built):
    sections = {section["location"]: section for section in finished(built)["docs"]}
    assert "reference/glossary/#letter-b" not in sections
    term = sections["reference/glossary/#batch-norm"]
    assert (term["title"], term["text"]) == ("batch norm", "<p>A sentence.</p>")


def test_the_index_brings_the_names_with_the_address_that_they_lead_to(built):
    names = ["batch norm", "B<N", "批归一化", "chuẩn hóa theo lô", "배치 정규화"]
    names.append("Expected more than 1 value")
    index = finished(built)
    assert index["config"]["terms"] == [["reference/glossary/#batch-norm", *names]]
    index = finished(built, TERM + "  at: layers/x\n  is: A sentence.\n")
    assert index["config"]["terms"] == [["layers/x/", *names]]


def test_the_script_stands_in_front_of_the_theme_s(built):
    finished(built)
    worker = built[1] / "assets/javascripts/workers/search.0123.min.js"
    text = worker.read_text("utf8")
    assert text.endswith("theirs()")
    assert "config.terms" in text


@pytest.mark.parametrize("count", [0, 2])
def test_another_theme_s_worker_is_told(built, count):
    folder = built[1] / "assets/javascripts/workers"
    (folder / "search.0123.min.js").rename(folder / "search.4567.min.js.map")
    for number in range(count):
        (folder / f"search.{number}.min.js").write_text("", "utf8")
    with pytest.raises(Problem, match="search worker is not where it was"):
        finished(built)
