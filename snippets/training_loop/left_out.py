"""The same run with one line of the loop missing, moved or added: no error at all."""

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
x, y = pixels[:1400] / 16, labels[:1400]
by_class = labels[1400:].argsort()  # as files in one folder for each class often come
test_x, test_y = pixels[1400:][by_class] / 16, labels[1400:][by_class]


def run(mistake):
    """Train with a mistake; return the last loss and the accuracy on the test set."""
    torch.manual_seed(0)
    hidden = [nn.Linear(64, 50), nn.BatchNorm1d(50), nn.ReLU(), nn.Dropout(0.2)]
    model = nn.Sequential(*hidden, nn.Linear(50, 10))
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for _ in range(5):
        for batch in torch.randperm(len(x)).split(128):  # (B,)
            images, targets = x[batch], y[batch]
            if mistake == "labels not in the images' order":
                targets = y[batch.sort().values]
            logits = model(images)  # (B, K)
            if mistake == "softmax before cross_entropy":
                logits = logits.softmax(dim=1)
            loss = nn.functional.cross_entropy(logits, targets)
            if mistake != "no zero_grad":
                optimizer.zero_grad()
            loss.backward()
            if mistake == "zero_grad after backward":
                optimizer.zero_grad()
            if mistake != "no step":
                optimizer.step()
    if mistake != "no eval before testing":
        model.eval()
    with torch.inference_mode():
        scores = torch.cat([model(part) for part in test_x.split(20)])  # (N, K)
    return loss.item(), (scores.argmax(dim=1) == test_y).double().mean().item()


print("                                  last loss   test accuracy")
for mistake in (
    "nothing wrong",
    "no zero_grad",
    "zero_grad after backward",
    "no step",
    "softmax before cross_entropy",
    "labels not in the images' order",
    "no eval before testing",
):
    loss, accuracy = run(mistake)
    print(f"{mistake:<34}{loss:9.2f}{accuracy:16.2f}")
