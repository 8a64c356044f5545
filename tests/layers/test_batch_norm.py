"""Batch norm: the maths of the page's programs, on inputs that the page does not show."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

# Batches from the smallest on, features far from 0 and nearly constant, both precisions.
CASES = {
    "n": st.integers(2, 40),
    "d": st.integers(1, 6),
    "mean": st.sampled_from([0.0, -3.0, 1e4]),
    "std": st.sampled_from([1.0, 1e-4, 1e3]),
    "dtype": st.sampled_from(["float32", "float64"]),
    "seed": st.integers(0, 10_000),
}


def draw(n, d, mean, std, dtype, seed):
    """Return x, dy (n, d) and gamma, beta (d,) as NumPy arrays."""
    rng = np.random.default_rng(seed)
    x, dy = rng.normal(mean, std, (n, d)), rng.normal(size=(n, d))
    return [a.astype(dtype) for a in (x, rng.normal(size=d), rng.normal(size=d), dy)]


def tolerance(x, eps=1e-5):
    """Return how far two right results may be apart: what rounding x does to x_hat."""
    smallest = float(np.sqrt(x.astype("float64").var(0) + eps).min())
    return 40 * np.finfo(x.dtype).eps * (1 + np.abs(x).max() / smallest)


def by_torch(x, gamma, beta, dy):
    """Return y, dx, dgamma, dbeta from torch's autograd, in float64."""
    inputs = [torch.tensor(a.astype("float64"), requires_grad=True) for a in (x, gamma, beta)]
    y = F.batch_norm(inputs[0], None, None, *inputs[1:], training=True)
    y.backward(torch.tensor(dy.astype("float64")))
    return [y.detach().numpy(), *(a.grad.numpy() for a in inputs)]


@given(**CASES)
def test_forward_equals_torch(program, **case):
    x, gamma, beta, dy = draw(**case)
    ours = program("batch_norm/batch_norm")["batch_norm"](x, gamma, beta)
    assert ours.dtype == x.dtype
    np.testing.assert_allclose(ours, by_torch(x, gamma, beta, dy)[0], atol=5 * tolerance(x))


@given(**CASES)
def test_backward_equals_torch(program, **case):
    x, gamma, beta, dy = draw(**case)
    inputs = [torch.tensor(a, requires_grad=True) for a in (x, gamma, beta)]
    program("batch_norm/batch_norm_backward")["BatchNorm"].apply(*inputs).backward(torch.tensor(dy))
    scale = 1 / np.sqrt(x.astype("float64").var(0) + 1e-5).min()
    for name, ours, theirs, size in zip(
        ("dx", "dgamma", "dbeta"),
        (a.grad.numpy() for a in inputs),
        by_torch(x, gamma, beta, dy)[1:],
        (5 * scale, 5 * len(x), 5 * len(x)),
        strict=True,
    ):
        allowed = size * tolerance(x)
        np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=allowed, err_msg=name)


@given(n=st.integers(2, 6), d=st.integers(1, 3), seed=st.integers(0, 1000))
def test_backward_passes_gradcheck(program, n, d, seed):
    generator = torch.Generator().manual_seed(seed)
    leaves = [
        torch.randn(*shape, dtype=torch.float64, generator=generator, requires_grad=True)
        for shape in ((n, d), (d,), (d,))
    ]
    assume(leaves[0].var(0, correction=0).min() > 1e-3)
    apply = program("batch_norm/batch_norm_backward")["BatchNorm"].apply
    assert torch.autograd.gradcheck(apply, leaves)


@given(
    n=st.integers(2, 40),
    d=st.integers(1, 5),
    steps=st.integers(1, 5),
    momentum=st.floats(0.01, 1.0),
    mean=st.sampled_from([0.0, 1e4]),
    seed=st.integers(0, 1000),
)
def test_running_statistics_equal_torch(program, n, d, steps, momentum, mean, seed):
    names = program("batch_norm/train_and_eval")
    generator = torch.Generator().manual_seed(seed)
    layer = nn.BatchNorm1d(d, momentum=momentum, dtype=torch.float64)
    running = (torch.zeros(d, dtype=torch.float64), torch.ones(d, dtype=torch.float64))
    for _ in range(steps):
        x = mean + torch.randn(n, d, dtype=torch.float64, generator=generator)
        y, running = names["train_step"](x, running, momentum)
        torch.testing.assert_close(y, layer(x).detach(), rtol=1e-7, atol=1e-7)
    torch.testing.assert_close(running[0], layer.running_mean)
    torch.testing.assert_close(running[1], layer.running_var)
    ours = names["evaluate"](x, running)
    torch.testing.assert_close(ours, layer.eval()(x).detach(), rtol=1e-7, atol=1e-7)


