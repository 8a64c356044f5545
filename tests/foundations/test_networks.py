"""Networks: what the programs say of layers, units and functions, on others than the page's."""

import itertools
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from tests.examples import examples

pytestmark = pytest.mark.usefixtures("one_thread")
SIZES = st.lists(st.integers(1, 6), min_size=2, max_size=6)


def linear_layers(sizes, seed=0):
    torch.manual_seed(seed)
    return [nn.Linear(n, m, dtype=torch.float64) for n, m in pairwise(sizes)]


@given(sizes=SIZES, examples=st.integers(1, 5), scale=st.sampled_from([1e-3, 1.0, 1e4]))
def test_the_forward_pass_is_that_of_torch(program, sizes, examples, scale):
    layers = linear_layers(sizes)
    x = scale * torch.randn(examples, sizes[0], dtype=torch.float64)
    pairs = [(m.weight.detach().numpy(), m.bias.detach().numpy()) for m in layers]
    outputs = program("networks/forward")["forward"](x.numpy(), pairs, np.tanh)
    assert len(outputs) == len(layers)
    h = x
    for number, (layer, output) in enumerate(zip(layers, outputs, strict=True), start=1):
        h = layer(h) if number == len(layers) else layer(h).tanh()
        assert np.allclose(output, h.detach().numpy(), rtol=1e-12, atol=1e-12 * scale)


@pytest.mark.parametrize(
    "x, w, b, told",
    [
        ((5, 3), (4, 2), (4,), "(4, 2)"),
        ((5, 3), (4, 3), (1,), "(1,)"),  # both would broadcast
        ((5, 3), (4, 3), (5, 4), "(5, 4)"),
        ((5, 2, 3), (4, 3), (4,), "(5, 2, 3)"),
    ],
)
def test_layers_that_do_not_fit_are_refused_by_name(program, x, w, b, told):
    forward = program("networks/forward")["forward"]
    with pytest.raises(ValueError) as caught:
        forward(np.ones(x), [(np.ones(w), np.ones(b))], np.tanh)
    assert told in str(caught.value)
    assert "layer 1" in str(caught.value)


@examples(300)
@given(sizes=SIZES)
def test_an_mlp_has_the_layers_and_parameters_that_its_sizes_say(program, sizes):
    names = program("networks/mlp")
    net = names["MLP"](*sizes[:-1], n_out=sizes[-1])
    linear = [m for m in net.modules() if isinstance(m, nn.Linear)]
    assert [(m.in_features, m.out_features) for m in linear] == [*pairwise(sizes)]
    assert len(net.body) == 2 * (len(sizes) - 2)
    assert sum(p.numel() for p in net.parameters()) == names["parameters"](*sizes)


def test_the_logits_are_a_linear_function_of_the_features(program):
    net = program("networks/mlp")["MLP"](12, 5, 7, n_out=3, activation=nn.Tanh)
    x = torch.randn(4, 2, 3, 2).permute(0, 3, 1, 2)  # not contiguous
    features = net.features(x)
    assert features.shape == (4, 7)
    assert features.abs().max() < 1  # they are activations: after tanh
    assert torch.equal(net(x), net.head(features))
    merged = program("networks/mlp")["MLP"](12, n_out=3)
    assert torch.equal(merged.features(x), x.flatten(1))


@pytest.mark.parametrize("hidden", [[[100, 50]], [0], [-1], [5.0], ["5"]])
def test_sizes_that_are_no_sizes_are_refused_by_name(program, hidden):
    with pytest.raises(ValueError) as caught:
        program("networks/mlp")["MLP"](12, *hidden, n_out=1)
    assert str(hidden[0]) in str(caught.value)


@given(sizes=SIZES, seed=st.integers(0, 99))
def test_merged_layers_compute_the_same_and_are_no_wider_than_the_narrowest(program, sizes, seed):
    layers = linear_layers(sizes, seed)
    w, b = program("networks/linear_stack_collapses")["merge"](layers)
    x = 100 * torch.randn(9, sizes[0], dtype=torch.float64)
    assert torch.allclose(nn.Sequential(*layers)(x), x @ w.T + b, atol=1e-9)
    assert torch.linalg.matrix_rank(w) <= min(sizes)


def test_layers_that_do_not_follow_are_refused_by_name(program):
    merge = program("networks/linear_stack_collapses")["merge"]
    with pytest.raises(ValueError, match="1 inputs follow 4 outputs"):
        merge([nn.Linear(3, 4), nn.Linear(1, 2)])


