"""Resampling: places, weights and reorderings against torch, on sizes not on the page."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples

F64 = {"dtype": torch.float64}


@pytest.fixture(autouse=True)
def _same_draws():
    torch.manual_seed(0)


@examples(200)
@given(size_in=st.integers(1, 50), size_out=st.integers(1, 90), align=st.booleans())
def test_linear_resizing_and_its_gradient_are_those_of_torch(program, size_in, size_out, align):
    resize = program("resampling/resize_by_hand")["resize_linear"]
    x = (1e4 + torch.randn(2, 3, size_in, **F64)).requires_grad_()
    ours = resize(x, size_out, align)
    theirs = F.interpolate(x, size=size_out, mode="linear", align_corners=align)
    torch.testing.assert_close(ours, theirs)
    upstream = torch.randn_like(ours)
    gradients = [torch.autograd.grad(y, x, upstream)[0] for y in (ours, theirs)]
    torch.testing.assert_close(*gradients)


@given(size_in=st.integers(2, 50), size_out=st.integers(2, 50))
def test_places_keep_edges_or_corners(program, size_in, size_out):
    places = program("resampling/resize_by_hand")["source_places"]
    corners = places(size_in, size_out, align_corners=True)
    assert corners[0].item() == 0 and corners[-1].item() == pytest.approx(size_in - 1)
    edges = places(size_in, size_out)
    half = size_in / size_out / 2  # of an output pixel, in inputs
    assert edges[0].item() - half == pytest.approx(-0.5)
    assert edges[-1].item() + half == pytest.approx(size_in - 0.5)


@pytest.mark.parametrize("name", ["resize_by_hand", "antialias"])
@pytest.mark.parametrize("sizes", [(0, 3), (3, 0), (-1, 2)])
def test_no_pixels_are_refused(program, name, sizes):
    found = program(f"resampling/{name}")
    function = found.get("source_places") or found["antialias_weights"]
    with pytest.raises(ValueError, match=f"no resizing from {sizes[0]} to {sizes[1]}"):
        function(*sizes)


@examples(200)
@given(size_in=st.integers(1, 60), size_out=st.integers(1, 60))
def test_antialias_weights_are_those_of_torch(program, size_in, size_out):
    weights = program("resampling/antialias")["antialias_weights"](size_in, size_out)
    options = {"size": (1, size_out), "mode": "bilinear"}
    rows = torch.eye(size_in, **F64)[:, None, None]  # (N, C, 1, size_in)
    theirs = F.interpolate(rows, **options, antialias=True)[:, 0, 0].T
    torch.testing.assert_close(weights, theirs)
    if size_out >= size_in:  # enlarging: as without
        torch.testing.assert_close(weights, F.interpolate(rows, **options)[:, 0, 0].T)


@pytest.mark.parametrize(
    ("shape", "scale"), [((2, 4, 3, 5), 2), ((1, 75, 2, 3), 5), ((3, 2, 4, 1), 1)]
)
def test_pixel_shuffle_is_that_of_torch(program, shape, scale):
    x = torch.randn(shape)
    ours = program("resampling/pixel_shuffle")["pixel_shuffle"](x, scale)
    assert torch.equal(ours, F.pixel_shuffle(x, scale))


@pytest.mark.parametrize(("channels", "scale"), [(6, 2), (9, 2), (4, 0), (8, 3)])
def test_channels_that_do_not_divide_are_named(program, channels, scale):
    with pytest.raises(ValueError, match=f"{channels} channels, scale {scale}"):
        program("resampling/pixel_shuffle")["pixel_shuffle"](torch.zeros(1, channels, 2, 3), scale)


@pytest.mark.parametrize(("size", "kernel"), [((6, 4), 2), ((7, 5), 2), ((9, 10), 3)])
def test_unpooling_and_its_gradient_are_those_of_torch(program, size, kernel):
    unpool = program("resampling/max_unpool")["unpool"]
    x = torch.randn(2, 3, *size, **F64) - 5  # all maxima negative
    pooled, places = F.max_pool2d(x, kernel, return_indices=True)
    pooled = pooled.requires_grad_()
    ours = unpool(pooled, places, size)
    theirs = F.max_unpool2d(pooled, places, kernel, output_size=size)
    assert torch.equal(ours, theirs)
    upstream = torch.randn_like(ours)
    gradients = [torch.autograd.grad(y, pooled, upstream)[0] for y in (ours, theirs)]
    assert torch.equal(*gradients)
    again, same = F.max_pool2d(-ours.abs(), kernel, return_indices=True)
    assert again.shape == pooled.shape and not torch.equal(same, places)  # zeros win


@pytest.mark.parametrize("place", [12, -1])
def test_a_place_outside_is_refused(program, place):
    values, places = torch.ones(1, 1, 1, 1), torch.full((1, 1, 1, 1), place)
    with pytest.raises(ValueError, match=f"for 3 x 4: .*up to {place}"):
        program("resampling/max_unpool")["unpool"](values, places, (3, 4))


def test_places_of_another_shape_are_refused(program):
    values, places = torch.ones(1, 1, 2, 2), torch.zeros(1, 1, 2, 1, dtype=torch.long)
    with pytest.raises(ValueError, match=r"\(1, 1, 2, 2\), \(1, 1, 2, 1\)"):
        program("resampling/max_unpool")["unpool"](values, places, (4, 4))


def test_blur_pool_moves_with_the_input_by_whole_strides_and_keeps_constants(program):
    blur_pool = program("resampling/blur_before_stride")["blur_pool"]
    x = torch.randn(2, 3, 12)
    moved = blur_pool(x.roll(4, dims=2))
    torch.testing.assert_close(moved, blur_pool(x).roll(2, dims=2))
    torch.testing.assert_close(blur_pool(torch.full((1, 2, 6), -3.0)), torch.full((1, 2, 3), -3.0))
    spike = torch.zeros(1, 1, 8)
    spike[0, 0, 3] = 1  # the maxima are 1 at 2 and 3; outputs stand at 0, 2, 4 and 6
    assert blur_pool(spike)[0, 0].tolist() == [0, 0.75, 0.25, 0]
