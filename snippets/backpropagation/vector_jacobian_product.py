"""The rules that send a gradient through operations, and the matrices they replace."""

import torch
from torch.func import jacrev

# name: (operation on x (N, D) and w (H, D), rule for dL/dx or dL/dw, what that needs).
# y is what the operation gave, dy is dL/dy, of the same shape.
RULES = {
    "linear, by x": (lambda x, w: x @ w.T, lambda x, w, y, dy: dy @ w, "w"),
    "linear, by w": (lambda x, w: x @ w.T, lambda x, w, y, dy: dy.T @ x, "x"),
    "tanh": (lambda x, w: x.tanh(), lambda x, w, y, dy: dy * (1 - y**2), "y"),
    "softmax": (
        lambda x, w: x.softmax(dim=1),
        lambda x, w, y, dy: y * (dy - (dy * y).sum(1, keepdim=True)),
        "y",
    ),
    "sum over N": (
        lambda x, w: x.sum(0),
        lambda x, w, y, dy: dy.expand(len(x), -1),
        "-",
    ),
}

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, w = torch.randn(6, 5), torch.randn(4, 5)  # (N, D), (H, D)
print("operation     Jacobian matrix   of these not 0   rule needs   rule off by")
for name, (operation, rule, needs) in RULES.items():
    by = int(name.endswith("by w"))
    y = operation(x, w)  # (N, H), (N, D) or (D,)
    dy = torch.randn_like(y)
    jacobian = jacrev(operation, argnums=by)(x, w).reshape(y.numel(), -1)
    product = dy.flatten() @ jacobian  # (N * D,) or (H * D,)
    off = (rule(x, w, y, dy).flatten() - product).abs().max()
    rows, columns = jacobian.shape
    size = f"{rows} x {columns} = {rows * columns}"
    nonzero = (jacobian != 0).sum()
    print(f"{name:<14}{size:<18}{nonzero:14d}   {needs:^10}   {off:.9f}")

N, D = 64, 1024
print(f"\na layer of {D} x {D} weights, {N} examples, float32:")
print(f"its Jacobian matrix by x {4 * (N * D) ** 2 / 2**30:.0f} GiB")
print(f"what goes back to x      {4 * N * D / 2**10:.0f} KiB")
