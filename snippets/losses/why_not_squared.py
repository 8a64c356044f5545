"""Squared error of a probability stops pulling where the answer is most wrong."""

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
score = torch.tensor([-10.0, -5.0, -2.0, 0.0, 2.0, 5.0], requires_grad=True)  # (N,)
label = torch.ones(6)  # (N,)
p = score.sigmoid()  # (N,)
squared = (p - label) ** 2  # (N,)
entropy = F.binary_cross_entropy_with_logits(score, label, reduction="none")  # (N,)
(pull_squared,) = torch.autograd.grad(squared.sum(), score, retain_graph=True)
(pull_entropy,) = torch.autograd.grad(entropy.sum(), score)

print("the label is 1          squared error      cross-entropy")
print("score        p          loss    slope       loss    slope")
for row in zip(score, p, squared, pull_squared, entropy, pull_entropy, strict=True):
    s, p_one, *rest = (value.item() for value in row)
    numbers = "{:10.3f}{:9.4f}{:11.3f}{:9.4f}".format(*rest)
    print(f"{s:5.0f}{p_one:11.5f}{numbers}")


def steps_to_learn(loss, start=-10.0, rate=1.0, limit=100000):
    """Return after how many plain steps a score that starts wrong is above 0."""
    s = torch.tensor(start, requires_grad=True)
    for step in range(limit):
        if s > 0:
            return step
        (slope,) = torch.autograd.grad(loss(s), s)
        s = (s - rate * slope).detach().requires_grad_()
    return limit


one = torch.tensor(1.0)
print("steps of rate 1 from a score of -5 to above 0: ", end="")
print(f"squared {steps_to_learn(lambda s: (s.sigmoid() - 1) ** 2, -5.0)}, ", end="")
with_logits = F.binary_cross_entropy_with_logits
print(f"cross-entropy {steps_to_learn(lambda s: with_logits(s, one), -5.0)}")
