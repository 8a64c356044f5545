"""grid_sample reads anywhere: places run from -1 to 1, and x comes before y."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.randn(1, 2, 4, 6, dtype=torch.float64)  # (N, C, H, W)
theta = torch.tensor([[[1.0, 0, 0], [0, 1, 0]]]).double()  # (N, 2, 3): leave as it is

print("resized to 7 x 9 by an identity grid, against F.interpolate")
for grid_aligned in (False, True):
    grid = F.affine_grid(
        theta, [1, 2, 7, 9], align_corners=grid_aligned
    )  # (N, 7, 9, 2)
    for aligned in (False, True):
        options = {"padding_mode": "border", "align_corners": aligned}
        sampled = F.grid_sample(x, grid, **options)  # (N, C, 7, 9)
        theirs = F.interpolate(x, (7, 9), mode="bilinear", align_corners=aligned)
        off = (sampled - theirs).abs().max()
        print(f"grid {grid_aligned!s:<6}sample {aligned!s:<6}off by {off:.3f}")

corner = torch.tensor([[[[1.0, -1.0]]]]).double()  # (N, 1, 1, 2)
value = F.grid_sample(x, corner, align_corners=True)[0, 0, 0, 0]
row, column = (x[0, 0] == value).nonzero()[0].tolist()
print(f"place (1, -1) is row {row}, column {column} of 4 x 6 pixels")
