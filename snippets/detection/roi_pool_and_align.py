"""RoI pooling rounds a box to cells, RoIAlign samples it where it is."""

import torch
import torch.nn.functional as F


def roi_pool(features, box, size, stride):
    """Return the largest values of size x size parts of a box, (C, size, size).

    features: (C, H, W); box: (4,) in pixels, rounded to cells, the last ones included;
    off the map: ValueError. Source: Girshick 2015, section 2.1.
    """
    x1, y1, x2, y2 = (box / stride).round().long().tolist()
    if not (0 <= x1 <= x2 < features.shape[2] and 0 <= y1 <= y2 < features.shape[1]):
        raise ValueError(f"box {box.tolist()} leaves the map {tuple(features.shape)}")
    part = features[:, y1 : y2 + 1, x1 : x2 + 1]  # (C, h, w)
    for axis in (1, 2):
        cells = part.shape[axis]
        cuts = [(n * cells // size, -(-(n + 1) * cells // size)) for n in range(size)]
        strips = [part.narrow(axis, a, b - a).amax(dim=axis) for a, b in cuts]
        part = torch.stack(strips, dim=axis)
    return part  # (C, size, size)


def roi_align(features, box, size, stride, points=2):
    """Return the mean values of size x size parts of a box, (C, size, size).

    features: (C, H, W); box: (4,) in pixels. The mean of points x points interpolated
    values in each part; cells have their values in the middle. Source: He et al. 2017.
    """
    part = (torch.arange(size * points).to(box) + 0.5) / (size * points)  # (P,)
    weights = []
    for axis, cells in ((1, features.shape[1]), (0, features.shape[2])):
        at = (box[axis] + (box[axis + 2] - box[axis]) * part) / stride  # (P,)
        far = at - (torch.arange(cells).to(box)[:, None] + 0.5)  # (cells, P)
        weights.append((1 - far.abs()).clamp(min=0))  # of each cell in each sample
    samples = torch.einsum("chw,hp,wq->cpq", features, *weights)  # (C, P, P)
    return F.avg_pool2d(samples, points)


torch.set_default_dtype(torch.float64)
ramp = (torch.arange(20) + 0.5).expand(1, 14, 20)  # (C, H, W): each cell holds its x
box, right = torch.tensor([[64.0, 48, 160, 144], [1, 0, 1, 0]])  # (4,), (4,)
print("box moved by, in pixels  0     3     6     9    12    15")
for name, pool in (("RoI pooling moves", roi_pool), ("RoIAlign moves", roi_align)):
    seen = [pool(ramp, box + n * right, 3, 16)[0, 1, 1] for n in range(0, 18, 3)]
    print(f"{name:<18}" + "".join(f"{x - seen[0]:6.2f}" for x in seen))

torch.manual_seed(0)
maps = torch.randn(5, 14, 20)  # (C, H, W)
box = torch.tensor([37.0, 21, 270, 180])  # (4,): cells 2 to 17 and 1 to 11
off = roi_pool(maps, box, 7, 16) - F.adaptive_max_pool2d(maps[:, 1:12, 2:18], 7)
print(f"RoI pooling, off from adaptive_max_pool2d on the cells: {off.abs().max():.12f}")
y, x = torch.meshgrid(torch.arange(14.0), torch.arange(14.0), indexing="ij")
part = (torch.stack([x, y], dim=2) + 0.5) / 14  # (14, 14, 2), of the box
at = (box[:2] + (box[2:] - box[:2]) * part) / torch.tensor([160, 112]) - 1
samples = F.grid_sample(maps[None], at[None], align_corners=False)  # (1, C, 14, 14)
off = roi_align(maps, box, 7, 16) - F.avg_pool2d(samples[0], 2)
print(f"RoIAlign, off from grid_sample: {off.abs().max():.12f}")
