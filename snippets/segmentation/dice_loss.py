"""The Dice loss: how much of the gradient reaches a small object."""

import torch
import torch.nn.functional as F


def dice_loss(p_object, target, smooth=1.0):
    """Return 1 less the Dice coefficient of probabilities and a mask, one number.

    p_object, target: of one shape, or ValueError. `smooth` is added above and below.
    Source: Milletari, Navab and Ahmadi 2016, with the sums in place of squares below.
    """
    if p_object.shape != target.shape:
        shapes = tuple(p_object.shape), tuple(target.shape)
        raise ValueError(f"expected equal shapes, got {shapes}")
    both, all_ = (p_object * target).sum(), p_object.sum() + target.sum()
    return 1 - (2 * both + smooth) / (all_ + smooth)


torch.set_default_dtype(torch.float64)
print("of 10,000 pixels, all said to be  cross-entropy     Dice")
print("object with probability 0.1       share of the gradient")
for size in (10, 100, 1000):
    target = (torch.arange(10_000) < size).double()  # (P,)
    logits = torch.full((10_000,), 0.1).logit().requires_grad_()  # (P,)
    entropy = F.binary_cross_entropy_with_logits(logits, target)
    shares = []
    for loss in (entropy, dice_loss(logits.sigmoid(), target)):
        (gradient,) = torch.autograd.grad(loss, logits)  # (P,)
        shares.append(gradient[:size].abs().sum() / gradient.abs().sum())
    print(f"an object of {size:5d} pixels {100 * shares[0]:17.1f} %", end="")
    print(f"{100 * shares[1]:11.1f} %")

print("\nan image without the object, said with probability  0.1    0.01   0.001")
nothing = torch.zeros(10_000)  # (P,)
for smooth in (0, 1):
    losses = [dice_loss(nothing + p, nothing, smooth) for p in (0.1, 0.01, 0.001)]
    print(f"Dice loss, smooth = {smooth}{'':28}", end="")
    print("".join(f"{loss:8.3f}" for loss in losses))

truth = (torch.arange(10_000) < 50).double()  # (P,)
losses = [dice_loss(truth.roll(n), truth, smooth=0) for n in (0, 10, 25, 50, 400)]
print("\nmask of 50 pixels, off by      0    10    25    50   400")
print("Dice loss of hard masks  " + "".join(f"{loss:6.2f}" for loss in losses))
