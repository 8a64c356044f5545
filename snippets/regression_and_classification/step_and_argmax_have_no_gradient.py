"""Hard decisions leave gradient descent nothing to follow; what torch makes of them."""

import torch


def slope(function, z, h):
    """Return the central difference of a function of one number at z, with step h."""
    return (function(z + h) - function(z - h)) / (2 * h)


def step(z):
    return (z > 0).to(z)


torch.set_default_dtype(torch.float64)
print("slope, measured over   +-0.1   +-0.01  +-0.001")
for name, function, z in (
    ("step at -1", step, -1.0),
    ("step at  0", step, 0.0),
    ("sigmoid at -1", torch.sigmoid, -1.0),
    ("sigmoid at  0", torch.sigmoid, 0.0),
    ("argmax of (z, 0.5) at 2", lambda z: torch.stack([z, z * 0 + 0.5]).argmax(), 2.0),
):
    slopes = [slope(function, torch.tensor(z), h).item() for h in (0.1, 0.01, 0.001)]
    print(f"{name:<23}" + "".join(f"{value:6.2f}   " for value in slopes).rstrip())

print("\nin torch              gradient of the summed output")
z = torch.tensor([-1.5, 0.5, 2.5], requires_grad=True)  # (C,)
for name, function in {
    "sigmoid(z)": torch.sigmoid,
    "softmax(z) * (1, 2, 3)": lambda z: z.softmax(0) * torch.tensor([1.0, 2.0, 3.0]),
    "sign(z)": torch.sign,
    "round(z)": torch.round,
    "z > 0": lambda z: z > 0,
    "argmax(z)": torch.argmax,
    "heaviside(z, 0.5)": lambda z: torch.heaviside(z, torch.tensor(0.5)),
}.items():
    try:
        y = function(z)
        if y.requires_grad:
            (gradient,) = torch.autograd.grad(y.sum(), z)  # (C,)
            answer = "".join(f"{value:6.2f}" for value in gradient)
        else:
            answer = f"  no graph: {y.dtype}, grad_fn {y.grad_fn}"
    except (RuntimeError, NotImplementedError) as error:
        answer = f"  {type(error).__name__}: {str(error).splitlines()[0]}"
    print(f"{name:<22}{answer}")
