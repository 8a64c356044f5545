"""Convolution: the maths of the page's programs, on inputs that the page does not show."""

import random
import warnings

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from tests.examples import examples


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """A second thread costs these small layers far more than it saves."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


MODES = ("zeros", "reflect", "replicate", "circular")


def either(low, high, *others):
    """Return a strategy: a number, a pair or a list of two from low to high, or the others."""
    number = st.integers(low, high)
    pair = st.tuples(number, number)
    return st.one_of(number, pair, pair, pair.map(list), *map(st.just, others))


def attempt(function, *arguments, **options):
    """Return the shape that a function returns, or "refused" if it raises."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of "same" with even kernels, of empty weights
            return tuple(function(*arguments, **options))
    except (ValueError, RuntimeError, TypeError):
        return "refused"


def by_torch(shape, c_out, kernel, stride, padding, dilation, groups, mode):
    """Build nn.Conv2d and run it. Not on device="meta", which accepts what no device can do."""
    layer = nn.Conv2d(shape[1], c_out, kernel, stride, padding, dilation, groups, padding_mode=mode)
    with torch.no_grad():
        return layer(torch.zeros(shape)).shape


@examples(2000)
@given(
    shape=st.tuples(*(st.integers(1, n) for n in (2, 6, 12, 11))),
    c_out=st.integers(1, 6),
    kernel=either(1, 5),
    stride=either(1, 4),
    padding=either(0, 4, "same", "valid"),
    dilation=either(1, 3),
    groups=st.sampled_from([1, 1, 1, 2, 3]),
    mode=st.sampled_from(MODES),
)
def test_a_convolution_has_the_size_of_torch(program, shape, **options):
    ours = attempt(program("convolution/output_size")["conv2d_shape"], shape, *options.values())
    assert ours == attempt(by_torch, shape, *options.values())


@examples(500)
@given(
    shape=st.tuples(st.integers(1, 2), st.integers(1, 4), st.integers(0, 9), st.integers(1, 8)),
    c_out=st.integers(0, 4),
    kernel=either(-1, 4, 2.0, (3,)),
    stride=either(-1, 3, 1.5, (1, 1, 1)),
    padding=either(-3, 6, "same", "full", 1.0),
    dilation=either(-1, 2),
    groups=st.integers(-1, 3),
    mode=st.sampled_from([*MODES, "constant"]),
    possible=st.sets(
        st.sampled_from(["c_out", "kernel", "stride", "padding", "dilation", "groups"])
    ),
)
def test_settings_are_refused_exactly_when_torch_refuses_them(program, shape, possible, **options):
    good = {"c_out": 4, "kernel": 3, "stride": 2, "padding": 1, "dilation": 1, "groups": 1}
    options |= {name: good[name] for name in possible}  # else nearly everything is impossible
    ours = attempt(program("convolution/output_size")["conv2d_shape"], shape, *options.values())
    assert ours == attempt(by_torch, shape, *options.values())


