"""load_state_dict copies into a net's tensors; with assign=True it replaces them."""

import torch
from torch import nn


class Net(nn.Module):
    """A linear layer behind a mask that is not part of the state_dict."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mask", torch.ones(3), persistent=False)  # (D,)
        self.linear = nn.Linear(3, 2)

    def forward(self, x):
        return self.linear((self.mask * x).to(self.linear.weight.dtype))


def step(net, optimizer):
    """Take a step, and return whether it changed the weights."""
    before = net.linear.weight.detach().clone()
    net(torch.ones(4, 3)).sum().backward()
    optimizer.step()
    return not net.linear.weight.equal(before)


torch.manual_seed(0)
saved = {key: value.bfloat16() for key, value in Net().state_dict().items()}

print("what is done    optimizer    dtype           step() trains it  own memory")
for way in ("net.double()", "assign=False", "assign=True"):
    for made in ("made before", "made after"):
        net = Net()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        if way == "net.double()":
            net.double()
        else:
            net.load_state_dict(saved, assign=way == "assign=True")
        if made == "made after":
            optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        weight = net.linear.weight
        own = weight.data_ptr() != saved["linear.weight"].data_ptr()
        trains = step(net, optimizer)
        print(f"{way:<15} {made:<12} {weight.dtype!s:<15} {trains!s:<17} {own}")

with torch.device("meta"):
    net = Net()  # shapes without memory
net.load_state_dict(saved, assign=True)
tensors = [*net.named_parameters(), *net.named_buffers()]
print("\nmade on meta:", *(f"{name} on {tensor.device}" for name, tensor in tensors))
