"""What output_padding adds: one more value at the end, computed like the others."""

import torch
import torch.nn.functional as F

x = torch.tensor([[[2.0, 1.0, 3.0]]])  # (N, C_in, L)
kernel = torch.tensor([[[1.0, 2.0, 3.0]]])  # (C_in, C_out, k)
bias = torch.tensor([0.5])  # (C_out,)

for padding in (0, 1):
    for extra in (0, 1):
        y = F.conv_transpose1d(x, kernel, bias, 2, padding, extra)  # (N, C_out, L_out)
        values = " ".join(f"{value:.1f}" for value in y.flatten())
        print(f"padding={padding}, output_padding={extra}:  {'    ' * padding}{values}")
