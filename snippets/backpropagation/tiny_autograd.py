"""Reverse-mode differentiation in one small class, and torch on the same formula."""

import itertools
import math

import torch


class Value:
    """A number that knows what it was computed from, and its slope in each of these."""

    numbers = itertools.count()

    def __init__(self, data, parents=()):
        self.data, self.parents, self.number = data, parents, next(self.numbers)

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, [(self, 1 - y**2)])

    def gradients(self):
        """Return {value: derivative of this number by that value}."""
        found, waiting = {self: 1.0}, {self}
        while waiting:
            # Whatever uses a value is newer than it, so the newest has all its share.
            value = max(waiting, key=lambda v: v.number)
            waiting.remove(value)
            for parent, slope in value.parents:
                found[parent] = found.get(parent, 0.0) + slope * found[value]
                waiting.add(parent)
        return found


def formula(a, b, c):
    """Use a in three places, and an intermediate value in two."""
    h = (a * b + c).tanh()
    return h * h * a + (h * a).tanh()


x, three = Value(2.0), Value(3.0)
y = x * x + three * x
print(f"y = x*x + 3*x at 2: y {y.data:.0f}, dy/dx {y.gradients()[x]:.0f} = 2 + 2 + 3")

numbers = (1.5, -0.5, 0.25)
ours = [Value(n) for n in numbers]
found = formula(*ours).gradients()
theirs = [torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in numbers]
formula(*theirs).backward()
for name, value, tensor in zip("abc", ours, theirs, strict=True):
    off = abs(found[value] - tensor.grad.item())
    print(f"dy/d{name} {found[value]:6.3f}   difference from torch {off:.12f}")
