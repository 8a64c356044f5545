"""Attention: the formulas against torch, and what masks and positions promise."""

import math
from itertools import pairwise

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from tests.examples import examples

F64 = {"dtype": torch.float64}


@pytest.fixture(autouse=True)
def _same_draws():
    torch.manual_seed(0)


def gradients(output, inputs):
    upstream = torch.linspace(-1, 2, output.numel(), **F64).reshape(output.shape)
    return torch.autograd.grad(output, inputs, upstream)


@pytest.mark.parametrize("batch", [(), (2,), (2, 3)])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("scale", [1, 100])
def test_attention_is_that_of_torch(program, batch, masked, scale):
    attention = program("attention/attention")["attention"]
    query = (scale * torch.randn(*batch, 5, 3, **F64)).requires_grad_()
    key = torch.randn(*batch, 7, 3, **F64, requires_grad=True)
    value = (1e4 + torch.randn(*batch, 7, 4, **F64)).requires_grad_()
    mask = torch.rand(*batch, 5, 7) < 0.5 if masked else None
    if masked:
        mask[..., 2] = True  # no empty row
    ours, weights = attention(query, key, value, mask)
    theirs = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    torch.testing.assert_close(ours, theirs)
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(*batch, 5, **F64))
    inputs = (query, key, value)
    pairs = zip(gradients(ours, inputs), gradients(theirs, inputs), strict=True)
    for mine, other in pairs:
        torch.testing.assert_close(mine, other, rtol=1e-6, atol=1e-6)


def test_keys_in_another_order_change_nothing(program):
    attention = program("attention/attention")["attention"]
    query, key = torch.randn(4, 3, **F64), torch.randn(6, 3, **F64)
    value, order = torch.randn(6, 2, **F64), torch.randperm(6)
    same = attention(query, key[order], value[order])[0]
    torch.testing.assert_close(same, attention(query, key, value)[0])


@pytest.mark.parametrize(
    ("key", "value", "mask", "named"),
    [
        ((5, 3), (5, 2), None, "(5, 3)"),  # another width than the query's
        ((5, 4), (6, 2), None, "(6, 2)"),  # more values than keys
        ((1, 4), (6, 2), None, "(1, 4)"),  # would broadcast
        ((0, 4), (0, 2), None, "(0, 2)"),  # nothing to look at
        ((5, 4), (5, 2), torch.ones(5, 3).bool(), "(5, 3)"),  # transposed
        ((5, 4), (5, 2), torch.ones(3, 1).bool(), "(3, 1)"),
        ((5, 4), (5, 2), torch.ones(3, 5), "float32"),  # added, not a choice
    ],
)
def test_shapes_that_do_not_fit_are_named(program, key, value, mask, named):
    with pytest.raises(ValueError) as caught:
        program("attention/attention")["attention"](
            torch.zeros(3, 4), torch.zeros(key), torch.zeros(value), mask
        )
    assert named in str(caught.value)


@pytest.mark.parametrize(("heads", "width"), [(1, 5), (5, 15), (7, 7)])
def test_multi_head_is_that_of_torch(program, heads, width):
    layer = nn.MultiheadAttention(width, heads, batch_first=True, **F64)
    nn.init.normal_(layer.in_proj_bias)  # torch starts with zeros
    nn.init.normal_(layer.out_proj.bias)
    x, memory = torch.randn(3, 4, width, **F64), torch.randn(3, 6, width, **F64)
    parts = (layer.in_proj_weight, layer.in_proj_bias, *layer.out_proj.parameters())
    ours, weights = program("attention/multi_head")["multi_head"](x, memory, *parts, heads)
    theirs, their_weights = layer(x, memory, memory, average_attn_weights=False)
    torch.testing.assert_close(ours, theirs)
    torch.testing.assert_close(weights, their_weights)
    for mine, other in zip(gradients(ours, parts), gradients(theirs, parts), strict=True):
        torch.testing.assert_close(mine, other)


