"""A reduced axis vanishes, and what is left lines up with the wrong one."""

import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.rand(2, 3, 4)  # (2, 3, 4)
print("x.sum of (2, 3, 4)      shape")
for name, options in {
    "()": {},
    "(dim=1)": {"dim": 1},
    "(dim=-1)": {"dim": -1},
    "(dim=(0, 2))": {"dim": (0, 2)},
    "(dim=1, keepdim=True)": {"dim": 1, "keepdim": True},
}.items():
    print(f"{name:<24}{tuple(x.sum(**options).shape)}")

for rows in (3, 4):
    x = torch.rand(rows, 4)  # (rows, 4)
    print(f"\nx of {rows} rows and 4 columns: each row is to sum to 1")
    for name, keepdim in (("x.sum(1)", False), ("x.sum(1, keepdim=True)", True)):
        try:
            shares = x / x.sum(1, keepdim=keepdim)  # (rows, 4)
            sums = " ".join(f"{total:.2f}" for total in shares.sum(1))
        except RuntimeError as error:
            sums = f"{str(error)[:53]} ..."
        print(f"x / {name:<24}{sums}")
