"""A Matplotlib backend whose show() records each figure: what it draws, and how.

The program that draws says nothing about themes. Its figure is drawn once, in the colors of
the light theme; `in_theme` turns these into the dark ones, color by color.
"""

import html
import io
import re

INK, PAPER, GRID = "#1f2430", "#ffffff", "#d5d9e0"
LINES = ("#0b5cad", "#c2410c", "#047857", "#9d3f8d", "#8a6100", "#4b5563")
DARK = dict(
    zip(
        (INK, PAPER, GRID, *LINES, "#000000"),
        ("#e3e6ee", "#171b24", "#3c4353")
        + ("#6db3f8", "#fb923c", "#34d399", "#e793d9", "#e3b341", "#a3adbd", "#e3e6ee"),
        strict=True,
    )
)
STYLE = {
    "figure.figsize": (5.8, 3.5),
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "font.size": 11,
    "axes.titlesize": 11,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "patch.edgecolor": PAPER,
    "svg.fonttype": "path",
    "svg.hashsalt": "recorder",
    **dict.fromkeys(
        (
            "text.color",
            "axes.labelcolor",
            "axes.edgecolor",
            "xtick.color",
            "ytick.color",
        ),
        INK,
    ),
}
shown = []  # the figures that this process has shown, as SVG


def in_theme(svg, theme):
    """Return a recorded figure in the colors of "light" or "dark"."""
    if theme == "light":
        return svg
    return re.sub(r"#[0-9a-f]{6}\b", lambda m: DARK.get(m[0], m[0]), svg)


def drawn(svg):
    """Return what a recorded figure says that it draws."""
    found = re.search(r"<metadata>\n(.*?)</metadata>", svg, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def record(figure):
    """Return a figure as SVG, with what it draws in its metadata."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Type")))
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, count=1, flags=re.DOTALL)
    # A hundredth of a point is plenty for a place, not for the scale of a font.
    svg = re.sub(r"scale\(.*?\)|(\d\.\d\d)\d+", lambda m: m[1] or m[0], svg)
    text = html.escape("\n".join(describe(figure)), quote=False)
    head, rest = svg.split(">", 1)
    return f"{head}>\n<metadata>\n{text}\n</metadata>{rest}"


def describe(figure):
    """Yield the lines that say what a figure draws: its words, and where its marks are.

    Places are fractions of the axes, to three decimals, so that one tolerance serves linear
    and logarithmic axes alike; the limits of the axes are given in units of the data. The
    figure has been drawn before, so that its layout and its ticks are settled.
    """
    for text in filter(None, [figure.get_suptitle(), *(t.get_text() for t in figure.texts)]):
        yield f"text {text!r}"
    for legend in figure.legends:
        yield _legend(legend)
    for number, axes in enumerate(figure.axes, 1):
        yield from _axes(f"axes {number}", axes)


def _axes(name, axes):
    """Yield the lines of one pair of axes, and of those inside it."""
    titles = [axes.get_title(loc) for loc in ("left", "center", "right")]
    yield f"{name} {' | '.join(filter(None, titles))!r}"
    for letter, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
        low, high = axis.get_view_interval()
        ticks = [t.label1.get_text() for t in axis.get_major_ticks()]
        yield f"{letter} {axis.get_label_text()!r} {axis.get_scale()} {low:.2e} to {high:.2e}"
        yield f"{letter} ticks {' | '.join(ticks)}"
    yield from _marks(axes)
    if axes.get_legend():
        yield _legend(axes.get_legend())
    for number, inner in enumerate(axes.child_axes, 1):
        yield from _axes(f"{name}.{number}", inner)


def _legend(legend):
    return f"legend {' | '.join(text.get_text() for text in legend.get_texts())}"


def _marks(axes):
    """Yield a line or more for each thing drawn inside one pair of axes."""
    from matplotlib.colors import to_hex

    def places(points, transform):
        inside = axes.transAxes.inverted().transform(transform.transform(points))  # (n, 2)
        return " ".join(f"({x:.3f}, {y:.3f})" for x, y in inside)

    def colors(rgba):
        return " ".join(to_hex(color, keep_alpha=True) for color in rgba)

    for line in axes.lines:
        label = "" if line.get_label().startswith("_") else line.get_label()
        style = f"{to_hex(line.get_color())} {line.get_linestyle()} {line.get_marker()}"
        yield f"line {label!r} {style} {places(line.get_xydata(), line.get_transform())}"
    for patch in axes.patches:
        fill = to_hex(patch.get_facecolor(), keep_alpha=True)
        where = places(patch.get_path().vertices, patch.get_transform())
        yield f"{type(patch).__name__} {fill} {where}"
    for group in axes.collections:
        name = f"{type(group).__name__} {colors(group.get_facecolor())}"
        yield f"{name} at {places(group.get_offsets(), group.get_offset_transform())}"
        for path in group.get_paths():
            yield f"path {places(path.vertices, group.get_transform())}"
        for key in ("get_array", "U", "V"):
            values = getattr(group, key, None)
            values = values() if callable(values) else values
            if values is not None:
                yield f"{key} {_values(values)}"
    for image in axes.images:
        yield f"image {image.get_cmap().name} {_values(image.get_array())}"
    for table in axes.tables:
        cells = sorted(table.get_celld().items())
        yield f"table {' | '.join(cell.get_text().get_text() for _, cell in cells)}"
    for text in axes.texts:
        where = places([text.get_position()], text.get_transform())
        points = f" points at {text.xy}" if hasattr(text, "xy") else ""
        yield f"text {text.get_text()!r} {where}{points}"


def _values(array):
    """Return the shape of an array and its values, in thousandths of their largest."""
    import numpy

    values = numpy.ma.filled(numpy.ma.asarray(array, dtype=float), numpy.nan)
    largest = float(numpy.nanmax(numpy.abs(values), initial=0.0)) or 1.0
    scaled = " ".join(f"{value:.3f}" for value in (values / largest).ravel())
    return f"{values.shape} of {largest:.2e}: {scaled}"


def install():
    """Make `plt.show()` record the open figures and close them, as a window would."""
    import matplotlib
    from matplotlib import pyplot

    def show(*_args, **_kwargs):
        for number in pyplot.get_fignums():
            shown.append(record(pyplot.figure(number)))
            pyplot.close(number)

    matplotlib.rcdefaults()
    matplotlib.rcParams.update(STYLE, **{"axes.prop_cycle": _cycle(matplotlib)})
    matplotlib.use("svg")
    pyplot.show = show


def left_open():
    """Say whether a figure was drawn that no show() has taken."""
    from matplotlib import pyplot

    return bool(pyplot.get_fignums())


def _cycle(matplotlib):
    """Colors told apart by color-blind readers, and dashes told apart in greyscale."""
    dashes = ("-", "--", "-.", ":", (0, (6, 2, 1, 2, 1, 2)), (0, (1, 1)))
    return matplotlib.cycler(color=LINES) + matplotlib.cycler(linestyle=dashes)
