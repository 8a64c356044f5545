"""What switches dropout off: eval(), not no_grad(); F.dropout has to be told."""

import torch
import torch.nn.functional as F
from torch import nn


class Forgetful(nn.Module):
    """F.dropout without `training`, whose default is True."""

    def forward(self, x):
        return F.dropout(x, 0.5)


class Careful(nn.Module):
    """F.dropout that follows train() and eval()."""

    def forward(self, x):
        return F.dropout(x, 0.5, training=self.training)


class ForgetfulAttention(nn.Module):
    """Attention whose function drops whenever dropout_p is above 0."""

    def forward(self, x):
        return F.scaled_dot_product_attention(x, x, x, dropout_p=0.5)


class CarefulAttention(nn.Module):
    """Attention that asks for no dropout in evaluation."""

    def forward(self, x):
        p_drop = 0.5 if self.training else 0.0
        return F.scaled_dot_product_attention(x, x, x, dropout_p=p_drop)


torch.manual_seed(0)
x = torch.randn(8, 6, 50)  # (N, L, D)
cases = {
    "nn.Dropout, no_grad() but no eval()": nn.Dropout(0.5),
    "nn.Dropout, eval()": nn.Dropout(0.5).eval(),
    "F.dropout(x, 0.5), eval()": Forgetful().eval(),
    "F.dropout(..., training=self.training), eval()": Careful().eval(),
    "attention, dropout_p=0.5, eval()": ForgetfulAttention().eval(),
    "attention, dropout_p=0.0 in evaluation": CarefulAttention().eval(),
}
for name, net in cases.items():
    with torch.no_grad():
        off = (net(x) - net(x)).abs().max()
    print(f"{name:<47} two passes {'differ' if off > 1e-6 else 'agree'}")
