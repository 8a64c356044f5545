"""A solution: take away the part along y, which no scaling lets through."""

import torch


def backward(x, dy):
    """Return dL/dx (N, D) of y = x / |x|, row by row, given x and dL/dy (N, D)."""
    length = x.norm(dim=1, keepdim=True)  # (N, 1)
    y = x / length  # (N, D)
    return (dy - y * (dy * y).sum(1, keepdim=True)) / length


# The check
torch.manual_seed(0)
torch.set_printoptions(precision=3)
wrong = ""
for n, d in ((1, 3), (4, 3), (7, 10), (2, 1)):
    x, dy = 3 * torch.randn(2, n, d, dtype=torch.float64)  # (N, D), (N, D)
    leaf = x.clone().requires_grad_()  # (N, D)
    leaf.div(leaf.square().sum(1, keepdim=True).sqrt()).backward(dy)
    answer = backward(x, dy)
    if answer is None or not torch.allclose(answer, leaf.grad, atol=1e-8):
        wrong = f"not yet: N {n}, D {d}: expected\n{leaf.grad}\ngot\n{answer}"
        break
print(wrong or "right: four batches agree with torch")
