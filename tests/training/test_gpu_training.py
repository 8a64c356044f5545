"""Training on a GPU: the programs' functions against torch, on inputs the page does not show."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from tests.examples import examples

SIZES = st.integers(1, 300)
TIMES = st.integers(0, 500)


pytestmark = pytest.mark.usefixtures("one_thread")


@given(kernels=st.lists(TIMES, min_size=1, max_size=40), launch=TIMES)
def test_the_device_is_done_when_the_slowest_chain_of_launches_and_kernels_is(
    program, kernels, launch
):
    cpu, device = program("gpu_training/measure_it_right")["clocks"](kernels, launch)
    assert cpu == len(kernels) * launch
    # Some kernel is the last one that waited for its launch; from it on the queue never empties.
    chains = [(i + 1) * launch + sum(kernels[i:]) for i in range(len(kernels))]
    assert device == max(chains)


@given(n=st.integers(1, 200), kernel=TIMES, launch=TIMES)
def test_equal_kernels_follow_the_slower_side(program, n, kernel, launch):
    names = program("gpu_training/measure_it_right")
    assert names["clocks"]([kernel] * n, launch)[1] == names["elapsed"](n, kernel, launch)


@given(load=st.integers(1, 20), compute=st.integers(1, 20), workers=st.integers(0, 12))
def test_workers_keep_the_device_busy_for_their_share_and_no_more(program, load, compute, workers):
    busy = program("gpu_training/feed_the_gpu")["busy_share"](load, compute, workers)
    if workers == 0:
        assert busy == pytest.approx(compute / (load + compute))
    else:
        bound = min(1, workers * compute / load)
        assert bound * 0.97 < busy <= bound * 1.013


EXPONENTS = st.integers(-100, 100)
FLOATS = st.floats(-(2.0**100), 2.0**100, width=32, allow_subnormal=False)
# Twelve significant bits, the last of them a one: halfway between two numbers of eleven.
TIES = st.builds(math.ldexp, st.integers(2**10, 2**11 - 1).map(lambda k: 2 * k + 1), EXPONENTS)


@given(numbers=st.lists(FLOATS | TIES, min_size=1, max_size=50))
def test_tf32_keeps_eleven_significant_bits(program, numbers):
    x = torch.tensor(numbers)
    mantissa, exponent = np.frexp(x.double().numpy())
    nearest = np.ldexp(np.round(mantissa * 2**11), exponent - 11)  # ties to even
    ours = program("gpu_training/matmul_precision")["round_to_tf32"](x)
    assert np.array_equal(ours.double().numpy(), nearest)


@pytest.mark.parametrize("name", ["float64", "float8_e4m3fn", "float16", "bfloat16", "float32"])
def test_the_fields_of_a_format_fill_its_bits_and_give_its_resolution(program, name):
    dtype = getattr(torch, name)
    exponent, fraction = program("gpu_training/number_formats")["fields"](dtype)
    assert 1 + exponent + fraction == torch.finfo(dtype).bits
    one, next_one = torch.ones((), dtype=dtype), torch.tensor(1 + 2.0**-fraction, dtype=dtype)
    assert next_one.double() == 1 + 2.0**-fraction
    assert torch.tensor(1 + 2.0 ** -(fraction + 1), dtype=dtype).double() == one.double()


def test_types_found_without_a_device_are_those_of_a_real_run(program):
    names = program("gpu_training/mixed_precision")
    x, w = torch.randn(4, 8), torch.randn(8, 8)
    with torch.autocast("cpu", torch.bfloat16):
        outputs = {name: operation(x, w) for name, operation in names["OPERATIONS"].items()}
    for name, dtype in names["types"]("cpu").items():
        assert outputs[name].dtype is getattr(torch, dtype), name
    assert not torch.is_autocast_enabled("cpu")


@examples(12)
@given(
    layers=st.integers(1, 3),
    heads=st.integers(1, 4),
    per_head=st.integers(1, 16),
    vocabulary=SIZES,
    length=st.integers(1, 40),
    n=st.integers(1, 5),
)
def test_flops_per_token_equal_those_that_torch_counts(
    program, layers, heads, per_head, vocabulary, length, n
):
    width = heads * per_head
    with torch.device("meta"):
        body = [
            nn.TransformerEncoderLayer(width, heads, 4 * width, norm_first=True, batch_first=True)
            for _ in range(layers)
        ]
        head = nn.Linear(width, vocabulary)
        embedding = nn.Embedding(vocabulary, width)
        tokens = torch.zeros(n, length, dtype=torch.long)
        with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
            nn.Sequential(embedding, *body, head)(tokens).sum().backward()
    names = program("gpu_training/flops_utilization")
    ours = names["flops_per_token"](layers, width, vocabulary, length)
    assert ours * n * length == counter.get_total_flops()
    assert names["utilization"](ours, 100, 400 * ours) == pytest.approx(0.25)


@examples(30)
@given(widths=st.lists(st.integers(1, 60), min_size=2, max_size=6), n=st.integers(1, 40))
def test_the_four_accounts_of_memory_equal_the_bytes_that_torch_holds(program, widths, n):
    names = program("gpu_training/memory")
    formula = names["accounts"](widths, n)
    held, _ = names["measured"](widths, n, "cpu")
    assert formula == held
    net = nn.Sequential(*(nn.Linear(*pair) for pair in itertools.pairwise(widths)))
    assert formula["weights"] == sum(p.nbytes for p in net.parameters())


@given(n=st.integers(1, 3), heads=st.integers(1, 3), half=st.integers(2, 20))
def test_plain_attention_keeps_tables_and_fused_attention_rows(program, n, heads, half):
    names = program("gpu_training/attention_memory")

    def kept(attention, length):
        q, k, v = (t.requires_grad_() for t in torch.randn(3, n, heads, length, 8))
        return names["kept"](attention, q, k, v)[1]

    length = 2 * half
    assert kept(names["plain"], length) == 4 * n * heads * length**2
    fused = nn.functional.scaled_dot_product_attention
    with sdpa_kernel(SDPBackend.FLASH_ATTENTION):
        assert kept(fused, length) == 2 * kept(fused, half)


@given(rows=SIZES, columns=SIZES, tile=st.tuples(st.integers(1, 150), st.integers(1, 150)))
def test_tiles_are_counted_by_laying_them_out(program, rows, columns, tile):
    tiles = len(range(0, rows, tile[0])) * len(range(0, columns, tile[1]))
    share = program("gpu_training/channel_multiples")["tile_share"](rows, columns, tile)
    assert share == pytest.approx(rows * columns / (tiles * tile[0] * tile[1]))


@given(size=st.integers(1, 100_000), width=st.sampled_from([1, 2, 4]))
def test_all_rows_begin_at_multiples_of_the_alignment_and_of_nothing_larger(program, size, width):
    found = program("gpu_training/channel_multiples")["aligned"](size, width)
    starts = [row * size * width for row in range(1, 5)]
    assert all(start % found == 0 for start in starts)
    assert found == 128 or any(start % (2 * found) for start in starts)


@given(m=SIZES, k=SIZES, n=SIZES, size=st.sampled_from([1, 2, 4]))
def test_intensity_is_flops_that_torch_counts_over_bytes_of_three_matrices(program, m, k, n, size):
    names = program("gpu_training/arithmetic_intensity")
    a, b = torch.empty(m, k, device="meta"), torch.empty(k, n, device="meta")
    with FlopCounterMode(display=False) as counter:
        c = a @ b
    moved = size * (a.numel() + b.numel() + c.numel())
    intensity = names["matmul_intensity"](m, k, n, size)
    assert intensity == pytest.approx(counter.get_total_flops() / moved)
    ridge = names["PEAK"] / names["BANDWIDTH"]
    assert names["attainable"](intensity) == pytest.approx(
        names["PEAK"] * min(1, intensity / ridge)
    )


@given(axes=st.permutations(range(4)))
def test_the_order_in_memory_is_the_one_in_which_numbers_were_laid_down(program, axes):
    shape = (2, 3, 4, 5)
    laid = torch.zeros([shape[axis] for axis in axes])
    x = laid.permute([axes.index(axis) for axis in range(4)])
    assert tuple(x.shape) == shape
    assert program("gpu_training/channels_last")["order"](x) == "".join("NCHW"[a] for a in axes)


def test_the_loop_stopped_and_resumed_ends_at_the_same_weights(program, tmp_path):
    names = program("gpu_training/one_device_loop")
    begun = names["train"](tmp_path / "run.pt", stop=4)
    resumed = names["train"](tmp_path / "run.pt")
    assert torch.equal(resumed, names["whole"])
    assert not torch.equal(begun, resumed)
    assert [path.name for path in tmp_path.iterdir()] == ["run.pt"]
    assert torch.equal(names["train"](tmp_path / "run.pt"), resumed), "a finished run is done"


def test_the_loop_resumes_with_a_scaler_too(capsys):
    path = Path(__file__).parents[2] / "snippets" / "gpu_training" / "one_device_loop.py"
    source = path.read_text("utf8").replace("torch.bfloat16", "torch.float16")
    names = {"__name__": "program"}
    exec(compile(source, path.name, "exec"), names)
    assert capsys.readouterr().out.splitlines()[-1].endswith("differ by 0.000000000000")
    assert names["HALF"] is torch.float16


@pytest.mark.parametrize(
    ("name", "function", "arguments", "words"),
    [
        ("measure_it_right", "clocks", ([3, -1], 5), ["-1", "5"]),
        ("measure_it_right", "clocks", ([3, 1], -2), ["-2"]),
        ("feed_the_gpu", "busy_share", (0, 3, 1), ["0", "3"]),
        ("feed_the_gpu", "busy_share", (10, -3, 1), ["10", "-3"]),
        ("feed_the_gpu", "busy_share", (10, 3, -1), ["-1 workers"]),
        ("feed_the_gpu", "busy_share", (10, 3, 2, 0), ["0 batches"]),
        ("matmul_precision", "round_to_tf32", (torch.ones(2).double(),), ["float64"]),
        ("flops_utilization", "flops_per_token", (0, 8, 9, 4), ["0, 8, 9, 4"]),
        ("flops_utilization", "flops_per_token", (1, 8, 9, -1), ["1, 8, 9, -1"]),
        ("memory", "accounts", ([8], 4), ["[8]", "4"]),
        ("memory", "accounts", ([8, 0, 3], 4), ["[8, 0, 3]"]),
        ("memory", "accounts", ([8, 3], 0), ["0", "[8, 3]"]),
        ("channel_multiples", "tile_share", (0, 4, (2, 2)), ["0, 4, (2, 2)"]),
        ("channel_multiples", "tile_share", (3, 4, (2, 0)), ["3, 4, (2, 0)"]),
        ("arithmetic_intensity", "matmul_intensity", (4, 0, 3), ["4, 0, 3, 2"]),
    ],
)
def test_impossible_settings_are_refused_with_their_values(
    program, name, function, arguments, words
):
    with pytest.raises(ValueError) as caught:
        program(f"gpu_training/{name}")[function](*arguments)
    assert all(word in str(caught.value) for word in words)


@given(size=st.floats(1e-3, 1e3))
def test_a_peak_is_reached_only_from_the_ridge_on(program, size):
    names = program("gpu_training/arithmetic_intensity")
    ridge = names["PEAK"] / names["BANDWIDTH"]
    assert math.isclose(names["attainable"](size), names["PEAK"]) == (size >= ridge * (1 - 1e-9))
