"""Figures: what changes in what is drawn has to be noticed, and what does not must not."""

import pytest

from recorder.compare import compare
from recorder.figures import DARK, INK, LINES, drawn, in_theme
from recorder.run import Runner, to_preload

START = "import matplotlib.pyplot as plt\nimport numpy as np\n\nfig, ax = plt.subplots()\n"
END = "plt.show()\n"
GRID = "np.linspace(0, 1, 48 * 48).reshape(48, 48)"

# name: (what is drawn, what is drawn instead)
CHANGES = {
    "point": ("ax.plot([1, 2, 3], [1, 2, 9])", "ax.plot([1, 2, 3], [1, 3, 9])"),
    "line color": ("ax.plot([1, 2], color='C0')", "ax.plot([1, 2], color='C1')"),
    "line style": ("ax.plot([1, 2], '--')", "ax.plot([1, 2], ':')"),
    "marker": ("ax.plot([1, 2], 'o')", "ax.plot([1, 2], 's')"),
    "limits": ("ax.set_xlim(0, 1)", "ax.set_xlim(0, 2)"),
    "upside down": ("ax.set_ylim(0, 1)", "ax.set_ylim(1, 0)"),
    "scale": ("ax.set_xlim(1, 10)", "ax.set_xlim(1, 10); ax.set_xscale('log')"),
    "label": ("ax.set_xlabel('step')", "ax.set_xlabel('epoch')"),
    "title": ("ax.set_title('loss')", "ax.set_title('gain')"),
    "left title": ("ax.set_title('loss', loc='left')", "ax.set_title('gain', loc='left')"),
    "ticks": ("ax.set_xticks([0, 1], ['a', 'b'])", "ax.set_xticks([0, 1], ['a', 'c'])"),
    "legend": ("ax.plot([1], label='a'); ax.legend()", "ax.plot([1], label='b'); ax.legend()"),
    "figure legend": (
        "ax.plot([1], label='a'); fig.legend()",
        "ax.plot([1], label='b'); fig.legend()",
    ),
    "text": ("ax.text(0.5, 0.5, 'here')", "ax.text(0.5, 0.5, 'there')"),
    "text place": ("ax.text(0.5, 0.5, 'here')", "ax.text(0.5, 0.6, 'here')"),
    "arrow": (
        "ax.annotate('x', (0, 0), (1, 1), arrowprops={})",
        "ax.annotate('x', (0, 1), (1, 1), arrowprops={})",
    ),
    "bar": ("ax.bar([1, 2], [3, 4])", "ax.bar([1, 2], [3.5, 4])"),
    "bar color": ("ax.bar([1, 2], [3, 4], color='C0')", "ax.bar([1, 2], [3, 4], color='C1')"),
    "scatter": ("ax.scatter([0, 1, 2], [0, 1, 2])", "ax.scatter([0, 1, 2], [0, 1.5, 2])"),
    "one scatter": (
        "ax.axis([0, 2, 0, 2]); ax.scatter([1], [1])",
        "ax.axis([0, 2, 0, 2]); ax.scatter([1], [1.5])",
    ),
    "scatter color": (
        "ax.scatter([0, 1], [0, 1], c=[0, 1])",
        "ax.scatter([0, 1], [0, 1], c=[1, 0])",
    ),
    "mesh": (f"ax.pcolormesh({GRID})", f"a = {GRID}; a[7, 5] = 0.9; ax.pcolormesh(a)"),
    "image": (f"ax.imshow({GRID})", f"a = {GRID}; a[30, 5] = 0; ax.imshow(a)"),
    "color map": (f"ax.imshow({GRID})", f"ax.imshow({GRID}, cmap='gray')"),
    "quiver": ("ax.quiver([0], [0], [1], [0])", "ax.quiver([0], [0], [0], [1])"),
    "inset": (
        "ax.inset_axes([0.5, 0.5, 0.4, 0.4]).plot([1, 2, 3], [1, 2, 3])",
        "ax.inset_axes([0.5, 0.5, 0.4, 0.4]).plot([1, 2, 3], [1, 3, 3])",
    ),
    "table": ("ax.table([['a', 'b']])", "ax.table([['a', 'c']])"),
    "contour": ("ax.contour([[0, 1], [1, 2]])", "ax.contour([[0, 1], [1, 2.5]])"),
    "second axes": ("fig.add_subplot(133)", "pass"),
}
THE_SAME = {
    "rounding": ("ax.plot([1, 2, 3], [1, 2, 3])", "ax.plot([1, 2, 3], [1, 2.0001, 3])"),
    "tiny noise": ("ax.plot([1, 2, 3], [0, 1, 0])", "ax.plot([1, 2, 3], [1e-16, 1, -1e-16])"),
}


@pytest.fixture(scope="module")
def draw():
    """Return a function that runs a drawing and returns its figure as SVG."""
    with Runner(to_preload(["matplotlib numpy"])) as runner:

        def draw(code):
            result = runner.run("draw.py", f"{START}{code}\n{END}")
            assert not result.failure, result.failure
            return result.figures[0][0]

        yield draw


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_noticed(draw, name):
    before, after = (drawn(draw(code)) for code in CHANGES[name])
    assert compare(before, after)


@pytest.mark.parametrize("name", THE_SAME)
def test_what_no_reader_can_see_is_not_noticed(draw, name):
    before, after = (drawn(draw(code)) for code in THE_SAME[name])
    assert compare(before, after) is None


def test_a_figure_has_no_date_and_is_the_same_each_time(draw):
    assert draw("ax.plot([1, 2])") == draw("ax.plot([1, 2])")


def test_the_dark_theme_knows_every_color_of_a_figure(draw):
    svg = draw("ax.plot([1, 2], label='x'); ax.legend(); ax.bar([1], [2])")
    light, dark = in_theme(svg, "light"), in_theme(svg, "dark")
    assert light == svg
    assert INK in light
    assert LINES[0] in light
    for color in (INK, *LINES):
        assert f"{color};" not in dark.split("</metadata>")[1]
    assert DARK[INK] in dark
