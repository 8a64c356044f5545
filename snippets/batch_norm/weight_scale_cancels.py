"""Training mode undoes the scale of the weights before it: the layer is not linear."""

import torch
import torch.nn.functional as F


def layer(x, weight):
    """Return batch norm of a linear layer: x (N, D), weight (K, D) to (N, K)."""
    return F.batch_norm(x @ weight.T, None, None, training=True)


def gradient(weight, dy):
    """Return the gradient of weight (K, D), given dL/dy (N, K)."""
    weight = weight.clone().requires_grad_()
    return torch.autograd.grad(layer(x, weight), weight, dy)[0]


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, dy = torch.randn(64, 20), torch.randn(64, 10)  # (N, D), (N, K)
weight = torch.randn(10, 20)  # (K, D)

for scale in (0.001, 0.1, 1.0, 10.0):
    grad = gradient(scale * weight, dy)
    moved = (layer(x, scale * weight) - layer(x, weight)).abs().max()
    cosine = (grad * weight).sum() / (grad.norm() * weight.norm())
    print(f"weights x {scale:5}: output moves by {moved:.2f}", end=", ")
    print(f"gradient {grad.norm():7.1f}, cosine {cosine.abs():.2f}")

for rate in (0.1, 1.0, 10.0):
    w, turns = weight.clone(), []
    for _ in range(100):  # steps along random gradients
        step = rate * gradient(w, torch.randn(64, 10))
        turns.append(step.norm() / w.norm())
        w -= step
    print(f"rate {rate:4}: a step is {turns[0]:5.2f} of the weights at first", end=", ")
    print(f"{turns[-1]:.2f} after 100 steps")


def bends(bn, a, b):
    """Return how far bn of a middle is from the middle of bn(a) and bn(b)."""
    return (bn((a + b) / 2) - (bn(a) + bn(b)) / 2).abs().max()


a, b = torch.randn(2, 64, 3)  # (N, D), (N, D)
mean, var = torch.full((2, 3), 0.5)  # (D,), (D,): running statistics
batch = bends(lambda z: F.batch_norm(z, None, None, training=True), a, b)
fixed = bends(lambda z: F.batch_norm(z, mean, var), a, b)
print(f"off a straight line: {batch:.2f} in training, {fixed:.2f} in evaluation")
