"""Cross-entropy at every pixel, but for those that nobody labeled."""

import torch
import torch.nn.functional as F


def pixel_loss(logits, label, ignore=255):
    """Return the mean cross-entropy over the pixels that have a label.

    logits: (N, C, H, W); label: (N, H, W), integers, or ValueError. No pixel with a
    label at all: ValueError, since the mean of nothing is NaN.
    """
    if logits.ndim != 4 or label.shape != logits[:, 0].shape:
        shapes = tuple(logits.shape), tuple(label.shape)
        raise ValueError(f"expected (N, C, H, W) and (N, H, W), got {shapes}")
    counts = label != ignore  # (N, H, W)
    if not counts.any():
        raise ValueError(f"all {label.numel()} pixels are {ignore}")
    chances = logits.permute(0, 2, 3, 1)[counts].log_softmax(dim=1)  # (P, C)
    return -chances.gather(1, label[counts][:, None]).mean()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
logits = torch.randn(2, 5, 6, 7, requires_grad=True)  # (N, C, H, W)
label = torch.randint(5, (2, 6, 7))  # (N, H, W)
label[0, :2] = label[1, :, 3:] = 255  # nobody knows what these are
ours = pixel_loss(logits, label)
torchs = F.cross_entropy(logits, label, ignore_index=255)
print(f"{(label != 255).sum()} of {label.numel()} pixels have a label")
print(f"loss {ours:.4f}, off from F.cross_entropy by {ours - torchs:.12f}")
(gradient,) = torch.autograd.grad(torchs, logits)
largest = gradient.abs().amax(dim=1)[label == 255].max()
print(f"largest gradient at the others: {largest:.12f}")

flat = logits.reshape(-1, 5)  # (N H W, C) by its shape, but classes and places mix
mixed = F.cross_entropy(flat, label.flatten(), ignore_index=255)
print(f"reshaped without permute: {mixed:.4f}, and no error")
one, two = (pixel_loss(logits[n, None], label[n, None]).item() for n in range(2))
print(f"image by image: {one:.4f} and {two:.4f}, mean {(one + two) / 2:.4f}")
try:
    F.cross_entropy(logits, label)
except IndexError as error:
    print(f"without ignore_index: IndexError: {error}")
