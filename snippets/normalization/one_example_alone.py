"""Train or eval, alone or in a batch: which layers give the same output."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = 2 + 3 * torch.randn(5, 6, 4, 7)  # (N, C, H, W)
tracking = nn.InstanceNorm2d(6, track_running_stats=True)
layers = {
    "BatchNorm2d": nn.BatchNorm2d(6),
    "LayerNorm": nn.LayerNorm([6, 4, 7]),
    "GroupNorm": nn.GroupNorm(2, 6),
    "InstanceNorm2d": nn.InstanceNorm2d(6),
    "   that tracks": tracking,
    "RMSNorm": nn.RMSNorm([6, 4, 7]),
}

print("                 moved by  moved by     gradient to    state")
print("                     eval   company  other examples  to save")
for name, layer in layers.items():
    inputs = x.clone().requires_grad_()
    y = layer(inputs)  # (N, C, H, W)
    alone = layer(x[:1])  # (1, C, H, W)
    (grad,) = torch.autograd.grad(y[0].pow(3).sum(), inputs)  # (N, C, H, W)
    leak = grad[1:].norm() / grad.norm()
    kept = len(list(layer.buffers()))
    by_eval = (layer.eval()(x) - y).abs().max()
    by_company = (alone - y[:1]).abs().max()
    print(f"{name:<16} {by_eval:8.2f} {by_company:9.2f} {leak:15.2f} {kept:8d}")
