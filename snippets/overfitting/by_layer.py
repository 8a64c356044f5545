"""Where wrong labels are memorized: the layers of a network, read out."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

COUNT, WIDTH, DEPTH, SEEDS = 200, 64, 5, 2


def read_out(h, labels, lam=0.1):
    """Return scores (N, C), linear in h (N, K), fitted to the first COUNT labels."""
    h = h / h[:COUNT].norm(dim=1).mean()  # (N, K), one scale for all layers
    targets = F.one_hot(labels[:COUNT], 10).double()  # (COUNT, C)
    inner = h[:COUNT] @ h[:COUNT].T + lam * torch.eye(COUNT)  # (COUNT, COUNT)
    return h @ h[:COUNT].T @ torch.linalg.solve(inner, targets)


def layers_of(x, labels):
    """Train on the first COUNT examples; return x and the outputs of each layer."""
    blocks, d_in = nn.Sequential(), x.shape[1]
    for _ in range(DEPTH):
        blocks.append(nn.Sequential(nn.Linear(d_in, WIDTH), nn.ReLU()))
        d_in = WIDTH
    model = nn.Sequential(blocks, nn.Linear(WIDTH, 10))
    adam = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(160):
        adam.zero_grad()
        F.cross_entropy(model(x[:COUNT]), labels[:COUNT]).backward()
        adam.step()
    outputs = [x]
    with torch.inference_mode():
        for block in blocks:
            outputs.append(block(outputs[-1]))
    return outputs


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, y = x[order] / 16, y[order]
wrong = torch.arange(len(y)) % 5 == 0  # (N,), each fifth
noisy = torch.where(wrong, (y + 1 + torch.arange(len(y)) // 5 % 9) % 10, y)  # (N,)
rows = []
for seed in range(SEEDS):
    torch.manual_seed(seed)
    for h in layers_of(x, noisy):
        guess = read_out(h, noisy).argmax(dim=1)  # (N,)
        learned = (guess == noisy)[:COUNT][wrong[:COUNT]].double().mean()
        rows.append((learned, (guess == y)[COUNT:].double().mean()))
rows = torch.tensor(rows).view(SEEDS, DEPTH + 1, 2).mean(dim=0)  # (layers, 2)
print("read out from   wrong labels reproduced, %   test accuracy, %")
for n, (learned, right) in enumerate(100 * rows):
    name = f"layer {n}" if n else "pixels"
    print(f"{name:<16}{learned:26.0f}{right:19.0f}")
