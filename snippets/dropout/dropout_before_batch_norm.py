"""Dropout before batch norm: the running variance belongs to noisier features."""

import torch
from torch import nn
from torch.optim.swa_utils import update_bn


def evaluation_std(mean, variance, p_drop):
    """Return the standard deviation of what batch norm makes of a feature at test time.

    mean, variance: of the feature over the data, before dropout with p_drop and batch
    norm with gamma = 1 and no eps. variance <= 0 or p_drop outside of 0 <= p_drop < 1:
    ValueError. Source: moments of a product; Li et al. 2018 (arXiv 1801.05134).
    """
    if variance <= 0 or not 0 <= p_drop < 1:
        raise ValueError(f"got variance {variance} and p_drop {p_drop}")
    in_training = (variance + p_drop * mean**2) / (1 - p_drop)
    return (variance / in_training) ** 0.5


def train(*layers):
    """Return a network after 200 batches in training mode, with running statistics."""
    net = nn.Sequential(*layers)
    for batch in batches:
        net(batch)
    return net


def std(net):
    """Return the standard deviation over the data of the outputs in evaluation mode."""
    with torch.no_grad():
        return net.eval()(torch.cat(batches)).std(0).mean().item()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
batches = list(torch.randn(200, 100, 30).relu())  # 200 of (N, D)
mean, variance = torch.stack(batches).mean().item(), torch.stack(batches).var().item()

for p_drop in (0.1, 0.5):
    direct = train(nn.Dropout(p_drop), nn.BatchNorm1d(30))
    formula = evaluation_std(mean, variance, p_drop)
    print(f"dropout({p_drop}), batch norm             std {std(direct):.2f}", end="")
    print(f"  formula {formula:.2f}")

linear = nn.Linear(30, 20)
between = train(nn.Dropout(0.5), linear, nn.BatchNorm1d(20))
print(f"dropout(0.5), linear, batch norm     std {std(between):.2f}")
update_bn(batches, between)
print(f"  after update_bn                    std {std(between):.2f}")
between[0].p = 0.0
update_bn(batches, between)
print(f"  after update_bn without dropout    std {std(between):.2f}")
after = train(linear, nn.BatchNorm1d(20), nn.Dropout(0.5))
print(f"linear, batch norm, dropout(0.5)     std {std(after):.2f}")
