"""Without scaling, training and test loss differ, and by no constant factor."""

import torch
import torch.nn.functional as F

P_DROP = 0.2


def logits(x, weights, masks, activation):
    """Return the outputs (M, N, C) of a three-layer network under masks (M, 4 + 5)."""
    w1, w2, w3 = weights
    h = activation(x @ w1) * masks[:, None, :4]  # (M, N, 4)
    h = activation(h @ w2) * masks[:, None, 4:]  # (M, N, 5)
    return h @ w3  # (M, N, C)


def mean_loss(z, label, chance):
    """Return the cross-entropy of z (M, N, C), averaged over M masks by chance (M,)."""
    labels = label.expand(z.shape[:2])  # (M, N)
    return chance @ F.cross_entropy(z.mT, labels, reduction="none").mean(1)


print("one unit of value 3, squared error")
for target in (0.0, 2.0, 2.9, 6.0):
    train = (1 - P_DROP) * (3 - target) ** 2 + P_DROP * (0 - target) ** 2
    test = (3 - target) ** 2
    print(f"  target {target:.1f}: train {train:6.3f}  test {test:5.2f}", end="  ")
    print(f"train / test {train / test:6.2f}")

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
weights = torch.randn(6, 4), torch.randn(4, 5), torch.randn(5, 3)  # (in, out)
x = torch.randn(40, 6)  # (N, D)
masks = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * 9)  # (512, 9)
kept = masks.sum(1)  # (512,)
chance = (1 - P_DROP) ** kept * P_DROP ** (9 - kept)  # (512,)
whole, sure = torch.ones(1, 9), torch.ones(1)  # no dropout

mean = torch.einsum("m,mnc->nc", chance, logits(x, weights, masks, lambda h: h))
ratio = (mean / logits(x, weights, whole, lambda h: h)[0]).mean()
print(f"two linear hidden layers: mean output in training / at test {ratio:.2f}")

plain = logits(x, weights, masks, torch.relu)  # (512, N, C)
inverted = logits(x, weights, masks / (1 - P_DROP), torch.relu)  # (512, N, C)
test = logits(x, weights, whole, torch.relu)  # (1, N, C)
predicted = test[0].argmax(1)  # (N,)
print("two ReLU hidden layers, cross-entropy        train / test")
for name, label in (("predicted", predicted), ("another", (predicted + 1) % 3)):
    for size in (0.1, 1.0):
        base = mean_loss(size * test, label, sure)
        row = [mean_loss(size * z, label, chance) / base for z in (plain, inverted)]
        print(f"  label {name:<9}  logits x {size}  test {base:4.2f}", end="  ")
        print(f"not scaled {row[0]:4.2f}  inverted {row[1]:4.2f}")
