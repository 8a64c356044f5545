"""A solution: one unit counts, one cuts off, and their difference folds 2 back to 0."""

import torch


def weights():
    """Return lists: w_ih, 2 numbers; w_hh, 2 rows of 2; b, 2 numbers; readout v, 2.

    h_t = relu(w_ih x_t + w_hh h_{t-1} + b), starting at 0; x_t is 0 or 1. v h_t has
    to be 1 after an odd number of ones, else 0.
    """
    v = [1.0, -2.0]  # the parity s is h_1 - 2 h_2, so w_hh h adds s to both units
    return [1.0, 1.0], [v, v], [0.0, -1.0], v  # relu(x + s), relu(x + s - 1)


# The check
torch.manual_seed(0)
answer, wrong = weights(), ""
if answer is None:
    wrong = "not yet: after the input 1, v h should be 1, weights() gives None"
else:
    w_ih, w_hh, b, v = (torch.tensor(part, dtype=torch.float64) for part in answer)
    x = torch.randint(2, (100, 300))  # (N, L)
    h, ones = torch.zeros(100, 2, dtype=torch.float64), 0  # (N, H), (N,)
    for t in range(300):
        h = torch.relu(x[:, t : t + 1] * w_ih + h @ w_hh.T + b)
        ones = ones + x[:, t]
        off = (h @ v - ones.remainder(2)).abs()  # (N,)
        if off.max() > 0.01:
            n = off.argmax()
            inputs = " ".join(map(str, x[n, : t + 1].tolist()))
            expected, got = ones[n].item() % 2, (h @ v)[n].item()
            wrong = f"not yet: after {inputs}, expected {expected}, got {got:.2f}"
            break
print(wrong or "right: 100 sequences of 300 inputs, at every step")