@given(**CASES)
def test_shifting_the_batch_changes_nothing(program, **case):
    x, gamma, beta, _ = draw(**case | {"dtype": "float64"})
    batch_norm = program("batch_norm/batch_norm")["batch_norm"]
    moved = batch_norm(x + 7, gamma, beta)
    np.testing.assert_allclose(moved, batch_norm(x, gamma, beta), atol=5 * tolerance(x + 7))


def test_each_example_of_a_pair_gets_plus_or_minus_one(program):
    y = program("batch_norm/batch_norm")["batch_norm"](
        np.array([[3.0], [900.0]]), np.ones(1), np.zeros(1)
    )
    np.testing.assert_allclose(y, [[-1], [1]], atol=1e-9)


@pytest.mark.parametrize(
    ("x", "gamma", "beta"),
    [
        ((4,), (4,), (4,)),
        ((1, 4), (4,), (4,)),
        ((0, 4), (4,), (4,)),
        ((5, 4), (5,), (5,)),
        ((5, 4), (1,), (1,)),
        ((5, 4), (4, 1), (4,)),
        ((5, 4), (5, 4), (5, 4)),
        ((5, 4, 3), (4,), (4,)),
    ],
)
def test_a_shape_that_would_broadcast_is_refused_by_name(program, x, gamma, beta):
    arrays = [np.ones(shape) for shape in (x, gamma, beta)]
    with pytest.raises(ValueError) as caught:
        program("batch_norm/batch_norm")["batch_norm"](*arrays)
    assert str(x) in str(caught.value)


@given(
    n=st.integers(1, 4),
    c=st.integers(1, 5),
    h=st.integers(1, 6),
    w=st.integers(1, 6),
    mean=st.sampled_from([0.0, 1e4]),
    seed=st.integers(0, 1000),
)
def test_images_equal_torch_in_both_ways(program, n, c, h, w, mean, seed):
    assume(n * h * w > 1)
    names = program("batch_norm/spatial_batch_norm")
    x = np.random.default_rng(seed).normal(mean, 1, (n, c, h, w))
    theirs = F.batch_norm(torch.tensor(x), None, None, training=True).numpy()
    for ours in (names["normalize"](x, (0, 2, 3)), names["by_moving_axes"](x)):
        np.testing.assert_allclose(ours, theirs, atol=1e-7)


@given(
    groups=st.sampled_from([1, 2, 3]),
    per_group=st.tuples(st.integers(1, 2), st.integers(1, 3)),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.tuples(st.integers(1, 3), st.integers(1, 2)),
    padding=st.sampled_from([0, 1, (2, 1), "same"]),
    dilation=st.integers(1, 2),
    mode=st.sampled_from(["zeros", "reflect", "replicate", "circular"]),
    bias=st.booleans(),
    affine=st.booleans(),
    eps=st.sampled_from([1e-5, 1e-3, 0.5]),
    seed=st.integers(0, 1000),
)
def test_folding_changes_no_output(
    program, groups, per_group, kernel, stride, padding, dilation, mode, bias, affine, eps, seed
):
    assume(padding != "same" or stride == (1, 1))
    torch.manual_seed(seed)
    inputs, outputs = groups * per_group[0], groups * per_group[1]
    conv = nn.Conv2d(
        inputs, outputs, kernel, stride, padding, dilation, groups, bias, mode, dtype=torch.float64
    )
    bn = nn.BatchNorm2d(outputs, eps=eps, affine=affine, dtype=torch.float64).eval()
    bn.running_mean.normal_()
    bn.running_var.uniform_(0, 2)  # down to where eps decides
    if affine:
        nn.init.normal_(bn.weight)
        nn.init.normal_(bn.bias)
    x = torch.randn(2, inputs, 9, 8, dtype=torch.float64)
    with torch.no_grad():
        folded = program("batch_norm/fold_into_conv")["fold_into_conv"](conv, bn)
        torch.testing.assert_close(folded(x), bn(conv(x)), rtol=1e-9, atol=1e-9)


