"""Class ids are names: blending them makes classes that are not there."""

import torch
import torch.nn.functional as F

ids = torch.zeros(12, 12, dtype=torch.float64)  # (H, W): class 0, the background
ids[2:9, 3:10] = 7  # one object of class 7, and no other
for mode in ("nearest-exact", "bilinear"):
    small = F.interpolate(ids[None, None], (8, 8), mode=mode)[0, 0]  # (H, W)
    small = small.round().long()  # what a loss for classes is given
    counts = {c: (small == c).sum().item() for c in small.unique().tolist()}
    print(f"{mode:<15}pixels of each class: {counts}")

planes = F.one_hot(ids.long(), 8).permute(2, 0, 1).double()  # (K, H, W)
small = F.interpolate(planes[None], (8, 8), mode="bilinear")[0].argmax(dim=0)  # (H, W)
counts = {c: (small == c).sum().item() for c in small.unique().tolist()}
print(f"{'one plane each':<15}pixels of each class: {counts}")
