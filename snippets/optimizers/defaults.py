"""What torch's optimizers start from, and how many numbers they keep for a weight."""

import inspect

import torch


def state_per_weight(make, **options):
    """Return how many numbers an optimizer keeps, for each of a matrix's weights."""
    weight = torch.ones(1000, 500, requires_grad=True)  # (H, W)
    optimizer = make([weight], **options)
    weight.grad = torch.ones(1000, 500)  # (H, W)
    optimizer.step()
    kept = [v for v in optimizer.state[weight].values() if isinstance(v, torch.Tensor)]
    return sum(tensor.numel() for tensor in kept) / weight.numel()


print("torch.optim      lr   momentum or betas   weight_decay   state per weight")
for name in ("SGD", "Adagrad", "RMSprop", "Adam", "AdamW", "Muon", "Adafactor"):
    make = getattr(torch.optim, name)
    settings = inspect.signature(make).parameters
    chosen = {key: settings[key].default for key in settings}
    rate, decay = chosen["lr"], chosen["weight_decay"]
    past = str(chosen.get("momentum", chosen.get("betas", "-")))
    state = state_per_weight(make)
    print(f"{name:<12}{rate:7g}{past:>20}{decay:15g}{state:19.3f}")
state = state_per_weight(torch.optim.SGD, momentum=0.9)
print(f"SGD with momentum=0.9{state:52.3f}")