def test_folding_leaves_the_layers_it_was_given_alone(program):
    conv, bn = nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4).eval()
    bn.running_mean.normal_()
    before = [p.clone() for p in (conv.weight, conv.bias, bn.running_mean)]
    program("batch_norm/fold_into_conv")["fold_into_conv"](conv, bn)
    for old, new in zip(before, (conv.weight, conv.bias, bn.running_mean), strict=True):
        assert torch.equal(old, new)


@pytest.mark.parametrize(
    ("conv", "bn", "words"),
    [
        (nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), "training=True"),
        (nn.Conv2d(3, 4, 3), nn.BatchNorm2d(5).eval(), "4 channels, and bn for 5"),
        (nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, track_running_stats=False).eval(), "None"),
        (nn.ConvTranspose2d(3, 4, 3), nn.BatchNorm2d(4).eval(), "got ConvTranspose2d"),
    ],
)
def test_folding_refuses_what_it_cannot_fold(program, conv, bn, words):
    with pytest.raises(ValueError, match=words):
        program("batch_norm/fold_into_conv")["fold_into_conv"](conv, bn)


@given(scale=st.floats(0.01, 100), seed=st.integers(0, 1000))
def test_the_scale_of_the_weights_cancels(program, scale, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(32, 6, dtype=torch.float64, generator=generator)
    weight = 3 * torch.randn(4, 6, dtype=torch.float64, generator=generator)
    layer = program("batch_norm/weight_scale_cancels")["layer"]
    allowed = 1e-5 / scale**2 + 1e-5  # what eps leaves of it
    torch.testing.assert_close(layer(x, scale * weight), layer(x, weight), rtol=0, atol=allowed)


@given(
    n=st.integers(1, 4),
    c=st.integers(1, 5),
    h=st.integers(1, 6),
    w=st.integers(1, 6),
    mean=st.sampled_from([0.0, 1e4]),
    dtype=st.sampled_from(["float32", "float64"]),
    threads=st.integers(1, 3),
    seed=st.integers(0, 1000),
)
def test_channel_by_channel_equals_torch(program, n, c, h, w, mean, dtype, threads, seed):
    assume(n * h * w > 1)
    names = program("batch_norm/channel_by_channel")
    rng = np.random.default_rng(seed)
    x, g = (
        a.astype(dtype) for a in (rng.normal(mean, 1, (n, c, h, w)), rng.normal(size=(n, c, h, w)))
    )
    gamma, beta = rng.normal(size=(2, c)).astype(dtype)
    rows = np.moveaxis(x, 1, -1).reshape(-1, c)
    assume(rows.astype("float64").var(0).min() > 1e-2)
    y, *saved = names["forward"](x, gamma, beta, threads)
    ours = (y, *names["backward"](g, x, gamma, *saved, threads))
    theirs = by_torch(x, gamma, beta, g)
    for name, a, b in zip(("y", "dx", "dgamma", "dbeta"), ours, theirs, strict=True):
        assert a.dtype == x.dtype, name
        size = 100 if name == "dx" else rows.shape[0]  # 1 / std is up to 10; a sum has many terms
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=size * tolerance(rows), err_msg=name)


@pytest.mark.parametrize(
    ("x", "gamma", "beta"),
    [((1, 3, 1, 1), (3,), (3,)), ((2, 3, 4), (3,), (3,)), ((2, 3, 4, 4), (4,), (3,))]
    + [((2, 3, 4, 4), (3,), (1,)), ((0, 3, 4, 4), (3,), (3,))],
)
def test_channel_by_channel_refuses_other_shapes_by_name(program, x, gamma, beta):
    arrays = [np.ones(shape) for shape in (x, gamma, beta)]
    with pytest.raises(ValueError) as caught:
        program("batch_norm/channel_by_channel")["forward"](*arrays)
    assert str(x) in str(caught.value)
