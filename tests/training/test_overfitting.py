"""Overfitting: decompositions against brute force, and helpers that must not mix up axes."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(5)


@pytest.fixture
def bias_and_variance(program):
    return program("overfitting/bias_and_variance")["bias_and_variance"]


@pytest.mark.parametrize("offset", [0.0, 1e4])
def test_bias_and_variance_add_up_to_the_error_without_noise(bias_and_variance, offset):
    rng = np.random.default_rng(1)
    predictions = rng.normal(size=(7, 11)) * 3 + offset
    truth = rng.normal(size=11) + offset
    bias, variance = bias_and_variance(predictions, truth)
    assert bias + variance == pytest.approx(((predictions - truth) ** 2).mean())


def test_variance_is_over_training_sets_and_bias_over_inputs(bias_and_variance):
    truth = np.array([1.0, 2.0, 4.0])
    same = np.tile(truth + 2, (5, 1))
    assert bias_and_variance(same, truth) == (4.0, 0.0)
    around = truth + np.array([[3.0], [-3.0]])
    assert bias_and_variance(around, truth) == (0.0, 9.0)


@pytest.mark.parametrize("shapes", [((5, 3), (5,)), ((5, 3), (3, 1)), ((2, 3, 4), (3, 4))])
def test_predictions_that_do_not_match_the_truth_are_refused(bias_and_variance, shapes):
    with pytest.raises(ValueError) as caught:
        bias_and_variance(*(np.zeros(shape) for shape in shapes))
    assert str(shapes[1]) in str(caught.value)


@pytest.fixture
def smallest(program):
    return program("overfitting/bigger_can_be_better")["smallest"]


@pytest.mark.parametrize("n, k", [(5, 9), (9, 5), (6, 6)])
def test_the_smallest_fit_is_the_pseudo_inverse(smallest, n, k):
    h, targets = torch.randn(n, k).double(), torch.randn(n, 3).double()
    torch.testing.assert_close(smallest(h, targets), torch.linalg.pinv(h) @ targets)


@pytest.mark.parametrize("n, k", [(5, 9), (9, 5)])
@pytest.mark.parametrize("lam", [0.1, 7.0])
def test_with_a_penalty_the_gradient_is_zero(smallest, n, k, lam):
    torch.set_default_dtype(torch.float64)
    try:
        h, targets = torch.randn(n, k), torch.randn(n, 3)
        w = smallest(h, targets, lam).requires_grad_()
        (((h @ w - targets) ** 2).sum() + lam * (w**2).sum()).backward()
    finally:
        torch.set_default_dtype(torch.float32)
    assert w.grad.abs().max() < 1e-10


def test_a_negative_penalty_is_refused(smallest):
    with pytest.raises(ValueError, match="-2"):
        smallest(torch.ones(2, 3), torch.ones(2, 1), -2)


def test_a_shifted_image_has_its_columns_one_to_the_right(program):
    shifted = program("overfitting/distribution_shift")["shifted"]
    x = torch.rand(3, 64)
    before, after = x.view(3, 8, 8), shifted(x).view(3, 8, 8)
    assert torch.equal(after[:, :, 1:], before[:, :, :-1])
    assert (after[:, :, 0] == 0).all()


def test_a_moved_image_is_one_of_nine_and_each_is_moved_by_itself(program):
    moved = program("overfitting/how_to_prevent")["moved"]
    x = torch.rand(40, 64)
    images = x.view(40, 8, 8)
    padded = F.pad(images[:, None], (1, 1, 1, 1), mode="replicate")[:, 0]
    nine = [padded[:, i : i + 8, j : j + 8].flatten(1) for i in range(3) for j in range(3)]
    result = moved(x)
    found = torch.stack([(result == one).all(dim=1) for one in nine])
    assert found.any(dim=0).all()
    assert found.any(dim=1).all()


def test_measure_is_the_loss_and_the_accuracy_of_torch(program):
    measure = program("overfitting/train_and_validation_curves")["measure"]
    model, x = torch.nn.Linear(3, 4).double(), torch.randn(6, 3).double()
    y = torch.tensor([0, 1, 2, 3, 1, 1])
    loss, right = measure(model, x, y)
    assert loss == pytest.approx(F.nll_loss(model(x).log_softmax(1), y).item())
    assert right == pytest.approx((model(x).argmax(1) == y).sum().item() / 6)


def test_a_readout_does_not_see_the_scale_or_later_labels(program):
    read_out = program("overfitting/by_layer")["read_out"]
    torch.set_default_dtype(torch.float64)
    try:
        h, labels = torch.randn(230, 12), torch.randint(10, (230,))
        scores = read_out(h, labels)
        torch.testing.assert_close(read_out(1e3 * h, labels), scores)
        other = labels.clone()
        other[200:] = 0
        torch.testing.assert_close(read_out(h, other), scores)
    finally:
        torch.set_default_dtype(torch.float32)
    z = h / h[:200].norm(dim=1).mean()
    targets = F.one_hot(labels[:200], 10).double()
    gram = z[:200].T @ z[:200] + 0.1 * torch.eye(12).double()
    torch.testing.assert_close(scores, z @ torch.linalg.solve(gram, z[:200].T @ targets))
