"""LSTM and GRU: by hand against torch, on inputs that the page does not show."""

import math
from itertools import permutations

import pytest
import torch
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")

SHAPES = [(1, 1, 1), (1, 5, 2), (6, 2, 5), (3, 4, 4)]  # N, D, H


@pytest.fixture(autouse=True)
def float64():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    yield
    torch.set_default_dtype(torch.float32)


def same(ours, theirs, inputs):
    """Compare outputs, and the gradients of one random sum of them."""
    assert all(torch.allclose(a, b) for a, b in zip(ours, theirs, strict=True))
    factors = [torch.randn_like(y) for y in theirs]
    gradients = [torch.autograd.grad(ys, inputs, factors) for ys in (ours, theirs)]
    assert all(torch.allclose(a, b) for a, b in zip(*gradients, strict=True))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [1, 1e4])
def test_an_lstm_step_and_its_gradients_are_those_of_torch(program, shape, scale):
    N, D, H = shape
    cell = nn.LSTMCell(D, H)
    x = (scale * torch.randn(N, D)).requires_grad_()
    h, c = (torch.randn(N, H, requires_grad=True) for _ in range(2))
    w_ih, w_hh, b_ih, b_hh = cell.parameters()
    ours = program("lstm/lstm_cell")["lstm_cell"](x, h, c, w_ih, w_hh, b_ih + b_hh)
    same(ours, cell(x, (h, c)), (x, h, c, w_ih, w_hh, b_ih))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [1, 1e4])
def test_a_gru_step_and_its_gradients_are_those_of_torch(program, shape, scale):
    N, D, H = shape
    cell = nn.GRUCell(D, H)
    x = (scale * torch.randn(N, D)).requires_grad_()
    h = torch.randn(N, H, requires_grad=True)
    ours = program("lstm/gru_cell")["gru_cell"](x, h, *cell.parameters())
    same([ours], [cell(x, h)], (x, h, *cell.parameters()))


def test_the_two_ways_to_reset_agree_where_nothing_is_mixed(program):
    """With one unit and no bias, to scale before or after the matrix is the same."""
    gru_cell = program("lstm/gru_cell")["gru_cell"]
    x, h, w_ih, w_hh = (torch.randn(s) for s in [(4, 2), (4, 1), (3, 2), (3, 1)])
    nothing = torch.zeros(3)
    before, after = (gru_cell(x, h, w_ih, w_hh, nothing, nothing, way) for way in (False, True))
    assert torch.allclose(before, after)
    bias = torch.ones(3)
    before, after = (gru_cell(x, h, w_ih, w_hh, nothing, bias, way) for way in (False, True))
    assert not torch.allclose(before, after)


def test_the_paper_resets_the_state_before_the_matrix(program):
    x, h = torch.randn(2, 3), torch.randn(2, 2)
    cell = nn.GRUCell(3, 2)
    w_ih, w_hh, b_ih, b_hh = cell.parameters()
    b_ih.data[2:4], w_ih.data[2:4], w_hh.data[2:4] = -100, 0, 0  # z = 0: the candidate alone
    r = torch.sigmoid((x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)[:, :2])
    candidate = torch.tanh(x @ w_ih[4:].T + b_ih[4:] + (r * h) @ w_hh[4:].T + b_hh[4:])
    ours = program("lstm/gru_cell")["gru_cell"](x, h, *cell.parameters(), reset_after=False)
    assert torch.allclose(ours, candidate)


LSTM_SHAPES = {"h": (2, 3), "c": (2, 3), "w_ih": (12, 4), "w_hh": (12, 3), "b": (12,)}
GRU_SHAPES = {"h": (2, 3), "w_ih": (9, 4), "w_hh": (9, 3), "b_ih": (9,), "b_hh": (9,)}


