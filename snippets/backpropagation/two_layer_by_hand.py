"""Two layers forward and backward by hand: the drawn example, then against torch."""

import torch
from torch.nn.functional import linear


def loss_and_gradients(x, t, w1, b1, w2, b2):
    """Return the loss of a two-layer ReLU network, and its gradient by each input.

    x: (N, D), t: (N, K), w1: (H, D), b1: (H,), w2: (K, H), b2: (K,), as in nn.Linear.
    The loss is half the squared error, summed over K and averaged over N. Shapes that
    do not fit: ValueError. Source: Rumelhart, Hinton and Williams 1986.
    """
    shapes = [tuple(a.shape) for a in (x, t, w1, b1, w2, b2)]
    N, D, K, H = x.shape[0], x.shape[-1], w2.shape[0], w2.shape[-1]
    if shapes != [(N, D), (N, K), (H, D), (H,), (K, H), (K,)]:
        raise ValueError(f"x, t, w1, b1, w2, b2 of shapes {shapes} do not fit")
    z = x @ w1.T + b1  # (N, H)
    h = z.relu()  # (N, H)
    y = h @ w2.T + b2  # (N, K)
    loss = ((y - t) ** 2).sum() / (2 * N)

    dy = (y - t) / N  # (N, K)
    dw2, db2 = dy.T @ h, dy.sum(0)  # (K, H), (K,)
    dh = dy @ w2  # (N, H)
    dz = dh * (z > 0)  # (N, H)
    dw1, db1 = dz.T @ x, dz.sum(0)  # (H, D), (H,)
    dx = dz @ w1  # (N, D)
    forward = {"x": x, "z": z, "h": h, "y": y, "L": loss}
    backward = {"y": dy, "w2": dw2, "b2": db2, "h": dh, "z": dz}
    return forward, backward | {"w1": dw1, "b1": db1, "x": dx}


torch.set_default_dtype(torch.float64)
x, t = torch.tensor([[1.0, 2.0]]), torch.tensor([[0.0]])  # (N, D), (N, K)
w1 = torch.tensor([[1.0, 1.0], [2.0, -2.0], [-1.0, 2.0]])  # (H, D)
b1, b2 = torch.tensor([0.0, 1.0, -1.0]), torch.tensor([1.0])  # (H,), (K,)
w2 = torch.tensor([[1.0, -2.0, -1.0]])  # (K, H)
forward, backward = loss_and_gradients(x, t, w1, b1, w2, b2)
for name, value in forward.items():
    print(f"{name:<6}{value.tolist()}")
for name, value in backward.items():
    print(f"dL/d{name:<4}{(value + 0.0).tolist()}")  # + 0.0 turns -0 into 0

weights = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
moved = {name: value - 0.01 * backward[name] for name, value in weights.items()}
after = loss_and_gradients(x, t, **moved)[0]["L"]
print(f"after a step of 0.01 against the gradient: L {after:.2f}")

torch.manual_seed(0)
sizes = ((5, 4), (5, 2), (3, 4), (3,), (2, 3), (2,))
x, t, w1, b1, w2, b2 = leaves = [torch.randn(s, requires_grad=True) for s in sizes]
loss = (linear(linear(x, w1, b1).relu(), w2, b2) - t).square().sum() / 10
theirs = torch.autograd.grad(loss, (x, w1, b1, w2, b2))
ours = loss_and_gradients(*(a.detach() for a in leaves))[1]
pairs = zip(("x", "w1", "b1", "w2", "b2"), theirs, strict=True)
off = max((ours[name] - theirs).abs().max() for name, theirs in pairs)
print(f"5 examples, 4-3-2 units: largest difference from torch {off:.12f}")
