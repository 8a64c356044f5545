"""The states of all random numbers as plain values, each left out of a resume once."""

import random

import numpy as np
import torch


def random_state(*generators):
    """Return the states of the global generators and of NumPy ones given, as a dict."""
    algorithm, key, *rest = np.random.get_state()
    return {
        "python": random.getstate(),
        "numpy": [algorithm, key.tolist(), *rest],  # an array would not load safely
        "generators": [generator.bit_generator.state for generator in generators],
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all(),  # [] without a GPU
    }


def set_random_state(state, *generators):
    """Go back to a random_state() of as many generators; another number: ValueError."""
    for generator, saved in zip(generators, state["generators"], strict=True):
        generator.bit_generator.state = saved
    random.setstate(state["python"])
    np.random.set_state(state["numpy"])
    torch.set_rng_state(state["torch"])
    torch.cuda.set_rng_state_all(state["cuda"])


def train(w, done, until):
    """Go on fitting w (D,) to the sums of the rows of x (96, D); 6 batches an epoch."""
    for step in range(done, until):
        order = torch.randperm(96, generator=torch.Generator().manual_seed(step // 6))
        batch = x[order[step % 6 :: 6]]  # (N, D)
        noise = np.random.normal(scale=0.1) + rng.normal(scale=0.1)
        noisy = random.uniform(0.8, 1.2) * batch + noise  # (N, D)
        seen = torch.dropout(noisy, 0.2, train=True)  # (N, D)
        w = w - 0.05 * seen.T @ (seen @ w - batch.sum(1)) / len(batch)  # (D,)
    return w


for seed in (random.seed, np.random.seed, torch.manual_seed):
    seed(0)
rng = np.random.default_rng(0)
x = torch.randn(96, 6, dtype=torch.float64)  # (N, D)
start = random_state(rng)
w = train(torch.zeros(6, dtype=torch.float64), done=0, until=21)  # 3 epochs, 3 batches
saved = random_state(rng)
went_on = train(w, done=21, until=40)

print("left out             same run  weights off by")
for name in ("nothing", "place in the epoch", "python", "numpy", "generators", "torch"):
    set_random_state(saved | {key: start[key] for key in start if key == name}, rng)
    back = 3 if name == "place in the epoch" else 0  # it starts the epoch again
    resumed = train(w, done=21 - back, until=40 - back)
    off = (resumed - went_on).abs().max()
    print(f"{name:<20} {torch.equal(resumed, went_on)!s:<8} {off:15.3f}")
