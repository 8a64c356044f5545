"""Weights in 16 bits lose small updates; float32 weights under autocast keep them."""

import torch

print("type       1 + 1000 x 0.001   smallest step that moves 1")
for dtype in (torch.float32, torch.bfloat16, torch.float16):
    weight = torch.ones((), dtype=dtype)
    for _ in range(1000):
        weight += 0.001
    step = torch.finfo(dtype).eps / 2  # a tie stays at the even number, which is 1
    print(f"{str(dtype).removeprefix('torch.'):<10} {weight.item():16.3f}   {step:.1e}")


def fit(dtype):
    """Return the weight w of y = w x, which should be 1.5, after 2,000 steps from 1."""
    torch.manual_seed(0)
    weight = torch.ones(1, 1, dtype=dtype, requires_grad=True)  # (D, C)
    optimizer = torch.optim.AdamW([weight], 1e-3, weight_decay=0.0)
    for _ in range(2000):
        x = torch.randn(64, 1)  # (N, D)
        with torch.autocast("cpu", torch.bfloat16):
            y = x @ weight  # (N, C), in bfloat16 for both types of weight
        loss = (y.float() - 1.5 * x).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weight.item()


for dtype in (torch.float32, torch.bfloat16):
    print(f"AdamW, rate 0.001, product in bfloat16, {dtype} weight: {fit(dtype):.2f}")
