"""One weight under each penalty: L1 subtracts a constant, L2 takes a share."""

import torch
import torch.nn.functional as F


def l1_minimizer(a, lam):
    """Return the w that minimizes (w - a)^2 / 2 + lam |w|, elementwise.

    a: any shape; lam: a number >= 0, or ValueError. Soft thresholding: Donoho 1995.
    """
    if lam < 0:
        raise ValueError(f"a penalty rewards nothing: lam {lam}")
    return a.sign() * (a.abs() - lam).clamp(min=0)


def l2_minimizer(a, lam):
    """Return the w that minimizes (w - a)^2 / 2 + lam w^2 / 2, elementwise.

    a: any shape; lam: a number >= 0, or ValueError. Hoerl and Kennard 1970.
    """
    if lam < 0:
        raise ValueError(f"a penalty rewards nothing: lam {lam}")
    return a / (1 + lam)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
a = torch.tensor([0.05, 0.2, 0.5, 1.0, 4.0, -4.0])  # (D,)
print("without penalty ", *(f"{w:7.2f}" for w in a))
for lam in (0.25, 1.0):
    for name, minimizer in (("L1", l1_minimizer), ("L2", l2_minimizer)):
        row = minimizer(a, lam) + 0.0  # (D,), no -0.00
        print(f"{name}, lambda {lam:4.2f} ", *(f"{w:7.2f}" for w in row))

wrong = 0
for _ in range(2000):
    a, lam = 3 * torch.randn(5), torch.rand(()).item()  # (D,)
    l1, l2 = l1_minimizer(a, lam), l2_minimizer(a, lam)  # (D,), (D,)
    w = l2.clone().requires_grad_()  # (D,)
    ((w - a) ** 2 / 2 + lam * w**2 / 2).sum().backward()
    agree = torch.allclose(l1, F.softshrink(a, lam)) and w.grad.abs().max() < 1e-12
    wrong += not agree
print(f"\n2000 random draws against softshrink and a gradient of 0: {wrong} differ")