# (N, C, H, W), C_out, kernel, stride, padding, dilation, groups, mode; words of the message
IMPOSSIBLE = [
    ((1, 4, 8, 9), 6, 3, 1, 0, 1, 3, "zeros", "4 to 6 channels, 3 groups"),
    ((1, 6, 8, 9), 4, 3, 1, 0, 1, 3, "zeros", "6 to 4 channels, 3 groups"),
    ((1, 4, 8, 9), 4, 3, 1, 0, 1, 0, "zeros", "0 groups"),
    ((1, 4, 8, 9), 4, 3, 1, 0, 1, -2, "zeros", "-2 groups"),
    ((1, 4, 8, 9), 0, 3, 1, 0, 1, 1, "zeros", "4 to 0 channels"),
    ((1, 4, 8, 9), 4, 3, 1, 0, 1, 1, "constant", "'constant'"),
    ((1, 4, 2, 9), 4, 3, 1, 0, 1, 1, "zeros", "2 pixels, kernel=3 padding=0"),
    ((1, 4, 8, 4), 4, (1, 3), 1, 0, 2, 1, "zeros", r"4 pixels, kernel=\(1, 3\) .* dilation=2"),
    ((1, 4, 0, 9), 4, 1, 1, 1, 1, 1, "zeros", "0 pixels"),
    ((1, 4, 8, 9), 4, 0, 1, 0, 1, 1, "zeros", "from 1 on, got 0"),
    ((1, 4, 8, 9), 4, (3, -1), 1, 0, 1, 1, "zeros", r"from 1 on, got \(3, -1\)"),
    ((1, 4, 8, 9), 4, 3, 0, 0, 1, 1, "zeros", "from 1 on, got 0"),
    ((1, 4, 8, 9), 4, 3, (1, -1), 0, 1, 1, "zeros", r"from 1 on, got \(1, -1\)"),
    ((1, 4, 8, 9), 4, 3, 1.5, 0, 1, 1, "zeros", "got 1.5"),
    ((1, 4, 8, 9), 4, 3, (1, 1, 1), 0, 1, 1, "zeros", r"got \(1, 1, 1\)"),
    ((1, 4, 8, 9), 4, 3, 1, 0, 0, 1, "zeros", "from 1 on, got 0"),
    ((1, 4, 8, 9), 4, 3, 1, -1, 1, 1, "zeros", "from 0 on, got -1"),
    ((1, 4, 8, 9), 4, 3, 1, "full", 1, 1, "zeros", "got full"),
    ((1, 4, 8, 9), 4, 3, 2, "same", 1, 1, "zeros", "'same' needs stride 1, got 2"),
    ((1, 4, 8, 9), 4, 3, (1, 2), "same", 1, 1, "circular", r"stride 1, got \(1, 2\)"),
    ((1, 4, 8, 9), 4, 3, 1, 8, 1, 1, "reflect", "8 pixels, .* padding=8 .* mode='reflect'"),
    ((1, 4, 9, 8), 4, 3, 1, (0, 9), 1, 1, "circular", "8 pixels, .* mode='circular'"),
    ((1, 4, 4, 9), 4, (8, 1), 1, "same", 1, 1, "reflect", "4 pixels, .* padding='same'"),
    ((1, 4, 8, 9), 4, 3, 1, -4, 1, 1, "replicate", "8 pixels, .* padding=-4"),
]


@pytest.mark.parametrize(("shape", "c_out", "k", "s", "p", "d", "g", "mode", "words"), IMPOSSIBLE)
def test_an_impossible_convolution_is_refused_by_name(
    program, shape, c_out, k, s, p, d, g, mode, words
):
    assert attempt(by_torch, shape, c_out, k, s, p, d, g, mode) == "refused"
    with pytest.raises(ValueError, match=words):
        program("convolution/output_size")["conv2d_shape"](shape, c_out, k, s, p, d, g, mode)


def max_pool(shape, kernel, stride, padding, dilation, up):
    return F.max_pool2d(torch.zeros(shape), kernel, stride, padding, dilation, up).shape


def average_pool(shape, kernel, stride, padding, dilation, up):
    return F.avg_pool2d(torch.zeros(shape), kernel, stride, padding, up).shape


@examples(1000)
@given(
    shape=st.tuples(*(st.integers(1, n) for n in (2, 3, 12, 11))),
    kernel=either(1, 5),
    stride=either(1, 5, None),
    padding=either(0, 2),
    dilation=either(1, 3),
    up=st.booleans(),
)
def test_a_pooling_has_the_size_of_torch(program, shape, dilation, up, **options):
    ours = program("convolution/pooling_size")["pool2d_shape"]
    for pool, d in ((max_pool, dilation), (average_pool, 1)):  # 2,000 in all
        arguments = shape, *options.values(), d, up
        assert attempt(ours, *arguments) == attempt(pool, *arguments)


@examples(500)
@given(
    shape=st.tuples(st.integers(1, 2), st.integers(0, 2), st.integers(0, 9), st.integers(1, 8)),
    kernel=either(-1, 4, (2, 2, 2)),
    stride=either(-1, 3, None),
    padding=either(-1, 3),
    dilation=either(-1, 2),
    up=st.booleans(),
    possible=st.sets(st.sampled_from(["kernel", "stride", "padding", "dilation"])),
)
def test_poolings_are_refused_exactly_when_torch_refuses_them(program, shape, possible, **options):
    good = {"kernel": (3, 2), "stride": 2, "padding": 1, "dilation": 1}
    options |= {name: good[name] for name in possible}
    ours = attempt(program("convolution/pooling_size")["pool2d_shape"], shape, *options.values())
    assert ours == attempt(max_pool, shape, *options.values())


