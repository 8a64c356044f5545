"""A network plays a small video game: from pixels to moves, from rewards alone."""

import torch
from torch import nn

ROWS, COLUMNS, BATCH = 6, 5, 64


def picture(row, ball, paddle):
    """Return what the player sees (N, ROWS, COLUMNS): the ball, the paddle below."""
    seen, n = torch.zeros(len(ball), ROWS, COLUMNS), torch.arange(len(ball))
    seen[n, row, ball] = 1
    seen[n, ROWS - 1, paddle] = 1
    return seen


def play(network, ball, choose):
    """Return rewards (N,), 1 for a ball that was caught, and log-probabilities (N,).

    ball: (N,) columns in which the balls fall, a row per step; the paddle starts in the
    middle and moves left, not at all, or right. choose: scores (N, 3) to moves (N,).
    """
    paddle, log_probability = torch.full_like(ball, COLUMNS // 2), 0
    for row in range(ROWS - 1):
        scores = network(picture(row, ball, paddle))  # (N, 3)
        move = choose(scores)  # (N,), integers: nothing here has a gradient
        log_probability = (
            log_probability + scores.log_softmax(1)[range(len(ball)), move]
        )
        paddle = (paddle + move - 1).clamp(0, COLUMNS - 1)
    return (paddle == ball).double(), log_probability


def at_random(scores):
    return scores.softmax(dim=1).multinomial(1)[:, 0]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
network = nn.Sequential(
    nn.Flatten(), nn.Linear(ROWS * COLUMNS, 32), nn.ReLU(), nn.Linear(32, 3)
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
every = torch.arange(COLUMNS)
print("games   caught while learning   balls caught with the best moves")
for update in range(91):
    rewards, log_probability = play(
        network, torch.randint(COLUMNS, (BATCH,)), at_random
    )
    if update % 30 == 0:
        best, _ = play(network, every, lambda scores: scores.argmax(dim=1))
        share, caught = 100 * rewards.mean().item(), best.sum().item()
        print(f"{update * BATCH:5d}{share:17.0f} %{caught:25.0f} of {COLUMNS}")
    advantage = rewards - rewards.mean()
    loss = -(advantage * log_probability).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
