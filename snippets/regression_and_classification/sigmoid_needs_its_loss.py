"""Behind a sigmoid, squared error fades where the answer is most wrong."""

import math

import torch
import torch.nn.functional as F


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def squared_error_slope(z, y):
    """Return the derivative by z of (sigmoid(z) - y)^2, by the chain rule."""
    return 2 * (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z))


def cross_entropy_slope(z, y):
    """Return that of -y log sigmoid(z) - (1 - y) log(1 - sigmoid(z))."""
    return sigmoid(z) - y


def steps_until_right(slope, z=-10.0):
    """Return how many steps of rate 1 take the logit of a positive above 0."""
    steps = 0
    while z <= 0:
        z, steps = z - slope(z, 1), steps + 1
    return steps


torch.set_default_dtype(torch.float64)
one, off = torch.tensor(1.0), 0.0
print("the target is 1               slope of")
print("logit  probability    sigmoid  squared error  cross-entropy")
for z in (-10.0, -5.0, -2.0, 0.0, 2.0, 5.0):
    p, ours = sigmoid(z), (squared_error_slope(z, 1), cross_entropy_slope(z, 1))
    print(f"{z:5.0f}{p:13.5f}{p * (1 - p):11.5f}{ours[0]:15.5f}{ours[1]:15.5f}")
    logit = torch.tensor(z, requires_grad=True)
    losses = (
        F.mse_loss(logit.sigmoid(), one),
        F.binary_cross_entropy_with_logits(logit, one),
    )
    for loss, mine in zip(losses, ours, strict=True):
        off = max(off, abs(torch.autograd.grad(loss, logit)[0].item() - mine))
print(f"largest difference from torch: {off:.12f}")

for name, slope in (
    ("squared error", squared_error_slope),
    ("cross-entropy", cross_entropy_slope),
):
    print(f"steps from logit -10 to the right side, {name}: {steps_until_right(slope)}")

z = torch.tensor([16.0, 20.0, -20.0, -110.0], dtype=torch.float32, requires_grad=True)
(slopes,) = torch.autograd.grad(z.sigmoid().sum(), z)  # (4,)
print("slope of the sigmoid is 0 in float32 at", z[slopes == 0].tolist())
