"""Recurrent networks: by hand against torch, on inputs that the page does not show."""

from functools import partial

import pytest
import torch
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(autouse=True)
def float64():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    yield
    torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (1, 9, 2, 7), (5, 3, 4, 2)])
@pytest.mark.parametrize(("name", "f"), [("tanh", torch.tanh), ("relu", torch.relu)])
@pytest.mark.parametrize("mean", [0, 1e4])
def test_states_and_gradients_are_those_of_torch(program, shape, name, f, mean):
    N, L, D, H = shape
    layer = nn.RNN(D, H, nonlinearity=name, batch_first=True)
    x = (mean + torch.randn(N, L, D)).requires_grad_()
    h = torch.randn(N, H, requires_grad=True)
    w_ih, w_hh, b_ih, b_hh = layer.parameters()
    ours = program("recurrent/rnn_cell")["rnn"](x, h, w_ih, w_hh, b_ih + b_hh, f)
    theirs, _ = layer(x, h[None])
    assert torch.allclose(ours, theirs)
    g, wanted = torch.randn(N, L, H), (x, h, w_ih, w_hh, b_ih)
    pairs = zip(*(torch.autograd.grad(y, wanted, g) for y in (ours, theirs)), strict=True)
    assert all(torch.allclose(a, b) for a, b in pairs)


@pytest.mark.parametrize(
    "wrong", [{"h": (1, 4)}, {"w_ih": (3, 4)}, {"w_hh": (4, 1)}, {"w_hh": (1, 4)}, {"h": (4,)}]
)
def test_a_shape_that_would_broadcast_is_refused_by_name(program, wrong):
    shapes = {"h": (2, 4), "w_ih": (4, 3), "w_hh": (4, 4), "b": (4,)} | wrong
    parts = {name: torch.ones(shape) for name, shape in shapes.items()}
    with pytest.raises(ValueError) as caught:
        program("recurrent/rnn_cell")["rnn"](torch.ones(2, 5, 3), **parts)
    assert str(next(iter(wrong.values()))) in str(caught.value)
    assert "(2, 5, 3)" in str(caught.value)


@pytest.mark.parametrize("shape", [(1, 1, 2, 3), (4, 12, 3, 5)])
def test_gradients_go_back_through_time_as_in_autograd(program, shape):
    N, L, D, H = shape
    layer = nn.RNN(D, H, batch_first=True)
    x, g = torch.randn(N, L, D), torch.randn(N, L, H)  # a loss at every step
    states, _ = layer(x)
    through_time = program("recurrent/backprop_through_time")["through_time"]
    dz = through_time(states.detach(), g, layer.weight_hh_l0.detach())
    before = torch.cat([torch.zeros(N, 1, H), states[:, :-1]], dim=1)
    by_hand = (
        torch.einsum("nti,ntj->ij", dz, x),
        torch.einsum("nti,ntj->ij", dz, before),
        dz.sum(dim=(0, 1)),
        dz.sum(dim=(0, 1)),
    )
    theirs = torch.autograd.grad(states, list(layer.parameters()), g)
    assert all(torch.allclose(a, b) for a, b in zip(by_hand, theirs, strict=True))


def test_a_gradient_that_would_broadcast_is_refused(program):
    with pytest.raises(ValueError) as caught:
        through_time = program("recurrent/backprop_through_time")["through_time"]
        through_time(torch.zeros(2, 5, 3), torch.ones(1, 5, 3), torch.eye(3))
    assert "(2, 5, 3)" in str(caught.value) and "(1, 5, 3)" in str(caught.value)


def test_chunks_with_a_carried_state_have_the_loss_of_the_whole(program):
    names = program("recurrent/truncated")
    whole, gradient = names["chunk_gradients"](40, torch.detach)
    for size in (1, 8, 20):
        loss, part = names["chunk_gradients"](size, torch.detach)
        assert loss == pytest.approx(whole)
        assert 0.1 < names["angle"](part, gradient) < 45
    x, layer = names["x"], names["layer"]
    loss = (names["readout"](layer(x)[0]) - names["y"]).square().sum()
    (truth,) = torch.autograd.grad(loss, layer.weight_hh_l0)
    assert torch.allclose(gradient, truth)
    assert whole == pytest.approx(loss.item())