@pytest.mark.parametrize(
    ("heads", "memory", "w_in", "named"),
    [
        (4, (2, 5, 6), (18, 6), "4 heads"),  # 6 features
        (3, (1, 5, 6), (18, 6), "(1, 5, 6)"),  # would broadcast over the batch
        (3, (2, 5, 3), (18, 6), "(2, 5, 3)"),
        (3, (2, 5, 6), (6, 6), "(6, 6)"),
    ],
)
def test_heads_that_do_not_fit_are_named(program, heads, memory, w_in, named):
    with pytest.raises(ValueError) as caught:
        program("attention/multi_head")["multi_head"](
            torch.zeros(2, 4, 6),
            torch.zeros(memory),
            torch.zeros(w_in),
            torch.zeros(w_in[0]),
            torch.zeros(6, 6),
            torch.zeros(6),
            heads,
        )
    assert named in str(caught.value)


def test_the_positional_encoding_is_the_formula_entry_by_entry(program):
    encoding = program("attention/positional_encoding")["positional_encoding"](13, 6)
    for t in range(13):
        for i in range(3):
            angle = t * 10_000 ** (-2 * i / 6)
            assert encoding[t, 2 * i] == pytest.approx(math.sin(angle), abs=1e-12)
            assert encoding[t, 2 * i + 1] == pytest.approx(math.cos(angle), abs=1e-12)


@pytest.mark.parametrize(("length", "width"), [(5, 3), (5, 0), (0, 4), (5, -2)])
def test_an_impossible_encoding_is_refused(program, length, width):
    with pytest.raises(ValueError, match=f"{length} positions with width {width}"):
        program("attention/positional_encoding")["positional_encoding"](length, width)


@examples(50)
@given(
    at=st.integers(0, 5000),
    other=st.integers(0, 5000),
    shift=st.integers(-5000, 5000),
    width=st.sampled_from([2, 4, 10]),
)
def test_rotary_scores_depend_on_the_distance_alone(program, at, other, shift, width):
    rotary = program("attention/rotary_positions")["rotary"]
    torch.manual_seed(width)
    q, k = torch.randn(2, 1, width, **F64)

    def score(at, other):
        return (rotary(q, torch.tensor([at])) @ rotary(k, torch.tensor([other])).T).item()

    assert score(at, other) == pytest.approx(score(at + shift, other + shift), abs=1e-9)


def test_rotary_turns_neighbors_slower_and_slower(program):
    rotary = program("attention/rotary_positions")["rotary"]
    x = torch.tensor([[1.0, 0, 1, 0, 1, 0]], **F64)
    turned = rotary(x, torch.tensor([3]))[0]
    for pair in range(3):
        angle = 3 * 10_000 ** (-2 * pair / 6)
        wanted = torch.tensor([math.cos(angle), math.sin(angle)], **F64)
        torch.testing.assert_close(turned[2 * pair : 2 * pair + 2], wanted)


@pytest.mark.parametrize(("shape", "places"), [((4, 5), 4), ((4, 6), 3), ((4, 6), 1)])
def test_rotary_refuses_what_does_not_fit(program, shape, places):
    with pytest.raises(ValueError) as caught:
        program("attention/rotary_positions")["rotary"](torch.zeros(shape), torch.arange(places))
    assert str(shape) in str(caught.value) and f"({places},)" in str(caught.value)


@examples(50)
@given(training=st.text(max_size=60), text=st.text(max_size=30), merges=st.integers(0, 20))
def test_any_text_comes_back_from_its_tokens(program, training, text, merges):
    tokenizer = program("attention/tokenizer")
    pairs = tokenizer["learn"](training, merges)
    tokens = tokenizer["encode"](text, pairs)
    assert tokenizer["decode"](tokens) == text
    assert len(tokens) <= len(text.encode())
    assert len(pairs) <= merges


@given(text=st.text(alphabet="ab", min_size=2, max_size=40))
def test_the_first_merge_is_the_most_frequent_pair(program, text):
    tokenizer = program("attention/tokenizer")
    counts = {}
    for first, second in pairwise(text):
        counts[first + second] = counts.get(first + second, 0) + 1
    pairs = tokenizer["learn"](text, 1)
    if max(counts.values()) < 2:
        assert pairs == []
    else:
        first, second = pairs[0]
        assert counts[(first + second).decode()] == max(counts.values())
        merged = tokenizer["encode"](text, pairs)
        assert len(merged) == len(text) - text.count((first + second).decode())


