"""A perfect classifier scores 0.50 when its labels have one axis too many."""

import torch

torch.manual_seed(0)
scores = torch.randn(200, 2)  # (N, C): two classes
predicted = scores.argmax(1)  # (N,)
labels = predicted[:, None]  # (N, 1): all predictions are right

wrong = predicted == labels  # (N,) against (N, 1): all pairs are compared
right = predicted == labels[:, 0]  # (N,)

print(f"compared as {tuple(wrong.shape)}: accuracy {wrong.double().mean():.2f}")
print(f"compared as {tuple(right.shape)}: accuracy {right.double().mean():.2f}")
