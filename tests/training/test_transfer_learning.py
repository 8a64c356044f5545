"""Transfer learning: distillation and low-rank updates against torch, and what freezing stops."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(4)


@pytest.fixture
def distillation_loss(program):
    return program("transfer_learning/distillation")["distillation_loss"]


@pytest.mark.parametrize("temperature", [0.3, 1, 4.5])
@pytest.mark.parametrize("scale", [1, 100])
def test_the_loss_and_its_gradient_are_those_of_torch(distillation_loss, temperature, scale):
    student = (scale * torch.randn(5, 6).double()).requires_grad_()
    teacher = scale * torch.randn(5, 6).double()
    ours = distillation_loss(student, teacher, temperature)
    log_q = (student / temperature).log_softmax(1)
    p = (teacher / temperature).softmax(1)
    theirs = temperature**2 * F.kl_div(log_q, p, reduction="sum") / 5
    torch.testing.assert_close(ours, theirs)
    (slope,) = torch.autograd.grad(ours, student)
    expected = temperature * ((student / temperature).softmax(1) - p) / 5
    torch.testing.assert_close(slope, expected)


def test_adding_a_constant_to_all_scores_of_an_example_changes_nothing(distillation_loss):
    student, teacher = torch.randn(2, 3, 4).double()
    moved = distillation_loss(student + 1e4, teacher - torch.tensor([[1e3], [0], [7]]), 2)
    torch.testing.assert_close(moved, distillation_loss(student, teacher, 2))
    assert distillation_loss(teacher + 3, teacher, 2).abs() < 1e-12
    assert distillation_loss(student, teacher, 2) > 0


def test_at_a_high_temperature_the_gradient_is_the_difference_of_centered_scores(
    distillation_loss,
):
    student, teacher = torch.randn(2, 3, 4).double()
    student.requires_grad_()
    (slope,) = torch.autograd.grad(distillation_loss(student, teacher, 1e5), student)
    apart = (student - teacher).detach()
    apart = (apart - apart.mean(dim=1, keepdim=True)) / 4 / 3
    torch.testing.assert_close(slope, apart, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("shape, temperature", [((3, 5), 1), ((1, 4), 1), ((3, 4), 0)])
def test_scores_that_do_not_match_or_no_temperature_are_refused(
    distillation_loss, shape, temperature
):
    with pytest.raises(ValueError) as caught:
        distillation_loss(torch.zeros(shape), torch.zeros(3, 4), temperature)
    assert str(shape) in str(caught.value)
    assert str(temperature) in str(caught.value)


@pytest.fixture
def LoRA(program):
    return program("transfer_learning/lora")["LoRA"]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("rank", [1, 3])
def test_a_low_rank_update_is_a_matrix_of_that_rank(LoRA, bias, rank):
    linear, x = nn.Linear(5, 4, bias=bias).double(), torch.randn(7, 5).double()
    before = linear(x).detach()
    layer = LoRA(linear, rank, alpha=6.0).double()
    assert torch.equal(layer(x), before)
    nn.init.normal_(layer.b)
    added = layer(x) - before
    torch.testing.assert_close(added, 6 / rank * x @ (layer.b @ layer.a).T)
    assert torch.linalg.matrix_rank(layer.merged().weight - linear.weight) == rank
    layer.merged()
    torch.testing.assert_close(linear(x), before)  # merging leaves the original alone


def test_only_the_two_thin_matrices_get_gradients(LoRA):
    layer = LoRA(nn.Linear(5, 4), 2)
    layer(torch.randn(3, 5)).square().sum().backward()
    trained = {name for name, p in layer.named_parameters() if p.grad is not None}
    assert trained == {"a", "b"}


def test_the_merged_layer_computes_the_same(LoRA):
    torch.set_default_dtype(torch.float64)
    try:
        layer = LoRA(nn.Linear(5, 4), 2, alpha=3.0)
        nn.init.normal_(layer.b)
        x = torch.randn(6, 5)
        torch.testing.assert_close(layer.merged()(x), layer(x))
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("rank", [0, -1, 5])
def test_an_impossible_rank_is_refused(LoRA, rank):
    with pytest.raises(ValueError, match=rf"rank {rank} of a matrix of 4 x 6"):
        LoRA(nn.Linear(6, 4), rank)


@pytest.mark.parametrize(
    "arguments, moves",
    [
        (("requires_grad", True, True), [False, True]),
        (("requires_grad", False, False), [True, False]),
        (("rate 0", False, True), [False, False]),
        (("rate 0", True, False), [False, True]),
        (("gradient 0", False, False), [True, False]),
    ],
)
def test_what_moves_in_a_frozen_layer(program, arguments, moves):
    assert program("transfer_learning/frozen_but_moving")["changed"](*arguments) == moves


def test_a_way_to_freeze_that_does_not_exist_is_refused(program):
    with pytest.raises(ValueError, match="no_grad"):
        program("transfer_learning/frozen_but_moving")["changed"]("no_grad", True, True)


def test_pruning_keeps_units_whole_and_the_largest(program):
    names = program("transfer_learning/smaller_from_larger")
    large = names["network"](20)
    with torch.no_grad():
        large[0].weight[[1, 3, 4, 6, 10, 12, 17, 19]] *= 50
        large[2].weight[:, [0, 2]] *= 3
    small = names["pruned"](large)
    x = torch.rand(4, 64)
    hidden = torch.zeros(4, 20)
    kept = [1, 3, 4, 6, 10, 12, 17, 19]
    hidden[:, kept] = large[0](x).relu()[:, kept]
    torch.testing.assert_close(small(x), large[2](hidden), rtol=1e-4, atol=1e-4)
