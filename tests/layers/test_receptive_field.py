"""Receptive fields: the recurrence against gradients, on stacks that the page does not show."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

from tests.examples import examples

LAYER = st.tuples(
    st.integers(1, 5),  # kernel
    st.integers(1, 3),  # stride
    st.integers(0, 3),  # padding
    st.integers(1, 3),  # dilation
)


def depends_on(layers, length):
    """Return (outputs, length): whether each output depends on each input, by pushing ones."""
    inputs = torch.eye(length, dtype=torch.float64)[:, None]  # (length, 1, length)
    for kernel, stride, padding, dilation in layers:
        weight = torch.ones(1, 1, kernel, dtype=torch.float64)
        inputs = F.conv1d(inputs, weight, None, stride, padding, dilation)
    return inputs[:, 0].T > 0


@examples(2000)
@given(layers=st.lists(LAYER, min_size=1, max_size=4), spare=st.integers(0, 9))
def test_every_output_sees_its_field_and_nothing_else(program, layers, spare):
    size, stride, start = program("receptive_field/receptive_field")["receptive_field"](layers)
    length = size + spare
    assume(length <= 120)
    for output, seen in enumerate(depends_on(layers, length)):
        places = seen.nonzero().flatten().tolist()
        first = start + output * stride
        assert all(first <= place < first + size for place in places)
        if first >= 0 and first + size <= length:  # it lies inside: its ends are seen
            assert (places[0], places[-1]) == (first, first + size - 1)


@examples(500)
@given(first=st.lists(LAYER, max_size=4), second=st.lists(LAYER, max_size=4))
def test_a_field_of_a_field_is_the_field_of_both_stacks(program, first, second):
    field = program("receptive_field/receptive_field")["receptive_field"]
    (size, stride, start), (size_2, stride_2, start_2) = field(first), field(second)
    both = (size + (size_2 - 1) * stride, stride * stride_2, start + start_2 * stride)
    assert field([*first, *second]) == both


@given(
    kernel=st.sampled_from([(3, 3), (1, 5), (3, 1)]),
    stride=st.sampled_from([(1, 1), (2, 1)]),
    dilation=st.sampled_from([(1, 1), (2, 3)]),
    depth=st.integers(1, 2),
)
@examples(30)
def test_the_axes_of_a_network_go_their_own_ways(program, kernel, stride, dilation, depth):
    torch.manual_seed(0)
    conv = nn.Conv2d(2, 2, kernel, stride, 0, dilation)
    measured = program("receptive_field/by_gradient")["field"](nn.Sequential(*[conv] * depth))
    formula = program("receptive_field/receptive_field")["receptive_field"]
    for axis in (0, 1):
        layers = [(kernel[axis], stride[axis], 0, dilation[axis])] * depth
        assert measured[axis] == formula(layers)[0]


@examples(500)
@given(
    layers=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4), st.integers(1, 4)), max_size=6)
)
def test_the_short_formulas_of_other_programs_agree(program, layers):
    whole = program("receptive_field/receptive_field")["receptive_field"]
    size, stride, _ = whole([(k, s, 0, d) for k, s, d in layers])
    sizes, last = program("receptive_field/growth")["fields"](layers)
    assert (sizes[-1] if sizes else 1, last) == (size, stride)
    plain = [(k, s) for k, s, _ in layers]
    size, stride, _ = whole([(k, s, 0, 1) for k, s in plain])
    assert program("receptive_field/known_networks")["receptive_field"](plain) == (size, stride)


@given(dilations=st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_rates_leave_holes_exactly_where_the_page_says(program, dilations):
    assume(sum(dilations) <= 30)
    count = program("receptive_field/gridding")["paths"](dilations)
    rates = sorted(dilations)
    whole = all(rate <= 1 + 2 * sum(rates[:n]) for n, rate in enumerate(rates))
    assert (min(count) > 0) == whole
    assert sum(count) == 3 ** len(dilations)


def test_the_predicted_spread_is_that_of_independent_steps(program):
    predicted = program("receptive_field/effective_receptive_field")["predicted"]
    for depth in (1, 3, 17):
        share = predicted(depth)
        places = torch.arange(-depth, depth + 1).double().numpy()
        assert share.sum() == pytest.approx(1)
        assert share @ places**2 == pytest.approx(2 * depth / 3)


@pytest.mark.parametrize(
    "layer", [(0, 1, 0, 1), (3, 0, 0, 1), (3, 1, 0, 0), (3, 1, -1, 1), (-3, 1, 0, 1)]
)
def test_an_impossible_layer_is_refused_by_name(program, layer):
    with pytest.raises(ValueError) as caught:
        program("receptive_field/receptive_field")["receptive_field"]([(3, 1, 1, 1), layer])
    assert str(layer) in str(caught.value)
