"""The loss logged in an epoch is that of weights that changed, with dropout on."""

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
x, y = pixels[:1400] / 16, labels[:1400]
test_x, test_y = pixels[1400:] / 16, labels[1400:]

model = nn.Sequential(nn.Linear(64, 50), nn.ReLU(), nn.Dropout(0.5), nn.Linear(50, 10))
optimizer = torch.optim.SGD(model.parameters(), 0.05, momentum=0.9)


def evaluate(inputs, targets):
    """Return the mean loss in evaluation mode, and leave the mode as it was."""
    was_training = model.training
    model.eval()
    with torch.inference_mode():
        loss = nn.functional.cross_entropy(model(inputs), targets).item()
    model.train(was_training)
    return loss


print("epoch   logged   training data afterwards   test data")
for epoch in range(4):
    total = 0.0
    for batch in torch.randperm(len(x)).split(128):  # (B,)
        loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    logged, train, test = total / len(x), evaluate(x, y), evaluate(test_x, test_y)
    print(f"{epoch:5d}{logged:9.2f}{train:27.2f}{test:12.2f}")