@pytest.mark.parametrize("norm_first", [False, True])
def test_a_block_is_that_of_torch(program, norm_first):
    layer = nn.TransformerEncoderLayer(
        10, 5, 7, dropout=0, batch_first=True, norm_first=norm_first, **F64
    )
    for weight in layer.parameters():  # norms too: torch starts them at 1 and 0
        nn.init.normal_(weight)
    x = torch.randn(3, 4, 10, **F64, requires_grad=True)
    ours, theirs = program("attention/transformer_block")["transformer_block"](x, layer), layer(x)
    torch.testing.assert_close(ours, theirs)
    torch.testing.assert_close(gradients(ours, (x,)), gradients(theirs, (x,)))


def test_a_block_of_another_width_is_refused(program):
    layer = nn.TransformerEncoderLayer(10, 5, 7)
    with pytest.raises(ValueError, match=r"width 10, got \(2, 3, 9\)"):
        program("attention/transformer_block")["transformer_block"](torch.zeros(2, 3, 9), layer)


def test_a_decoder_block_is_that_of_torch(program):
    layer = nn.TransformerDecoderLayer(10, 5, 7, dropout=0, batch_first=True, **F64)
    for weight in layer.parameters():
        nn.init.normal_(weight)
    x = torch.randn(3, 4, 10, **F64, requires_grad=True)
    memory = torch.randn(3, 6, 10, **F64, requires_grad=True)
    mask = nn.Transformer.generate_square_subsequent_mask(4, **F64)
    ours = program("attention/cross_attention")["decoder_block"](x, memory, layer)
    theirs = layer(x, memory, tgt_mask=mask, tgt_is_causal=True)
    torch.testing.assert_close(ours, theirs)
    torch.testing.assert_close(gradients(ours, (x, memory)), gradients(theirs, (x, memory)))


@pytest.mark.parametrize("memory", [(1, 6, 10), (3, 6, 9)])
def test_a_memory_that_does_not_fit_is_named(program, memory):
    layer = nn.TransformerDecoderLayer(10, 5, 7, batch_first=True)
    with pytest.raises(ValueError) as caught:
        program("attention/cross_attention")["decoder_block"](
            torch.zeros(3, 4, 10), torch.zeros(memory), layer
        )
    assert str(memory) in str(caught.value)


@examples(10)
@given(st.integers(1, 4), st.integers(1, 20), st.integers(1, 999), st.integers(1, 300))
def test_the_arithmetic_is_what_torch_counts(program, heads, size, length, hidden):
    width = heads * size
    layer = nn.TransformerEncoderLayer(width, heads, hidden, 0, device="meta")
    with FlopCounterMode(display=False) as counter:
        layer(torch.empty(length, 1, width, device="meta"))
    parts = program("attention/attention_cost")["macs"](length, width, hidden)
    assert counter.get_total_flops() == 2 * sum(parts)
    quadratic = program("attention/attention_cost")["macs"](2 * length, width, hidden)
    assert quadratic == (2 * parts[0], 4 * parts[1])


@pytest.mark.parametrize("sizes", [(0, 4, 4), (4, 0, 4), (4, 4, -1)])
def test_sizes_below_one_have_no_cost(program, sizes):
    with pytest.raises(ValueError) as caught:
        program("attention/attention_cost")["macs"](*sizes)
    assert f"length {sizes[0]}, width {sizes[1]}, hidden {sizes[2]}" in str(caught.value)


def test_neighbors_stand_side_by_side_both_ways(program):
    found = program("attention/trained_embeddings")
    pairs = [tuple(pair) for pair in found["neighbors"]().tolist()]
    assert sorted(pairs) == sorted((b, a) for a, b in pairs)
    words = found["WORDS"]
    spelled = {(words[a], words[b]) for a, b in pairs}
    assert ("big", "cat") in spelled and ("cat", "runs") in spelled
    assert ("big", "runs") not in spelled and ("cat", "dog") not in spelled
    assert len(pairs) == 2 * 2 * len(found["SENTENCES"])
