"""Transposed convolution: the page's functions, on inputs that the page does not show."""

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

DOUBLE = torch.float64
SEEDS = st.integers(0, 10_000)
LARGE = st.integers(0, 2**32)  # for settings drawn by NumPy: cheaper than one by one
many = examples(2000)


pytestmark = pytest.mark.usefixtures("one_thread")


def pairs(low, high):
    return st.tuples(st.integers(low, high), st.integers(low, high))


@st.composite
def layers(draw):
    """Draw x and w as NumPy arrays, and options that torch accepts, pairs each."""
    size, kernel = draw(pairs(1, 6)), draw(pairs(1, 5))
    stride, dilation = draw(pairs(1, 4)), draw(pairs(1, 3))
    extra = tuple(draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation))
    padding = tuple(
        draw(st.integers(0, min(4, ((n - 1) * s + d * (k - 1) + e) // 2)))
        for n, s, d, k, e in zip(size, stride, dilation, kernel, extra)
    )
    rng = np.random.default_rng(draw(SEEDS))
    N, C_in, C_out = (draw(st.integers(1, 3)) for _ in range(3))
    x = rng.normal(draw(st.sampled_from([0.0, 1e4])), 1, (N, C_in, *size))
    w = rng.normal(size=(C_in, C_out, *kernel))
    options = {"stride": stride, "padding": padding}
    return x, w, options | {"output_padding": extra, "dilation": dilation}


def close(ours, theirs):
    ours, theirs = torch.as_tensor(ours), torch.as_tensor(theirs)
    assert ours.shape == theirs.shape
    scale = max(1.0, theirs.abs().max().item())
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-11 * scale)


@given(L=st.integers(1, 9), k=st.integers(1, 7), stride=st.integers(1, 5), seed=SEEDS)
def test_the_sum_of_the_stamps_equals_torch(program, L, k, stride, seed):
    rng = np.random.default_rng(seed)
    x, kernel = rng.normal(size=L), rng.normal(size=k)
    rows = program("transposed_convolution/stamps")["stamps"](x, kernel, stride)
    theirs = F.conv_transpose1d(
        torch.tensor(x)[None, None], torch.tensor(kernel)[None, None], stride=stride
    )
    close(rows.sum(axis=0), theirs[0, 0])
    for i, row in enumerate(rows):
        np.testing.assert_array_equal(row[i * stride : i * stride + k], x[i] * kernel)


@given(layer=layers())
def test_forward_equals_torch(program, layer):
    x, w, options = layer
    y = program("transposed_convolution/conv_transpose2d")["conv_transpose2d"](x, w, **options)
    close(y, F.conv_transpose2d(torch.tensor(x), torch.tensor(w), **options))


@given(layer=layers())
def test_backward_equals_torch(program, layer):
    x, w, options = layer
    extra = tuple(min(e, s - 1) for e, s in zip(options["output_padding"], options["stride"]))
    options = options | {"output_padding": extra, "dilation": (1, 1)}
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, w)]
    full = [
        (n - 1) * s + k + e
        for n, s, k, e in zip(x.shape[2:], options["stride"], w.shape[2:], extra)
    ]
    options["padding"] = tuple(min(p, (size - 1) // 2) for p, size in zip(options["padding"], full))
    y = F.conv_transpose2d(*leaves, **options)
    dy = torch.randn(y.shape, dtype=DOUBLE, generator=torch.Generator().manual_seed(0))
    y.backward(dy)
    del options["output_padding"], options["dilation"]
    backward = program("transposed_convolution/conv_transpose2d_backward")
    ours = backward["conv_transpose2d_backward"](x, w, dy.numpy(), **options)
    for a, leaf in zip(ours, leaves, strict=True):
        close(a, leaf.grad)


@given(layer=layers())
def test_zero_insertion_equals_torch(program, layer):
    x, w, options = torch.tensor(layer[0]), torch.tensor(layer[1]), layer[2]
    ours = program("transposed_convolution/zero_insertion")["by_zero_insertion"]
    close(ours(x, w, **options), F.conv_transpose2d(x, w, **options))


@given(size=pairs(1, 5), stride=pairs(1, 4), seed=SEEDS)
def test_inserted_zeros_leave_the_values_a_stride_apart(program, size, stride, seed):
    x = torch.randn(2, 3, *size, generator=torch.Generator().manual_seed(seed))
    stuffed = program("transposed_convolution/zero_insertion")["insert_zeros"](x, stride)
    assert torch.equal(stuffed[:, :, :: stride[0], :: stride[1]], x)
    assert (stuffed != 0).sum() == (x != 0).sum()


@given(layer=layers())
def test_moving_an_input_value_by_one_moves_its_stamp_by_the_stride(program, layer):
    _, w, options = layer
    conv = program("transposed_convolution/conv_transpose2d")["conv_transpose2d"]
    free = options | {"padding": (0, 0), "output_padding": (0, 0)}
    x = np.zeros((1, len(w), 3, 3))
    x[:, :, 0, 0] = 1.0
    moved = np.roll(x, (1, 2), axis=(2, 3))
    y, z = conv(x, w, **free), conv(moved, w, **free)
    rows, columns = options["stride"]
    np.testing.assert_allclose(np.roll(y, (rows, 2 * columns), axis=(2, 3)), z, atol=1e-12)


def test_the_matrix_of_the_transposed_convolution_is_the_transpose(program):
    matrix_of = program("transposed_convolution/transpose_as_matrix")["matrix_of"]
    w = torch.randn(4, 3, 2, 5)
    options = {"stride": (3, 2), "padding": (1, 0), "dilation": (2, 1)}
    K = matrix_of(lambda x: F.conv2d(x[None], w, **options), (3, 8, 11))
    rows, columns = F.conv2d(torch.zeros(1, 3, 8, 11), w, **options).shape[2:]
    extra = (1, 0)
    KT = matrix_of(
        lambda y: F.conv_transpose2d(y[None], w, output_padding=extra, **options),
        (4, rows, columns),
    )
    assert K.shape == (4 * rows * columns, 3 * 8 * 11)
    torch.testing.assert_close(KT, K.T)
    x = torch.randn(3, 8, 11)
    torch.testing.assert_close(K @ x.flatten(), F.conv2d(x[None], w, **options).flatten())


# What torch makes of a layer: a shape, or None where it refuses.


def by_torch(shape, out_channels, device, **options):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about weights without elements
            layer = nn.ConvTranspose2d(
                shape[-3], out_channels, device=device, dtype=DOUBLE, **options
            )
            return tuple(layer(torch.zeros(shape, device=device, dtype=DOUBLE)).shape)
    except (ValueError, RuntimeError):
        return None


def one_or_two(rng, values):
    """Draw one of the values, or a pair, as an option of torch."""
    pair = rng.choice(values, 2).tolist()
    return tuple(pair) if rng.random() < 0.5 else pair[0]


@many
@given(seed=LARGE)
def test_output_size_equals_torch(program, seed):
    rng = np.random.default_rng(seed)
    groups, a, b = rng.integers(1, 5, 3).tolist()
    batch = [(), (0,), (1,), (3,)][rng.integers(4)]
    shape = (*batch, groups * a, *rng.integers(1, 300, 2).tolist())
    stride, dilation = one_or_two(rng, range(1, 7)), one_or_two(rng, range(1, 6))
    options = {
        "kernel_size": one_or_two(rng, range(1, 10)),
        "stride": stride,
        "padding": one_or_two(rng, range(7)),
        "output_padding": tuple(rng.integers(0, np.maximum(stride, dilation), 2).tolist()),
        "dilation": dilation,
        "groups": groups,
    }
    theirs = by_torch(shape, groups * b, "meta", **options)
    assume(theirs is not None and min(theirs[-2:]) > 0)
    ours = program("transposed_convolution/transposed_output_size")["transposed_output_size"]
    assert ours(shape, groups * b, **options) == theirs, (shape, options)


@many
@given(seed=LARGE)
def test_what_torch_refuses_is_refused_and_nothing_else(program, seed):
    # In float64 and with an example in the batch: the float32 kernels of oneDNN return some
    # outputs without elements, and so does an empty batch.
    rng = np.random.default_rng(seed)
    small = [0] + 10 * [1, 2, 3, 4]
    positive = [-1, 0] + 10 * [1, 2, 3]
    channels, C_out = rng.choice([0, 3] + 10 * [2, 4], 2).tolist()
    shape = (2, channels, *rng.choice(small, 2).tolist())
    options = {
        "kernel_size": one_or_two(rng, positive),
        "stride": one_or_two(rng, positive),
        "padding": one_or_two(rng, [-1, 4] + 10 * [0, 0, 1, 2]),
        "output_padding": one_or_two(rng, [-1, 2, 3] + 10 * [0, 0, 0, 1]),
        "dilation": one_or_two(rng, positive),
        "groups": rng.choice([-1, 0, 3] + 10 * [1, 2]).item(),
    }
    ours = program("transposed_convolution/transposed_output_size")["transposed_output_size"]
    theirs = by_torch(shape, C_out, "cpu", **options)
    if theirs is None:
        with pytest.raises(ValueError):
            ours(shape, C_out, **options)
    else:
        assert ours(shape, C_out, **options) == theirs, (shape, options)


@pytest.mark.parametrize(
    ("shape", "C_out", "options", "words"),
    [
        ((1, 4, 5, 7), 6, {"stride": 2, "output_padding": 2}, r"output_padding \[2 2\]"),
        ((1, 4, 5, 7), 6, {"output_padding": (0, 1)}, r"output_padding \[0 1\]"),
        ((1, 4, 5, 7), 6, {"output_padding": 3, "dilation": 3}, r"output_padding \[3 3\]"),
        ((1, 4, 5, 7), 6, {"output_padding": -1}, r"output_padding \[-1 -1\]"),
        ((1, 4, 5, 7), 6, {"groups": 3}, "3 groups do not divide 4, 6"),
        ((1, 6, 5, 7), 4, {"groups": 3}, "3 groups do not divide 6, 4"),
        ((1, 4, 5, 7), 6, {"groups": 0}, "0 groups"),
        ((1, 0, 5, 7), 6, {}, "0 to 6 channels"),
        ((1, 4, 5, 7), 0, {}, "4 to 0 channels"),
        ((1, 4, 5, 7), 6, {"stride": (0, 1)}, r"stride \[0 1\]"),
        ((1, 4, 5, 7), 6, {"kernel_size": (3, 0)}, r"kernel \[3 0\]"),
        ((1, 4, 5, 7), 6, {"dilation": -1}, r"dilation \[-1 -1\]"),
        ((1, 4, 5, 7), 6, {"padding": (-1, 0)}, r"padding \[-1  0\]"),
        ((1, 4, 5, 7), 6, {"padding": (0, 5)}, r"would give \[ 7 -1\]"),
        ((1, 4, 1, 1), 6, {"kernel_size": 2, "padding": 1}, r"would give \[0 0\]"),
        ((1, 4, 0, 7), 6, {}, r"\(1, 4, 0, 7\)"),
        ((1, 2, 4, 5, 7), 6, {}, r"\(1, 2, 4, 5, 7\)"),
    ],
)
def test_an_impossible_layer_is_refused_by_name(program, shape, C_out, options, words):
    ours = program("transposed_convolution/transposed_output_size")["transposed_output_size"]
    options = {"kernel_size": 3} | options
    with pytest.raises(ValueError, match=words):
        ours(shape, C_out, **options)
    if len(shape) == 4:
        assert by_torch(shape, C_out, "cpu", **options) is None


def convolved(size, kernel, stride, padding, dilation):
    """Return the size after torch's convolution, or None where it refuses."""
    x = torch.empty(1, 1, size, device="meta")
    w = torch.empty(1, 1, kernel, device="meta")
    try:
        return F.conv1d(x, w, None, stride, padding, dilation).shape[2]
    except RuntimeError:
        return None


SETTING = {
    "kernel": st.integers(1, 5),
    "stride": st.integers(1, 5),
    "padding": st.integers(0, 4),
    "dilation": st.integers(1, 3),
}


@given(size=st.integers(1, 8), **SETTING)
def test_exactly_these_sizes_lead_to_a_size(program, size, **setting):
    found = [n for n in range(1, 60) if convolved(n, **setting) == size]
    before = program("transposed_convolution/round_trip")["sizes_before"]
    if found:
        assert list(before(size, **setting)) == found
        assert len(found) <= setting["stride"]
    else:
        with pytest.raises(ValueError, match=f"size={size}"):
            before(size, **setting)


@many
@given(size=st.integers(1, 60), **SETTING)
def test_the_way_back_ends_at_the_same_size(program, size, **setting):
    needed = program("transposed_convolution/round_trip")["output_padding_for"]
    small = convolved(size, **setting)
    if small is None:
        with pytest.raises(ValueError, match=f"size={size}"):
            needed(size, **setting)
        return
    kernel, stride, padding, dilation = setting.values()
    extra = needed(size, **setting)
    y, w = torch.empty(1, 1, small, device="meta"), torch.empty(1, 1, kernel, device="meta")
    back = F.conv_transpose1d(y, w, None, stride, padding, extra, 1, dilation)
    assert back.shape[2] == size
    assert 0 <= extra < stride


@given(
    kernel=st.integers(1, 9),
    stride=st.integers(1, 5),
    dilation=st.integers(1, 3),
    n=st.integers(1, 9),
)
def test_exact_padding_multiplies_and_fails_only_where_none_does(
    program, kernel, stride, dilation, n
):
    exact = program("transposed_convolution/exact_multiples")["exact_padding"]
    try:
        padding, extra = exact(kernel, stride, dilation)
    except ValueError as error:
        assert f"kernel={kernel}" in str(error)
        # No padding, with an output_padding that torch accepts, would have done.
        for padding in range(20):
            for extra in range(max(stride, dilation)):
                size = (n - 1) * stride - 2 * padding + dilation * (kernel - 1) + extra + 1
                assert size != n * stride
        return
    x, w = torch.zeros(1, 1, n, dtype=DOUBLE), torch.zeros(1, 1, kernel, dtype=DOUBLE)
    y = F.conv_transpose1d(x, w, None, stride, padding, extra, 1, dilation)
    assert y.shape[2] == n * stride


@given(size=pairs(1, 40), multiple=st.integers(1, 17), seed=SEEDS)
def test_a_padded_image_is_a_multiple_and_crops_to_itself(program, size, multiple, seed):
    x = torch.randn(2, 3, *size, generator=torch.Generator().manual_seed(seed))
    padded = program("transposed_convolution/pad_and_crop")["pad_to_multiple"](x, multiple)
    H, W = size
    assert torch.equal(padded[:, :, :H, :W], x)
    for old, new in zip(size, padded.shape[2:], strict=True):
        assert new % multiple == 0 and 0 <= new - old < multiple
    assert torch.equal(padded[:, :, -1, -1], x[:, :, -1, -1])


@given(kernel=pairs(1, 6), stride=pairs(1, 4), channels=pairs(1, 3), seed=SEEDS)
def test_phase_sums_are_the_output_of_a_constant(program, kernel, stride, channels, seed):
    generator = torch.Generator().manual_seed(seed)
    w = torch.randn(*channels, *kernel, dtype=DOUBLE, generator=generator)
    values = torch.randn(channels[0], dtype=DOUBLE, generator=generator)
    x = values[None, :, None, None].expand(1, -1, 12, 12)
    y = F.conv_transpose2d(x, w, stride=stride)
    sums = program("transposed_convolution/checkerboard")["phase_sums"](w, stride)
    assert sums.shape == (*channels, *stride)
    expected = torch.einsum("c,coab->oab", values, sums)
    inside = y[0, :, 6 * stride[0] : 8 * stride[0], 6 * stride[1] : 8 * stride[1]]
    close(inside, expected.tile(2, 2))


@given(
    k=st.sampled_from([1, 3, 5]),
    scale=st.integers(1, 4),
    channels=pairs(1, 3),
    size=pairs(1, 5),
    seed=SEEDS,
)
def test_resize_and_subpixel_convolution_are_transposed_convolutions(
    program, k, scale, channels, size, seed
):
    names = program("transposed_convolution/same_family")
    generator = torch.Generator().manual_seed(seed)
    C_in, C_out = channels
    x = torch.randn(2, C_in, *size, dtype=DOUBLE, generator=generator)
    w = torch.randn(C_out, C_in, k, k, dtype=DOUBLE, generator=generator)
    ours = names["as_resize_convolution"](w, scale)
    theirs = F.conv2d(F.interpolate(x, scale_factor=scale), w, padding=k // 2)
    close(F.conv_transpose2d(x, ours, stride=scale, padding=k // 2), theirs)
    w = torch.randn(C_out * scale**2, C_in, k, k, dtype=DOUBLE, generator=generator)
    ours = names["as_subpixel_convolution"](w, scale)
    theirs = F.pixel_shuffle(F.conv2d(x, w, padding=k // 2), scale)
    close(F.conv_transpose2d(x, ours, stride=scale, padding=scale * (k // 2)), theirs)


@given(scale=st.integers(1, 9), size=pairs(1, 6), seed=SEEDS)
def test_the_bilinear_kernel_interpolates(program, scale, size, seed):
    kernel = program("transposed_convolution/bilinear")["bilinear_kernel"](scale).double()
    x = torch.randn(2, 1, *size, dtype=DOUBLE, generator=torch.Generator().manual_seed(seed))
    edge = F.pad(x, (1, 1, 1, 1), mode="replicate")
    ours = F.conv_transpose2d(edge, kernel[None, None], stride=scale, padding=scale // 2 + scale)
    theirs = F.interpolate(x, scale_factor=scale, mode="bilinear")
    assert ours.shape == theirs.shape
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-6)


@given(kernel=pairs(1, 6), stride=pairs(1, 4), groups=st.integers(1, 3), per=st.integers(1, 3))
def test_fan_in_is_the_mean_number_of_products(program, kernel, stride, groups, per):
    w = torch.ones(groups * per, 1, *kernel, dtype=DOUBLE)
    x = torch.ones(1, groups * per, 12, 12, dtype=DOUBLE)
    y = F.conv_transpose2d(x, w, stride=stride, groups=groups)  # counts the products
    inside = y[..., 6 * stride[0] : 9 * stride[0], 6 * stride[1] : 9 * stride[1]]
    ours = program("transposed_convolution/initial_scale")["fan_in"]
    assert ours(groups * per, kernel, stride, groups) == pytest.approx(inside.mean().item())


@many
@given(seed=LARGE)
def test_parameters_equal_torch(program, seed):
    rng = np.random.default_rng(seed)
    groups, a, b, kH, kW, bias = rng.integers(1, 7, 6).tolist()
    setting = (groups * a, groups * b, (kH, kW))
    layer = nn.ConvTranspose2d(*setting, groups=groups, bias=bias > 3, device="meta")
    held = sum(weight.numel() for weight in layer.parameters())
    assert program("transposed_convolution/cost")["parameters"](*setting, groups, bias > 3) == held


def test_flops_and_macs_equal_torch(program):
    names = program("transposed_convolution/cost")

    @many
    @given(seed=LARGE)
    def equal(seed):
        rng = np.random.default_rng(seed)
        N, groups, a, b, *kernel = rng.integers(1, 6, 6).tolist()
        H, W, *stride = rng.integers(3, 12, 4).tolist()
        shape, C_out = (N, groups * a, H, W), groups * b
        x = torch.empty(shape, device="meta")
        w = torch.empty(groups * a, b, *kernel, device="meta")
        before = counter.get_total_flops()
        F.conv_transpose2d(x, w, None, stride, rng.integers(0, 2, 2).tolist(), groups=groups)
        counted = counter.get_total_flops() - before
        assert names["flops"](shape, C_out, kernel, groups) == counted
        assert 2 * names["macs"](shape, C_out, kernel, groups) == counted

    with FlopCounterMode(display=False) as counter:
        equal()


@given(size=pairs(1, 5), kernel=pairs(1, 4), stride=pairs(1, 3), groups=st.integers(1, 3))
def test_macs_are_the_products_that_land_without_padding(program, size, kernel, stride, groups):
    shape = (2, 2 * groups, *size)
    x, w = torch.ones(shape), torch.ones(2 * groups, 3, *kernel)
    landed = F.conv_transpose2d(x, w, stride=stride, groups=groups).sum()
    macs = program("transposed_convolution/cost")["macs"](shape, 3 * groups, kernel, groups)
    assert macs == landed


def ones(*shape):
    return torch.ones(shape)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("stamps/stamps", (np.ones((2, 3)), np.ones(3), 1), r"\(2, 3\)"),
        ("stamps/stamps", (np.ones(3), np.ones((3, 1)), 1), r"\(3, 1\)"),
        ("stamps/stamps", (np.ones(0), np.ones(3), 1), r"\(0,\)"),
        ("stamps/stamps", (np.ones(3), np.ones(2), 0), "and 0"),
        (
            "conv_transpose2d/conv_transpose2d",
            (np.ones((1, 2, 3, 3)), np.ones((3, 2, 3, 3))),
            "3, 2",
        ),
        (
            "conv_transpose2d/conv_transpose2d",
            (np.ones((2, 3, 3)), np.ones((2, 3, 3, 3))),
            "2, 3, 3",
        ),
        ("zero_insertion/insert_zeros", (ones(2, 3, 4), (1, 1)), r"\(2, 3, 4\)"),
        ("zero_insertion/insert_zeros", (ones(1, 2, 3, 4), (0, 1)), r"\(0, 1\)"),
        ("round_trip/sizes_before", (0, 3, 2), "size=0"),
        ("round_trip/sizes_before", (3, 0, 2), "kernel=0"),
        ("round_trip/sizes_before", (3, 3, 0), "stride=0"),
        ("round_trip/sizes_before", (3, 3, 1, -1), "padding=-1"),
        ("round_trip/sizes_before", (1, 1, 1, 4), "padding=4"),
        ("round_trip/output_padding_for", (2, 3, 2), "size=2, kernel=3"),
        ("round_trip/output_padding_for", (9, 3, 0), "stride=0"),
        ("round_trip/output_padding_for", (9, 3, 2, -1), "padding=-1"),
        ("exact_multiples/exact_padding", (4, 1), "kernel=4, stride=1"),
        ("exact_multiples/exact_padding", (0, 2), "kernel=0"),
        ("pad_and_crop/pad_to_multiple", (ones(3, 4, 5), 8), r"\(3, 4, 5\)"),
        ("pad_and_crop/pad_to_multiple", (ones(1, 3, 4, 5), 0), "and 0"),
        ("checkerboard/phase_sums", (ones(3, 3), (2, 2)), r"\(3, 3\)"),
        ("checkerboard/phase_sums", (ones(1, 1, 3, 3), (2, 0)), r"\(2, 0\)"),
        ("same_family/as_resize_convolution", (ones(1, 1, 4, 4), 2), r"\(1, 1, 4, 4\)"),
        ("same_family/as_resize_convolution", (ones(1, 1, 3, 5), 2), r"\(1, 1, 3, 5\)"),
        ("same_family/as_subpixel_convolution", (ones(4, 1, 2, 2), 2), r"\(4, 1, 2, 2\)"),
        ("same_family/as_subpixel_convolution", (ones(6, 1, 3, 3), 2), "6 channels"),
        ("bilinear/bilinear_kernel", (0,), "got 0"),
        ("initial_scale/fan_in", (3, (2, 2), (1, 1), 2), "groups=2"),
        ("initial_scale/fan_in", (3, (2, 2), (0, 1)), r"stride=\(0, 1\)"),
        ("cost/parameters", (4, 6, (3, 3), 4), "groups=4"),
        ("cost/parameters", (4, 6, (3, 0)), r"kernel_size=\(3, 0\)"),
        ("cost/macs", ((4, 5, 7), 6, (3, 3)), r"\(4, 5, 7\)"),
        ("cost/flops", ((1, 4, 0, 7), 6, (3, 3)), r"\(1, 4, 0, 7\)"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(program, name, arguments, words):
    page, function = name.split("/")
    with pytest.raises(ValueError, match=words):
        program(f"transposed_convolution/{page}")[function](*arguments)


@pytest.mark.parametrize(
    "changed",
    [
        {"stride": (0, 1)},
        {"dilation": (1, 0)},
        {"padding": (-1, 0)},
        {"padding": (3, 0)},
        {"output_padding": (0, 2)},
        {"output_padding": (0, -1)},
    ],
)
def test_an_impossible_option_is_refused_by_name(program, changed):
    forward = program("transposed_convolution/conv_transpose2d")["conv_transpose2d"]
    x, w = np.ones((2, 4, 3, 5)), np.ones((4, 6, 3, 2))
    (value,) = changed.values()
    options = {"stride": (1, 2)} | changed
    with pytest.raises(ValueError) as caught:
        forward(x, w, **options)
    assert str(value) in str(caught.value)
    assert by_torch(x.shape, 6, "cpu", kernel_size=(3, 2), **options) is None
    by_zeros = program("transposed_convolution/zero_insertion")["by_zero_insertion"]
    free = {"padding": (0, 0), "output_padding": (0, 0), "dilation": (1, 1)}
    with pytest.raises(ValueError) as caught:
        by_zeros(torch.tensor(x), torch.tensor(w), **free | options)
    assert str(value) in str(caught.value)


@pytest.mark.parametrize(
    ("x", "w", "dy", "options"),
    [
        ((2, 4, 3, 5), (4, 6, 3, 2), (2, 6, 4, 6), {}),
        ((2, 4, 3, 5), (4, 6, 3, 2), (2, 6, 6, 6), {}),
        ((2, 4, 3, 5), (4, 6, 3, 2), (1, 6, 5, 6), {}),
        ((2, 4, 3, 5), (4, 6, 3, 2), (2, 1, 5, 6), {}),
        ((2, 1, 3, 5), (4, 6, 3, 2), (2, 6, 5, 6), {}),
        ((4, 3, 5), (4, 6, 3, 2), (6, 5, 6), {}),
        ((2, 4, 3, 5), (4, 6, 3, 2), (2, 6, 5, 6), {"stride": (1, 0)}),
        ((2, 4, 3, 5), (4, 6, 3, 2), (2, 6, 7, 6), {"padding": (-1, 0)}),
    ],
)
def test_gradients_of_other_shapes_are_refused_by_name(program, x, w, dy, options):
    backward = program("transposed_convolution/conv_transpose2d_backward")
    with pytest.raises(ValueError) as caught:
        backward["conv_transpose2d_backward"](np.ones(x), np.ones(w), np.ones(dy), **options)
    assert str(dy) in str(caught.value)


def test_torch_starts_the_transposed_layer_from_the_other_axis():
    torch.manual_seed(0)
    layer = nn.ConvTranspose2d(48, 12, (3, 5), stride=2, groups=2, dtype=DOUBLE)
    bound = (2 / (12 * 3 * 5)) ** 0.5  # one over the root of its second axis times the kernel
    assert layer.weight.abs().max() <= bound
    assert layer.weight.abs().max() > 0.99 * bound
