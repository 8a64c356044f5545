"""Squared, absolute and Huber loss of one error, and how hard each pulls at it."""

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F


def huber(error, delta):
    """Return the Huber loss of each error and its derivative, in the shape of error.

    Up to delta it is e^2 / 2, beyond it a line of slope delta, in the units of e^2.
    delta of 0 or below: ValueError. Source: Huber 1964 (doi 10.1214/aoms/1177703732),
    section 1, and torch's HuberLoss; its SmoothL1Loss is this divided by delta.
    """
    if not delta > 0:
        raise ValueError(f"expected delta above 0, got {delta}")
    size = np.abs(error)
    loss = np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))
    return loss, np.clip(error, -delta, delta)


def torchs(error, delta):
    """Return torch's two versions of it, and the derivative of the first."""
    e = torch.tensor(error, requires_grad=True)  # (N,)
    zero = torch.zeros_like(e)  # (N,)
    loss = F.huber_loss(e, zero, reduction="none", delta=delta)  # (N,)
    smooth = F.smooth_l1_loss(e, zero, reduction="none", beta=delta) * delta  # (N,)
    (slope,) = torch.autograd.grad(loss.sum(), e)
    return [t.detach().numpy() for t in (loss, smooth, slope)]


rng = np.random.default_rng(0)
differ = 0
for _ in range(2000):
    error, delta = 5 * rng.standard_normal(7), rng.uniform(0.1, 5)  # (N,), scalar
    loss, slope = huber(error, delta)
    ours = [loss, loss, slope]
    differ += not np.allclose(ours, torchs(error, delta), rtol=1e-12, atol=1e-12)
print(f"2000 random sets of errors against torch: {differ} differ")

print("error     squared  slope   absolute  slope   Huber, delta 1  slope")
for e in (0.1, 0.5, 1.5, 10.0):
    (h, pull) = huber(e, 1)
    print(f"{e:5.1f}{e**2:12.2f}{2 * e:7.1f}{e:11.2f}{1:7d}{h:17.3f}{pull:7.1f}")

e = np.linspace(-3, 3, 301)  # (N,)
figure, (left, right) = plt.subplots(1, 2)
left.plot(e, e**2, label="squared")
left.plot(e, abs(e), "--", label="absolute")
left.plot(e, huber(e, 1)[0], ":", linewidth=3, label="Huber, δ = 1")
right.plot(e, 2 * e)
right.plot(e, np.sign(e), "--")
right.plot(e, huber(e, 1)[1], ":", linewidth=3)
for axes, label in ((left, "loss"), (right, "slope of the loss")):
    axes.set(xlabel="error", ylabel=label)
left.legend()
plt.show()
