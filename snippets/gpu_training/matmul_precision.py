"""How far a matrix product is off when its factors are rounded to fewer bits."""

import torch


def round_to_tf32(x):
    """Return `x` with 10 bits of fraction, as in TF32 mode.

    To the nearest, ties to even; a GPU may round otherwise, by at most one unit more.
    Any shape; a type other than float32: ValueError.
    """
    if x.dtype != torch.float32:
        raise ValueError(f"expected float32, got {x.dtype}")
    bits = x.view(torch.int32)
    odd = (bits >> 13) & 1  # the last bit that stays
    return ((bits + 0xFFF + odd) & ~0x1FFF).view(torch.float32)


def error(product):
    """Return how far a product is from the exact one, as a share of its length."""
    return ((product.double().cpu() - exact).norm() / exact.norm()).item()


torch.manual_seed(0)
a, b = torch.randn(200, 500), torch.randn(500, 300)  # (M, K), (K, N)
exact = a.double() @ b.double()  # (M, N)
print("factors   fraction bits  error of the product")
for name, bits, convert in (
    ("float32", 23, torch.Tensor.float),
    ("TF32", 10, round_to_tf32),
    ("float16", 10, torch.Tensor.half),
    ("bfloat16", 7, torch.Tensor.bfloat16),
):
    product = convert(a).double() @ convert(b).double()  # the sums are as good as exact
    print(f"{name:<9} {bits:13d}  {error(product):20.5f}")
normal = a.abs() >= torch.finfo(torch.float16).tiny  # (M, K)
differ = (round_to_tf32(a) != a.half().float())[normal].sum()
print(f"TF32 against float16 in its range: {differ} of {normal.sum():,} numbers differ")

if torch.cuda.is_available():
    a, b = a.cuda(), b.cuda()
    for precision in ("highest", "high"):
        torch.set_float32_matmul_precision(precision)
        print(f"on the GPU, float32, precision {precision}: {error(a @ b):.5f}")
    print(f"on the GPU, bfloat16: {error(a.bfloat16() @ b.bfloat16()):.5f}")
else:
    print("no CUDA device: TF32 was computed bit by bit")
