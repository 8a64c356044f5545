"""Gradients of a 30-layer ReLU network, by hand and by torch, by scale of weights."""

import matplotlib.pyplot as plt
import torch

WIDTH, DEPTH = 200, 30


def backward(weights, outputs, gradient):
    """Return dL/dh_l for l = L, L - 1, ..., 0 in a network h_l = relu(h_{l-1} W_l^T).

    weights: [(out, in), ...]; outputs: [(N, D), ...], h_1 to h_L; gradient: dL/dh_L,
    (N, D). Other shapes: ValueError. Source: the chain rule.
    """
    if gradient.shape != outputs[-1].shape or len(weights) != len(outputs):
        shapes = tuple(gradient.shape), tuple(outputs[-1].shape)
        raise ValueError(f"{len(weights)} weights, {len(outputs)} outputs, {shapes}")
    gradients = [gradient]
    for w, h in zip(reversed(weights), reversed(outputs), strict=True):
        gradient = (gradient * (h > 0)) @ w  # (N, D): slope of ReLU, then the weights
        gradients.append(gradient)
    return gradients


def forward(h, weights):
    """Return h_1 to h_L, as tensors that keep their gradients."""
    outputs = []
    for w in weights:
        h = torch.relu(h @ w.T)  # (N, D)
        h.retain_grad()
        outputs.append(h)
    return outputs


torch.set_default_dtype(torch.float64)
print("weights x   dL/dh: layer 30  layer 15   input    dL/dW: layer 30  layer 1   off")
for scale, style in ((0.7, "v-"), (1.0, "o-"), (1.4, "^-")):
    torch.manual_seed(0)
    x = torch.randn(50, WIDTH, requires_grad=True)  # (N, D)
    weights = [
        (scale * (2 / WIDTH) ** 0.5 * torch.randn(WIDTH, WIDTH)).requires_grad_()
        for _ in range(DEPTH)
    ]
    outputs = forward(x, weights)
    last = torch.randn(50, WIDTH)  # (N, D)
    outputs[-1].backward(last)
    by_hand, torchs = backward(weights, outputs, last), [x, *outputs]
    pairs = zip(by_hand, (h.grad for h in reversed(torchs)), strict=True)
    off = max(((a - b).norm() / b.norm()).item() for a, b in pairs)
    sizes = [g.square().mean().sqrt().item() for g in by_hand]
    first, end = (weights[n].grad.square().mean().sqrt() for n in (0, -1))
    print(f"{scale:9}{sizes[0]:18.1f}{sizes[15]:10.0e}{sizes[30]:8.0e}", end="")
    print(f"{end:19.0e}{first:9.0e}   {off:.12f}")
    plt.semilogy(range(DEPTH, -1, -1), sizes, style, label=f"{scale} times Kaiming's")
plt.xlabel("layer")
plt.ylabel("root mean square of dL/dh")
plt.legend(title="weights", loc="lower right")
plt.show()
