"""Cross-entropy is entropy plus divergence, and torch's names for the three."""

import torch
import torch.nn.functional as F


def entropy(q):
    """Return -sum q ln q of each row of q (N, K) in nats, with 0 ln 0 = 0."""
    return torch.special.entr(q).sum(dim=1)


def divergence(q, p):
    """Return KL(q || p) = sum q ln(q / p) of each row of q and p (N, K), in nats.

    Infinite where p is 0 and q is not. Unequal shapes: ValueError.
    Source: Kullback and Leibler 1951 (doi 10.1214/aoms/1177729694), section 2.
    """
    if q.shape != p.shape:
        raise ValueError(f"expected equal shapes, got {q.shape} and {p.shape}")
    return (torch.xlogy(q, q) - torch.xlogy(q, p)).sum(dim=1)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
logits = torch.tensor([[2.0, 1.0, -1.0]])  # (N, K)
p = logits.softmax(dim=1)  # (N, K)
print("target q           cross-entropy = entropy + KL(q || p)   KL(p || q)")
for q in ([[1.0, 0.0, 0.0]], [[0.9, 0.05, 0.05]], [[0.2, 0.5, 0.3]], p.tolist()):
    q = torch.tensor(q)  # (N, K)
    loss = F.cross_entropy(logits, q).item()
    parts = [t.item() for t in (entropy(q), divergence(q, p), divergence(p, q))]
    row = " ".join(f"{value:.3f}" for value in q[0].tolist())
    print(f"{row:<19}{loss:13.3f}{parts[0]:10.3f}{parts[1]:15.3f}{parts[2]:13.3f}")

logits, q = 3 * torch.randn(2000, 5), torch.randn(2000, 5).softmax(1)  # (N, K), (N, K)
log_p, p = logits.log_softmax(dim=1), logits.softmax(dim=1)  # (N, K), (N, K)
each = F.cross_entropy(logits, q, reduction="none")  # (N,)
off = (each - entropy(q) - divergence(q, p)).abs().max()
print(f"2000 random rows: the sum is off by {off:.12f}; means over the rows")
for name, value in {
    "KL(q || p)": divergence(q, p).mean(),
    "KL(p || q)": divergence(p, q).mean(),
    "kl_div(log p, q), batchmean": F.kl_div(log_p, q, reduction="batchmean"),
    "kl_div(log p, q), sum / (N K)": F.kl_div(log_p, q, reduction="sum") / q.numel(),
    "kl_div(p, q), batchmean": F.kl_div(p, q, reduction="batchmean"),
}.items():
    print(f"    {name:<32}{value:7.3f}")