@pytest.mark.parametrize(
    ("name", "shapes", "wrong"),
    [
        ("lstm_cell", LSTM_SHAPES, {"h": (1, 3)}),
        ("lstm_cell", LSTM_SHAPES, {"c": (1, 3)}),
        ("lstm_cell", LSTM_SHAPES, {"b": (1,)}),
        ("lstm_cell", LSTM_SHAPES, {"w_ih": (4, 4)}),
        ("gru_cell", GRU_SHAPES, {"h": (1, 3)}),
        ("gru_cell", GRU_SHAPES, {"b_ih": (1,)}),
        ("gru_cell", GRU_SHAPES, {"b_hh": (2, 9)}),
        ("gru_cell", GRU_SHAPES, {"w_hh": (12, 3)}),
    ],
)
def test_a_shape_that_would_broadcast_is_refused_by_name(program, name, shapes, wrong):
    parts = {key: torch.ones(shape) for key, shape in (shapes | wrong).items()}
    with pytest.raises(ValueError) as caught:
        program(f"lstm/{name}")[name](torch.ones(2, 4), **parts)
    assert str(next(iter(wrong.values()))) in str(caught.value)
    assert "(2, 4)" in str(caught.value)


def test_blocks_of_any_order_come_back_in_that_of_torch(program):
    reorder = program("lstm/gate_order")["reorder"]
    blocks = {name: torch.randn(3, 2) for name in "ifgo"}
    for order in map("".join, permutations("ifgo")):
        stacked = torch.cat([blocks[name] for name in order])
        assert torch.equal(reorder(stacked, order), torch.cat([blocks[n] for n in "ifgo"]))


@pytest.mark.parametrize(
    ("rows", "order", "named"),
    [(12, "ifg", "'ifg'"), (12, "iffo", "'iffo'"), (12, "ifco", "'ifco'"), (10, "iofg", "10")],
)
def test_blocks_that_make_no_sense_are_refused(program, rows, order, named):
    with pytest.raises(ValueError) as caught:
        program("lstm/gate_order")["reorder"](torch.zeros(rows, 2), order)
    assert named in str(caught.value)


@pytest.mark.parametrize("bias", [-2.5, 0, 0.7, 5])
def test_a_cell_keeps_half_for_its_half_life(program, bias):
    steps = program("lstm/forget_bias")["half_life"](bias)
    assert torch.tensor(bias).sigmoid().item() ** steps == pytest.approx(0.5)


@pytest.mark.parametrize("steps", [1.5, 2, 37, 1e5])
def test_the_bias_for_a_lag_forgets_one_part_of_it_per_step(program, steps):
    bias = program("lstm/forget_bias")["bias_for"](steps)
    assert torch.tensor(bias).sigmoid().item() == pytest.approx(1 - 1 / steps)


@pytest.mark.parametrize("steps", [1, 0, -3])
def test_no_bias_keeps_for_a_step_or_less(program, steps):
    with pytest.raises(ValueError, match=f"steps is {steps}"):
        program("lstm/forget_bias")["bias_for"](steps)


def test_gates_at_their_ends_keep_forget_and_overwrite(program):
    step, cell = program("lstm/gates")["step"], torch.tensor(-3.0)
    assert [v.item() for v in step(cell, 0, 1, 0.4, 0)] == [-3, 0]
    assert [v.item() for v in step(cell, 1, 0, 0.4, 1)] == pytest.approx([0.4, math.tanh(0.4)])
    assert step(cell, 1, 1, 0.5, 1)[0].item() == -2.5


def test_gradients_after_a_lag_are_those_of_autograd_at_that_input(program):
    names = program("lstm/gradient_highway")
    size = names["after_lag"]("LSTM", 5.0)
    assert len(size) == names["L"] and size[0] == 1
    assert size[50] > 1e4 * names["after_lag"]("LSTM", 1.0)[99]
    torch.manual_seed(0)  # a chunk from lag 9 on, from the state there, has the same gradients
    layer = nn.LSTM(names["D"], names["H"])
    layer.bias_ih_l0.data[64:128], layer.bias_hh_l0.data[64:128] = 5, 0
    x = torch.randn(names["L"], 4, names["D"])
    _, state = layer(x[:-10])
    tail = x[-10:].requires_grad_()
    (gradient,) = torch.autograd.grad(layer(tail, state)[0][-1].sum(), tail)
    norms = gradient.norm(dim=(1, 2)).flip(0)
    assert (norms / norms[0]).tolist() == pytest.approx(size[:10])
