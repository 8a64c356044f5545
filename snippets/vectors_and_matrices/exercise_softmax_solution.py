"""A solution: a diagonal matrix, less an outer product."""

import torch


def softmax_jacobian(p):
    """Return the Jacobian (n, n) of softmax, of which p, (n,), is the output."""
    return p.diag() - torch.outer(p, p)


# The check
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
wrong = ""
for n, shift in ((1, 0.0), (2, 0.0), (3, 5.0), (7, -20.0)):
    x = 2 * torch.randn(n) + shift  # (n,)
    expected = torch.func.jacrev(lambda x: x.softmax(0))(x)  # (n, n)
    answer = softmax_jacobian(x.softmax(0))
    if not isinstance(answer, torch.Tensor) or answer.shape != expected.shape:
        got = getattr(answer, "shape", answer)
        wrong = wrong or f"of {n} outputs: expected {tuple(expected.shape)}, got {got}"
    elif (answer - expected).abs().max() > 1e-9:
        row, column = divmod((answer - expected).abs().argmax().item(), n)
        pair = f"expected {expected[row, column]:.3f}, got {answer[row, column]:.3f}"
        wrong = wrong or f"of {n} outputs, entry ({row}, {column}): {pair}"
print(f"not yet: {wrong}" if wrong else "right: 4 Jacobians agree with autograd")
