"""A last bias at the classes' frequencies lets the loss start at their entropy."""

import torch
import torch.nn.functional as F
from torch import nn


def base_rate_bias(counts):
    """Return the biases (K,) with which softmax gives each class its frequency.

    counts: (K,), how often each class occurs; a class that never does would need minus
    infinity: ValueError. A single sigmoid output takes the difference of two of them,
    the log-odds, as in Lin et al. 2017 (arXiv 1708.02002), section 4.1.
    """
    if counts.ndim != 1 or (counts <= 0).any():
        raise ValueError(f"expected counts (K,) above 0, got {counts.tolist()}")
    return (counts / counts.sum()).log()


def losses(bias, steps=(0, 1, 5, 20, 80)):
    """Return the losses at these steps, with weights of zero in the last layer."""
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 3))
    nn.init.kaiming_normal_(net[0].weight, nonlinearity="relu")
    nn.init.zeros_(net[0].bias)
    nn.init.zeros_(net[2].weight)
    net[2].bias.data = bias
    optimizer = torch.optim.SGD(net.parameters(), 0.2)
    found = []
    for step in range(max(steps) + 1):
        loss = F.cross_entropy(net(x), label)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step in steps:
            found.append(loss.item())
    return found


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(1000, 8)  # (N, D)
label = torch.bucketize(x[:, 0] + x[:, 1], torch.tensor([2.0, 3.0]))  # (N,): 0, 1 or 2
counts = torch.bincount(label)  # (K,)

share = counts / counts.sum()  # (K,)
print("classes " + ", ".join(f"{n}: {s:.1%}" for n, s in enumerate(share.tolist())))
print(f"entropy {-(share * share.log()).sum():.3f}, ln 3 {torch.tensor(3.0).log():.3f}")
print("loss at step         0      1      5     20     80")
for name, bias in (("bias 0", torch.zeros(3)), ("base rate", base_rate_bias(counts))):
    print(f"{name:<15}" + "".join(f"{loss:7.3f}" for loss in losses(bias)))
