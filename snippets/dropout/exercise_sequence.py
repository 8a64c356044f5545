"""Exercise: dropout with one mask for a whole sequence."""

import torch


def sequence_dropout(x, p, training):
    """Return x (N, L, D) with dropout, its mask the same in all steps of a sequence.

    p: the probability of dropping, below 1.
    """
    ...  # your turn


# The check
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
wrong = ""
for p, training in ((0.2, True), (0.5, True), (0.7, True), (0.0, True), (0.5, False)):
    x = 1 + torch.rand(300, 3, 80)  # (N, L, D)
    answer, drop = sequence_dropout(x.clone(), p, training), p * training
    case = f"p {p}, training {training}"
    if not isinstance(answer, torch.Tensor) or answer.shape != x.shape:
        got = getattr(answer, "shape", answer)
        wrong = wrong or f"{case}: expected shape {tuple(x.shape)}, got {got}"
        continue
    factor = answer / x  # (N, L, D): 0 or what is kept
    gone = factor[:, 0] == 0  # (N, D)
    kept = factor[factor != 0].double()
    by_step = (factor == 0).double().std(1).max()
    by_example, by_feature = gone.double().mean(1).std(), gone.double().mean(0).std()
    chance = drop * (1 - drop)  # the variance of one mask
    goals = (
        ("share of zeros", drop, (factor == 0).double().mean(), 0.02),
        ("smallest factor of the others", 1 / (1 - drop), kept.min(), 1e-8),
        ("largest factor of the others", 1 / (1 - drop), kept.max(), 1e-8),
        ("spread of a mask over the steps", 0, by_step, 1e-8),
        ("spread of zeros over examples", (chance / 80) ** 0.5, by_example, 0.02),
        ("spread of zeros over features", (chance / 300) ** 0.5, by_feature, 0.02),
    )
    for name, a, b, allowed in goals:
        if not abs(a - b) <= allowed:
            wrong = wrong or f"{case}, {name}: expected {a:.2f}, got {b:.2f}"
print(f"not yet: {wrong}" if wrong else "right: one mask for all steps of a sequence")
