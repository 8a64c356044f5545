"""A transformer learns to repeat: SGD with momentum and Adam, each at three rates."""

import torch
import torch.nn.functional as F
from torch import nn

WORDS, LENGTH, WIDTH = 64, 10, 32


class Transformer(nn.Module):
    """One layer over words and places; scores for the next word."""

    def __init__(self):
        super().__init__()
        self.word = nn.Embedding(WORDS, WIDTH)
        self.place = nn.Embedding(2 * LENGTH - 1, WIDTH)
        for table in (self.word, self.place):
            nn.init.normal_(table.weight, std=0.1)
        self.layer = nn.TransformerEncoderLayer(
            WIDTH, 4, 2 * WIDTH, 0.0, batch_first=True, norm_first=True
        )
        self.scores = nn.Linear(WIDTH, WORDS)

    def forward(self, words):  # (N, L)
        mask = nn.Transformer.generate_square_subsequent_mask(words.shape[1])
        x = self.word(words) + self.place.weight  # (N, L, WIDTH)
        return self.scores(self.layer(x, mask, is_causal=True))  # (N, L, WORDS)


def final_loss(make, rate, steps=100):
    """Return the mean loss of the last 20 steps, on words not seen before."""
    torch.manual_seed(0)
    model, losses = Transformer(), []
    optimizer = make(model.parameters(), rate)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate * min(1, (step + 1) / 20)  # warm-up
        words = torch.multinomial(often, 12 * LENGTH, replacement=True)  # (N * LENGTH,)
        text = words.view(12, LENGTH).repeat(1, 2)  # (N, 2 LENGTH): all words twice
        scores = model(text[:, :-1])[:, LENGTH - 1 :]  # (N, LENGTH, WORDS)
        loss = F.cross_entropy(scores.flatten(0, 1), text[:, LENGTH:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    return sum(losses[-20:]) / 20


torch.set_default_dtype(torch.float64)
often = 1 / torch.arange(1, WORDS + 1)  # (WORDS,): a few words are common, as in texts
for name, make, rates in (
    ("SGD, momentum 0.9", lambda p, lr: torch.optim.SGD(p, lr, 0.9), (0.1, 0.2, 0.4)),
    ("Adam", torch.optim.Adam, (0.005, 0.01, 0.02)),
):
    for rate in rates:
        print(f"{name:<18} lr {rate:<6g} loss {final_loss(make, rate):.2f}")
