"""Four numbers that turn an anchor into a box, the same at every scale."""

import math

import torch

LARGEST = math.log(1000 / 16)  # of the logarithms, as in torchvision


def middle_and_size(boxes):
    """Return middles and sizes, both (N, 2); a box without area: ValueError."""
    if not (boxes[:, :2] < boxes[:, 2:]).all():
        raise ValueError(f"expected x1 < x2 and y1 < y2, got {boxes.tolist()}")
    return (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]


def encode(boxes, anchors):
    """Return the deltas (N, 4) that lead from anchors (N, 4) to boxes (N, 4).

    (x - x_a) / w_a, (y - y_a) / h_a, ln w / w_a, ln h / h_a, with x and y of the
    middles. Source: Girshick et al. 2013, appendix C; Ren et al. 2015, equation 2.
    """
    (middle, size), (start, unit) = middle_and_size(boxes), middle_and_size(anchors)
    return torch.cat([(middle - start) / unit, (size / unit).log()], dim=1)


def decode(deltas, anchors):
    """Return the boxes (N, 4) to which deltas (N, 4) lead from anchors (N, 4).

    The logarithms are cut off at LARGEST, so that exp stays finite.
    """
    start, unit = middle_and_size(anchors)
    middle = start + deltas[:, :2] * unit  # (N, 2)
    half = deltas[:, 2:].clamp(max=LARGEST).exp() * unit / 2  # (N, 2)
    return torch.cat([middle - half, middle + half], dim=1)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
anchor = torch.tensor([[32, 48, 96, 80]])  # (1, 4): 64 wide, 32 high
box = torch.tensor([[40, 40, 120, 80]])  # (1, 4): 80 wide, 40 high
print("scale   edges, box minus anchor     deltas")
for scale in (1, 8):
    edges = scale * (box - anchor)[0]
    deltas = encode(scale * box, scale * anchor)[0]
    print(f"{scale:5d}  {''.join(f'{e:6d}' for e in edges)}  ", end="")
    print("".join(f"{d:8.3f}" for d in deltas))

wide = decode(torch.tensor([[0, 0, 20.0, 0]]), anchor)[0]
print(f"a delta of 20 for the width: {wide[2] - wide[0]:.0f} wide, ", end="")
print(f"without the cut {64 * math.exp(20):.0e}")

corner, size = torch.randn(2, 2000, 2), 0.1 + torch.rand(2, 2000, 2)
a, b = torch.cat([corner, corner + size], dim=2)  # (N, 4), (N, 4)
off = (decode(encode(a, b), b) - a).abs().max()
print(f"2000 boxes, there and back: off by {off:.12f}")
