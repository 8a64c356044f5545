"""A network on the device and data elsewhere: what `.to` moves, and what it leaves."""

import torch
from torch import nn

# Without an accelerator, "meta" stands in: tensors there have a shape, but no numbers.
device = torch.accelerator.current_accelerator(True) or torch.device("meta")


class Head(nn.Module):
    """A linear layer and a second factor of shape (C,), kept in several ways."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 2)
        self.register_buffer("buffer", torch.ones(2))  # (C,)
        self.attribute = torch.ones(2)  # (C,)

    def forward(self, x, kind):
        """Return (N, C) for x of shape (N, D)."""
        factors = {
            "buffer": self.buffer,
            "attribute": self.attribute,
            "made on the CPU": torch.ones(2),
            "made beside x": torch.ones(2, device=x.device),
            "one number": torch.tensor(2.0),
        }
        return self.linear(x) * factors[kind]  # (N, C)


def outcome(x, kind="buffer"):
    """Return how a call of the network ends."""
    try:
        net(x, kind)
    except RuntimeError as error:
        return type(error).__name__
    return "works"


net, x = Head(), torch.ones(4, 3)  # (N, D)
net.to(device)  # a module moves as it is
print(f"net.to(device), x as it was:      {outcome(x)}")
x.to(device)  # a tensor stays: the copy is lost
print(f"x.to(device), not assigned:       {outcome(x)}")
x = x.to(device)
print(f"x = x.to(device):                 {outcome(x)}")
for kind in ("buffer", "attribute", "made on the CPU", "made beside x", "one number"):
    print(f"the factor, {kind + ':':<22}{outcome(x, kind)}")
