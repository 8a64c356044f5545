"""One hidden layer on sin(3x): polynomial activations stop improving, others do not."""

import matplotlib.pyplot as plt
import numpy as np

ACTIVATIONS = {
    "z squared": np.square,
    "z cubed": lambda z: z**3,
    "ReLU": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
}


def fit(x, target, width, activation):
    """Return the fit (N,) to target (N,) at x (N,) by a best sum of random units.

    Hidden weights and biases are drawn, output weights and bias found by least squares.
    """
    rng = np.random.default_rng(0)
    w, b = rng.normal(size=width), rng.uniform(-2, 2, size=width)  # (H,), (H,)
    h = activation(2 * (np.outer(x, w) + b))  # (N, H)
    h = np.column_stack([h, np.ones_like(x)])  # (N, H + 1)
    # Directions too weak to tell from rounding are left out.
    solution, *_ = np.linalg.lstsq(h, target, rcond=1e-9)
    return h @ solution


x = np.linspace(-2, 2, 400)  # (N,)
target = np.sin(3 * x)  # (N,)
print("root mean square error        z^2    z^3   ReLU   tanh")
for width in (4, 16, 64, 256):
    errors = [
        np.sqrt(np.mean((fit(x, target, width, f) - target) ** 2))
        for f in ACTIVATIONS.values()
    ]
    print(f"hidden units {width:12d}", "".join(f"{e:7.3f}" for e in errors))
for degree in (2, 3):
    best = np.polyval(np.polyfit(x, target, degree), x)  # (N,)
    error = np.sqrt(np.mean((best - target) ** 2))
    print(f"best polynomial of degree {degree}: {error:.3f}")

plt.plot(x, target, "k", linewidth=3, alpha=0.3, label="sin(3x)")
for name, style in (("z squared", ":"), ("z cubed", "-."), ("ReLU", "-")):
    plt.plot(x, fit(x, target, 64, ACTIVATIONS[name]), style, label=f"64 units, {name}")
plt.xlabel("x")
plt.ylabel("output")
plt.ylim(-1.6, 2.4)
plt.legend(loc="upper right", ncols=2)
plt.show()