@pytest.mark.parametrize(
    ("shape", "kernel", "stride", "padding", "dilation", "words"),
    [
        ((1, 3, 8, 9), 3, 2, 2, 1, "padding=2"),  # more than half of the kernel
        ((1, 3, 8, 9), (5, 2), 2, (2, 2), 1, r"kernel=\(5, 2\) .* padding=\(2, 2\)"),
        ((1, 3, 8, 9), 3, 2, 2, 2, "padding=2 dilation=2"),  # of the kernel, not of its reach
        ((1, 3, 2, 9), 3, 1, 0, 1, "2 pixels, kernel=3"),
        ((1, 3, 4, 9), 3, 1, 0, 2, "4 pixels, .* dilation=2"),
        ((1, 0, 8, 9), 3, 1, 0, 1, "0 channels"),
        ((1, 3, 0, 9), 2, 2, 1, 1, "0 pixels"),
        ((1, 3, 8, 9), 0, 1, 0, 1, "from 1 on, got 0"),
        ((1, 3, 8, 9), 3, 0, 0, 1, "from 1 on, got 0"),
        ((1, 3, 8, 9), 3, -1, 0, 1, "from 1 on, got -1"),
        ((1, 3, 8, 9), 3, 1, -1, 1, "from 0 on, got -1"),
        ((1, 3, 8, 9), 3, 1, 0, 0, "from 1 on, got 0"),
    ],
)
def test_an_impossible_pooling_is_refused_by_name(
    program, shape, kernel, stride, padding, dilation, words
):
    assert attempt(max_pool, shape, kernel, stride, padding, dilation, False) == "refused"
    with pytest.raises(ValueError, match=words):
        program("convolution/pooling_size")["pool2d_shape"](
            shape, kernel, stride, padding, dilation
        )


# Small layers with every axis of its own size, some values far from 0.
LAYERS = {
    "n": st.integers(1, 3),
    "per_group": st.tuples(st.integers(1, 3), st.integers(1, 3)),
    "size": st.tuples(st.integers(1, 9), st.integers(1, 8)),
    "kernel": st.tuples(st.integers(1, 4), st.integers(1, 3)),
    "mean": st.sampled_from([0.0, -3.0, 1e4]),
    "seed": st.integers(0, 10_000),
}
OPTIONS = {
    "stride": st.tuples(st.integers(1, 3), st.integers(1, 3)),
    "padding": st.tuples(st.integers(0, 3), st.integers(0, 2)),
    "dilation": st.tuples(st.integers(1, 3), st.integers(1, 2)),
    "groups": st.integers(1, 3),
}


def draw(n, per_group, size, kernel, mean, seed, groups=1, **_):
    """Return x (n, C, H, W), weight (C_out, C / groups, kH, kW) and bias (C_out,)."""
    rng = np.random.default_rng(seed)
    weight = rng.normal(size=(groups * per_group[1], per_group[0], *kernel))
    x = rng.normal(mean, 1, (n, groups * per_group[0], *size))
    return x, weight, rng.normal(mean, 1, size=len(weight))


def fits(size, kernel, padding, dilation=(1, 1), **_):
    """Say whether the kernel fits into the padded image."""
    every = zip(size, kernel, padding, dilation, strict=True)
    return all(n + 2 * p > d * (k - 1) for n, k, p, d in every)


def close(ours, theirs, mean):
    """Compare to 1e-10 of the values that went in."""
    assert ours.shape == tuple(theirs.shape)
    np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-10 * max(1, abs(mean)))


@given(**LAYERS, stride=st.integers(1, 3), padding=st.integers(0, 3))
@pytest.mark.parametrize("name", ["conv2d_numpy", "im2col"])
def test_the_slow_forward_equals_torch(program, name, stride, padding, **layer):
    assume(fits(layer["size"], layer["kernel"], (padding, padding)))
    arrays = draw(**layer)
    ours = program(f"convolution/{name}")["conv2d"](*arrays, stride, padding)
    theirs = F.conv2d(*map(torch.tensor, arrays), stride=stride, padding=padding)
    close(ours, theirs, layer["mean"])


@given(**LAYERS, **OPTIONS)
def test_the_fast_forward_equals_torch(program, stride, padding, dilation, groups, **layer):
    assume(fits(layer["size"], layer["kernel"], padding, dilation))
    arrays = draw(**layer, groups=groups)
    before = [a.copy() for a in arrays]
    options = stride, padding, dilation, groups
    ours = program("convolution/conv2d_windows")["conv2d"](*arrays, *options)
    close(ours, F.conv2d(*map(torch.tensor, arrays), *options), layer["mean"])
    assert all(np.array_equal(a, b) for a, b in zip(arrays, before, strict=True))


