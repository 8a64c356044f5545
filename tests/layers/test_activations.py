"""Activations: the page's formulas and helpers, on values that the page does not show."""

import contextlib

import pytest
import torch
import torch.nn.functional as F
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")
F64 = torch.float64
TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": F.relu,
    "LeakyReLU": F.leaky_relu,
    "PReLU": lambda x: F.prelu(x, torch.full((1,), 0.25, dtype=F64)),
    "ELU": F.elu,
    "Softplus": F.softplus,
    "GELU": F.gelu,
    "SiLU": F.silu,
    "Mish": F.mish,
}


@contextlib.contextmanager
def float64():
    """Let constants of the programs be float64, as when they run."""
    torch.set_default_dtype(F64)
    try:
        yield
    finally:
        torch.set_default_dtype(torch.float32)


def slope_of(function, x):
    x = x.clone().requires_grad_()
    return torch.autograd.grad(function(x).sum(), x)[0]


@pytest.mark.parametrize("name", TORCH)
def test_values_and_slopes_equal_torch_far_from_zero_too(program, name):
    value, slope = program("activations/activation_zoo")["ZOO"][name]
    x = torch.cat([torch.linspace(-30, 30, 602), torch.tensor([-700.0, -1e-9, 1e-9, 700.0])]).to(
        F64
    )
    with float64():
        assert torch.allclose(value(x), TORCH[name](x), rtol=1e-8, atol=1e-12)
        assert torch.allclose(slope(x), slope_of(TORCH[name], x), rtol=1e-8, atol=1e-12)


def test_the_slope_of_maxout_is_that_of_its_largest_piece(program):
    value, slope = program("activations/activation_zoo")["ZOO"]["Maxout"]
    x = torch.randn(7, 5, dtype=F64) * 4
    with float64():
        assert torch.allclose(slope(x), slope_of(value, x), atol=1e-12)


def test_costs_are_those_of_formulas_that_equal_torch(program):
    names = program("activations/activation_cost")
    x = torch.linspace(-9, 9, 46, dtype=F64)
    with float64():
        for function, (value, slope) in names["TABLE"].items():
            keeps_output = function in (F.relu, torch.sigmoid, torch.tanh)
            assert torch.allclose(value(x), function(x), atol=1e-12)
            kept = function(x) if keeps_output else x
            assert torch.allclose(slope(kept) * 1.0, slope_of(function, x), atol=1e-12)


def test_the_count_tells_plain_operations_from_functions(program):
    count = program("activations/activation_cost")["Count"]
    x = torch.ones(3)
    with count() as counted:
        _ = x * x + x.exp() - x.tanh()
    assert (counted.plain, counted.functions) == (3, 2)


def test_slopes_reads_the_derivative_of_any_function(program):
    slopes = program("activations/saturation")["slopes"]
    x = torch.tensor([-2.0, 0.5, 3.0])
    assert slopes(torch.square, x).tolist() == [-4, 1, 6]


def test_the_condition_grows_as_the_mean_over_the_deviation(program):
    condition = program("activations/zigzag_updates")["condition"]
    torch.manual_seed(1)
    h = torch.randn(40, 3, dtype=F64)
    h = torch.linalg.qr(torch.cat([torch.ones(40, 1, dtype=F64), h], dim=1))[0][:, 1:]
    h = h * 40**0.5  # mean 0, the mean of h h' is the identity
    assert condition(h) == pytest.approx(1)
    assert condition(2 * h + 3) == pytest.approx(1 + 3 * 9 / 4)


def test_a_path_nears_the_target_in_every_step_and_never_overshoots(program):
    descend = program("activations/zigzag_updates")["descend"]
    torch.manual_seed(2)
    h, target = torch.randn(400, 2, dtype=F64), torch.tensor([0.5, -2.0], dtype=F64)
    with float64():
        path = descend(h, target, steps=300)
        assert path.shape == (301, 2)
        assert (path[-1] - target).norm() < 0.1
        assert (path - target).norm(dim=1).diff().max() < 1e-12
        longest = h.square().sum(dim=1).argmax()  # one step sets its error to 0
        path = descend(torch.cat([h[longest][None], h]), target, steps=1)
        assert (path[1] - target) @ h[longest] == pytest.approx(0, abs=1e-12)


