"""ReduceLROnPlateau only cuts, and by default it takes its number for a loss."""

import random

import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau


def plateau(metrics, mode="min", factor=0.1, patience=10, threshold=1e-4):
    """Return the rate after each metric, from 1 on.

    A metric is better if it beats the best by the share `threshold`; after more than
    `patience` others in a row the rate is cut. Another mode, or a factor outside
    (0, 1): ValueError. Source: ReduceLROnPlateau with threshold_mode "rel".
    """
    if mode not in ("min", "max") or not 0 < factor < 1:
        raise ValueError(f"no mode {mode!r} with factor {factor}")
    sign = 1 if mode == "min" else -1
    best, bad, rate, rates = sign * float("inf"), 0, 1.0, []
    for metric in metrics:
        better = sign * metric < sign * best * (1 - sign * threshold)
        best, bad = (metric, 0) if better else (best, bad + 1)
        if bad > patience:  # torch leaves out a change of 1e-8 or less
            rate, bad = (rate * factor if rate - rate * factor > 1e-8 else rate), 0
        rates.append(rate)
    return rates


def torch_rates(metrics, *settings):
    """Return the same, from torch."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler, rates = ReduceLROnPlateau(optimizer, *settings), []
    for metric in metrics:
        scheduler.step(metric)
        rates += scheduler.get_last_lr()
    return rates


draw = random.Random(0)
accuracy = [0.5 + 0.004 * epoch for epoch in range(100)]  # it rises
noisy = [1 - value + draw.gauss(0, 0.1) for value in accuracy]  # a falling loss
for name, metrics, settings in (
    ("accuracy rises, mode min", accuracy, {}),
    ("accuracy rises, mode max", accuracy, {"mode": "max"}),
    ("loss falls, with noise", noisy, {}),
    ("the same, patience 30", noisy, {"patience": 30}),
):
    rates = [1.0, *plateau(metrics, **settings)]
    cuts = [n for n in range(1, 101) if rates[n] < rates[n - 1]]
    print(f"{name:<26}{len(cuts)} cuts in 100 epochs, after {cuts[:3] or 'none'}")

wrong = 0
for _ in range(2000):
    metrics = [draw.uniform(0, 1) * 0.9**n for n in range(draw.randint(1, 12))]
    mode, factor = draw.choice(["min", "max"]), draw.uniform(0.1, 0.9)
    settings = mode, factor, draw.randint(0, 3), draw.uniform(0, 0.1)
    wrong += plateau(metrics, *settings) != torch_rates(metrics, *settings)
print(f"2000 random runs against torch: {wrong} differ")
