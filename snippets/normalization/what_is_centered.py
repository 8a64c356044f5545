"""Which means a norm brings to 0, when one channel is far from the others."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
N, C, H, W = 8, 6, 5, 7
x = torch.randn(N, C, H, W)  # (N, C, H, W)
x[:, 0] += 10  # one channel is far off
x += torch.randn(N, 1, 1, 1)  # and some examples are brighter than others

last = x.movedim(1, -1)  # (N, H, W, C)
outputs = {
    "x itself": x,
    "BatchNorm": F.batch_norm(x, None, None, training=True),
    "LayerNorm, C,H,W": F.layer_norm(x, (C, H, W)),
    "LayerNorm, C": F.layer_norm(last, (C,)).movedim(-1, 1),
    "GroupNorm, G = 3": F.group_norm(x, 3),
    "InstanceNorm": F.instance_norm(x),
    "RMSNorm, C": F.rms_norm(last, (C,)).movedim(-1, 1),
}
outputs["BatchNorm, ReLU"] = outputs["BatchNorm"].relu()

places = {"channel": (0, 2, 3), "example": (1, 2, 3), "map": (2, 3), "pixel": (1,)}
print("largest mean of a" + "".join(f"{place:>9}" for place in places))
for name, y in outputs.items():
    means = [y.mean(axes).abs().max() for axes in places.values()]
    print(f"{name:<17}" + "".join(f"{mean:9.2f}" for mean in means))