def test_only_rows_of_one_sign_count(program):
    same_sign = program("activations/same_sign_gradients")["same_sign"]
    rows = torch.tensor([[1.0, 2, 3], [-1, -2, -3], [1, -2, 3], [0, 1, 2]])
    assert same_sign(rows) == 0.5


def test_one_example_keeps_a_unit_alive(program):
    dead = program("activations/dead_relu")["dead"]
    z = -torch.ones(50, 3)
    z[7, 1], z[9, 2] = 1e-6, 0
    assert dead(z).tolist() == [True, False, True]


@pytest.mark.parametrize("shape", [(4,), (2, 3, 4), (2, 3, 4, 5)])
def test_dead_refuses_other_than_two_axes(program, shape):
    with pytest.raises(ValueError) as caught:
        program("activations/dead_relu")["dead"](torch.zeros(shape))
    assert str(shape) in str(caught.value)


def test_kept_memory_counts_shared_memory_once(program):
    kept = program("activations/inplace_relu")["kept"]
    x = torch.randn(256, 1024, requires_grad=True)  # 1 MiB
    assert kept(nn.Sequential(nn.Tanh(), nn.Tanh()), x) == 2
    assert kept(nn.Sequential(nn.ReLU(), nn.Flatten()), x) == 1
    assert kept(nn.Sequential(nn.ReLU(), nn.Softplus()), x) == 1  # both keep the same values
    assert kept(nn.Softplus(), x) == 0  # its input exists anyway


@pytest.mark.parametrize("before, fine", [(torch.sin, True), (torch.sqrt, False)])
def test_an_operation_that_keeps_its_output_refuses(program, before, fine):
    refusal = program("activations/inplace_errors")["refusal"]
    assert (refusal(before) == "fine") == fine


@pytest.mark.parametrize("mean", [0.001, 0.7, 3.0, 60.0])
def test_softplus_starts_where_it_is_told(program, mean):
    start_for = program("activations/positive_regression")["start_for"]
    with float64():
        z = torch.tensor(start_for(mean), dtype=F64)
    assert F.softplus(z).item() == pytest.approx(mean, rel=1e-7)


@pytest.mark.parametrize("mean", [0.0, -2.5])
def test_no_softplus_starts_at_zero_or_below(program, mean):
    with pytest.raises(ValueError, match=str(mean)):
        program("activations/positive_regression")["start_for"](mean)


def test_maxout_takes_the_largest_of_its_maps_unit_by_unit(program):
    maxout = program("activations/maxout")["Maxout"](5, 4, pieces=3).to(F64)
    x = torch.randn(2, 6, 5, dtype=F64)
    ours = maxout(x)
    weight, bias = maxout.maps.weight.view(4, 3, 5), maxout.maps.bias.view(4, 3)
    for unit in range(4):
        sums = torch.stack([x @ weight[unit, k] + bias[unit, k] for k in range(3)])
        assert torch.allclose(ours[..., unit], sums.max(dim=0).values)


def test_maxout_needs_a_piece(program):
    with pytest.raises(ValueError, match="got 0"):
        program("activations/maxout")["Maxout"](5, 4, pieces=0)


@pytest.mark.parametrize("gate", ["GLU", "ReGLU", "GEGLU", "SwiGLU"])
def test_gated_units_follow_shazeer(program, gate):
    names = program("activations/gated_units")
    layer = names["GatedFeedForward"](6, 9, names["GATES"][gate]).to(F64)
    x = torch.randn(3, 4, 6, dtype=F64)
    w, v = layer.both.weight[:9], layer.both.weight[9:]
    function = {"GLU": torch.sigmoid, "ReGLU": F.relu, "GEGLU": F.gelu, "SwiGLU": F.silu}[gate]
    assert torch.allclose(layer(x), (function(x @ v.T) * (x @ w.T)) @ layer.out.weight.T)
