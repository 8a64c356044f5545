"""The size of activations and gradients by layer, with and without scaling."""

import matplotlib.pyplot as plt
import torch

N, D, DEPTH, P_DROP = 100, 400, 10, 0.5


def root_mean_squares(factor, dropped):
    """Return the sizes of activations and of their gradients after each layer.

    A ReLU network with weights by He's rule, and a random gradient at its end. If
    `dropped`, each layer starts with a mask times `factor`. Two lists of DEPTH + 1.
    """
    torch.manual_seed(0)
    h = torch.randn(N, D, requires_grad=True)  # (N, D)
    layers = [h]
    for _ in range(DEPTH):
        mask = (torch.rand(N, D) >= P_DROP) * factor if dropped else 1.0
        w = torch.randn(D, D) * (2 / D) ** 0.5  # (in, out)
        h = (h * mask @ w).relu()  # (N, D)
        layers.append(h)
    gradients = torch.autograd.grad(h, layers, torch.randn(N, D))
    pairs = layers, gradients
    return [[a.square().mean().sqrt().item() for a in each] for each in pairs]


torch.set_default_dtype(torch.float64)
cases = {
    "no dropout": root_mean_squares(1, dropped=False),
    "times 1 / (1 - p_drop)": root_mean_squares(1 / (1 - P_DROP), dropped=True),
    "not scaled": root_mean_squares(1, dropped=True),
    "times 1 / sqrt(1 - p_drop)": root_mean_squares((1 - P_DROP) ** -0.5, dropped=True),
}
figure, (left, right) = plt.subplots(1, 2, figsize=(7.5, 3.6), sharey=True)
for marker, (name, (sizes, gradients)) in zip("os^x", cases.items(), strict=True):
    print(f"{name:<26}  last layer {sizes[-1]:6.2f}", end="   ")
    print(f"gradient at the first {gradients[0]:6.2f}")
    left.semilogy(sizes, marker=marker, label=name)
    right.semilogy(gradients, marker=marker)
left.set(xlabel="layer", ylabel="root mean square", title="activations")
left.set(ylim=(0.02, 600))  # room for the legend
right.set(xlabel="layer", title="gradients, from the last layer back")
left.legend(fontsize=9, loc="upper left")
plt.show()
