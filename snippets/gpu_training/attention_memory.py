"""What attention keeps for its backward pass: tables of L x L numbers, or none."""

import torch
import torch.nn.functional as F


def plain(q, k, v):
    """Return attention (N, H, L, E) in three steps, as its formula is written."""
    scores = q @ k.mT / q.shape[-1] ** 0.5  # (N, H, L, L)
    return scores.softmax(-1) @ v


def kept(attention, *inputs):
    """Return the output, and the bytes that it keeps in addition to the inputs."""
    found = {}

    def note(tensor):
        found[tensor.data_ptr()] = tensor.nbytes
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        output = attention(*inputs)
    for tensor in inputs:
        found.pop(tensor.data_ptr(), None)
    return output, sum(found.values())


torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
print("   L   plain, KiB   fused, KiB   outputs differ by")
for length in (64, 128, 256, 512, 1024):
    tensors = torch.randn(3, 1, 4, length, 32, device=device)  # three of (N, H, L, E)
    q, k, v = (tensor.requires_grad_() for tensor in tensors)
    one, much = kept(plain, q, k, v)
    two, little = kept(F.scaled_dot_product_attention, q, k, v)
    off = (one - two).abs().max().item()
    print(f"{length:4d} {much / 1024:12,.0f} {little / 1024:12,.0f}   {off:.4f}")
