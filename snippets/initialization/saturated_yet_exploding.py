"""Weights of N(0, 1) saturate most units, and the gradients explode all the same."""

import torch

WIDTH, DEPTH = 400, 10


def backward_factor(slope, std):
    """Return by how much a layer multiplies the mean square of the gradient.

    slope: (N, D), the activation's derivative at the D units; std: the deviation of the
    weights of the square layer above them. Each sum has D terms, of mean square
    std^2 slope^2. Source: Schoenholz et al. 2016 (arXiv 1611.01232), who call it chi.
    """
    if slope.ndim != 2 or std < 0:
        raise ValueError(f"expected (N, D) and std >= 0: {tuple(slope.shape)}, {std}")
    return slope.shape[1] * std**2 * slope.square().mean()


torch.set_default_dtype(torch.float64)
for f, slope_of, stuck_below in (
    (torch.tanh, lambda h: 1 - h**2, 0.02),
    (torch.sigmoid, lambda h: h * (1 - h), 0.005),
):
    torch.manual_seed(0)
    h, pre, slopes = torch.randn(200, WIDTH), [], []  # h: (N, D)
    for _ in range(DEPTH):
        weight = torch.randn(WIDTH, WIDTH)  # (D, D): N(0, 1)
        z = (h @ weight.T).requires_grad_()  # (N, D)
        z.retain_grad()
        h = f(z)  # (N, D)
        pre.append(z)
        slopes.append(slope_of(h.detach()))  # (N, D)
    h.backward(torch.randn(200, WIDTH))
    print(f"{f.__name__:<9}saturated   slope^2   x {WIDTH}   gradient grows by")
    for layer in (9, 5, 1):
        z, slope, above = pre[layer - 1], slopes[layer - 1], pre[layer]
        stuck = (slope < stuck_below).double().mean()
        grows = z.grad.square().mean() / above.grad.square().mean()
        print(f"layer {layer}{stuck:10.2f}{slope.square().mean():13.3f}", end="")
        print(f"{backward_factor(slope, std=1.0):8.1f}{grows:14.1f}")
    total = pre[0].grad.norm() / pre[-1].grad.norm()
    print(f"gradient at layer 1 over that at layer {DEPTH}: {total:.1e}")
