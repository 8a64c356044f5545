"""What eps does to weak inputs, and which eps RMSNorm takes when it is given none."""

import torch
import torch.nn.functional as F

D = 64
norms = {
    "LayerNorm": lambda x: F.layer_norm(x, (D,)),
    "eps outside": lambda x: (x - x.mean()) / (x.std(correction=0) + 1e-5),
    "RMSNorm float64": lambda x: F.rms_norm(x, (D,)),
    "RMSNorm float32": lambda x: F.rms_norm(x.float(), (D,)),
}


def size(x):
    """Return the root mean square of x (N, D)."""
    return x.square().mean().sqrt()


torch.manual_seed(0)
x = torch.randn(1, D, dtype=torch.float64)  # (N, D)
x = (x - x.mean()) / x.std(correction=0)  # (N, D)  mean 0, standard deviation 1
print("                " + "".join(f"{name:>17}" for name in norms))
for std in (1.0, 1e-2, 1e-3, 1e-4):
    row = "".join(f"{size(norm(std * x)):17.2f}" for norm in norms.values())
    print(f"x: std {std:<9}{row}")

zero = torch.zeros(1, D, dtype=torch.float64, requires_grad=True)  # (N, D)
grads = [torch.autograd.grad(norm(zero)[0, 0], zero)[0] for norm in norms.values()]
print("gradient at x = 0" + "".join(f"{g.norm():16.0f} " for g in grads).rstrip())

for dtype in (torch.float64, torch.float32, torch.bfloat16, torch.float16):
    weak = 2.0**-26 if dtype == torch.float64 else 2.0**-12
    y = F.rms_norm(torch.full((1, D), weak, dtype=dtype), (D,)).double()[0, 0]
    found = weak**2 * (1 / y**2 - 1)  # y = x / sqrt(x^2 + eps), solved for eps
    epsilon = torch.finfo(dtype).eps
    print(f"{dtype!s:<15} eps=None is {found:.0e}, its finfo eps is {epsilon:.0e}")
