"""Three ways in which a test set leaks into training, and what each is worth."""

import numpy as np


def by_class_means(x, y, train, test):
    """Return how often the nearer class mean of the training rows is right.

    x: (N, D), y: (N,) of 0 and 1; train, test: row numbers. Counted in the test rows.
    """
    means = [x[train][y[train] == label].mean(axis=0) for label in (0, 1)]
    distances = [((x[test] - mean) ** 2).sum(axis=1) for mean in means]
    return ((distances[1] < distances[0]) == y[test]).mean()


def by_neighbor(x, y, train, test):
    """Return the same for the class of the nearest training example."""
    distances = ((x[test][:, None] - x[train]) ** 2).sum(axis=2)  # (test, train)
    return (y[train][distances.argmin(axis=1)] == y[test]).mean()


def standardize(x, y, rows):
    return (x - x[rows].mean(axis=0)) / x[rows].std(axis=0)


def choose(x, y, rows, count=10):
    """Return the columns of x whose class means differ most in these rows."""
    in_class = [x[rows][y[rows] == label].mean(axis=0) for label in (0, 1)]
    return x[:, abs(in_class[0] - in_class[1]).argsort()[-count:]]


rng = np.random.default_rng(0)
everyone = np.arange(200)
train, test = everyone[:100], everyone[100:]
found = {}
for _ in range(40):
    x, y = rng.standard_normal((200, 1000)), rng.integers(2, size=200)  # (N, D), (N,)
    for name, prepare in (("standardize", standardize), ("choose 10 of 1000", choose)):
        for source, rows in (("by training set", train), ("by all examples", everyone)):
            score = by_class_means(prepare(x, y, rows), y, train, test)
            found.setdefault((name, source), []).append(score)

    person = everyone // 5  # (N,): five recordings of each of 40 people
    x = rng.standard_normal((40, 20))[person] + 0.3 * rng.standard_normal((200, 20))
    y = rng.integers(2, size=40)[person]  # (N,)
    mixed = rng.permutation(200)  # (N,)
    for source, order in (("by person", everyone), ("by recording", mixed)):
        score = by_neighbor(x, y, order[:100], order[100:])
        found.setdefault(("split", source), []).append(score)

print("labels are coin flips: an honest test gives 0.50")
for (name, source), scores in found.items():
    print(f"    {name:<20}{source:<18}{np.mean(scores):.2f}")
