"""A solution: forget nothing, propose 1, and let the input open the input gate."""

import torch
from torch import nn


def weights():
    """Return two lists of 4 numbers, in torch's order i, f, g, o: w_ih and b.

    The input is 0 or 1, the state has one unit, w_hh is 0. The cell state has to be the
    number of ones so far.
    """
    # sigmoid(-20) and 1 - sigmoid(20) are 2e-9, and tanh(20) is 1.
    return [40.0, 0.0, 0.0, 0.0], [-20.0, 20.0, 20.0, 0.0]


# The check
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
answer, wrong = weights(), ""
if answer is None:
    wrong = "not yet: after the input 1, expected c = 1, weights() gives None"
else:
    layer = nn.LSTM(1, 1)
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)
    layer.weight_ih_l0.data[:, 0] = torch.tensor(answer[0])
    layer.bias_ih_l0.data[:] = torch.tensor(answer[1])
    for length in (1, 2, 3, 10, 500):
        x = torch.randint(2, (length, 20, 1)).double()  # (L, N, D)
        count, c = x.sum(dim=0), layer(x)[1][1][0]  # (N, 1) each
        n = (c - count).abs().argmax()
        if (c - count).abs().max() > 0.1:
            wrong = f"not yet: after {length} inputs with {count[n].item():.0f} ones, "
            wrong += f"expected c = {count[n].item():.0f}, got {c[n].item():.2f}"
            break
print(wrong or "right: counts to 500")
