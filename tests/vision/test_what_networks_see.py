"""What networks see: each method against its definition, on networks the page does not show."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn


@pytest.fixture
def network():
    torch.manual_seed(3)
    layers = nn.Conv2d(1, 3, 3), nn.ReLU(), nn.Conv2d(3, 5, 2), nn.ReLU()
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(5 * 3 * 4, 4)).double()


@pytest.fixture
def images():
    torch.manual_seed(4)
    return torch.randn(7, 1, 6, 7, dtype=torch.float64)


def test_a_pattern_of_one_direction_is_coherent_and_a_round_one_is_not(program):
    coherence = program("what_networks_see/first_filters")["coherence"]
    across, down = torch.meshgrid(torch.linspace(-1, 1, 9), torch.linspace(-1, 1, 9), indexing="xy")
    waves = torch.stack([across, across + 2 * down, (3 * down).sin()])[:, None].repeat(1, 3, 1, 1)
    torch.testing.assert_close(coherence(waves)[:2], torch.ones(2))
    assert coherence(waves)[2] > 0.99
    round_one = (across**2 + down**2)[None, None].repeat(1, 3, 1, 1)
    assert coherence(round_one).item() == pytest.approx(0, abs=1e-5)


def test_a_hook_sees_what_the_layer_gives_and_leaves(program, network, images):
    watch = program("what_networks_see/activation_maps")["watch"]
    torch.testing.assert_close(watch(network, 1, images), network[:2](images).detach())
    torch.testing.assert_close(watch(network, 3, images), network[:4](images).detach())
    assert not any(layer._forward_hooks for layer in network)


def test_patches_are_where_a_template_fits_best(program, images):
    best_patches = program("what_networks_see/maximal_patches")["best_patches"]
    weight = torch.randn(2, 1, 3, 3, dtype=torch.float64)
    maps = F.conv2d(images, weight)  # (7, 2, 4, 5)
    patches = best_patches(maps, images, 3, 4)
    assert patches.shape == (2, 4, 3, 3)
    for k in range(2):
        values = (patches[k] * weight[k, 0]).sum(dim=(1, 2))
        expected = maps[:, k].amax(dim=(1, 2)).sort(descending=True).values[:4]
        torch.testing.assert_close(values, expected)


def test_patches_of_another_size_than_the_maps_say_are_refused(program, images):
    best_patches = program("what_networks_see/maximal_patches")["best_patches"]
    with pytest.raises(ValueError, match="6 rows make no 4 of 4"):
        best_patches(torch.zeros(7, 2, 4, 5), images, 4, 2)


@pytest.mark.parametrize("size", [1, 2, 6])
def test_occlusion_is_the_fall_for_each_place_by_itself(program, network, images, size):
    occlusion = program("what_networks_see/occlusion")["occlusion"]

    def score(x):
        return network(x)[:, 2]

    before = images[0].clone()
    with torch.no_grad():
        fall = occlusion(score, images[0], size, 0.3)
        assert fall.shape == (7 - size, 8 - size)
        i, j = fall.shape[0] - 1, fall.shape[1] // 2
        covered = images[:1].clone()
        covered[0, 0, i : i + size, j : j + size] = 0.3
        assert fall[i, j].item() == pytest.approx((score(images[:1]) - score(covered)).item())
    assert torch.equal(images[0], before)


@pytest.mark.parametrize("size", [0, 7, -1])
def test_a_cover_that_does_not_fit_is_refused(program, images, size):
    with pytest.raises(ValueError, match=f"patch of {size} "):
        program("what_networks_see/occlusion")["occlusion"](lambda x: x, images[0], size, 0.0)


def by_hand(network, images, labels, guided):
    """Return the map (N, D), with the backward pass written out."""
    inside = [images]
    for layer in network:
        inside.append(layer(inside[-1]).detach())
    gradient = F.one_hot(labels, 4).double()
    for layer, x in reversed(list(zip(network, inside))):
        if isinstance(layer, nn.Linear):
            gradient = gradient @ layer.weight.detach()
        elif isinstance(layer, nn.Flatten):
            gradient = gradient.reshape(x.shape)
        elif isinstance(layer, nn.Conv2d):
            gradient = F.conv_transpose2d(gradient, layer.weight.detach())
        elif guided:
            gradient = gradient * (x > 0) * (gradient > 0)
        else:
            gradient = gradient * (x > 0)
    return gradient.flatten(1).abs()


@pytest.mark.parametrize("guided", [False, True])
def test_both_rules_for_relu_are_those_of_the_page(program, network, images, guided):
    saliency = program("what_networks_see/guided_backprop")["saliency"]
    labels = torch.tensor([0, 3, 1, 1, 2, 0, 3])
    found = saliency(network, images, labels, guided)
    torch.testing.assert_close(found, by_hand(network, images, labels, guided))
    again = saliency(network, images, labels, False)  # no hook is left behind
    torch.testing.assert_close(again, by_hand(network, images, labels, False))


@pytest.fixture
def features(program):
    return program("what_networks_see/nearest_features_pca_tsne")


def test_neighbors_are_others_and_not_oneself(features):
    points = torch.tensor([[0.0], [1.0], [10.0], [11.5], [13.2]])
    assert features["neighbors"](points, torch.tensor([0, 0, 1, 1, 1])) == 1
    assert features["neighbors"](points, torch.tensor([0, 1, 1, 1, 2])) == pytest.approx(0.4)


def test_the_variance_within_classes_goes_from_none_to_all(features):
    labels = torch.arange(10).repeat(6)
    centers = torch.randn(10, 3, dtype=torch.float64)
    assert features["inside"](centers[labels], labels) == pytest.approx(0)
    noise = torch.randn(6, 3, dtype=torch.float64).repeat_interleave(10, dim=0)
    assert features["inside"](noise, labels) == pytest.approx(1)


def test_shares_of_the_variance_add_up_for_a_balanced_table(program):
    explained = program("what_networks_see/colour_or_shape")["explained"]
    one, two = torch.cartesian_prod(torch.arange(4), torch.arange(5)).unbind(dim=1)
    torch.manual_seed(1)
    first, second = torch.randn(4, 2, 3).double(), torch.randn(5, 2, 3).double()
    values = 1e4 + first[one] + second[two]
    assert explained(values, one) + explained(values, two) == pytest.approx(1)
    assert explained(first[one], one) == pytest.approx(1)
    assert explained(first[one], two) == pytest.approx(0, abs=1e-9)


def test_what_falls_with_the_score_are_the_scores_of_the_labels(program):
    names = program("what_networks_see/saliency")
    images, labels, network = (names[key] for key in ("images", "labels", "network"))
    x = images[:3].clone().requires_grad_()
    for n in range(3):
        (gradient,) = torch.autograd.grad(network(x)[n, labels[n]], x)
        torch.testing.assert_close(names["by_score"][n], gradient[n])
