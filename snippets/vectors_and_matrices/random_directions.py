"""Two random directions: the more axes, the closer to a right angle."""

import torch


def cosine(a, b):
    """Return the cosine of the angle between vectors along the last axis, (...).

    a, b: (..., n). A vector of length 0 has no direction: ValueError.
    """
    if a.shape != b.shape:
        raise ValueError(f"shapes {tuple(a.shape)} and {tuple(b.shape)}")
    lengths = a.norm(dim=-1) * b.norm(dim=-1)
    if (lengths == 0).any():
        raise ValueError(f"a vector of length 0 among {tuple(a.shape)}")
    return (a * b).sum(-1) / lengths


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print("        std of cosine          within 10 degrees    std of inner product")
print("axes   measured   1/sqrt(n)    of a right angle     measured   sqrt(n)")
for n in (2, 16, 128, 1024):
    a, b = torch.randn(2, 5000, n)  # (pairs, n)
    cos, product = cosine(a, b), (a * b).sum(1)  # (pairs,)
    near = (cos.acos().rad2deg() - 90).abs() < 10
    print(
        f"{n:4d}{cos.std():11.2f}{n**-0.5:12.2f}{100 * near.double().mean():16.0f} %"
        f"{product.std():17.1f}{n**0.5:10.1f}"
    )

torch_cos = torch.nn.functional.cosine_similarity(a, b, dim=1)
print(f"largest difference from cosine_similarity {(cos - torch_cos).abs().max():.12f}")