@examples(100)
@given(
    **LAYERS,
    padding=OPTIONS["padding"],
    dilation=OPTIONS["dilation"],
    threads=st.integers(1, 3),
)
def test_the_forward_by_rows_equals_torch(program, padding, dilation, threads, **layer):
    assume(fits(layer["size"], layer["kernel"], padding, dilation))
    arrays = draw(**layer)
    ours = program("convolution/conv2d_rows")["conv2d"](*arrays, padding, dilation, threads)
    theirs = F.conv2d(*map(torch.tensor, arrays), padding=padding, dilation=dilation)
    close(ours, theirs, layer["mean"])


@given(**LAYERS, **OPTIONS)
def test_the_gradients_equal_torch(program, stride, padding, dilation, groups, **layer):
    assume(fits(layer["size"], layer["kernel"], padding, dilation))
    arrays = draw(**layer, groups=groups)
    leaves = [torch.tensor(a, requires_grad=True) for a in arrays]
    y = F.conv2d(*leaves, stride, padding, dilation, groups)
    dy = np.random.default_rng(layer["seed"] + 1).normal(size=y.shape)
    y.backward(torch.tensor(dy))
    backward = program("convolution/conv2d_backward")["conv2d_backward"]
    ours = backward(dy, *arrays[:2], stride, padding, dilation, groups)
    for gradient, leaf in zip(ours, leaves, strict=True):
        close(gradient, leaf.grad, layer["mean"])


@given(**LAYERS, **OPTIONS)
def test_the_backward_pass_is_the_transpose_of_the_forward_pass(program, **case):
    assume(fits(**case))
    x, weight, bias = draw(**case | {"mean": 0.0})
    options = [case[name] for name in OPTIONS]
    y = program("convolution/conv2d_windows")["conv2d"](x, weight, 0 * bias, *options)
    dy = np.random.default_rng(case["seed"] + 1).normal(size=y.shape)
    backward = program("convolution/conv2d_backward")["conv2d_backward"]
    dx, dweight, _ = backward(dy, x, weight, *options)
    np.testing.assert_allclose(
        [(dx * x).sum(), (dweight * weight).sum()], (dy * y).sum(), atol=1e-9
    )


def test_the_fast_forward_takes_what_is_not_contiguous_and_keeps_float32(program):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(9, 8, 3, 4)).astype("float32").transpose(3, 2, 0, 1)[::2]  # (2, 3, 9, 8)
    weight = rng.normal(size=(3, 5, 3, 2)).astype("float32").swapaxes(0, 1)  # (5, 3, 3, 2)
    bias = rng.normal(size=5).astype("float32")
    ours = program("convolution/conv2d_windows")["conv2d"](x, weight, bias)
    assert ours.dtype == np.float32
    theirs = F.conv2d(*(torch.tensor(a.copy()) for a in (x, weight, bias)))
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


def test_the_windows_are_a_view(program):
    padded = np.arange(2.0 * 9 * 8).reshape(2, 9, 8)
    view = program("convolution/conv2d_windows")["windows"](padded, (3, 2), (2, 1), (1, 3))
    assert view.shape == (2, 3, 2, 4, 5)
    assert np.shares_memory(view, padded)
    assert view[1, 2, 1, 3, 4] == padded[1, 2 * 3 + 2, 4 + 3]


@given(
    n=st.integers(1, 3),
    c=st.integers(1, 3),
    size=st.tuples(st.integers(4, 8), st.integers(3, 7)),
    kernel=st.tuples(st.integers(1, 4), st.integers(1, 3)),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
)
def test_the_columns_are_those_of_unfold(program, n, c, size, kernel, stride, padding):
    x = np.random.default_rng(0).normal(size=(n, c, *size))
    ours = program("convolution/im2col")["im2col"](x, kernel, stride, padding)
    theirs = F.unfold(torch.tensor(x), kernel, padding=padding, stride=stride)  # (N, K, L)
    np.testing.assert_array_equal(
        ours.reshape(c * kernel[0] * kernel[1], n, -1).swapaxes(0, 1), theirs
    )


BAD_SHAPES = [  # x, weight, bias
    ((2, 3, 8, 7), (4, 2, 3, 3), (4,)),
    ((2, 3, 8, 7), (4, 3, 3, 3), (1,)),  # would be added to every channel
    ((2, 3, 8, 7), (4, 3, 3, 3), (4, 1)),  # would be added to the rows
    ((2, 3, 8, 7), (4, 3, 3, 3), (3,)),
]


