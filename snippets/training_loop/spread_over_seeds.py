"""One run is one draw: ten seeds, and two settings compared seed by seed."""

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
x, y = pixels[:300] / 16, labels[:300]
test_x, test_y = pixels[300:] / 16, labels[300:]


def accuracy(seed, width):
    """Train on 300 digits; return the accuracy on the others, in %."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
    for _ in range(20):
        for batch in torch.randperm(len(x)).split(50):  # (B,)
            loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.inference_mode():
        return 100 * (model(test_x).argmax(dim=1) == test_y).double().mean()


runs = {
    width: torch.stack([accuracy(s, width) for s in range(10)]) for width in (30, 60)
}
for width, found in runs.items():
    mean, std = found.mean(), found.std()
    print(f"width {width}: {found.min():.1f} to {found.max():.1f} %", end=", ")
    print(f"mean {mean:.1f}, standard deviation {std:.1f}")
gain = runs[60] - runs[30]  # (seeds,)
error = gain.std() / len(gain) ** 0.5
print(f"gain of 60 over 30: {gain.mean():.1f} points, standard error {error:.1f}")
print(f"seeds in which the narrow one wins: {(gain < 0).sum()} of {len(gain)}")
