"""einsum: name the axes, and those that the result lacks are summed over."""

import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
a, b = torch.randn(3), torch.randn(4)  # (I,), (J,)
m, k = torch.randn(3, 4), torch.randn(4, 5)  # (I, J), (J, K)
square = torch.randn(3, 3)  # (I, I)
x = torch.randn(2, 3, 6, 7)  # (N, C, H, W)
mix = torch.randn(8, 3, 1, 1)  # (O, C, 1, 1)
q, v = torch.randn(2, 3, 5, 7), torch.randn(2, 3, 6, 7)  # (N, heads, T or S, D)

print("subscripts        result           the same as             difference")
for subscripts, inputs, name, expected in (
    ("i,i->", (a, a), "dot(a, a)", a.dot(a)),
    ("i,j->ij", (a, b), "outer(a, b)", a.outer(b)),
    ("ij,j->i", (m, b), "m @ b", m @ b),
    ("ij,jk->ik", (m, k), "m @ k", m @ k),
    ("ij->ji", (m,), "m.T", m.T),
    ("ij->j", (m,), "m.sum(0)", m.sum(0)),
    ("ii->", (square,), "trace()", square.trace()),
    ("ii->i", (square,), "diagonal()", square.diagonal()),
    ("ij,ij->", (m, m), "m.square().sum()", m.square().sum()),
    ("nchw->nhwc", (x,), "permute(0, 2, 3, 1)", x.permute(0, 2, 3, 1)),
    ("nchw->c", (x,), "x.sum((0, 2, 3))", x.sum((0, 2, 3))),
    (
        "nchw,oc->nohw",
        (x, mix[:, :, 0, 0]),
        "conv2d(x, 1x1)",
        torch.conv2d(x, mix),
    ),
    ("nhtd,nhsd->nhts", (q, v), "q @ v.mT", q @ v.mT),
):
    result = torch.einsum(subscripts, *inputs)
    assert result.shape == expected.shape
    off = (result - expected).abs().max()
    print(f"{subscripts:<18}{tuple(result.shape)!s:<17}{name:<24}{off:.12f}")
