"""Gradients in float16 vanish unless the loss is scaled, and overflow if too much."""

import copy
import math

import torch
from torch import nn

torch.manual_seed(0)
layers = [layer for _ in range(16) for layer in (nn.Linear(64, 64), nn.Tanh())]
net = nn.Sequential(*layers, nn.Linear(64, 10))
x, y = torch.randn(512, 64), torch.randint(10, (512,))  # (N, D), (N,)


def loss_of(net, x):
    """Return the loss of a network, which computes in float16 if `x` is float32."""
    with torch.autocast("cpu", torch.float16, enabled=x.dtype == torch.float32):
        scores = net(x)  # (N, C)
    return nn.functional.cross_entropy(scores.to(x.dtype), y)


exact = copy.deepcopy(net).double()
loss_of(exact, x.double()).backward()
truth = exact[0].weight.grad  # (D, D)
print("loss times   error of the first layer's gradient")
for power in (0, 4, 8, 16, 32):
    net.zero_grad()
    (2.0**power * loss_of(net, x)).backward()
    gradient = net[0].weight.grad.double() / 2.0**power  # (D, D)
    print(f"2 ** {power:<2} {(gradient - truth).norm() / truth.norm():13.3f}")

print("\nloss times   norm, scaled   unscaled   weights")
optimizer = torch.optim.SGD(net.parameters(), 0.1)
scaler = torch.amp.GradScaler("cpu", init_scale=2.0**23, growth_interval=3)
for _ in range(7):
    scale, before = scaler.get_scale(), net[0].weight.clone()  # (D, D)
    optimizer.zero_grad()
    scaler.scale(loss_of(net, x)).backward()
    scaled = nn.utils.get_total_norm([p.grad for p in net.parameters()])
    scaler.unscale_(optimizer)
    norm = nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    scaler.step(optimizer)
    scaler.update()
    ending = "stay" if torch.equal(before, net[0].weight) else "move"
    print(f"2 ** {math.log2(scale):.0f} {scaled:17.1e} {norm:10.3f}   {ending}")
