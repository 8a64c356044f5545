"""A solution: two more axes put the channels under the channels."""

import torch


def normalize(x, mean, std):
    """Return (x - mean) / std for images x, (N, C, H, W), and mean and std, (C,)."""
    return (x - mean[:, None, None]) / std[:, None, None]


# The check
torch.manual_seed(0)
wrong = ""
mean, std = torch.tensor([10.0, 20.0, 30.0]), torch.tensor([1.0, 2.0, 4.0])  # (C,)
for size in ((5, 3, 4, 3), (3, 3, 3, 3), (2, 3, 6, 7), (1, 3, 1, 1)):
    x, before = torch.randn(size), mean.clone()  # (N, C, H, W)
    original = x.clone()
    answer = normalize(x, mean, std)
    if not isinstance(answer, torch.Tensor) or answer.shape != x.shape:
        got = getattr(answer, "shape", answer)
        wrong = wrong or f"expected a tensor of shape {size}, got {got}"
        continue
    for channel in range(3):
        expected = (original[-1, channel, -1, 0] - mean[channel]) / std[channel]
        got = answer[-1, channel, -1, 0]
        if abs(got - expected) > 1e-5:
            case = f"images {size}, channel {channel}"
            wrong = wrong or f"{case}: expected {expected:.2f}, got {got:.2f}"
    if not (torch.equal(x, original) and torch.equal(mean, before)):
        wrong = wrong or "the inputs have changed"
print(f"not yet: {wrong}" if wrong else "right: every channel by its own numbers")
