"""A loss that is kept for a log keeps its graph: count the nodes that stay alive."""

import torch
from torch import nn


def nodes(*tensors):
    """Return how many graph nodes hang on some tensors."""
    seen, waiting = set(), [t.grad_fn for t in tensors if t.grad_fn]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += [parent for parent, _ in node.next_functions if parent]
    return len(seen)


def log(steps, keep):
    """Run some training steps; return what has been kept of their losses."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(5, 6), nn.Tanh(), nn.Linear(6, 1))
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    x, y = torch.randn(8, 5), torch.randn(8, 1)  # (N, D), (N, 1)
    kept = torch.zeros(())
    for _ in range(steps):
        loss = nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        kept = keep(kept, loss)
    return kept


print("steps                       10   100")
for name, keep in {
    "total += loss": lambda total, loss: total + loss,
    "total += loss.detach()": lambda total, loss: total + loss.detach(),
    "total += loss.item()": lambda total, loss: total + loss.item(),
}.items():
    counts = [nodes(log(steps, keep)) for steps in (10, 100)]
    print(f"{name:<24}{counts[0]:6d}{counts[1]:6d}   nodes")
