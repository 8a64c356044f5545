"""What p means in torch: nn.Dropout(0.8) drops 80 percent."""

import torch
from torch import nn

torch.manual_seed(0)
ones = torch.ones(1_000_000)  # (D,)

for p_drop in (0.2, 0.5, 0.8):
    y = nn.Dropout(p_drop)(ones)  # (D,)
    values = sorted({round(value, 2) for value in y.unique().tolist()})
    kept = (y > 0).double().mean()
    print(f"nn.Dropout({p_drop})  kept {kept:.2f}", end="  ")
    print(f"values {values}  mean {y.mean():.2f}")

p_keep = 0.8  # the p of a paper or of old code that keeps with probability p
y = nn.Dropout(1 - p_keep)(ones)  # (D,)
print(f"nn.Dropout(1 - {p_keep})  kept {(y > 0).double().mean():.2f}")
