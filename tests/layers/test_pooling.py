"""Pooling: sizes, windows, borders and merged kernels against torch."""

import itertools

import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

from tests.examples import examples

F64 = {"dtype": torch.float64}
TWO = {n: st.tuples(st.integers(n, 6), st.integers(n, 6)) for n in (-1, 0, 1)}


@pytest.fixture(autouse=True)
def _same_draws():
    torch.manual_seed(0)


@examples(250)
@given(
    size=st.tuples(st.integers(1, 15), st.integers(1, 15)),
    kernel=TWO[0],
    stride=st.none() | TWO[0],
    padding=st.tuples(st.integers(-1, 3), st.integers(-1, 3)),
    dilation=st.just((1, 1)) | st.tuples(st.integers(0, 3), st.integers(0, 3)),
    ceil_mode=st.booleans(),
)
def test_the_size_is_that_of_torch_and_so_is_every_refusal(
    program, size, kernel, stride, padding, dilation, ceil_mode
):
    formula = program("pooling/output_size")["output_size"]
    x = torch.empty(1, 1, *size)
    try:
        options = (kernel, stride, padding, dilation, ceil_mode)
        theirs = tuple(F.max_pool2d(x, *options).shape[2:])
    except RuntimeError:
        theirs = None
    try:
        ours = formula(size, kernel, stride, padding, dilation, ceil_mode)
    except ValueError:
        ours = None
    assert ours == theirs
    if dilation == (1, 1):
        try:
            average = F.avg_pool2d(x, kernel, stride, padding, ceil_mode)
            assert ours == tuple(average.shape[2:])
        except RuntimeError:
            assert ours is None


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_no_window_of_small_layers_differs(program, ceil_mode):
    formula = program("pooling/output_size")["output_size"]
    for n, k, s, d in itertools.product(range(2, 8), range(1, 4), range(1, 5), (1, 2)):
        for p in range(k // 2 + 1):
            if n + 2 * p > d * (k - 1):
                x = torch.empty(1, n, n + 1)
                theirs = F.max_pool2d(x, k, s, p, d, ceil_mode).shape[1:]
                assert formula((n, n + 1), k, s, p, d, ceil_mode) == tuple(theirs)


@given(size=TWO[1], kernel=st.integers(1, 6))
def test_a_number_stands_for_both_axes(program, size, kernel):
    assume(kernel <= min(size))
    formula = program("pooling/output_size")["output_size"]
    assert formula(size, kernel) == formula(size, (kernel, kernel), (kernel, kernel))


@pytest.mark.parametrize(
    ("size", "options", "named"),
    [
        ((0, 5), {"kernel_size": 1}, "0 pixels"),
        ((5, 5), {"kernel_size": 0}, "kernel 0"),
        ((5, 5), {"kernel_size": (2, -1)}, "kernel -1"),
        ((5, 5), {"kernel_size": 2, "stride": 0}, "stride 0"),
        ((5, 5), {"kernel_size": 3, "padding": 2}, "padding 2"),
        ((5, 5), {"kernel_size": 3, "padding": -1}, "padding -1"),
        ((5, 5), {"kernel_size": 3, "padding": 2, "dilation": 2}, "padding 2"),
        ((5, 5), {"kernel_size": 3, "dilation": 0}, "dilation 0"),
        ((5, 4), {"kernel_size": 5}, "no output of 4 pixels"),
        (
            (5, 5),
            {"kernel_size": 3, "dilation": 3, "stride": 1, "ceil_mode": True},
            "no output of 5",
        ),
    ],
)
def test_what_cannot_be_pooled_is_refused_by_name(program, size, options, named):
    with pytest.raises(ValueError, match=named):
        program("pooling/output_size")["output_size"](size, **options)


@pytest.mark.parametrize(("kernel", "stride", "padding"), [(3, 1, 0), (2, 3, 1), (5, 2, 2)])
@pytest.mark.parametrize(
    ("ours", "theirs"), [("max_pool", "max_pool2d"), ("average_pool", "avg_pool2d")]
)
def test_pooling_and_its_gradient_are_those_of_torch(
    program, kernel, stride, padding, ours, theirs
):
    x = (torch.randn(1, 2, 7, 8, **F64) - 1e4).requires_grad_()  # all negative
    mine = program("pooling/max_and_average")[ours](x, kernel, stride, padding)
    other = getattr(F, theirs)(x, kernel, stride, padding)
    torch.testing.assert_close(mine, other)
    upstream = torch.randn_like(other)
    gradients = [torch.autograd.grad(y, x, upstream)[0] for y in (mine, other)]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize(("kernel", "padding"), [(6, 0), (3, 2), (10, 2)])
def test_windows_that_do_not_fit_are_named(program, kernel, padding):
    with pytest.raises(ValueError, match=f"kernel={kernel}, padding={padding}.*5, 7"):
        program("pooling/max_and_average")["max_pool"](torch.zeros(1, 1, 5, 7), kernel, 1, padding)


def test_twice_the_stride_less_one_reads_every_input_of_any_size(program):
    read = program("pooling/unread_inputs")["read"]
    for stride in range(2, 7):
        for pixels in (1, 4, 5, 9, 16, 26):
            assert read(pixels, 2 * stride - 1, stride, stride - 1) == pixels
            if pixels >= stride:
                assert read(pixels, stride, stride, 0, ceil_mode=True) == pixels
                assert read(pixels, stride, stride, 0) == pixels - pixels % stride


def test_merged_kernels_do_what_the_two_layers_do(program):
    found = program("pooling/merge_with_convolution")
    x, weight = torch.randn(2, 3, 13, 16, **F64), torch.randn(5, 3, 3, 3, **F64)
    first = F.conv2d(F.avg_pool2d(x, 2), weight)
    torch.testing.assert_close(F.conv2d(x, found["spread"](weight), stride=2), first)
    last = F.avg_pool2d(F.conv2d(x, weight), 2)
    torch.testing.assert_close(F.conv2d(x, found["blur"](weight), stride=2), last)


@examples(150)
@given(size=st.integers(1, 60), output_size=st.integers(1, 60))
def test_adaptive_windows_are_those_of_torch(program, size, output_size):
    spans = program("pooling/adaptive_windows")["adaptive_windows"](size, output_size)
    layer = nn.AdaptiveMaxPool1d(output_size)
    rising = torch.arange(float(size))[None]
    ends = [end - 1 for _, end in spans]
    assert layer(rising)[0].tolist() == ends
    assert (-layer(-rising))[0].tolist() == [start for start, _ in spans]


@pytest.mark.parametrize("sizes", [(0, 3), (3, 0), (-1, 2)])
def test_adaptive_windows_need_sizes(program, sizes):
    with pytest.raises(ValueError, match=f"no {sizes[1]} windows on {sizes[0]} inputs"):
        program("pooling/adaptive_windows")["adaptive_windows"](*sizes)
