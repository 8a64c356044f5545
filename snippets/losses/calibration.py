"""A network that is too sure of itself, and the one number that mends it."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn


def reliability(p, right, bins=10):
    """Return confidence, accuracy and share of the examples, of each filled bin.

    p: (N, K) probabilities; right: (N,), whether the largest is the true class's. Other
    shapes: ValueError. Source: Guo et al. 2017 (arXiv 1706.04599), section 2.
    """
    if p.ndim != 2 or right.shape != p.shape[:1]:
        raise ValueError(f"expected (N, K) and (N,), got {p.shape} and {right.shape}")
    confidence = p.max(dim=1).values  # (N,)
    bin_of = (confidence * bins).ceil().long().clamp(1, bins) - 1  # (N,)
    member = F.one_hot(bin_of, bins).to(p)  # (N, bins)
    member = member[:, member.any(dim=0)]  # (N, filled)
    counts = member.sum(dim=0)  # (filled,)
    return confidence @ member / counts, right.to(p) @ member / counts, counts / len(p)


def draw(count):
    """Return inputs (N, D) and labels (N,) of 4 classes that overlap."""
    y = torch.randint(4, (count,))  # (N,)
    return torch.randn(count, 20) + 2 * torch.eye(4, 20)[y], y


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
(x, y), (x_val, y_val), (x_test, y_test) = draw(300), draw(1000), draw(4000)
net = nn.Sequential(nn.Linear(20, 64), nn.Tanh(), nn.Linear(64, 4))
optimizer = torch.optim.SGD(net.parameters(), 0.2, momentum=0.9)
for _ in range(200):
    loss = F.cross_entropy(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

z, z_val = net(x_test).detach(), net(x_val).detach()  # (N, K), (N, K)
right = z.argmax(dim=1) == y_test  # (N,)
temperatures = [t / 10 for t in range(10, 60)]
best = min(temperatures, key=lambda t: F.cross_entropy(z_val / t, y_val))

plt.plot([0.25, 1], [0.25, 1], ":", color="gray", label="calibrated")
print("test set            loss  accuracy  mean confidence  calibration error")
for t, style in ((1.0, "o-"), (best, "s--")):
    p = (z / t).softmax(dim=1)  # (N, K)
    confidence, accuracy, share = reliability(p, right)  # (filled,) each
    error = share @ (confidence - accuracy).abs()
    print(f"temperature {t:3.1f}{F.cross_entropy(z / t, y_test):9.2f}", end="")
    print(f"{share @ accuracy:10.2f}{share @ confidence:17.2f}{error:19.2f}")
    plt.plot(confidence, accuracy, style, label=f"temperature {t:.1f}")
plt.xlabel("confidence: largest probability")
plt.ylabel("accuracy of these examples")
plt.legend()
plt.show()
