"""Which type of number comes out, and what it costs to overlook it."""

import numpy as np
import torch

ints, floats = torch.arange(4), torch.ones(4)  # (4,)
pixels = torch.tensor([100, 200], dtype=torch.uint8)  # (2,)
double = torch.tensor(2.0, dtype=torch.float64)  # ()
print("expression                         type")
for name, x in {
    "tensor([1, 2])": torch.tensor([1, 2]),
    "tensor([1.0, 2.0])": torch.tensor([1.0, 2.0]),
    "from_numpy(np.ones(2))": torch.from_numpy(np.ones(2)),
    "ints / 2": ints / 2,
    "ints // 2": ints // 2,
    "ints + floats": ints + floats,
    "floats * 0.1": floats * 0.1,
    "floats * double, of shape ()": floats * double,
    "floats * double[None]": floats * double[None],
    "floats == floats": floats == floats,
    "(floats == floats).sum()": (floats == floats).sum(),
    "pixels.sum()": pixels.sum(),
    "floats.half() + floats.bfloat16()": floats.half() + floats.bfloat16(),
}.items():
    print(f"{name:<35}{str(x.dtype)[6:]}")

steps = torch.arange(1, 1.3, 0.1, dtype=torch.float64)  # is the end left out?
print("\nexpression                         value")
for name, value in {
    "pixels": pixels.tolist(),
    "pixels + 100": (pixels + 100).tolist(),
    "pixels - 150": (pixels - 150).tolist(),
    "2**24 + 1, as float32": int(torch.tensor(2**24 + 1).float()),
    "0.1, by way of float32, == 0.1": torch.tensor(0.1).item() == 0.1,
    "len(arange(1, 1.3, 0.1)), float64": len(steps),
}.items():
    print(f"{name:<35}{value}")

print()
for name, operation in {
    "pixels.mean()": lambda: pixels.mean(),
    "ints += 0.5": lambda: ints.add_(0.5),
    "ints @ floats": lambda: ints @ floats,
}.items():
    try:
        operation()
    except RuntimeError as error:
        print(f"{name}: {str(error).partition('. ')[0]}")
