"""Sanity checks: what they measure, on networks and data that the page does not show."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def program(program):
    """Return the function of all tests, which leaves torch in float64."""

    def load(name):
        found = program(name)
        torch.set_default_dtype(torch.float64)
        return found

    torch.set_default_dtype(torch.float64)
    yield load
    torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize(("classes", "spread"), [(2, 0.05), (7, 0.2), (1000, 0.3)])
def test_half_the_variance_is_what_a_small_spread_adds(program, classes, spread):
    first_loss = program("sanity_checks/initial_loss")["first_loss"]
    torch.manual_seed(1)
    logits = spread * torch.randn(31, classes) + 1e4  # a shift of all logits changes nothing
    every = [F.cross_entropy(logits, torch.full((31,), k)) for k in range(min(classes, 7))]
    whole = (logits.logsumexp(dim=1) - logits.mean(dim=1)).mean().item()  # over all classes
    if classes <= 7:
        assert whole == pytest.approx(torch.stack(every).mean().item())
    assert first_loss(logits) == pytest.approx(whole, abs=spread**3)
    assert first_loss(0 * logits) == pytest.approx(math.log(classes))
    assert first_loss(logits) > math.log(classes)


@pytest.mark.parametrize("shape", [(4, 1), (4,), (2, 3, 4)])
def test_a_first_loss_of_other_shapes_is_refused_by_name(program, shape):
    with pytest.raises(ValueError) as caught:
        program("sanity_checks/initial_loss")["first_loss"](torch.zeros(shape))
    assert str(shape) in str(caught.value)


def test_each_loss_of_zeros_is_the_formula(program):
    for _, found, _, expected in program("sanity_checks/first_loss_by_kind")["rows"]:
        assert found.item() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("decay", [0.0, 0.02, 3.0])
def test_the_penalty_is_the_one_whose_gradient_sgd_adds(program, decay):
    names = program("sanity_checks/regularization_raises_loss")
    torch.manual_seed(2)
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2))
    x, y = torch.randn(4, 3), torch.randint(2, (4,))

    def loss(m):
        return F.cross_entropy(m(x), y)

    plain, wanted = names["step"](model, loss, decay=decay)
    whole, found = names["step"](model, lambda m: loss(m) + names["penalty"](m, decay))
    assert torch.allclose(found, wanted, rtol=0, atol=1e-14)
    size = nn.utils.parameters_to_vector(model.parameters()).square().sum().item()
    assert whole - plain == pytest.approx(decay / 2 * size)
    idle, same = names["step"](model, lambda m: loss(m) + names["penalty"](m, decay).detach())
    assert idle == whole
    assert torch.equal(same, names["step"](model, loss)[1])


def test_a_negative_decay_is_refused_by_name(program):
    with pytest.raises(ValueError, match=r"-0\.5"):
        program("sanity_checks/regularization_raises_loss")["penalty"](nn.Linear(2, 2), -0.5)


def test_few_examples_are_learned_by_heart_unless_something_is_wrong(program):
    overfit = program("sanity_checks/overfit_a_small_batch")["overfit"]
    torch.manual_seed(3)
    x, y = torch.rand(12, 9), torch.arange(12) % 10
    assert overfit(x, y)[0] < 0.1
    assert overfit(x, y)[1] == 1
    assert overfit(x, y, "labels off by one") != overfit(x, y)
    assert overfit(x, y, "labels off by one")[0] < 0.1
    loss, accuracy = overfit(x, y, "softmax twice", steps=300)
    assert accuracy > 0.8
    assert math.log(math.e + 9) - 1 < loss < 1.7
    for mistake in ("no step", "pixels times 0", "images shuffled alone"):
        assert overfit(x, y, mistake)[0] > 1.5


def test_a_network_that_sees_nothing_ends_at_the_entropy_of_the_classes(program):
    names = program("sanity_checks/blind_baseline")
    labels = torch.tensor([0, 0, 0, 1, 2, 2, 0, 2])
    share = torch.tensor([4, 1, 3]) / 8
    assert names["entropy"](labels) == pytest.approx(-(share * share.log()).sum().item())
    assert names["entropy"](torch.full((5,), 3)) == 0
    torch.manual_seed(4)
    x, y = torch.zeros(300, 64), (torch.rand(300) < 0.2).long()
    loss, accuracy = names["train"](x, y, x, y, epochs=12)
    assert loss == pytest.approx(names["entropy"](y), abs=0.03)
    assert accuracy == (y == 0).double().mean().item()


def test_who_sees_whom_finds_each_pair(program):
    sees = program("sanity_checks/who_sees_whom")["sees"]
    torch.manual_seed(5)
    x = torch.randn(4, 3)
    mixing = torch.tensor([[1.0, 0, 0, 2], [0, 1, 0, 0], [0, 3, 1, 0], [0, 0, 0, 0]])
    assert torch.equal(sees(lambda v: mixing @ v, x), mixing != 0)
    assert torch.equal(sees(lambda v: mixing @ v[:, 2:], x), mixing != 0)  # one feature of three
    assert sees(nn.Softmax(dim=1), x).equal(torch.eye(4, dtype=torch.bool))
    assert sees(nn.Softmax(dim=0), x).all()
    with pytest.raises(ValueError, match="4 examples went in and 2 came out"):
        sees(lambda v: v.reshape(2, 6), x)


def test_a_report_tells_cut_off_frozen_and_forgotten_parameters_apart(program):
    report = program("sanity_checks/every_parameter_moves")["report"]
    torch.manual_seed(6)
    model = nn.ModuleDict({name: nn.Linear(3, 3, bias=False) for name in "abc"})
    model["b"].requires_grad_(False)
    optimizer = torch.optim.SGD([model["a"].weight, model["b"].weight], 0.5)
    loss = model["c"](model["b"](model["a"](torch.randn(7, 3)))).square().mean()
    found = report(model, optimizer, loss)
    gradient, move = found["a.weight"]
    assert move == pytest.approx(0.5 * gradient)
    assert move > 0
    assert found["b.weight"] == (None, 0)
    assert found["c.weight"][0] > 0
    assert found["c.weight"][1] == 0


@pytest.mark.parametrize(("rows", "columns"), [(3, 5), (20, 2)])
def test_the_first_step_of_adam_has_the_size_of_its_rate(program, rows, columns):
    formula = program("sanity_checks/update_ratio")["first_ratio_of_adam"]
    torch.manual_seed(7)
    weight = nn.Parameter(torch.randn(rows, columns) * 5)
    start = weight.detach().clone()
    optimizer = torch.optim.Adam([weight], 0.03)
    (1e3 * torch.randn(rows, columns) * weight).sum().backward()
    optimizer.step()
    ratio = (weight.detach() - start).norm() / start.norm()
    assert formula(start, 0.03) == pytest.approx(ratio.item(), rel=1e-6)
    with pytest.raises(ValueError, match="weights of zeros"):
        formula(torch.zeros(rows, columns), 0.03)


def test_a_unit_is_dead_if_no_example_lifts_it_above_zero(program):
    never_fire = program("sanity_checks/dead_units")["never_fire"]
    hidden = torch.tensor([[0.0, -1, 2, -3], [0, 1e-9, -5, -1]])
    assert never_fire(hidden) == 0.5
    assert never_fire(hidden[:1]) == 0.75
    assert never_fire(hidden.relu()) == 0.5
    with pytest.raises(ValueError, match=r"\(0, 4\)"):
        never_fire(hidden[:0])


def test_dead_units_stay_dead_at_a_lower_rate(program):
    train = program("sanity_checks/dead_units")["train"]
    assert train(2.5)[1] > 0.5
    assert train(2.5, rescue=0.2)[1] == train(2.5)[1]
    assert train(0.2)[1] < 0.1


def test_the_numbers_of_sick_runs_lie_outside_those_of_healthy_ones(program):
    run = program("sanity_checks/numbers_to_watch")["run"]
    first, last, low, high, ratio, dead, right = run(rate=0.3)
    assert first == pytest.approx(math.log(10), abs=0.1)
    assert last < 1
    assert 0.1 < low / high < 10
    assert 1e-3 < ratio < 1e-1
    assert dead < 0.2
    assert right > 0.9
    assert run(depth=6, activation=nn.Sigmoid)[2] < 1e-4 * low
    assert run(rate=0.3, softmax=True)[2] < 0.3 * low
    assert run(rate=20.0)[5] > 0.9
    assert run(scale=200.0)[0] > 5
    slow = run(rate=0.003)
    assert slow[4] < ratio / 10
    assert slow[:1] + slow[2:4] == (first, low, high)  # before any step
    assert run(rate=0.3, shuffle=True)[6] < 0.5
