"""What a YOLO network gives out: numbers per cell, and boxes made of them."""

import torch


def decode_v1(out, boxes, classes):
    """Return boxes (S, S, B, 4) as parts of the image, and scores (S, S, B, C).

    out: (S, S, 5 B + C): per box x, y in the cell, width and height as roots, and the
    confidence, then one set of class probabilities per cell. Another shape:
    ValueError. Source: Redmon et al. 2015, section 2.
    """
    cells = len(out)
    if out.shape != (cells, cells, 5 * boxes + classes):
        raise ValueError(f"{tuple(out.shape)} is not (S, S, 5 x {boxes} + {classes})")
    box, of_class = out.split([5 * boxes, classes], dim=2)
    x, y, *size, confidence = box.unflatten(2, (boxes, 5)).unbind(3)  # each (S, S, B)
    cell = torch.arange(cells)
    x, y = (x + cell[:, None]) / cells, (y + cell[:, None, None]) / cells
    place = torch.stack([x, y, size[0] ** 2, size[1] ** 2], dim=3)  # (S, S, B, 4)
    return place, confidence[..., None] * of_class[:, :, None]


def decode_v2(out, anchors):
    """Return boxes (S, S, B, 4) in cells, and scores (S, S, B, C).

    out: (S, S, B, 5 + C), per anchor; anchors: (B, 2), widths and heights in cells.
    Another shape: ValueError. Source: Redmon and Farhadi 2016, section 2.
    """
    cells = len(out)
    if out.ndim != 4 or out.shape[1:3] != (cells, len(anchors)) or out.shape[3] < 6:
        raise ValueError(f"{tuple(out.shape)} is not (S, S, {len(anchors)}, 5 + C)")
    y, x = torch.meshgrid(torch.arange(cells), torch.arange(cells), indexing="ij")
    middle = torch.stack([x, y], dim=2)[:, :, None] + out[..., :2].sigmoid()
    place = torch.cat([middle, anchors * out[..., 2:4].exp()], dim=3)  # (S, S, B, 4)
    return place, out[..., 4:5].sigmoid() * out[..., 5:].softmax(dim=3)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
score = decode_v1(torch.rand(7, 7, 30), boxes=2, classes=20)[1]
same = (score[:, :, 0].argmax(2) == score[:, :, 1].argmax(2)).double().mean()
print(f"version 1: a cell's two boxes name one class in {100 * same:.0f} % of cells")
anchors = torch.tensor([[1, 2], [3, 3], [5, 2], [2, 5], [8, 8]])  # (B, 2)
score = decode_v2(torch.randn(13, 13, 5, 25), anchors)[1]
same = (score[:, :, 0].argmax(2) == score[:, :, 1].argmax(2)).double().mean()
print(f"version 2: two of a cell's five in {100 * same:.0f} %")
out = torch.zeros(13, 13, 5, 25)
out[4, 2, 1, 2] = 0.5  # row 4, column 2, the anchor of 3 x 3 cells: t_w = 0.5
x, y, w, h = decode_v2(out, anchors)[0][4, 2, 1]
print(f"t = (0, 0, 0.5, 0): middle {x:.1f}, {y:.1f}, size {w:.2f} x {h:.2f} cells")
print("\n                    boxes   numbers   if it were S x S x (5B + C)")
for name, grids, b, c, per_cell in (
    ("1: 7 x 7, B = 2", [7], 2, 20, 5 * 2 + 20),
    ("2: 13 x 13, B = 5", [13], 5, 20, 5 * (5 + 20)),
    ("3: three grids, B = 3", [13, 26, 52], 3, 80, 3 * (5 + 80)),
):
    cells = sum(s * s for s in grids)
    print(f"{name:<22}{cells * b:6d}{cells * per_cell:9d}{cells * (5 * b + c):12d}")
