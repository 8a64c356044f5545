"""KL(q || p) is not KL(p || q), and torch's kl_div is called the other way around."""

import torch
import torch.nn.functional as F


def kl(q, p):
    """Return KL(q || p) = sum_c q_c log(q_c / p_c) in nats, over the last axis.

    q, p: (..., C), all above 0. Different shapes: ValueError.
    Source: Kullback and Leibler 1951.
    """
    if q.shape != p.shape:
        raise ValueError(f"q {tuple(q.shape)} and p {tuple(p.shape)} differ in shape")
    return (q * (q / p).log()).sum(dim=-1)


torch.set_default_dtype(torch.float64)
q = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3]])  # (N, C)
p = torch.tensor([[0.4, 0.4, 0.2], [0.3, 0.3, 0.4]])  # (N, C)
print("                                  pair 1   pair 2     mean")
for name, values in (("KL(q || p)", kl(q, p)), ("KL(p || q)", kl(p, q))):
    first, second = values
    print(f"{name:<31}{first:9.3f}{second:9.3f}{values.mean():9.3f}")
for name, value in {
    "kl_div(p.log(), q, 'batchmean')": F.kl_div(p.log(), q, reduction="batchmean"),
    "kl_div(q.log(), p, 'batchmean')": F.kl_div(q.log(), p, reduction="batchmean"),
    "kl_div(p, q, 'batchmean')": F.kl_div(p, q, reduction="batchmean"),
    "kl_div(p.log(), q), its mean": F.kl_div(p.log(), q, reduction="none").mean(),
}.items():
    print(f"{name:<31}{value:27.3f}")

torch.manual_seed(0)
q, p = (3 * torch.randn(2, 2000, 5)).softmax(dim=-1)  # (N, C), (N, C)
theirs = F.kl_div(p.log(), q, reduction="none").sum(dim=-1)  # (N,)
wrong = (~torch.isclose(kl(q, p), theirs, atol=1e-9)).sum()
print(f"2000 random pairs against torch: {wrong} differ, {(theirs < 0).sum()} negative")
