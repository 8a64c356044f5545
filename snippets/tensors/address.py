"""Where an entry lies in memory, by strides and offset, on 2,000 random views."""

import random

import torch


def address(index, strides, offset=0):
    """Return the place of x[index] in x's memory, counted in entries.

    index: a number for each axis, 0 or more; strides: x.stride(); offset:
    x.storage_offset(). A wrong count or a negative number: ValueError.
    Source: van der Walt, Colbert and Varoquaux 2011, who count in bytes.
    """
    if len(index) != len(strides) or any(i < 0 for i in index):
        raise ValueError(f"index {tuple(index)} for strides {tuple(strides)}")
    return offset + sum(i * stride for i, stride in zip(index, strides))


def random_view(x, draw):
    """Return x with one random change that moves no data."""
    axis, other = draw.randrange(x.ndim), draw.randrange(x.ndim)
    size = x.shape[axis]
    changes = [
        lambda: x.transpose(axis, other),
        lambda: x.unsqueeze(axis),
        lambda: x.narrow(axis, size // 3, size - size // 3),
        lambda: x[(slice(None),) * axis + (slice(None, None, 2),)],
    ]
    if x.ndim > 1:
        changes.append(lambda: x.select(axis, size // 2))
    return draw.choice(changes)()


x = torch.arange(24).view(2, 3, 4)
print("view                      shape         strides         offset  contiguous")
for name, view in {
    "x": x,
    "x[1]": x[1],
    "x[:, 1:]": x[:, 1:],
    "x[..., ::2]": x[..., ::2],
    "x.transpose(0, 2)": x.transpose(0, 2),
    "x[:, None]": x[:, None],
    "x[:, :, :1].expand_as(x)": x[:, :, :1].expand_as(x),
}.items():
    assert view.untyped_storage().data_ptr() == x.data_ptr()  # no new memory
    shape, strides = str(tuple(view.shape)), str(view.stride())
    offset, contiguous = view.storage_offset(), view.is_contiguous()
    print(f"{name:<26}{shape:<14}{strides:<16}{offset:6d}  {contiguous}")

draw, wrong = random.Random(0), 0
for _ in range(2000):
    view = torch.arange(120).view(2, 3, 4, 5)  # each entry is its own address
    for _ in range(draw.randint(1, 4)):
        view = random_view(view, draw)
    index = tuple(draw.randrange(size) for size in view.shape)
    place = address(index, view.stride(), view.storage_offset())
    wrong += view[index].item() != place
print(f"2000 entries of random views: {wrong} lie elsewhere")
