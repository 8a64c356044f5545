"""Five ways to freeze a layer, and what of it still changes in three more steps."""

import torch
from torch import nn


def changed(freeze, mode, clear):
    """Return whether weight and running mean of a frozen layer change.

    freeze: "requires_grad", "gradient 0", or "rate 0". mode: True for model.train().
    clear: set_to_none of zero_grad after the first, unfrozen step.
    """
    if freeze not in ("requires_grad", "gradient 0", "rate 0"):
        raise ValueError(f"no way to freeze: {freeze!r}")
    torch.manual_seed(0)
    frozen = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    model = nn.Sequential(frozen, nn.Linear(4, 2))
    adamw = torch.optim.AdamW([{"params": part.parameters()} for part in model], lr=0.1)
    x = torch.randn(8, 3)  # (N, D)
    model(x).square().sum().backward()
    adamw.step()  # the layer is trained at first, as the optimizer's state shows
    adamw.zero_grad(set_to_none=clear)

    if freeze == "requires_grad":
        frozen.requires_grad_(False)
    if freeze == "rate 0":
        adamw.param_groups[0]["lr"] = 0.0
    frozen.train(mode)
    before = [frozen[0].weight.clone(), frozen[1].running_mean.clone()]
    for _ in range(3):
        model(x).square().sum().backward()
        if freeze == "gradient 0":
            for parameter in frozen.parameters():
                parameter.grad.zero_()
        adamw.step()
        adamw.zero_grad(set_to_none=clear)
    after = [frozen[0].weight, frozen[1].running_mean]
    return [not torch.equal(a, b) for a, b in zip(before, after)]


print("frozen by                             weight changes   running mean changes")
for name, arguments in {
    "requires_grad False": ("requires_grad", True, True),
    "the same, zero_grad kept zeros": ("requires_grad", True, False),
    "its gradient set to 0": ("gradient 0", True, True),
    "a rate of 0": ("rate 0", True, True),
    "requires_grad False, eval()": ("requires_grad", False, True),
}.items():
    weight, mean = ("yes" if moves else "no" for moves in changed(*arguments))
    print(f"{name:<38}{weight:>14}{mean:>23}")
