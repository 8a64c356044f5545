"""The smallest whole training loop: shuffle, step, evaluate, on handwritten digits."""

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(labels))
x, y = pixels[order] / 16, labels[order]  # 8 x 8 pixels from 0 to 1; classes 0 to 9
train_x, train_y, test_x, test_y = x[:1400], y[:1400], x[1400:], y[1400:]

model = nn.Sequential(nn.Linear(64, 50), nn.ReLU(), nn.Linear(50, 10))
optimizer = torch.optim.SGD(model.parameters(), 0.05, momentum=0.9, weight_decay=1e-4)

for epoch in range(5):
    model.train()
    total = 0.0
    for batch in torch.randperm(len(train_x)).split(
        128
    ):  # (B,): the last one is shorter
        logits = model(train_x[batch])  # (B, K)
        loss = nn.functional.cross_entropy(logits, train_y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)

    model.eval()
    with torch.inference_mode():
        right = (model(test_x).argmax(dim=1) == test_y).double().mean().item()
    print(f"epoch {epoch}  loss {total / len(train_x):.2f}  test accuracy {right:.2f}")
