"""What an index does to the shape, and whether the result is a view or a copy."""

import torch

x = torch.arange(2 * 3 * 4 * 5).view(2, 3, 4, 5)  # (2, 3, 4, 5)
rows = torch.tensor([2, 0, 2])  # (3,)
mask = x[:, :, 0, 0] % 40 == 0  # (2, 3)


def shares(part):
    return part.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()


print("index                 shape")
for name, part in {
    "x": x,
    "x[1]": x[1],
    "x[-1, :, 2]": x[-1, :, 2],
    "x[:, 1:3]": x[:, 1:3],
    "x[:, :, ::3]": x[:, :, ::3],
    "x[..., 0]": x[..., 0],
    "x[..., 0:1]": x[..., 0:1],
    "x[None]": x[None],
    "x[:, None, ..., None]": x[:, None, ..., None],
    "x[:, rows]": x[:, rows],
    "x[:, rows, rows]": x[:, rows, rows],
    "x[:, rows, :, rows]": x[:, rows, :, rows],
    "x[mask]": x[mask],
    "x[x > 100]": x[x > 100],
}.items():
    print(f"{name:<22}{tuple(part.shape)!s:<22}{'view' if shares(part) else 'copy'}")

try:
    x[1, 3]
except IndexError as error:
    print(f"x[1, 3]: {error}")

x[:, rows] = -1  # an assignment reaches x all the same
print(f"after x[:, rows] = -1:    {(x == -1).sum()} entries of {x.numel()} are -1")
x[:, rows][0] = -2  # but here a copy is changed, and lost
print(f"after x[:, rows][0] = -2: {(x == -2).sum()} entries are -2")
x[:, 1][0] = -2  # a view of x, and so x itself
print(f"after x[:, 1][0] = -2:    {(x == -2).sum()} entries are -2")