@pytest.mark.parametrize("scale", [1, 1.3])
@pytest.mark.parametrize("kind", ["relu identity", "tanh orthogonal"])
def test_a_start_sets_the_recurrent_matrix_and_no_bias(program, kind, scale):
    layer = program("recurrent/identity_init")["start"](kind, scale)
    w = layer.weight_hh_l0.detach()
    assert torch.allclose(w @ w.T, scale**2 * torch.eye(len(w)))
    assert torch.allclose(w, scale * torch.eye(len(w))) == kind.endswith("identity")
    assert not layer.bias_ih_l0.any() and not layer.bias_hh_l0.any()
    assert 0 < layer.weight_ih_l0.abs().max() < 0.02
    assert layer.nonlinearity.lower().endswith(kind[:4])


@pytest.mark.parametrize("length", [1, 2, 3, 8, 9, 100])
def test_a_scan_has_the_states_and_gradients_of_the_loop(program, length):
    a = (2 * torch.randn(2, 3, length)).tanh().requires_grad_()
    u = (1e4 + torch.randn(2, 3, length)).requires_grad_()
    h, loop = torch.zeros(2, 3), []
    for t in range(length):
        h = a[..., t] * h + u[..., t]
        loop.append(h)
    loop = torch.stack(loop, dim=-1)
    states, passes = program("recurrent/linear_recurrence_scan")["scan"](a, u)
    assert torch.allclose(states, loop)
    assert passes == (length - 1).bit_length()
    grad = partial(torch.autograd.grad, inputs=(a, u), materialize_grads=True)
    pairs = zip(*(grad(y.sum()) for y in (states, loop)), strict=True)
    assert all(torch.allclose(x, y) for x, y in pairs)


@pytest.mark.parametrize("shape", [(1,), (1, 5), (3, 1), (4, 5)])
def test_a_scan_refuses_factors_of_another_shape(program, shape):
    with pytest.raises(ValueError) as caught:
        program("recurrent/linear_recurrence_scan")["scan"](torch.ones(shape), torch.ones(3, 5))
    assert str(shape) in str(caught.value) and "(3, 5)" in str(caught.value)


def test_the_tasks_are_what_they_are_called(program):
    names = program("recurrent/longer_than_trained")
    x = torch.tensor([1.0, 1, 0, 0, 1]).reshape(1, 5, 1)
    assert names["changes"](x).flatten().tolist() == [1, 0, 1, 0, 1]
    assert names["count"](x).flatten().tolist() == [1, 2, 2, 2, 3]
    assert torch.equal(names["counter"](x), names["count"](x))


def test_the_sentences_and_their_cross_entropy_are_right(program):
    names = program("recurrent/next_character")
    assert len(set(names["TEXT"])) == 12
    for line in names["TEXT"]:
        _, noun, _, verb = line.strip(" .\n").split()
        assert noun.endswith("s") != verb.endswith("s")
    log_probabilities = names["read"](names["ids"][:, :-1])[0].log_softmax(dim=2)
    chosen = log_probabilities.gather(2, names["ids"][:, 1:, None])
    assert names["nats"]().item() == pytest.approx(-chosen.sum().item() / 12)


def test_a_change_is_traced_to_its_example_and_later_steps(program):
    changed = program("recurrent/batch_first")["changed"]
    assert changed(nn.RNN(2, 3, batch_first=True), torch.randn(3, 5, 2)) == ([0], [2, 3, 4])
    assert changed(nn.RNN(2, 3), torch.randn(3, 5, 2)) == ([0, 1, 2], [2])


def test_packed_states_alone_agree_with_each_sequence(program):
    names = program("recurrent/variable_length")
    assert names["off"](names["layer"](names["packed"])[1]).max() < 1e-12
    assert names["off"](names["layer"](names["padded"])[1]).min() > 0.01
