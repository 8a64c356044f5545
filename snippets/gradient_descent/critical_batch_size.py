"""What a larger batch buys: fewer steps at first, then only more examples."""

import numpy as np

RATES = 2.0 ** np.arange(-4, 6)  # (R,)


def losses(theta, x, y):
    """Return the mean logistic losses (R,) of theta (R, D) for labels y of -1 and 1."""
    return np.logaddexp(0, -y * (theta @ x.T)).mean(axis=1)


def train(batch, rng):
    """Return the steps to the goal, and the test loss after 4 epochs, at best rates.

    The rates run side by side on the same batches; the goal is looked at after each
    256 examples, or each step.
    """
    theta = np.zeros((len(RATES), 20))  # (R, D)
    steps, reached, test = 0, None, None
    while reached is None or test is None:
        for chosen in np.split(rng.permutation(4096), 4096 // batch):  # (B,)
            margin = y[chosen] * (theta @ x[chosen].T)  # (R, B)
            pull = y[chosen] * (1 - np.tanh(margin / 2)) / 2  # (R, B)
            theta = theta + RATES[:, None] * pull @ x[chosen] / batch
            steps += 1
            if reached is None and steps * batch % 256 == 0:
                reached = steps if losses(theta, x, y).min() < goal else None
        if steps * batch == 4 * 4096:
            test = losses(theta, x_test, y_test).min()
    return reached, test


def draw(count):
    """Return examples (N, D) and labels (N,) that follow the teacher, with noise."""
    x = rng.standard_normal((count, 20)) * np.logspace(0, -1.2, 20)  # (N, D)
    return x, np.where(x @ teacher + rng.logistic(size=count) > 0, 1, -1)


rng = np.random.default_rng(0)
teacher = 4 * rng.standard_normal(20)  # (D,)
(x, y), (x_test, y_test) = draw(4096), draw(4096)
goal = losses(teacher[None], x, y)[0] + 0.01
print("batch   steps to the goal   examples   test loss after 4 epochs")
for batch in (4, 16, 64, 256, 1024, 4096):
    steps, test = train(batch, rng)
    print(f"{batch:5d}{steps:20d}{batch * steps:11d}{test:27.3f}")
