"""The backward pass multiplies by the very mask of the forward pass."""

import torch
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint


class Dropout(torch.autograd.Function):
    """Dropout of x by a mask of its shape, 1 where kept, forward and backward."""

    @staticmethod
    def forward(ctx, x, mask, p_drop):
        if mask.shape != x.shape or not 0 <= p_drop < 1:
            raise ValueError(f"x {tuple(x.shape)}, mask {tuple(mask.shape)}, {p_drop}")
        ctx.factor = mask / (1 - p_drop)  # like x: 0 or 1 / (1 - p_drop)
        return x * ctx.factor

    @staticmethod
    def backward(ctx, dy):
        return dy * ctx.factor, None, None


torch.manual_seed(0)
x = torch.randn(6, 5, dtype=torch.float64, requires_grad=True)  # (N, D)
dy = torch.randn(6, 5, dtype=torch.float64)  # (N, D)
p_drop = 0.3

theirs = F.dropout(x, p_drop)  # (N, D)
mask = (theirs != 0).double()  # (N, D)
ours = Dropout.apply(x, mask, p_drop)  # (N, D)
(dx,) = torch.autograd.grad(ours, x, dy)  # (N, D)
(dx_torch,) = torch.autograd.grad(theirs, x, dy)  # (N, D)
print(f"forward  difference from torch {(ours - theirs).abs().max():.12f}")
print(f"backward difference from torch {(dx - dx_torch).abs().max():.12f}")
print(f"gradcheck: {torch.autograd.gradcheck(Dropout.apply, (x, mask, p_drop))}")
factors = sorted({round(value, 4) for value in (dx / dy).flatten().tolist()})
print(f"each gradient is multiplied by one of {[factor + 0.0 for factor in factors]}")


def block(x):
    return F.dropout(torch.tanh(x), 0.5).pow(2).sum()


wide = torch.linspace(-2, 2, 10_000, dtype=torch.float64, requires_grad=True)  # (D,)
torch.manual_seed(0)
(right,) = torch.autograd.grad(block(wide), wide)  # (D,)
for keep in (True, False):
    torch.manual_seed(0)
    loss = checkpoint(block, wide, use_reentrant=False, preserve_rng_state=keep)
    (dx,) = torch.autograd.grad(loss, wide)  # (D,)  the block runs again, here
    off = (dx - right).norm() / right.norm()
    print(f"recomputed with the {'same' if keep else 'next'} mask: off by {off:.1f}")