FORWARDS = ["conv2d_numpy", "im2col", "conv2d_windows", "conv2d_rows"]


@pytest.mark.parametrize(("x", "weight", "bias"), BAD_SHAPES)
@pytest.mark.parametrize("name", FORWARDS)
def test_shapes_that_do_not_fit_are_refused_by_name(program, name, x, weight, bias):
    with pytest.raises(ValueError) as caught:
        program(f"convolution/{name}")["conv2d"](*map(np.ones, (x, weight, bias)))
    assert str(x) in str(caught.value) and str(bias) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("conv2d_numpy", {"stride": 0}),
        ("conv2d_numpy", {"stride": -1}),
        ("conv2d_numpy", {"padding": -1}),
        ("im2col", {"stride": 0}),
        ("im2col", {"stride": -1}),
        ("im2col", {"padding": -1}),
        ("conv2d_windows", {"stride": (1, 0)}),
        ("conv2d_windows", {"stride": (-1, 1)}),
        ("conv2d_windows", {"padding": (0, -1)}),
        ("conv2d_windows", {"dilation": (0, 1)}),
        ("conv2d_windows", {"groups": 2}),
        ("conv2d_rows", {"padding": (0, -1)}),
        ("conv2d_rows", {"dilation": (0, 1)}),
    ],
)
def test_options_that_torch_refuses_are_refused_by_name(program, name, options):
    arrays = [np.ones(shape) for shape in ((2, 3, 8, 7), (4, 3, 3, 3), (4,))]
    with pytest.raises(RuntimeError):
        F.conv2d(*map(torch.tensor, arrays), **options)
    with pytest.raises(ValueError) as caught:
        program(f"convolution/{name}")["conv2d"](*arrays, **options)
    ((option, value),) = options.items()
    assert f"{option}={value}" in str(caught.value)


@pytest.mark.parametrize("name", FORWARDS)
def test_a_kernel_larger_than_the_image_is_refused(program, name):
    arrays = [np.ones(shape) for shape in ((2, 3, 4, 7), (4, 3, 5, 3), (4,))]
    with pytest.raises(ValueError):
        program(f"convolution/{name}")["conv2d"](*arrays)


@pytest.mark.parametrize("dy", [(2, 4, 6, 4), (1, 4, 6, 5), (2, 3, 6, 5), (2, 4, 1, 1)])
def test_a_gradient_that_does_not_fit_is_refused_by_name(program, dy):
    backward = program("convolution/conv2d_backward")["conv2d_backward"]
    with pytest.raises(ValueError) as caught:
        backward(np.ones(dy), np.ones((2, 3, 8, 7)), np.ones((4, 3, 3, 3)))
    assert str(dy) in str(caught.value)


@given(seed=st.integers(0, 2**32))
def test_the_cost_is_what_torch_counts(program, seed):
    names, draw = program("convolution/conv_cost"), random.Random(seed).randint
    for _ in range(10):  # of 2,000 layers
        groups, n, bias = draw(1, 4), draw(1, 3), draw(0, 1) == 1
        c, c_out, kernel = groups * draw(1, 4), groups * draw(1, 4), (draw(1, 4), draw(1, 3))
        options = draw(1, 2), draw(0, 2), draw(1, 2), groups
        layer, x = nn.Conv2d(c, c_out, kernel, *options, bias), torch.zeros(n, c, draw(7, 9), 5)
        with torch.no_grad(), FlopCounterMode(display=False) as counter:
            y = layer(x)
        arguments = c, c_out, kernel, y.shape[2:], groups, n
        flops = names["flops"](*arguments)
        assert flops == counter.get_total_flops() == 2 * names["macs"](*arguments)
        assert names["flops"](*arguments, bias=True) == flops + y.numel()
        learned = sum(p.numel() for p in layer.parameters())
        assert names["parameters"](c, c_out, kernel, groups, bias) == learned


@pytest.mark.parametrize(
    ("c", "c_out", "kernel", "groups", "words"),
    [
        (4, 6, (3, 3), 3, "4 to 6 channels, .* groups=3"),
        (6, 4, (3, 3), 3, "6 to 4 channels"),
        (4, 4, (3, 3), 0, "groups=0"),
        (4, 4, (3, 3), -1, "groups=-1"),
        (0, 4, (3, 3), 1, "0 to 4 channels"),
        (4, 4, (0, 3), 1, r"kernel=\(0, 3\)"),
    ],
)
def test_the_cost_of_an_impossible_layer_is_refused_by_name(
    program, c, c_out, kernel, groups, words
):
    names = program("convolution/conv_cost")
    with pytest.raises(ValueError, match=words):
        names["parameters"](c, c_out, kernel, groups)
    with pytest.raises(ValueError, match=words):
        names["flops"](c, c_out, kernel, (5, 6), groups)


