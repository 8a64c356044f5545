"""What is taken for group norm: other sets of values, and gammas in the wrong place."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
N, C, H, W, G = 5, 12, 4, 9, 3
loudness = torch.arange(1.0, C + 1)[:, None, None]  # (C, 1, 1)  no two channels alike
x = loudness * torch.randn(N, C, H, W)  # (N, C, H, W)
gamma = torch.randn(C)[:, None, None]  # (C, 1, 1)
right = F.group_norm(x, G, gamma.flatten())  # (N, C, H, W)


def show(what, y):
    """Print how far y (N, C, H, W) is from group norm."""
    print(f"{what:<38} off by {(y - right).abs().max():.2f}")


def standardize(rows):
    """Give the rows along the last axis mean 0 and standard deviation 1."""
    return F.layer_norm(rows, rows.shape[-1:])


print(f"C = {C}, G = {G}")
x_hat = standardize(x.reshape(N, G, -1)).reshape(x.shape)  # (N, C, H, W)
show("G groups of C/G channels", gamma * x_hat)

wrong = standardize(x.reshape(N, C // G, -1)).reshape(x.shape)  # (N, C, H, W)
show("groups of G channels", gamma * wrong)

wrong = standardize(x.reshape(N, C, G, -1)).reshape(x.shape)  # (N, C, H, W)
show("each channel cut into G parts", gamma * wrong)

dealt = x.reshape(N, C // G, G, H * W).transpose(1, 2)  # (N, G, C/G, H * W)
wrong = standardize(dealt.flatten(2)).reshape(dealt.shape).transpose(1, 2)
show("every third channel in one group", gamma * wrong.reshape(x.shape))

filled = gamma.flatten().repeat(N * H * W).reshape(x.shape)  # (N, C, H, W)
show("gamma (C,) repeated until it fills x", filled * x_hat)

square = torch.randn(N, G * G, H, W)  # (N, C, H, W)
right = F.group_norm(square, G)
wrong = standardize(square.reshape(N, G, -1)).reshape(square.shape)
show("groups of G channels, where C = G * G", wrong)
