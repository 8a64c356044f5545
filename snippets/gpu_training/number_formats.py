"""Range and resolution of the formats in which GPUs multiply, and what they lose."""

import torch


def fields(dtype):
    """Return how many bits of a floating-point type are exponent and fraction.

    One more bit is the sign. The step from 1 to the next number, `eps` of torch.finfo,
    is two to the power of minus the bits of the fraction.
    """
    info = torch.finfo(dtype)
    fraction = round(1 / info.eps).bit_length() - 1
    return info.bits - 1 - fraction, fraction


types = [torch.float32, torch.bfloat16, torch.float16]
eights = [torch.float8_e4m3fn, torch.float8_e5m2]
print("type           bits  exponent  fraction     largest  least normal  step at 1")
for dtype in types + eights:
    info, (exponent, fraction) = torch.finfo(dtype), fields(dtype)
    name = str(dtype).removeprefix("torch.")
    sizes = f"{info.bits:4d}  {exponent:8d}  {fraction:8d}"
    limits = f"{info.max:10.5g}  {info.tiny:12.1e}"
    print(f"{name:<13}  {sizes}  {limits}  1/{2**fraction}")

values = [1.001, 257, 70_000, 1e-6, 1e-8]
print("\nstored in    " + "".join(f"{value:>10}" for value in values))
for dtype in types:
    kept = torch.tensor(values, dtype=dtype).tolist()  # (V,)
    name = str(dtype).removeprefix("torch.")
    print(f"{name:<13}" + "".join(f"{value:10.4g}" for value in kept))
