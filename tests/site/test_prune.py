"""The theme's style sheets without what no page uses."""

import re

import pytest

from recorder.problems import Problem
from recorder.prune import finish_styles, prune, without_variables


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (".used{a:b}", ".used{a:b}"),
        (".unused{a:b}", ""),
        (".used .unused{a:b}", ""),
        (".unused,.used>p{a:b}", ".used>p{a:b}"),
        (".used:not(.unused){a:b}", ".used:not(.unused){a:b}"),
        (":is(.unused,p){a:b}", ":is(.unused,p){a:b}"),
        ("#unused{a:b}", ""),
        ("[data-used=unused]{a:b}", ""),
        ('[data-used="used"]{a:b}', '[data-used="used"]{a:b}'),
        ("[dir=ltr] .used{a:b}", "[dir=ltr] .used{a:b}"),
        ("p{a:b}", "p{a:b}"),
        ("@media print{.unused{a:b}}", ""),
        ("@media print{.unused{a:b}.used{a:b}}", "@media print{.used{a:b}}"),
        ("@media print{@supports (a:b){.unused{a:b}}p{a:b}}", "@media print{p{a:b}}"),
        ("@keyframes k{0%{a:b}}", "@keyframes k{0%{a:b}}"),
        ("@font-face{a:b}", "@font-face{a:b}"),
    ],
)
def test_a_rule_stays_if_all_that_it_asks_for_is_there(rule, kept):
    assert prune(rule, {"used", "data-used", "dir", "ltr"}) == kept


def test_a_variable_stays_if_a_rule_that_stays_asks_for_it():
    icon = "url('data:image/svg+xml;charset=utf-8,<svg d=\"M1 (2;3) z\"/>')"
    sheet = f":root{{--a:var(--b);--b:{icon};--c:var(--d);--d:1px}}p{{color:var(--a)}}"
    found = without_variables({1: sheet}, [])
    assert found == {1: f":root{{--a:var(--b);--b:{icon};}}p{{color:var(--a)}}"}


def test_a_variable_that_a_page_asks_for_stays():
    sheet = {1: ":root{--a:1px}"}
    assert without_variables(dict(sheet), ['<p style="width:var(--a)">']) == sheet
    assert without_variables(dict(sheet), []) == {1: ""}


def test_every_page_names_the_smaller_sheets(site):
    names = {path.name for path in (site / "assets/stylesheets").iterdir()}
    assert {name.partition(".")[0] for name in names} == {"main", "palette"}
    for path in site.rglob("*.html"):
        assert set(re.findall(r"stylesheets/([\w.]+)", path.read_text("utf8"))) == names


def test_a_theme_with_other_sheets_is_told(tmp_path):
    with pytest.raises(Problem, match="style sheets are not where they were"):
        finish_styles(tmp_path)
