"""A decision process with three states, and what a policy is worth in it."""

import numpy as np

# States: fresh, worn, broken. Actions: run, repair. P[s, a, t]: how likely s goes to t.
P = np.array(  # (S, A, S)
    [
        [[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]],
        [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]],
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]],
    ]
)
R = np.array([[3.0, -1.0], [2.0, -1.0], [0.0, -3.0]])  # (S, A), expected reward


def policy_value(P, R, policy, gamma):
    """Return V (S,), the expected discounted return from each state under a policy.

    P: (S, A, S); R: (S, A); policy: (S, A), probabilities; 0 <= gamma < 1; anything
    else: ValueError. Source: V = R_pi + gamma P_pi V, Sutton and Barto 2018, 3.5.
    """
    if R.shape != P.shape[:2] or policy.shape != R.shape:
        raise ValueError(f"P is {P.shape}, R is {R.shape}, policy is {policy.shape}")
    if not (np.allclose(P.sum(axis=2), 1) and np.allclose(policy.sum(axis=1), 1)):
        raise ValueError(f"sums: {P.sum(axis=2).ravel()}, {policy.sum(axis=1)}, not 1")
    if not 0 <= gamma < 1:
        raise ValueError(f"gamma is {gamma}, has to be in [0, 1)")
    P_pi = np.einsum("sa,sat->st", policy, P)  # (S, S)
    R_pi = (policy * R).sum(axis=1)  # (S,)
    return np.linalg.solve(np.eye(len(R)) - gamma * P_pi, R_pi)


def choose(probabilities, rng):
    """Return for each row of (N, K) a random column with these probabilities: (N,)."""
    return (rng.random((len(probabilities), 1)) > probabilities.cumsum(1)).sum(axis=1)


def play(policy, runs, steps, rng):
    """Return the rewards (runs, steps): from `fresh` on, act, be paid, move on."""
    state, rewards = np.zeros(runs, dtype=int), np.zeros((runs, steps))
    for t in range(steps):
        action = choose(policy[state], rng)  # (runs,)
        rewards[:, t] = R[state, action]
        state = choose(P[state, action], rng)  # (runs,), the environment's move
    return rewards


rng = np.random.default_rng(0)
policies = {  # (S, A)
    "always run": np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]]),
    "repair if broken": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
    "toss a coin": np.full((3, 2), 0.5),
}
print("gamma = 0.5           fresh    worn  broken   fresh, mean of 4000 runs")
for name, policy in policies.items():
    value = policy_value(P, R, policy, 0.5)  # (S,)
    mean = (play(policy, 4000, 20, rng) @ 0.5 ** np.arange(20)).mean()
    print(f"{name:<19}{value[0]:8.3f}{value[1]:8.3f}{value[2]:8.3f}{mean:15.2f}")
print(f"by hand, always run:  44/9 = {44 / 9:.3f}, 8/3 = {8 / 3:.3f} and 0")
