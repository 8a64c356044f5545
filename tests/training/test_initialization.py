"""Initialization: the rules of the page's programs, on weights that the page does not show."""

import contextlib
import itertools
import math
import warnings

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

F64 = torch.float64
NAMES = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]
NAMES += [f"conv{t}{n}d" for t in ("", "_transpose") for n in (1, 2, 3)]
# Matrices and the weights of convolutions in up to three dimensions, down to a single number.
SHAPES = st.lists(st.integers(1, 9), min_size=2, max_size=5)
SLOPES = st.floats(-3, 3) | st.sampled_from([0, 1, 0.01, math.sqrt(5)])
SEEDS = st.integers(0, 10_000)


pytestmark = pytest.mark.usefixtures("one_thread")


def seeded(seed):
    """Return a generator of its own, at this seed."""
    return torch.Generator().manual_seed(seed)


@contextlib.contextmanager
def float64():
    """Let programs that draw in the default type do so in float64, as when they run."""
    torch.set_default_dtype(F64)
    try:
        yield
    finally:
        torch.set_default_dtype(torch.float32)


def drawn(shape, std, seed, uniform):
    """Return what torch draws with mean 0 and this deviation, from its plain methods."""
    empty = torch.empty(shape, dtype=F64)
    if uniform:
        return empty.uniform_(-math.sqrt(3) * std, math.sqrt(3) * std, generator=seeded(seed))
    return empty.normal_(0, std, generator=seeded(seed))


def assert_same(ours, theirs):
    assert torch.allclose(ours, theirs, rtol=1e-12, atol=0)


@given(name=st.sampled_from(NAMES), slope=SLOPES)
def test_gains_equal_torch(program, name, slope):
    gain = program("initialization/gains")["gain"]
    assert gain(name) == pytest.approx(nn.init.calculate_gain(name), rel=1e-15)
    assert gain(name, slope) == pytest.approx(nn.init.calculate_gain(name, slope), rel=1e-14)


@pytest.mark.parametrize(
    ("name", "slope"),
    [("gelu", 0.01), ("ReLU", 0.01), ("", 0.01), ("leaky_relu", "0.1"), ("leaky_relu", True)],
)
def test_a_gain_that_torch_refuses_is_refused_by_name(program, name, slope):
    with pytest.raises(ValueError):
        nn.init.calculate_gain(name, slope)
    with pytest.raises(ValueError) as caught:
        program("initialization/gains")["gain"](name, slope)
    assert name in str(caught.value)
    assert str(slope) in str(caught.value)


