"""What the border does to a mean: padded zeros count unless torch is told otherwise."""

import torch
import torch.nn.functional as F

print("average pooling of ones, kernel 3, stride 2       first row of the output")
for pixels, options in (
    (5, {"padding": 1}),
    (5, {"padding": 1, "count_include_pad": False}),
    (5, {"padding": 1, "divisor_override": 1}),
    (6, {}),
    (6, {"ceil_mode": True}),
    (6, {"ceil_mode": True, "padding": 1}),
):
    ones = torch.ones(1, 1, pixels, pixels, dtype=torch.float64)  # (N, C, H, W)
    y = F.avg_pool2d(ones, 3, 2, **options)  # (N, C, H_out, W_out)
    row = "".join(f"{v:7.3f}" for v in y[0, 0, 0].tolist())
    name = ", ".join(f"{key}={value}" for key, value in options.items())
    print(f"{pixels} pixels  {name:<36}{row}")

negative = -torch.ones(1, 1, 5, 5)  # (N, C, H, W)
by_layer = F.max_pool2d(negative, 3, 2, padding=1)
by_hand = F.max_pool2d(F.pad(negative, [1] * 4), 3, 2)
print("\nmax pooling of -1, padding=1:    ", by_layer[0, 0, 0].tolist())
print("max pooling of -1, zeros by hand:", by_hand[0, 0, 0].tolist())
