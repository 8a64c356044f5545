"""The gradient of a policy from runs alone, with none through the environment."""

import torch

P = torch.tensor(  # (S, A, S): fresh, worn, broken; run, repair
    [
        [[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]],
        [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]],
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]],
    ],
    dtype=torch.float64,
)
R = torch.tensor([[3.0, -1.0], [2.0, -1.0], [0.0, -3.0]], dtype=torch.float64)  # (S, A)
GAMMA, STEPS, RUNS = 0.9, 20, 4000


def exact_return(policy):
    """Return the expected discounted return of STEPS steps from `fresh`, and V (S,)."""
    V = torch.zeros(3, dtype=torch.float64)
    for _ in range(STEPS):
        V = (policy * (R + GAMMA * P @ V)).sum(dim=1)  # (S,)
    return V[0], V


def play(theta):
    """Return states, actions and rewards (RUNS, STEPS) of a black box."""
    state, runs = torch.zeros(RUNS, dtype=torch.long), []
    for _ in range(STEPS):
        action = theta.softmax(dim=1)[state].multinomial(1)[:, 0]  # (RUNS,)
        runs.append((state, action, R[state, action]))
        state = P[state, action].multinomial(1)[:, 0]  # (RUNS,)
    return (torch.stack(column, dim=1) for column in zip(*runs))


torch.manual_seed(0)
theta = torch.zeros(3, 2, dtype=torch.float64, requires_grad=True)  # (S, A), logits
truth, V = exact_return(theta.softmax(dim=1))
(exact,) = torch.autograd.grad(truth, theta)
states, actions, rewards = play(theta)
print(f"gradient known to the rewards of the runs: {rewards.requires_grad}")
discounts = GAMMA ** torch.arange(STEPS, dtype=torch.float64)  # (STEPS,)
paid = rewards * discounts  # (RUNS, STEPS)
whole = paid.sum(dim=1, keepdim=True).expand_as(paid)  # the return of the run
later = paid.flip(1).cumsum(dim=1).flip(1)  # what comes from this step on
weights = {
    "whole return": whole,
    "rewards to come": later,
    "less the value": later - discounts * V.detach()[states],
}
chosen = torch.nn.functional.one_hot(actions, 2) - theta.softmax(1)[states].detach()
print("gradient to repair    fresh    worn  broken   spread of one run (fresh)")
print(f"exact, P known    {exact[0, 1]:9.2f}{exact[1, 1]:8.2f}{exact[2, 1]:8.2f}")
for name, weight in weights.items():
    push = weight * chosen[:, :, 1]  # (RUNS, STEPS), d log pi / d theta times weight
    by_state = [(push * (states == s)).sum(dim=1) for s in range(3)]  # (RUNS,) each
    means = "".join(f"{g.mean().item():8.2f}" for g in by_state)
    print(f"{name:<19}{means}{by_state[0].std().item():15.1f}")