@given(shape=st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_fans_equal_torch(program, shape):
    ours = program("initialization/fan_in_fan_out")["fans"](shape)
    assert ours == nn.init._calculate_fan_in_and_fan_out(torch.empty(shape, device="meta"))


@pytest.mark.parametrize("shape", [(), (5,)])
def test_a_weight_of_fewer_than_two_dimensions_has_no_fans(program, shape):
    with pytest.raises(ValueError):
        nn.init.kaiming_normal_(torch.empty(shape))
    with pytest.raises(ValueError) as caught:
        program("initialization/fan_in_fan_out")["fans"](shape)
    assert str(shape) in str(caught.value)


@given(shape=SHAPES, slope=SLOPES, seed=SEEDS)
def test_kaiming_weights_equal_torch_seed_for_seed(program, shape, slope, seed):
    fan_in, fan_out = program("initialization/fan_in_fan_out")["fans"](shape)
    gain_of = program("initialization/gains")["gain"]
    kaiming_std = program("initialization/kaiming")["kaiming_std"]
    for name, mode in itertools.product(NAMES, ["fan_in", "fan_out", "FAN_OUT"]):
        std = kaiming_std(fan_in, fan_out, gain_of(name, slope), mode)
        for uniform, init in enumerate((nn.init.kaiming_normal_, nn.init.kaiming_uniform_)):
            theirs = init(torch.empty(shape, dtype=F64), slope, mode, name, seeded(seed))
            assert_same(drawn(shape, std, seed, uniform), theirs)


@given(shape=SHAPES, gains=st.lists(st.floats(0.01, 100), min_size=5, max_size=5), seed=SEEDS)
def test_xavier_weights_equal_torch_seed_for_seed(program, shape, gains, seed):
    names = program("initialization/xavier")
    fans = program("initialization/fan_in_fan_out")["fans"](shape)
    for gain in gains:
        std = names["xavier_std"](*fans, gain)
        for uniform, init in enumerate((nn.init.xavier_normal_, nn.init.xavier_uniform_)):
            theirs = init(torch.empty(shape, dtype=F64), gain, seeded(seed))
            assert_same(drawn(shape, std, seed, uniform), theirs)
        bound = math.sqrt(6 / sum(fans)) * gain  # Glorot and Bengio 2010, equation 16
        assert names["uniform_bound"](std) == pytest.approx(bound)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("kaiming/kaiming_std", (3, 4, 1.0, "fan_avg"), "fan_avg"),
        ("kaiming/kaiming_std", (0, 4), "0 and 4"),
        ("kaiming/kaiming_std", (3, 0, 1.0, "fan_out"), "3 and 0"),
        ("xavier/xavier_std", (0, 4), "0 and 4"),
        ("xavier/xavier_std", (3, -1), "3 and -1"),
        ("gains/after_layers", (torch.tanh, 0.0, 3), "0.0 and 3"),
        ("gains/after_layers", (torch.tanh, 1.0, 0), "1.0 and 0"),
        ("heavy_tails/excess_kurtosis", (0, 2), "width 0, layer 2"),
        ("heavy_tails/excess_kurtosis", (5, 0), "width 5, layer 0"),
        ("depth_makes_it_worse/mean_square", ([3, 4], [0.1]), "2 fans and 1 dev"),
        ("depth_makes_it_worse/mean_square", ([], []), "0 fans and 0 dev"),
        ("residual_branches/stream", (-1, 1.0, True), "got -1"),
        ("random_sums/moments", (np.ones((2, 3)), 0.0, 1.0), r"\(2, 3\)"),
        ("random_sums/moments", (np.ones(3), 0.0, -1.0), "-1.0"),
        ("saturated_yet_exploding/backward_factor", (torch.ones(3), 1.0), r"\(3,\)"),
        ("saturated_yet_exploding/backward_factor", (torch.ones(2, 3), -1.0), "-1.0"),
        ("pytorch_default/default_bound", (torch.ones(3),), r"\(3,\)"),
        ("pytorch_default/default_bound", (torch.ones(3, 0),), r"\(3, 0\)"),
        ("orthogonal/orthogonal", (0, 3), r"\(0, 3\)"),
        ("truncated_normal/truncated_std", (1.0, 2.0, 2.0), "2.0, 2.0, 1.0"),
        ("truncated_normal/truncated_std", (0.0, -1.0, 1.0), "-1.0, 1.0, 0.0"),
        ("truncated_normal/truncated_std", (1.0, 9.0, 10.0), "9.0 and 10.0"),
        ("eye_dirac_sparse/sparse_std", (10, 1.1), "1.1"),
        ("eye_dirac_sparse/sparse_std", (0, 0.5), "0, 0.5"),
        ("convolution_fans/true_fans", (nn.Linear(2, 3),), "got Linear"),
        ("base_rate/base_rate_bias", (torch.tensor([5, 0]),), r"\[5, 0\]"),
        ("base_rate/base_rate_bias", (torch.ones(2, 2),), r"\[\[1.0, 1.0\]"),
    ],
)
def test_an_impossible_setting_is_refused_by_its_values(program, name, arguments, words):
    page, function = name.split("/")
    with pytest.raises(ValueError, match=words):
        program(f"initialization/{page}")[function](*arguments)