def test_a_line_is_found_where_there_is_one_and_never_for_xor(program):
    names = program("networks/xor_needs_a_hidden_layer")
    points = names["POINTS"]
    for labels in itertools.product((0, 1), repeat=4):
        direction, threshold, hits = names["best_line"](points, np.array(labels))
        assert hits == ((points @ direction > threshold) == labels).sum()
        one_class = len(set(labels)) == 1  # no line between two points has all on one side
        xor = labels in ((0, 1, 1, 0), (1, 0, 0, 1))
        assert hits == (3 if xor or one_class else 4)


@given(a=st.floats(-1e3, 1e3), b=st.floats(-1e3, 1e3))
def test_two_units_are_the_distance_of_two_numbers(program, a, b):
    network = program("networks/xor_needs_a_hidden_layer")["network"]
    assert network(np.array([[a, b]]))[0] == pytest.approx(abs(a - b))


def test_one_unit_never_solves_xor_and_many_units_nearly_always_do(program):
    solved = program("networks/xor_is_not_always_found")["solved"]
    torch.set_default_dtype(torch.float64)
    try:
        assert not solved(1, starts=20, steps=100).any()  # one unit bends once: XOR needs two
        assert solved(32, starts=10, steps=300).sum() >= 9
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_polynomial_units_reach_the_best_polynomial_and_nothing_more(program, degree):
    fit = program("networks/universal_approximation")["fit"]
    x = np.linspace(-1, 2, 200)
    target = np.exp(np.sin(4 * x))
    best = np.polyval(np.polyfit(x, target, degree), x)
    for width in (8, 50):
        assert np.allclose(fit(x, target, width, lambda z: z**degree), best, atol=1e-4)


@pytest.mark.parametrize("name", ["ReLU", "tanh"])
def test_other_units_come_nearer_with_their_number(program, name):
    names = program("networks/universal_approximation")
    x = np.linspace(-2, 2, 200)
    target = np.abs(np.sin(2 * x))
    errors = [
        np.sqrt(np.mean((names["fit"](x, target, width, names["ACTIVATIONS"][name]) - target) ** 2))
        for width in (3, 30, 300)
    ]
    assert errors[0] > 2 * errors[1] > 4 * errors[2]


@given(
    start=st.floats(-5, 5),
    length=st.floats(0.5, 5),
    width=st.integers(1, 30),
    function=st.sampled_from([np.cos, np.tanh, np.abs, lambda x: x**3 - x]),
)
def test_units_set_by_hand_draw_straight_lines_between_points(
    program, start, length, width, function
):
    end = start + length
    network = program("networks/relu_interpolation")["relu_network"](function, start, end, width)
    x = np.linspace(start, end, 301)
    places = np.linspace(start, end, width + 1)
    assert np.allclose(network(x), np.interp(x, places, function(places)), atol=1e-8)
    left = network(np.array([start - 1, start - 9.0]))
    assert np.allclose(left, function(places[0]))  # all units are off there


@pytest.mark.parametrize("start, end, width", [(1, 1, 4), (2, 1, 4), (0, 1, 0)])
def test_an_interval_without_extent_is_refused_by_name(program, start, end, width):
    with pytest.raises(ValueError, match=f"from {start} to {end} with {width} units"):
        program("networks/relu_interpolation")["relu_network"](np.sin, start, end, width)


def test_folds_double_the_pieces_and_stay_on_the_interval(program):
    names = program("networks/depth_folds")
    y = np.linspace(0, 1, 2**11 + 1)
    assert names["pieces"](3 * y - 1) == 1
    assert names["pieces"](np.abs(y - 0.5)) == 2
    for depth in range(1, 9):
        y = names["tent"](y)
        assert names["pieces"](y) == 2**depth
        assert (y.min(), y.max()) == (0, 1)


def test_what_training_sees_of_a_module_is_what_the_page_says(program):
    names = program("networks/module_mistakes")
    assert names["count"](names["PlainList"]()) == 0
    assert names["count"](names["ModuleList"]()) == 13 * 5 + 6


def test_random_labels_are_learned_with_relu_only(program):
    names = program("networks/random_labels")
    torch.set_default_dtype(torch.float64)
    try:
        assert names["accuracy"](names["relu"], 100) > 0.97
        assert names["accuracy"](names["one"], 100) < 0.85
    finally:
        torch.set_default_dtype(torch.float32)


@given(x=st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=2))
def test_the_solution_of_the_first_exercise_is_a_maximum(program, x):
    w, b, v, c = map(np.array, program("networks/exercise_maximum_solution")["weights"]())
    assert np.maximum(w @ x + b, 0) @ v + c == pytest.approx(max(x))


@pytest.mark.parametrize("bits", [1, 2, 3, 10])
def test_the_solution_of_the_second_exercise_is_parity(program, bits):
    b, v = map(np.array, program("networks/exercise_parity_solution")["weights"](bits))
    for ones in range(bits + 1):
        assert np.maximum(ones + b, 0) @ v == ones % 2
