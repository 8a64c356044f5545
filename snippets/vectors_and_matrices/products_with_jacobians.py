"""Backward builds no Jacobian: it multiplies one by a vector, from the left."""

import torch
from torch.func import jacrev, vjp, vmap


def entries(batch, inputs, outputs):
    """Return how many entries the Jacobian of a layer has, from batch to batch.

    Sizes below 1: ValueError.
    """
    if min(batch, inputs, outputs) < 1:
        raise ValueError(f"batch {batch}, inputs {inputs}, outputs {outputs}")
    return batch * outputs * batch * inputs


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
layer = torch.nn.Linear(3, 2)
x = torch.randn(5, 3, requires_grad=True)  # (N, in)


def network(x):
    return layer(x).tanh()  # (..., out)


with torch.no_grad():
    whole = jacrev(network)(x)  # (N, out, N, in)
    each = vmap(jacrev(network))(x)  # (N, out, in)
own = torch.stack([whole[n, :, n] for n in range(5)])  # (N, out, in)
zeros = f"{(whole == 0).sum()} of {whole.numel()} entries are 0"
print(f"jacrev of a batch   {tuple(whole.shape)}: {zeros}")
print(
    f"vmap of jacrev      {tuple(each.shape)}, the others: {torch.allclose(each, own)}"
)

left, right = torch.randn(5, 2), torch.randn(5, 3)  # (N, out), (N, in)
network(x).backward(left)
with torch.no_grad():
    _, pull = vjp(network, x)
    pulled = torch.einsum("no,noi->ni", left, each)  # (N, in), rows times matrices
    pushed = torch.einsum("noi,ni->no", each, right)  # (N, out), matrices times columns
    moved = (network(x + 1e-6 * right) - network(x - 1e-6 * right)) / 2e-6  # (N, out)
print(f"\nbackward(left) leaves left^T J in x.grad: {torch.allclose(x.grad, pulled)}")
print(f"vjp returns the same: {torch.allclose(pull(left)[0], pulled)}")
print(f"J right is the change along right, off by {(moved - pushed).abs().max():.6f}")

assert entries(5, 3, 2) == whole.numel()
size, weights = 4 * entries(32, 4096, 4096), 4 * 4096**2  # bytes in float32
print(f"\nlayer of 4096 x 4096, batch of 32, in float32: J {size / 2**30:.0f} GiB,")
print(f"the weights {weights / 2**20:.0f} MiB")