@given(
    kind=st.sampled_from(["Linear", "Conv1d", "Conv2d", "Conv3d"]),
    groups=st.integers(1, 3),
    per_group=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    kernel=st.integers(1, 3),
    transposed=st.booleans(),
    seed=SEEDS,
)
def test_default_weights_and_biases_equal_torch_seed_for_seed(
    program, kind, groups, per_group, kernel, transposed, seed
):
    inputs, outputs = (groups * n for n in per_group)
    torch.manual_seed(seed)
    if kind == "Linear":
        layer = nn.Linear(inputs, outputs, dtype=F64)
    else:
        name = kind.replace("Conv", "ConvTranspose") if transposed else kind
        layer = getattr(nn, name)(inputs, outputs, kernel, groups=groups, dtype=F64)
    bound = program("initialization/pytorch_default")["default_bound"](layer.weight)
    torch.manual_seed(seed)
    for parameter in layer.parameters():
        assert_same(torch.empty_like(parameter).uniform_(-bound, bound), parameter)


@given(
    dims=st.integers(1, 2),
    transposed=st.booleans(),
    groups=st.integers(1, 3),
    per_group=st.tuples(st.integers(1, 2), st.integers(1, 3)),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 3),
    dilation=st.integers(1, 2),
)
def test_the_fans_of_a_convolution_can_be_counted(
    program, dims, transposed, groups, per_group, kernel, stride, dilation
):
    inputs, outputs = (groups * n for n in per_group)
    kind = getattr(nn, f"Conv{'Transpose' if transposed else ''}{dims}d")
    options = {"stride": stride, "groups": groups, "dilation": dilation, "bias": False}
    layer = kind(inputs, outputs, kernel, dtype=F64, **options)
    nn.init.ones_(layer.weight)
    x = torch.ones(1, inputs, *(24 * stride,) * dims, dtype=F64, requires_grad=True)
    y = layer(x)
    y.sum().backward()
    fans = program("initialization/convolution_fans")["true_fans"](layer)
    # Whole strides, and off the border of either side, by more than a kernel's 7 positions.
    inside = (0, 0, *(slice(7 * stride, 10 * stride),) * dims)
    assert (y[inside].mean().item(), x.grad[inside].mean().item()) == pytest.approx(fans)


@given(
    x=st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8),
    mean=st.floats(-3, 3),
    std=st.floats(0, 10),
)
def test_the_moments_of_a_sum_are_those_of_all_its_values(program, x, mean, std):
    x = np.array(x)
    signs = np.array(list(itertools.product([-1, 1], repeat=len(x))))  # equally likely
    z = (mean + std * signs) @ x
    ours = program("initialization/random_sums")["moments"](x, mean, std)
    np.testing.assert_allclose(ours, (z.mean(), z.std()), rtol=1e-9, atol=1e-8)


@pytest.mark.parametrize("width", [8, 30])
def test_the_tails_follow_from_the_spread_of_the_variance(program, width):
    names = program("initialization/heavy_tails")
    torch.manual_seed(5)
    z = names["draw"](width, 4, starts=10_000, inputs=3)
    for layer in (1, 2, 3):
        v = 2 * z[layer - 1].double().relu().square().mean((1, 2))  # the next layer's variance
        measured = (3 * (v**2).mean() / v.mean() ** 2 - 3).item()
        assert names["excess_kurtosis"](width, layer + 1) == pytest.approx(measured, rel=0.1)
    assert names["excess_kurtosis"](width, 1) == 0


