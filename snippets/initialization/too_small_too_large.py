"""Activations and gradients in each layer of a tanh network, by the weights' scale."""

import matplotlib.pyplot as plt
import torch

WIDTH, DEPTH = 400, 10


def rms(t):
    """Return the root mean square of a tensor."""
    return t.square().mean().sqrt().item()


def by_layer(std):
    """Return, for each layer, the size of h and of dL/dh, and the network's tensors.

    The weights are normal with this deviation; L has a gradient of size 1 at the end.
    """
    torch.manual_seed(0)
    h, weights, outputs = torch.randn(200, WIDTH), [], []  # h: (N, D)
    for _ in range(DEPTH):
        weights.append((std * torch.randn(WIDTH, WIDTH)).requires_grad_())  # (D, D)
        h = torch.tanh(h @ weights[-1].T)  # (N, D)
        h.retain_grad()
        outputs.append(h)
    h.backward(torch.randn(200, WIDTH))
    return [rms(h) for h in outputs], [rms(h.grad) for h in outputs], weights, outputs


torch.set_default_dtype(torch.float64)
figure, (left, right) = plt.subplots(1, 2)
print("deviation           h: layer 1   layer 10  dL/dW: layer 1  layer 10  |h| > 0.99")
for name, std, marker in (
    ("0.001", 0.001, "v"),
    ("0.03 = sqrt(0.001)", 0.001**0.5, "s"),
    ("0.05 = 1 / sqrt(400)", WIDTH**-0.5, "o"),
    ("1", 1.0, "^"),
):
    sizes, gradients, weights, outputs = by_layer(std)
    first, last = (rms(w.grad) for w in (weights[0], weights[-1]))
    stuck = (torch.stack(outputs).abs() > 0.99).double().mean()  # (DEPTH, N, D) to ()
    print(f"{name:<20}{sizes[0]:10.0e}{sizes[-1]:11.0e}", end="")
    print(f"{first:16.0e}{last:10.0e}{stuck:12.2f}")
    layers = range(1, DEPTH + 1)
    left.semilogy(layers, sizes, marker=marker)
    right.semilogy(layers, gradients, marker=marker, label=name.split(" =")[0])
ticks = range(1, DEPTH + 1, 3)
left.set(xlabel="layer", xticks=ticks, ylabel="root mean square", title="activations h")
right.set(xlabel="layer", xticks=ticks, title="gradients dL/dh")
right.legend(title="deviation")
plt.show()