@given(
    size=st.tuples(st.integers(1, 8), st.integers(1, 7)),
    kernel=st.tuples(st.integers(1, 4), st.integers(1, 3)),
    stride=st.integers(1, 3),
    seed=st.integers(0, 1000),
)
def test_the_matrix_convolves_and_its_transpose_goes_back(program, size, kernel, stride, seed):
    assume(fits(size, kernel, (0, 0)))
    rng = np.random.default_rng(seed)
    image, weight = rng.normal(size=size), rng.normal(size=kernel)
    matrix = program("convolution/conv_as_matrix")["conv_matrix"](weight, *size, stride)
    leaf = torch.tensor(image[None, None], requires_grad=True)
    y = F.conv2d(leaf, torch.tensor(weight[None, None]), stride=stride)
    np.testing.assert_allclose(matrix @ image.ravel(), y.detach().ravel(), atol=1e-12)
    dy = rng.normal(size=y.shape)
    y.backward(torch.tensor(dy))
    np.testing.assert_allclose(matrix.T @ dy.ravel(), leaf.grad.ravel(), atol=1e-12)
    assert np.count_nonzero(matrix) == weight.size * y.numel()


@pytest.mark.parametrize(("kernel", "stride"), [((4, 2), 1), ((2, 6), 1), ((2, 2), 0)])
def test_a_matrix_without_rows_is_refused(program, kernel, stride):
    with pytest.raises(ValueError, match=rf"\({kernel[0]}, {kernel[1]}\) on 3 x 5"):
        program("convolution/conv_as_matrix")["conv_matrix"](np.ones(kernel), 3, 5, stride)


@given(
    dilation=st.integers(1, 3),
    k=st.integers(1, 4),
    t=st.integers(0, 11),
    seed=st.integers(0, 1000),
)
def test_the_future_changes_no_output_of_a_causal_convolution(program, dilation, k, t, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(2, 3, 12, generator=generator, dtype=torch.float64)
    weight = torch.randn(4, 3, k, generator=generator, dtype=torch.float64)
    conv = program("convolution/causal")["causal_conv1d"]
    y = conv(x, weight, dilation)
    assert y.shape == (2, 4, 12)
    later = x.clone()
    later[:, :, t:] += 1
    changed = (conv(later, weight, dilation) - y).abs().amax((0, 1)) > 1e-12
    assert not changed[:t].any() and changed[t]
    torch.testing.assert_close(y[:, :, 0], x[:, :, 0] @ weight[:, :, -1].T)


@given(dilation=st.integers(1, 4), k=st.integers(1, 4), seed=st.integers(0, 1000))
def test_a_kernel_with_zeros_is_a_dilated_one(program, dilation, k, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(1, 2, 14, 13, generator=generator, dtype=torch.float64)
    weight = torch.randn(3, 2, k, k, generator=generator, dtype=torch.float64)
    spread = program("convolution/dilated")["spread"](weight, dilation)
    assert spread.count_nonzero() == weight.numel()
    torch.testing.assert_close(F.conv2d(x, spread), F.conv2d(x, weight, dilation=dilation))


@given(
    size=st.tuples(st.integers(4, 9), st.integers(4, 8)), k=st.integers(1, 4), s=st.integers(1, 4)
)
def test_reads_counts_the_windows_over_each_pixel(program, size, k, s):
    counts = np.zeros(size, int)
    for i in range(0, size[0] - k + 1, s):
        for j in range(0, size[1] - k + 1, s):
            counts[i : i + k, j : j + k] += 1
    ours = program("convolution/unread_pixels")["reads"](*size, k, s)
    np.testing.assert_array_equal(ours, counts)


@given(groups=st.sampled_from([1, 2, 3]), seed=st.integers(0, 1000))
def test_a_grouped_convolution_is_one_for_each_group(program, groups, seed):
    torch.manual_seed(seed)
    conv = nn.Conv2d(6, 12, (3, 2), groups=groups, dtype=torch.float64)
    x = torch.randn(2, 6, 5, 4, dtype=torch.float64)
    ours = program("convolution/grouped")["separately"](x, conv)
    torch.testing.assert_close(ours, conv(x))
