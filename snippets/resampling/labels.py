"""Labels are names, not amounts: resizing them linearly makes classes up."""

import torch
import torch.nn.functional as F

labels = torch.zeros(6, 6, dtype=torch.long)  # (H, W): class 0 is the background
labels[1:5, 2:5] = 4  # class 4, of five
as_image = labels[None, None].double()  # (N, C, H, W)
scores = F.one_hot(labels, 5).double().permute(2, 0, 1)[None]  # (N, classes, H, W)

print("resized to 10 x 10   classes            row 4")
for mode in ("bilinear", "nearest", "nearest-exact", "scores, argmax"):
    if mode == "scores, argmax":  # scores are amounts: resize them, then decide
        resized = F.interpolate(scores, (10, 10), mode="bilinear").argmax(dim=1)[0]
    else:
        resized = F.interpolate(as_image, (10, 10), mode=mode)[0, 0].round().long()
    classes = str(resized.unique().tolist())
    print(f"{mode:<21}{classes:<19}{' '.join(map(str, resized[4].tolist()))}")
