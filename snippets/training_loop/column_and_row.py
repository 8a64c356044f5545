"""Scores (B, 1) against labels (B,): an error, a warning, or silence, and the cure."""

import warnings

import torch
import torch.nn.functional as F

torch.manual_seed(0)
labels = torch.randint(2, (128,)).double()  # (B,)
exact = labels[:, None]  # (B, 1): predictions without any error
scores = 10 * (exact - 0.5)  # (B, 1): on the right side of 0, every one


def squared_error(predictions, targets):
    return (predictions - targets).square().mean()


def attempt(loss, predictions):
    """Return what a loss gives, or the text of its error, or that it warns."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            value = f"{loss(predictions, labels):.2f}"
        except ValueError as error:
            return f"ValueError: {error}"
    return value + (", with a warning" if heard else "")


for name, loss, predictions in (
    ("binary_cross_entropy_with_logits", F.binary_cross_entropy_with_logits, scores),
    ("mse_loss", F.mse_loss, exact),
    ("squared error by hand", squared_error, exact),
):
    print(f"{name}\n    (B, 1): {attempt(loss, predictions)}")
    print(f"    (B,):   {attempt(loss, predictions.squeeze(1))}")

print("accuracy")
for shape, found in {"(B, 1): ": scores, "(B,):   ": scores.squeeze(1)}.items():
    right = (found > 0) == labels.bool()
    print(f"    {shape}{right.double().mean():.2f} of {tuple(right.shape)}")
