"""The error of an average: what the members share stays, the rest is divided by K."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_diabetes


def expected_error(errors, k):
    """Return the mean squared error of an average of k members, drawn at random.

    errors: (M, N), prediction minus target of each member. k from 1 to M, or
    ValueError. The mean over all subsets of k members; Krogh and Vedelsby 1994.
    """
    m = len(errors)
    if not 1 <= k <= m:
        raise ValueError(f"{k} of {m} members")
    products = errors @ errors.T / errors.shape[1]  # (M, M)
    alone = products.diagonal().mean()
    if m == 1:
        return alone
    shared = (products.sum() - products.trace()) / (m * (m - 1))
    return shared + (alone - shared) / k


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_diabetes(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
train, test = order[:150], order[150:]
x, y = x / x[train].std(dim=0), (y - y[train].mean()) / y[train].std()

M, H = 20, 32
w = [torch.randn(M, 10, H) / 10**0.5, torch.randn(M, H, 1) / H**0.5]  # (M, D, H)
adam = torch.optim.Adam([v.requires_grad_() for v in w], lr=0.01)
for _ in range(150):
    adam.zero_grad()
    outputs = ((x[train] @ w[0]).tanh() @ w[1])[..., 0]  # (M, N)
    F.mse_loss(outputs, y[train].expand(M, -1)).backward()
    adam.step()
outputs = ((x[test] @ w[0]).tanh() @ w[1])[..., 0].detach()  # (M, N)
errors = outputs - y[test]  # (M, N)

print("members   error of the average: predicted   1000 random choices")
for k in (1, 2, 5, 10, 20):
    choices = [torch.randperm(M)[:k] for _ in range(1000)]
    drawn = sum((errors[c].mean(dim=0) ** 2).mean() for c in choices) / 1000
    print(f"{k:7d}{expected_error(errors, k):34.2f}{drawn:22.2f}")
alone, together = (errors**2).mean(), (errors.mean(dim=0) ** 2).mean()
spread = outputs.var(dim=0, correction=0).mean()
off = (alone - spread - together).abs()
print(f"\na member {alone:.3f}, spread of outputs {spread:.3f}, all {together:.3f}")
print(f"a member - spread - all: {off:.12f}")
