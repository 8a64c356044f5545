"""The termbase: what it holds, what is refused, and how pages show it."""

from pathlib import Path

import pytest
import yaml

from recorder.terms import LANGUAGES, all_terms

ROOT = Path(__file__).resolve().parents[2]

TERM = """\
- id: batch-norm
  en: [batch norm, BN]
  zh: [批归一化]
  vi: [chuẩn hóa theo lô]
  ko: [배치 정규화]
  torch: [nn.BatchNorm2d]
  at: layers/batch-norm#fold
  is: Standardizes each feature by <mean> & variance.
"""
OTHER = (
    TERM.replace("batch-norm\n", "zebra\n")
    .replace("batch norm", "zebra")
    .replace("  at: layers/batch-norm#fold\n", "")
)
PAGE = "# Batch norm\n\n/// names | batch-norm\n///\n\nText.\n\n## Fold {#fold}\n"


@pytest.fixture
def known(project):
    """A project with one term and the page that explains it."""
    project.write("terms.yml", TERM)
    project.write("docs/layers/batch-norm.md", PAGE)
    return project


def test_a_good_termbase_is_not_told(known):
    status, output = known.lint()
    assert status == 0, output


BAD = {
    "duplicate": (TERM + TERM, 9, "the id batch-norm stands on line 1 too"),
    "no_definition": (TERM.rpartition("  is")[0], 1, "batch-norm lacks is"),
    "no_language": (TERM.replace("  ko: [배치 정규화]\n", ""), 1, "batch-norm lacks ko"),
    "no_id": (TERM.replace("- id: batch-norm\n  en", "- en"), 1, "a term lacks id"),
    "odd_id": (TERM.replace("batch-norm\n", "Batch norm\n"), 1, "this id is not of a-z, 0-9 and -"),
    "field_twice": (TERM + "  vi: [lô]\n", 9, "a field given twice"),
    "unknown_field": (TERM + "  jp: [バッチ]\n", 9, "an unknown field"),
    "name_twice": (TERM.replace("norm, BN", "norm, batch norm"), 2, "a name stands twice in en"),
    "no_list": (TERM.replace("[批归一化]", "批归一化"), 3, "the field zh has another form"),
    "empty_list": (TERM.replace("[批归一化]", "[]"), 3, "the field zh has another form"),
    "empty_text": (TERM.replace("layers/batch-norm#fold", ""), 7, "the field at has another form"),
    "long": (TERM.rstrip() + " word" * 20 + "\n", 1, "the definition of batch-norm is too long"),
    "no_page": (TERM.replace("/batch", "/patch"), 1, "explained on a page that is not there"),
    "no_anchor": (TERM.replace("#fold", "#told"), 1, "explained in a section that is not there"),
    "no_yaml": (TERM + "  torch: [\n", 10, "no YAML"),
    "no_terms": ("id: batch-norm\n", 1, "no list of terms"),
    "text": ("- batch norm\n", 1, "no term"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_termbase_is_told_with_its_line(known, name):
    text, line, words = BAD[name]
    known.write("terms.yml", text)
    status, output = known.lint()
    assert status == 1
    told = [said for said in output.splitlines() if said.startswith(f"terms.yml:{line}: ")]
    assert any(words in said for said in told), output
    assert "Traceback" not in output


# name: (the page, its line, words of the message)
PAGES = {
    "none": (PAGE.replace("/// names | batch-norm\n///\n", ""), 1, "no names in four languages"),
    "unknown": (PAGE.replace("| batch-norm", "| patch-norm"), 3, "no term patch-norm"),
    "below_text": (
        PAGE.replace("\n///\n\nText.", "\n///\n").replace("\n\n///", "\n\nText.\n\n///"),
        5,
        "names belong right below the title, once",
    ),
    "twice": (PAGE + "\n/// names | batch-norm\n///\n", 10, "names belong right below the title"),
    "other_page": (PAGE.replace("| batch-norm", "| batch-norm, zebra"), 3, "zebra is no term of"),
    "no_id": (PAGE.replace("| batch-norm", "|"), 3, "expected /// names | id, id"),
    "glossary": (PAGE + "\n/// glossary | all\n///\n", 10, "expected /// glossary, got"),
}


@pytest.mark.parametrize("name", PAGES)
def test_bad_names_are_told_with_their_line_by_lint_and_build(known, name):
    text, line, words = PAGES[name]
    known.write("terms.yml", TERM + OTHER)
    known.write("docs/layers/batch-norm.md", text)
    place = f"docs/layers/batch-norm.md:{line}: "
    for status, output in (known.lint(), known.convert("docs/layers/batch-norm.md")):
        assert status == 1
        told = [said for said in output.splitlines() if place in said]
        assert any(words in said for said in told), output


def test_a_page_shows_its_term_in_each_language(known):
    status, page = known.convert("docs/layers/batch-norm.md")
    assert status == 0, page
    title, _, below = page.partition("</h1>")
    assert title
    shown = below[: below.index("Text.")]
    assert (
        '<a href="../../reference/glossary/#batch-norm"><span lang="en">batch norm</span>' in shown
    )
    for language, name in {
        "zh": "批归一化",
        "vi": "chuẩn hóa theo lô",
        "ko": "배치 정규화",
    }.items():
        assert f'<span lang="{language}">{name}</span>' in shown
    assert "BN" not in shown  # synonyms are for the glossary


def test_the_glossary_shows_every_term_with_its_languages_and_page(known):
    known.write("terms.yml", OTHER + TERM)
    known.write("docs/reference/glossary.md", "# Glossary\n\n/// glossary\n///\n")
    status, output = known.lint()
    assert status == 0, output
    status, page = known.convert("docs/reference/glossary.md")
    assert status == 0, page
    assert page.index('id="batch-norm"') < page.index('id="zebra"')
    for part in (
        '<a href="#letter-b">B</a> <a href="#letter-z">Z</a>',
        '<h2 id="letter-b">B</h2>',
        '<a href="../../layers/batch-norm/#fold"><span lang="en">batch norm</span></a>',
        "Standardizes each feature by &lt;mean&gt; &amp; variance.",
        'also <span lang="en">BN</span>',
        "<code>nn.BatchNorm2d</code>",
        '<span lang="vi">chuẩn hóa theo lô</span>',
    ):
        assert part in page, part
    assert '<dt id="zebra"><span lang="en">zebra</span>' in page  # no page: no link


def test_a_link_into_the_glossary_is_checked(known):
    known.write("docs/reference/glossary.md", "# Glossary\n\n/// glossary\n///\n")
    known.write("docs/note.md", "# Note\n\n[term](reference/glossary.md#batch-norm)\n")
    assert known.lint()[0] == 0
    known.write("docs/note.md", "# Note\n\n[term](reference/glossary.md#batch-nor)\n")
    status, output = known.lint()
    assert status == 1
    assert "docs/note.md:3: a broken anchor" in output


def test_ids_stand_in_their_order_so_that_two_writers_meet_rarely():
    ids = list(all_terms(ROOT))
    assert ids == sorted(ids)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_names_are_of_their_language(language):
    """Each list holds a name in the language's own letters, or one that it takes from English."""
    letters = {"zh": ("\u4e00", "\u9fff"), "ko": ("\uac00", "\ud7a3"), "vi": ("\u00c0", "\u1ef9")}
    first, last = letters[language]
    foreign = {"zh": ("\uac00", "\ud7a3"), "ko": ("\u4e00", "\u9fff"), "vi": ("\u4e00", "\ud7a3")}
    low, high = foreign[language]
    own = 0
    for term in all_terms(ROOT).values():
        names = "".join(term.names[language])
        assert not any(low <= letter <= high for letter in names), f"{term.where}: {names}"
        own += any(first <= letter <= last for letter in names)
    assert own > 0.8 * len(all_terms(ROOT))


def test_the_terms_are_yaml_that_other_tools_read_alike():
    read = yaml.safe_load((ROOT / "terms.yml").read_text("utf8"))
    assert [term["id"] for term in read] == list(all_terms(ROOT))
    for term, ours in zip(read, all_terms(ROOT).values(), strict=True):
        assert (
            tuple(term["ko"]) == ours.names["ko"]
        )  # no name is taken for a number or a truth value
        assert term["is"] == ours.definition
