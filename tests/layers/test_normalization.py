"""Layer, group, instance and RMS norm: the maths of the programs, on inputs not on the page."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

from tests.examples import examples

# From single values on: one channel, one pixel, one group, far from 0 and nearly constant.
SHAPES = {
    "n": st.integers(1, 4),
    "groups": st.integers(1, 4),
    "per_group": st.integers(1, 3),
    "h": st.integers(1, 4),
    "w": st.integers(1, 3),
    "mean": st.sampled_from([0.0, -3.0, 1e4]),
    "std": st.sampled_from([1.0, 1e-4, 1e3]),
    "seed": st.integers(0, 10_000),
}
VECTORS = {
    "n": st.integers(1, 5),
    "d": st.integers(1, 9),
    "mean": st.sampled_from([0.0, -3.0, 1e4]),
    "std": st.sampled_from([1.0, 1e-4, 1e3]),
    "eps": st.sampled_from([1e-5, 1e-3, 0.5]),
    "seed": st.integers(0, 10_000),
}


def draw(shape, parameters, mean, std, seed):
    """Return x, dy of a shape and gamma, beta of another, in float64."""
    generator = torch.Generator().manual_seed(seed)
    x, dy = torch.randn(2, *shape, dtype=torch.float64, generator=generator)
    gamma, beta = torch.randn(2, *parameters, dtype=torch.float64, generator=generator)
    return mean + std * x, dy, gamma, beta


def run(function, inputs, dy):
    """Return function(*inputs), and what it sends back to them, given dL/dy."""
    leaves = [a.clone().requires_grad_() for a in inputs]
    y = function(*leaves)
    return [y.detach(), *torch.autograd.grad(y, leaves, dy)]


def same(ours, theirs, x, eps=1e-5):
    """Compare results and gradients, allowing for what rounding x does to them."""
    rounding = 1e-15 * (1 + float(x.abs().max()) / eps**0.5)
    for a, b in zip(ours, theirs, strict=True):
        scale = 1 + float(b.abs().max())
        torch.testing.assert_close(a, b, rtol=0, atol=1000 * rounding * scale)


def refuses(function, *arguments):
    """Say whether torch refuses these arguments."""
    try:
        function(*arguments)
    except (ValueError, RuntimeError, ZeroDivisionError):
        return True
    return False


def channels_last(norm):
    """Return a norm of the last axis as one of the channels of (N, C, H, W)."""
    return lambda x: norm(x.movedim(1, -1)).movedim(-1, 1)


@examples(100)
@given(**SHAPES)
def test_normalize_is_each_of_the_norms(program, n, groups, per_group, h, w, mean, std, seed):
    normalize, c = program("normalization/axes")["normalize"], groups * per_group
    x, dy, _, _ = draw((n, c, h, w), (c,), mean, std, seed)
    grouped = (n, groups, per_group, h, w)
    cases = [
        (lambda x: normalize(x, (1, 2, 3)), lambda x: F.layer_norm(x, (c, h, w))),
        (lambda x: normalize(x, (1,)), channels_last(lambda x: F.layer_norm(x, (c,)))),
        (
            lambda x: normalize(x, (1,), center=False),
            channels_last(lambda x: F.rms_norm(x, (c,), eps=1e-5)),
        ),
    ]
    if n * h * w > 1:
        cases.append(
            (
                lambda x: normalize(x, (0, 2, 3)),
                lambda x: F.batch_norm(x, None, None, training=True),
            )
        )
    if h * w > 1:
        cases.append((lambda x: normalize(x, (2, 3)), F.instance_norm))
    if n * per_group * h * w > 1:
        cases.append(
            (
                lambda x: normalize(x.reshape(grouped), (2, 3, 4)).reshape(x.shape),
                lambda x: F.group_norm(x, groups),
            )
        )
    for ours, theirs in cases:
        same(run(ours, [x], dy), run(theirs, [x], dy), x)


@given(**{name: SHAPES[name] for name in ("n", "groups", "per_group", "w", "seed")})
def test_the_table_of_axes_counts_means_and_agrees(program, n, groups, per_group, w, seed):
    x, *_ = draw((n, groups * per_group, 2, w), (1,), 2.0, 1.0, seed)
    c, size = groups * per_group, 2 * w
    rows = list(program("normalization/axes")["norms"](x, groups))
    means = [count for _, _, count, _, _ in rows]
    assert means == [c, n, n * size, n * c, n * groups, n * size]
    for *_, ours, theirs in rows:
        same([ours], [theirs], x)


def test_no_axes_are_not_all_axes(program):
    with pytest.raises(ValueError, match=r"\(\)"):
        program("normalization/axes")["normalize"](torch.ones(2, 3), ())


@given(**SHAPES)
def test_group_norm_equals_torch(program, n, groups, per_group, h, w, mean, std, seed):
    assume(n * per_group * h * w > 1)
    x, _, gamma, beta = draw((n, groups * per_group, h, w), (groups * per_group,), mean, std, seed)
    ours = program("normalization/group_norm")["group_norm"](
        x.numpy(), groups, gamma.numpy(), beta.numpy()
    )
    same([torch.tensor(ours)], [F.group_norm(x, groups, gamma, beta)], x)


@examples(300)
@given(
    n=st.integers(1, 3),
    c=st.integers(1, 12),
    h=st.integers(1, 2),
    w=st.integers(1, 2),
    groups=st.integers(-2, 14),
)
def test_group_norm_refuses_exactly_what_torch_refuses(program, n, c, h, w, groups):
    x, one = torch.ones(n, c, h, w, dtype=torch.float64), np.ones(c)
    group_norm = program("normalization/group_norm")["group_norm"]
    if refuses(F.group_norm, x, groups):
        with pytest.raises(ValueError) as caught:
            group_norm(x.numpy(), groups, one, one)
        assert str((n, c, h, w)) in str(caught.value)
        assert f"in {groups} groups" in str(caught.value)
    else:
        assert group_norm(x.numpy(), groups, one, one).shape == x.shape


@pytest.mark.parametrize(
    ("x", "gamma", "beta"),
    [
        ((2, 6), (6,), (6,)),
        ((2, 6, 4), (6,), (6,)),
        ((6, 4, 5), (6,), (6,)),
        ((2, 6, 4, 5), (2,), (2,)),
        ((2, 6, 4, 5), (1,), (1,)),
        ((2, 6, 4, 5), (6, 1, 1), (6,)),
        ((2, 6, 4, 6), (6,), (6, 1, 1)),
        ((2, 6, 4, 5), (6,), (5,)),
        ((2, 6, 4, 5), (1, 6, 1, 1), (1, 6, 1, 1)),
    ],
)
def test_group_norm_refuses_shapes_by_name(program, x, gamma, beta):
    arrays = [np.ones(shape) for shape in (gamma, beta)]
    with pytest.raises(ValueError) as caught:
        program("normalization/group_norm")["group_norm"](np.ones(x), 2, *arrays)
    assert all(str(shape) in str(caught.value) for shape in (x, gamma, beta))


@given(**SHAPES)
def test_group_norm_backward_equals_torch(program, n, groups, per_group, h, w, mean, std, seed):
    assume(n * per_group * h * w > 1)
    x, dy, *parameters = draw((n, groups * per_group, h, w), (groups * per_group,), mean, std, seed)
    apply = program("normalization/group_norm_backward")["GroupNorm"].apply
    ours = run(lambda x, g, b: apply(x, groups, g, b), [x, *parameters], dy)
    theirs = run(lambda x, g, b: F.group_norm(x, groups, g, b), [x, *parameters], dy)
    same(ours, theirs, x)


@examples(25)
@given(groups=st.integers(1, 2), per_group=st.integers(1, 2), seed=st.integers(0, 1000))
def test_group_norm_backward_passes_gradcheck(program, groups, per_group, seed):
    c = groups * per_group
    x, _, *parameters = draw((2, c, 3, 2), (c,), 0.0, 1.0, seed)
    assume(x.reshape(2, groups, -1).var(-1).min() > 1e-2)
    leaves = [a.requires_grad_() for a in (x, *parameters)]
    apply = program("normalization/group_norm_backward")["GroupNorm"].apply
    assert torch.autograd.gradcheck(lambda x, g, b: apply(x, groups, g, b), leaves)


@given(
    n=st.integers(1, 64),
    groups=st.integers(1, 32),
    per_group=st.integers(1, 16),
    h=st.integers(1, 40),
    w=st.integers(1, 40),
)
def test_group_norm_takes_as_many_means_as_torch(program, n, groups, per_group, h, w):
    c = groups * per_group
    means, values = program("normalization/group_norm_limits")["statistics"](n, c, h, w, groups)
    x = torch.empty(n, c, h, w, device="meta")
    saved = torch.native_group_norm(x, None, None, n, c, h * w, groups, 1e-5)[1]
    assert (means, means * values) == (saved.numel(), x.numel())


@pytest.mark.parametrize("groups", [0, -1, 4, 5, 12])
def test_statistics_refuse_groups_that_do_not_divide(program, groups):
    with pytest.raises(ValueError, match=f"{groups} groups do not divide 6"):
        program("normalization/group_norm_limits")["statistics"](2, 6, 4, 5, groups)


@given(
    length=st.integers(1, 5),
    **{name: VECTORS[name] for name in ("n", "d", "mean", "std", "eps", "seed")},
)
def test_layer_norm_equals_torch(program, n, length, d, mean, std, eps, seed):
    x, dy, *parameters = draw((n, length, d), (d,), mean, std, seed)
    layer_norm = program("normalization/layer_norm_in_transformers")["layer_norm"]
    ours = run(lambda x, g, b: layer_norm(x, g, b, eps), [x, *parameters], dy)
    theirs = run(lambda x, g, b: F.layer_norm(x, (d,), g, b, eps), [x, *parameters], dy)
    same(ours, theirs, x, eps)


@pytest.mark.parametrize(
    ("x", "gamma", "beta"),
    [
        ((5, 8), (8,), (8,)),
        ((3, 5, 8), (5,), (5,)),
        ((3, 5, 8), (1,), (1,)),
        ((3, 8, 8), (8, 1), (8,)),
        ((3, 5, 8), (8,), (5, 8)),
        ((2, 3, 5, 8), (8,), (8,)),
        ((2, 3, 5, 8), (5, 8), (5, 8)),
        ((5, 8), (), ()),
    ],
)
def test_layer_norm_refuses_shapes_by_name(program, x, gamma, beta):
    layer_norm = program("normalization/layer_norm_in_transformers")["layer_norm"]
    with pytest.raises(ValueError) as caught:
        layer_norm(*(torch.ones(shape) for shape in (x, gamma, beta)))
    assert all(str(shape) in str(caught.value) for shape in (x, gamma, beta))


@given(**VECTORS)
def test_rms_norm_equals_torch_forward_and_backward(program, n, d, mean, std, eps, seed):
    x, dy, gamma, _ = draw((n, d), (d,), mean, std, seed)
    names = program("normalization/rms_norm")
    y, dx, dgamma = run(lambda x, g: F.rms_norm(x, (d,), g, eps), [x, gamma], dy)
    same([names["rms_norm"](x, gamma, eps)], [y], x, eps)
    same(names["rms_norm_backward"](dy, x, gamma, eps), [dx, dgamma], x, eps)


@pytest.mark.parametrize(
    ("x", "gamma"),
    [((4,), (4,)), ((3, 4), (3,)), ((3, 4), (1,)), ((4, 4), (4, 1)), ((2, 3, 4), (4,))],
)
def test_rms_norm_refuses_shapes_by_name(program, x, gamma):
    with pytest.raises(ValueError) as caught:
        program("normalization/rms_norm")["rms_norm"](torch.ones(x), torch.ones(gamma), 1e-5)
    assert str(x) in str(caught.value) and str(gamma) in str(caught.value)


@given(
    size=st.integers(1, 9),
    c=st.integers(1, 7),
    alpha=st.sampled_from([1e-4, 0.5, 10.0]),
    beta=st.sampled_from([0.75, 2.0]),
    k=st.sampled_from([1.0, 2.0]),
    seed=st.integers(0, 1000),
)
def test_local_response_norm_equals_torch(program, size, c, alpha, beta, k, seed):
    x, dy, *_ = draw((2, c, 3, 2), (c,), 1.0, 5.0, seed)
    ours = program("normalization/other_norms")["local_response_norm"]
    same(
        run(lambda x: ours(x, size, alpha, beta, k), [x], dy),
        run(lambda x: F.local_response_norm(x, size, alpha, beta, k), [x], dy),
        x,
    )


@pytest.mark.parametrize("size", [0, -1])
def test_a_window_without_channels_is_refused(program, size):
    with pytest.raises(ValueError, match=f"got {size}"):
        program("normalization/other_norms")["local_response_norm"](torch.ones(1, 2, 3, 3), size)


@given(factor=st.floats(0.1, 100), shift=st.floats(-100, 100), seed=st.integers(0, 1000))
def test_a_stretched_and_shifted_set_comes_out_the_same(program, factor, shift, seed):
    normalize = program("normalization/axes")["normalize"]
    x, *_ = draw((2, 3, 4, 5), (1,), 0.0, 10.0, seed)
    for axes in ((0, 2, 3), (1, 2, 3), (2, 3), (1,)):
        assume(x.var(axes).min() > 1)
        moved = normalize(factor * x + shift, axes)
        torch.testing.assert_close(moved, normalize(x, axes), rtol=0, atol=1e-2)
    stretched = normalize(factor * x, (1,), center=False)
    torch.testing.assert_close(stretched, normalize(x, (1,), center=False), rtol=0, atol=1e-2)


@given(seed=st.integers(0, 1000), examples=st.integers(2, 5))
def test_company_changes_only_batch_norm(program, seed, examples):
    normalize = program("normalization/axes")["normalize"]
    x, *_ = draw((examples, 4, 3, 5), (1,), 0.0, 1.0, seed)
    for axes in ((1, 2, 3), (2, 3), (1,)):
        torch.testing.assert_close(normalize(x, axes)[:1], normalize(x[:1], axes))
    assert not torch.allclose(normalize(x, (0, 2, 3))[:1], normalize(x[:1], (0, 2, 3)), atol=1e-3)


@given(channels=st.lists(st.integers(1, 100), min_size=1, max_size=4), groups=st.integers(1, 64))
def test_replacing_fits_the_groups_to_the_channels(program, channels, groups):
    bn = [nn.BatchNorm2d(c, eps=1e-3, dtype=torch.float64) for c in channels]
    kept = nn.BatchNorm1d(3)
    net = nn.ModuleDict({"deep": nn.Sequential(nn.Sequential(*bn), nn.ReLU()), "flat": kept})
    replace = program("normalization/replace_batch_norm")["replace_batch_norm"]
    assert replace(net, groups) is net
    assert net["flat"] is kept
    for norm, c in zip(net["deep"][0], channels, strict=True):
        assert isinstance(norm, nn.GroupNorm)
        assert (norm.num_channels, norm.eps, norm.weight.dtype) == (c, 1e-3, torch.float64)
        fitting = [g for g in range(1, groups + 1) if groups % g == 0 and c % g == 0]
        assert norm.num_groups == max(fitting)


@pytest.mark.parametrize("groups", [0, -32])
def test_replacing_by_no_groups_is_refused(program, groups):
    with pytest.raises(ValueError, match=f"got {groups}"):
        program("normalization/replace_batch_norm")["replace_batch_norm"](nn.ReLU(), groups)
