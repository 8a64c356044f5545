"""Tensors: places in memory, views, broadcasting and pictures, against torch and NumPy."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.examples import examples

pytestmark = pytest.mark.usefixtures("one_thread")
ROOT = Path(__file__).resolve().parents[2]
SHAPE = st.lists(st.integers(0, 4), max_size=4)
FULL = st.lists(st.integers(1, 5), min_size=1, max_size=4)


def refuses(function, *inputs):
    """Return whether a function raises an error that is about shapes."""
    try:
        function(*inputs)
    except (ValueError, RuntimeError):
        return True
    return False


@examples(100)
@given(shape=FULL, data=st.data())
def test_an_address_is_the_place_in_flat_memory(program, shape, data):
    index = [data.draw(st.integers(0, size - 1)) for size in shape]
    strides = torch.empty(shape, device="meta").stride()
    place = program("tensors/address")["address"](index, strides)
    assert place == np.ravel_multi_index(index, shape)


@examples(100)
@given(shape=FULL, data=st.data())
def test_the_address_of_a_cut_and_permuted_tensor_holds_its_entry(program, shape, data):
    memory = torch.randn(math.prod(shape), dtype=torch.float64)
    x = memory.view(shape).permute(data.draw(st.permutations(range(len(shape)))))
    for axis, size in enumerate(x.shape):
        start = data.draw(st.integers(0, size - 1))
        x = x[(slice(None),) * axis + (slice(start, None, data.draw(st.integers(1, 3))),)]
    index = tuple(data.draw(st.integers(0, size - 1)) for size in x.shape)
    place = program("tensors/address")["address"](index, x.stride(), x.storage_offset())
    assert memory[place] == x[index]


@pytest.mark.parametrize(
    ("index", "strides"), [((1, 2), (3,)), ((1,), (3, 1)), ((0, -1), (3, 1)), ((), (1,))]
)
def test_an_index_that_does_not_fit_is_refused_by_name(program, index, strides):
    with pytest.raises(ValueError) as caught:
        program("tensors/address")["address"](index, strides)
    assert str(index) in str(caught.value)
    assert str(strides) in str(caught.value)


@examples(200)
@given(shape=SHAPE, data=st.data())
def test_a_tensor_is_one_run_exactly_if_view_says_so(program, shape, data):
    strides = [data.draw(st.integers(0, 6)) for _ in shape]
    if shape and data.draw(st.booleans()):  # often make the rule hold
        strides = list(torch.empty(shape, device="meta").stride())
        factor = data.draw(st.integers(1, 2))
        strides = [factor * stride for stride in strides]
    x = torch.empty_strided(shape, strides, device="meta")
    is_one_run = program("tensors/view_reshape_contiguous")["is_one_run"]
    assert is_one_run(x.shape, x.stride()) != refuses(lambda: x.view(-1))


@pytest.mark.parametrize(("shape", "strides"), [((2, 3), (3,)), ((2,), (3, 1)), ((), (1,))])
def test_a_stride_too_many_or_too_few_is_refused(program, shape, strides):
    with pytest.raises(ValueError) as caught:
        program("tensors/view_reshape_contiguous")["is_one_run"](shape, strides)
    assert str(shape) in str(caught.value)
    assert str(strides) in str(caught.value)


@examples(200)
@given(first=SHAPE, second=SHAPE)
def test_broadcasting_gives_the_shape_of_numpy_or_none(program, first, second):
    broadcast_shape = program("tensors/broadcasting")["broadcast_shape"]
    try:
        expected = np.broadcast_shapes(tuple(first), tuple(second))
    except ValueError:
        with pytest.raises(ValueError) as caught:
            broadcast_shape(first, second)
        assert str(tuple(first)) in str(caught.value)
        assert str(tuple(second)) in str(caught.value)
    else:
        assert broadcast_shape(first, second) == expected
        assert broadcast_shape(second, first) == expected


@examples(100)
@given(
    samples=st.integers(1, 90),
    n_fft=st.integers(1, 60),
    hop=st.integers(1, 70),
    center=st.booleans(),
)
def test_a_spectrogram_has_the_shape_of_the_formula(program, samples, n_fft, hop, center):
    stft_shape = program("tensors/image_text_audio_shapes")["stft_shape"]

    def by_torch():
        window, signal = torch.ones(n_fft), torch.ones(samples)
        return torch.stft(signal, n_fft, hop, window=window, center=center, return_complex=True)

    if refuses(by_torch):
        assert refuses(stft_shape, samples, n_fft, hop, center)
    else:
        assert stft_shape(samples, n_fft, hop, center) == tuple(by_torch().shape)


@pytest.mark.parametrize(
    ("samples", "n_fft", "hop", "center"),
    [(200, 400, 160, True), (399, 400, 160, False), (900, 400, 0, True), (900, 0, 160, True)],
)
def test_a_spectrogram_that_does_not_exist_is_refused(program, samples, n_fft, hop, center):
    with pytest.raises(ValueError) as caught:
        program("tensors/image_text_audio_shapes")["stft_shape"](samples, n_fft, hop, center)
    assert f"{samples} samples" in str(caught.value)
    assert f"n_fft {n_fft}, hop {hop}" in str(caught.value)


@examples(40)
@given(data=st.data(), size=st.integers(1, 9), classes=st.integers(1, 5))
def test_the_accuracy_of_all_pairs_knows_only_the_shares(program, data, size, classes):
    accuracy = program("tensors/broadcasting_trap")["accuracy_of_all_pairs"]
    label = st.integers(0, classes - 1)
    predicted, labels, shuffled = (
        torch.tensor(data.draw(values))
        for values in [st.lists(label, min_size=size, max_size=size)] * 2
        + [st.permutations(range(size))]
    )
    expected = (predicted[:, None] == labels).double().mean()
    assert accuracy(predicted, labels) == pytest.approx(expected.item())
    assert accuracy(predicted[shuffled], labels) == pytest.approx(expected.item())


@pytest.mark.parametrize("size", [1, 2, 7])
@pytest.mark.parametrize("mean", [0.0, 1e4])
def test_the_loss_of_all_pairs_and_its_gradient_are_those_of_broadcasting(program, size, mean):
    torch.manual_seed(0)
    predicted = (torch.randn(size, dtype=torch.float64) + mean).requires_grad_()
    targets = torch.randn(size, dtype=torch.float64) * 3 - mean
    ours = program("tensors/broadcasting_trap")["loss_of_all_pairs"](predicted, targets)
    theirs = (predicted[:, None] - targets).square().mean()
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(loss, predicted)[0] for loss in (ours, theirs)]
    torch.testing.assert_close(*gradients)


@given(height=st.integers(1, 6), width=st.integers(1, 6), seed=st.integers(0, 99))
def test_a_picture_survives_the_way_to_a_tensor_and_back(program, height, width, seed):
    module = program("tensors/image_to_tensor")
    array = np.random.default_rng(seed).integers(256, size=(height, width, 3), dtype=np.uint8)
    x = module["to_tensor"](Image.fromarray(array))
    assert x.shape == (3, height, width)
    assert x.is_contiguous()
    for channel in range(3):
        expected = torch.tensor(array[:, :, channel] / 255, dtype=torch.float32)
        torch.testing.assert_close(x[channel], expected)
    assert np.array_equal(module["to_image"](x), array)
    assert np.array_equal(module["to_image"](x.double() - 1e-6), array)  # rounded, not cut off
    clipped = np.clip(3 * array.astype(int) - 255, 0, 255)
    assert np.array_equal(module["to_image"](3 * x.double() - 1), clipped)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_every_mode_of_a_picture_becomes_three_channels(program, mode):
    array = np.arange(2 * 5 * 3, dtype=np.uint8).reshape(2, 5, 3) * 8
    image = Image.fromarray(array).convert(mode)
    x = program("tensors/image_to_tensor")["to_tensor"](image)
    assert x.shape == (3, 2, 5)
    assert 0 <= x.min() <= x.max() <= 1


@pytest.mark.parametrize(
    "x",
    [
        torch.zeros(4, 5, 3),
        torch.zeros(1, 3, 4, 5),
        torch.zeros(4, 5),
        torch.zeros(3, 4, 5, dtype=torch.uint8),
    ],
)
def test_what_is_no_picture_is_refused_by_name(program, x):
    with pytest.raises(ValueError) as caught:
        program("tensors/image_to_tensor")["to_image"](x)
    assert str(tuple(x.shape)) in str(caught.value)


def test_reshape_cuts_a_picture_into_thirds(program):
    """Channel 0 of the reshaped picture is the start of the file, all three colors of it."""
    module = program("tensors/reshape_is_not_transpose")
    photo, reshaped = module["photo"], module["reshaped"]
    assert torch.equal(reshaped[0].flatten(), photo.flatten()[: photo.numel() // 3])
    assert torch.equal(module["permuted"].movedim(0, -1), photo)


def test_the_mean_over_a_mask_ignores_what_stands_in_the_padding(program):
    module = program("tensors/different_lengths")
    torch.testing.assert_close(module["masked"], module["exact"])
    assert module["x"].isnan().any()
    assert not module["clean"].isnan().any()
    torch.testing.assert_close(
        module["clean"].sum(1) / module["mask"].sum(1, keepdim=True), module["exact"]
    )


WRONG = [
    ("windows", lambda x, k: torch.stack([x[i : i + k] for i in range(len(x) - k + 1)])),
    ("windows", lambda x, k: x.as_strided((len(x) - k + 1, k), (1, 1))),
    ("windows", lambda x, k: x.as_strided((len(x) - k + 1, k), (x.stride(0), 1))),
    ("windows", lambda x, k: x[: len(x) // k * k].view(-1, k)),
    ("channels", lambda x, mean, std: x - mean[:, None, None]),
    ("channels", lambda x, mean, std: (x - mean) / std),
    ("channels", lambda x, mean, std: (x - mean[:, None]) / std[:, None]),
    ("channels", lambda x, m, s: x.sub_(m[:, None, None]).div_(s[:, None, None])),
    ("heads", lambda x, heads: x.reshape(len(x), heads, x.shape[1], -1)),
    ("heads", lambda x, heads: x.unflatten(2, (-1, heads)).movedim(3, 1)),
    ("heads", lambda x, heads: x.unflatten(2, (heads, -1))),
]
RIGHT = [
    ("windows", lambda x, k: x.unfold(0, k, 1)),
    ("channels", lambda x, m, s: ((x.movedim(1, -1) - m) / s).movedim(-1, 1)),
    ("heads", lambda x, heads: torch.stack(x.chunk(heads, 2), 1)),
]
ANSWERS = {"windows": "windows", "channels": "normalize", "heads": "split_heads"}


@pytest.mark.parametrize(
    ("name", "answer", "right"), [(*row, False) for row in WRONG] + [(*row, True) for row in RIGHT]
)
def test_an_exercise_tells_right_answers_from_wrong_ones(name, answer, right, capsys):
    text = (ROOT / f"snippets/tensors/exercise_{name}.py").read_text(encoding="utf-8")
    check = text[text.index("# The check") :]
    try:
        exec(check, {"torch": torch, ANSWERS[name]: answer})
    except RuntimeError as error:  # shapes that do not even fit
        assert not right, error
    else:
        assert capsys.readouterr().out.startswith("right: " if right else "not yet: ")