CURVES = {  # each activation, in torch, and what it and its derivative are in NumPy
    "tanh": (torch.tanh, np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "softplus": (F.softplus, lambda z: np.logaddexp(0, z), lambda z: 1 / (1 + np.exp(-z))),
    "square": (torch.square, np.square, lambda z: 2 * z),
    "line": (lambda z: 0.3 * z, lambda z: 0.3 * z, lambda z: 0.3 + 0 * z),
}


@given(name=st.sampled_from(sorted(CURVES)), gain=st.floats(0.2, 3), layers=st.integers(1, 3))
def test_wide_layers_follow_the_mean_square(program, name, gain, layers):
    f, by_hand, derivative = CURVES[name]
    after_layers = program("initialization/gains")["after_layers"]
    with float64():
        size, growth = after_layers(f, gain, layers)
    z = np.linspace(-11, 11, 3001)
    share = np.exp(-(z**2) / 2) / np.exp(-(z**2) / 2).sum()
    expected = 1.0
    for _ in range(layers):
        scale = gain * expected
        expected = math.sqrt((share * by_hand(scale * z) ** 2).sum())
    assert size == pytest.approx(expected, rel=1e-9)
    chi = gain**2 * (share * derivative(scale * z) ** 2).sum()
    assert growth == pytest.approx(math.sqrt(chi), rel=1e-9)


@given(slope=st.floats(0, 2), gain=st.floats(0.5, 2), layers=st.integers(1, 20))
def test_leaky_relu_multiplies_both_ways_alike_at_every_scale(program, slope, gain, layers):
    names = program("initialization/gains")
    with float64():
        size, growth = names["after_layers"](lambda z: F.leaky_relu(z, slope), gain, layers)
    factor = gain / names["gain"]("leaky_relu", slope)
    assert size == pytest.approx(factor**layers, rel=1e-3)
    assert growth == pytest.approx(factor, rel=1e-3)


def test_selu_keeps_size_one_with_a_gain_of_one(program):
    after_layers = program("initialization/gains")["after_layers"]
    with float64():
        size, _ = after_layers(F.selu, 1.0, 200)
    assert size == pytest.approx(1, abs=1e-5)


@given(
    fans=st.lists(st.integers(1, 500), min_size=1, max_size=9),
    square=st.floats(1e-6, 1e6),
    data=st.data(),
)
def test_the_mean_square_is_a_product_over_layers(program, fans, square, data):
    mean_square = program("initialization/depth_makes_it_worse")["mean_square"]
    stds = [math.sqrt(2 / fan) for fan in fans]
    assert mean_square(fans, stds, square) == pytest.approx(2 * square)  # Kaiming keeps it
    order = data.draw(st.permutations(range(len(fans))))
    scales = data.draw(st.lists(st.floats(0.1, 9), min_size=len(fans), max_size=len(fans)))
    stds = [scale * std for scale, std in zip(scales, stds)]
    shuffled = mean_square([fans[i] for i in order], [stds[i] for i in order], square)
    expected = 2 * square * math.prod(scales) ** 2
    assert shuffled == pytest.approx(expected)


def test_the_mean_square_of_networks_comes_out_as_said(program):
    mean_square = program("initialization/depth_makes_it_worse")["mean_square"]
    generator = seeded(3)
    x = 7 + torch.randn(5, 40, dtype=F64, generator=generator)  # far from mean 0
    widths, stds, squares = (40, 90, 25, 60), (0.2, 0.1, 0.3), []
    for _ in range(1500):
        h = x
        for n, (fan_in, fan_out) in enumerate(itertools.pairwise(widths)):
            w = torch.randn(fan_out, fan_in, dtype=F64, generator=generator)
            h = (h.relu() if n else h) @ (stds[n] * w.T)
        squares.append(h.square().mean().item())
    expected = mean_square(widths[:-1], stds, x.square().mean().item())
    assert np.mean(squares) == pytest.approx(expected, rel=0.05)


def test_the_gradient_grows_by_the_factor_on_average_over_weights(program):
    generator = seeded(1)
    slope, std, squares = torch.rand(7, 12, dtype=F64, generator=generator), 0.6, []
    above = torch.randn(7, 12, dtype=F64, generator=generator)
    for _ in range(4000):
        w = std * torch.randn(12, 12, dtype=F64, generator=generator)
        below = slope * (above @ w)
        squares.append((below.square().mean() / above.square().mean()).item())
    each = [  # example by example, since an example's slopes and gradients go together
        program("initialization/saturated_yet_exploding")["backward_factor"](slope[i : i + 1], std)
        * above[i].square().mean()
        for i in range(7)
    ]
    expected = (torch.stack(each).mean() / above.square().mean()).item()
    assert np.mean(squares) == pytest.approx(expected, rel=0.03)


@given(rows=st.integers(1, 14), cols=st.integers(1, 14), gain=st.floats(0.1, 9), seed=SEEDS)
def test_orthogonal_matrices_equal_torch_and_stretch_nothing(program, rows, cols, gain, seed):
    orthogonal = program("initialization/orthogonal")["orthogonal"]
    with float64():
        ours = orthogonal(rows, cols, gain, seeded(seed))
    theirs = nn.init.orthogonal_(torch.empty(rows, cols, dtype=F64), gain, seeded(seed))
    torch.testing.assert_close(ours, theirs)
    values = torch.linalg.svdvals(ours)
    torch.testing.assert_close(values, torch.full_like(values, gain))
    assert ours.square().mean().item() == pytest.approx(gain**2 / max(rows, cols))


@given(
    std=st.sampled_from([1e-4, 0.02, 1.0, 1e3]),
    a=st.floats(-3, 1),
    width=st.floats(0.1, 3),
    mean=st.sampled_from([0.0, -3.0, 1e4]),
    seed=SEEDS,
)
def test_a_truncated_deviation_equals_torch_within_chance(program, std, a, width, mean, seed):
    low, high, n = mean + a * std, mean + (a + width) * std, 2_000
    ours = program("initialization/truncated_normal")["truncated_std"](std, low, high, mean)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns where the mean is far outside
        empty = torch.empty(n, dtype=F64)
        w = nn.init.trunc_normal_(empty, mean, std, low, high, generator=seeded(seed))
    fourth = ((w - w.mean()) ** 4).mean() / w.var() ** 2
    error = math.sqrt((fourth - 1) / (4 * n))  # relative, of a measured deviation
    assert ours == pytest.approx(w.std().item(), rel=6 * error)


@given(std=st.floats(1e-3, 1e3), a=st.floats(-5, 4), width=st.floats(0.1, 9))
def test_a_truncated_deviation_equals_a_sum_over_the_density(program, std, a, width):
    if math.erf((a + width) / math.sqrt(2)) - math.erf(a / math.sqrt(2)) < 1e-3:
        return  # next to nothing is kept
    z = np.linspace(a, a + width, 20_001)
    share = np.exp(-(z**2) / 2)
    share[[0, -1]] /= 2
    share /= share.sum()
    expected = std * math.sqrt((share * z**2).sum() - (share * z).sum() ** 2)
    low, high = 5 + a * std, 5 + (a + width) * std
    ours = program("initialization/truncated_normal")["truncated_std"](std, low, high, 5)
    assert ours == pytest.approx(expected, rel=1e-5)


@given(
    rows=st.integers(1, 40), sparsity=st.floats(0, 1), std=st.sampled_from([0.01, 3.0]), seed=SEEDS
)
def test_a_sparse_matrix_has_the_deviation_and_zeros_said(program, rows, sparsity, std, seed):
    torch.manual_seed(seed)
    w = nn.init.sparse_(torch.empty(rows, 60, dtype=F64), sparsity, std)
    ours = program("initialization/eye_dirac_sparse")["sparse_std"](rows, sparsity, std)
    filled = w[w != 0]
    share = (ours / std) ** 2
    assert len(filled) / w.numel() == pytest.approx(share, abs=1e-9)
    error = 6 / math.sqrt(2 * max(len(filled), 1))
    assert w.square().mean().sqrt().item() == pytest.approx(ours, rel=error)


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize(("branches", "scale"), [(0, 1.0), (3, 0.5), (9, 1 / 3), (6, 1.0)])
def test_a_residual_stream_grows_as_said(program, branches, scale, norm):
    names = program("initialization/residual_branches")
    with float64():
        measured = names["measured"](branches, scale, norm)
    assert names["stream"](branches, scale, norm) == pytest.approx(measured, rel=0.12)


@given(counts=st.lists(st.integers(1, 10**6), min_size=2, max_size=9))
def test_base_rate_biases_start_the_loss_at_the_entropy(program, counts):
    counts = torch.tensor(counts, dtype=F64)
    bias = program("initialization/base_rate")["base_rate_bias"](counts)
    share = counts / counts.sum()
    torch.testing.assert_close(bias.softmax(0), share)
    loss = -(share * bias.log_softmax(0)).sum()
    torch.testing.assert_close(loss, -(share * share.log()).sum())
    odds = bias[1] - bias[0]
    torch.testing.assert_close(odds.sigmoid(), counts[1] / (counts[0] + counts[1]))


@given(
    widths=st.lists(st.integers(2, 30), min_size=2, max_size=6),
    activation=st.sampled_from([nn.ReLU, nn.Tanh, nn.GELU, nn.Sigmoid, nn.Identity]),
    mean=st.sampled_from([0.0, -20.0, 1e3]),
    scale=st.sampled_from([1.0, 1e-3, 1e3]),
    seed=SEEDS,
)
def test_lsuv_gives_every_layer_deviation_one(program, widths, activation, mean, scale, seed):
    torch.manual_seed(seed)
    net = nn.Sequential()
    for inputs, outputs in itertools.pairwise(widths):
        net.extend([nn.Linear(inputs, outputs, dtype=F64), activation()])
    h = mean + scale * torch.randn(16, widths[0], dtype=F64)
    try:
        program("initialization/data_dependent")["lsuv"](net, h)
    except ValueError as error:
        assert activation is nn.ReLU  # a narrow layer whose units are all off
        assert "deviation 0.0" in str(error)
        return
    for layer in net:
        h = layer(h)
        if isinstance(layer, nn.Linear):
            assert h.std().item() == pytest.approx(1, rel=1e-6)
            assert not layer.bias.any()


def test_lsuv_refuses_a_layer_that_puts_out_one_number(program):
    net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    with pytest.raises(ValueError, match=r"layer 0: outputs of deviation 0\.0"):
        program("initialization/data_dependent")["lsuv"](net, torch.zeros(8, 3))


def test_initialize_touches_linear_layers_only(program):
    net = nn.Sequential(nn.Linear(300, 200), nn.BatchNorm1d(200), nn.Linear(200, 400))
    with torch.no_grad():
        net[1].weight.fill_(7.0)
    torch.manual_seed(0)
    net.apply(program("initialization/initialize")["initialize"])
    assert (net[1].weight == 7).all()
    for layer in (net[0], net[2]):
        assert not layer.bias.any()
        expected = math.sqrt(2 / layer.in_features)
        assert layer.weight.std().item() == pytest.approx(expected, rel=0.02)


@given(
    value=st.floats(-2, 2),
    activation=st.sampled_from([nn.ReLU, nn.Tanh, nn.Sigmoid, nn.GELU]),
    units=st.integers(2, 7),
    seed=SEEDS,
)
def test_equal_units_get_equal_gradients(program, value, activation, units, seed):
    start_at = program("initialization/zeros_and_constants")["start_at"]
    layers = (nn.Linear(5, units, dtype=F64), activation(), nn.Linear(units, 3, dtype=F64))
    net = start_at(value, *layers)
    x, dy = torch.randn(2, 11, 5, dtype=F64, generator=seeded(seed))
    net(x).backward(dy[:, :3])
    for gradient in (net[0].weight.grad, net[0].bias.grad, net[2].weight.grad.T):
        torch.testing.assert_close(gradient, gradient[:1].expand_as(gradient), atol=1e-12, rtol=0)
        if value == 0 and activation is not nn.Sigmoid:
            assert not gradient.any()


def test_the_likeness_of_copies_is_one_and_of_strangers_none(program):
    likeness = program("initialization/positive_weights")["likeness"]
    x = torch.randn(50, 1, 9, 8, dtype=F64, generator=seeded(0))
    assert likeness(x * torch.tensor([1.0, 2.0, 5.0]).view(1, 3, 1, 1)) == pytest.approx(1)
    strangers = torch.randn(50, 4, 9, 8, dtype=F64, generator=seeded(1))
    assert likeness(strangers) == pytest.approx(0, abs=0.05)
