"""After one step, every parameter should have moved: six that did not, and why."""

import torch
from torch import nn


def report(model, optimizer, loss):
    """Take a step; return {name: (size of the gradient or None, size of the move)}."""
    before = {name: w.detach().clone() for name, w in model.named_parameters()}
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return {
        name: (
            None if w.grad is None else w.grad.norm().item(),
            (w.detach() - before[name]).norm().item(),
        )
        for name, w in model.named_parameters()
    }


class Careless(nn.Module):
    """Five layers, and something wrong with all but the last of them."""

    def __init__(self):
        super().__init__()
        self.cut_off = nn.Linear(7, 6, bias=False)
        self.frozen = nn.Linear(6, 6, bias=False).requires_grad_(False)
        self.dead = nn.Linear(6, 6)
        self.forgotten = nn.Linear(6, 6, bias=False)
        self.last = nn.Linear(6, 3)
        nn.init.constant_(self.dead.bias, -9)

    def forward(self, x):  # (N, D)
        h = torch.tensor(
            self.cut_off(x).tolist()
        )  # (N, 6): leaves torch and comes back
        h = self.frozen(h)  # (N, 6)
        return self.last(h + self.dead(h).relu())  # (N, K); `forgotten` isn't called


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
model = Careless()
trained = [w for name, w in model.named_parameters() if name != "last.bias"]
optimizer = torch.optim.SGD(trained, 0.1)
x, y = torch.randn(20, 7), torch.randint(3, (20,))  # (N, D), (N,)
loss = nn.functional.cross_entropy(model(x), y)
print("parameter            gradient    move")
for name, (gradient, move) in report(model, optimizer, loss).items():
    size = "    none" if gradient is None else f"{gradient:8.3f}"
    print(f"{name:<21}{size}{move:8.3f}{'' if move else '   <--'}")
