"""Exercise: the weight decay of AdamW for a run of another length and rate."""

import torch


def new_decay(decay, lr, steps, new_lr, new_steps):
    """Return the decay with which the new run shrinks a weight without gradient
    by the same factor as the old run of AdamW did; rates are constant.
    """
    ...  # your turn


# The check
def left(decay, lr, steps):
    """Return what AdamW leaves of a weight of 1 whose gradient is always 0."""
    w = torch.ones(1, dtype=torch.float64, requires_grad=True)  # (1,)
    w.grad = torch.zeros_like(w)  # (1,)
    adamw = torch.optim.AdamW([w], lr, weight_decay=decay)
    for _ in range(steps):
        adamw.step()
    return w.item()


wrong = ""
for run in ((0.1, 0.01, 50, 0.02, 50), (3, 0.02, 40, 0.01, 20), (1, 0.05, 9, 0.1, 90)):
    expected, answer = left(*run[:3]), new_decay(*run)
    got = None if answer is None else left(answer, *run[3:])
    if got is None or abs(got - expected) > 1e-9:
        wrong = f"not yet: {run}: the old run leaves {expected:.4f}, the new one "
        wrong += "?" if got is None else f"{got:.4f}"
        break
print(wrong or "right: 3 pairs of runs leave the same")
