"""Running statistics lag behind weights that move; a pass over data renews them."""

import torch
from torch import nn
from torch.optim.swa_utils import update_bn

torch.manual_seed(0)
data = [5 + 2 * torch.randn(32, 8) for _ in range(50)]  # 50 batches (N, D)


def stale_network(momentum):
    """Return a network whose batch norm saw 20 batches before its weights moved."""
    torch.manual_seed(1)
    norm = nn.BatchNorm1d(4, momentum=momentum)
    net = nn.Sequential(nn.Linear(8, 4, bias=False), norm)
    for batch in data[:20]:
        net(batch)
    with torch.no_grad():  # as averaging, merging or editing weights does
        net[0].weight *= 1.5
    return net


def error(net):
    """Return the largest error of a running mean, in standard deviations."""
    z = net[0](torch.cat(data)).detach()  # (N, K)
    return ((net[1].running_mean - z.mean(0)) / z.std(0)).abs().max()


net = stale_network(momentum=0.1)
print(f"after the weights moved: off by {error(net):.2f} standard deviations")
for batch in data[:10]:
    net(batch)
print(f"after 10 more batches:   {error(net):.2f}", end=", ")
print(f"as 0.9 ** 10 = {0.9**10:.2f} of the old value is left")
update_bn(data, net)
print(f"after update_bn:         {error(net):.2f}, the plain average over the data")
net = stale_network(momentum=None)
print(f"with momentum=None:      {error(net):.2f}, the plain average over old batches")
