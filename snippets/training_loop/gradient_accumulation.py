"""A large batch in parts: which factor makes their gradients add up to the whole."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
model = nn.Sequential(nn.Linear(7, 9), nn.Tanh(), nn.Linear(9, 4))
x, y = torch.randn(60, 7), torch.randint(4, (60,))  # (N, D), (N,)


def gradient(sizes, factor):
    """Return the summed gradient; factor(size, parts) multiplies each loss."""
    model.zero_grad()
    for xs, ys in zip(x.split(sizes), y.split(sizes), strict=True):
        loss = nn.functional.cross_entropy(model(xs), ys)  # the mean over the part
        (loss * factor(len(xs), len(sizes))).backward()  # adds to what is there
    return torch.cat([p.grad.flatten() for p in model.parameters()])


whole = gradient([60], lambda size, parts: 1)
for name, sizes in {"20 + 20 + 20": [20, 20, 20], "32 + 24 + 4": [32, 24, 4]}.items():
    for rule, factor in {
        "nothing": lambda size, parts: 1,
        "1 / parts": lambda size, parts: 1 / parts,
        "size / N": lambda size, parts: size / 60,
    }.items():
        off = (gradient(sizes, factor) - whole).norm() / whole.norm()
        print(f"{name:<14} times {rule:<10} off by {off:.2f} of the whole")

loss = nn.functional.cross_entropy(model(x), y)
model.zero_grad()
loss.backward(retain_graph=True)
loss.backward()
twice = torch.cat([p.grad.flatten() for p in model.parameters()])
print(f"backward() twice: {(twice / whole).mean():.1f} times the gradient")
