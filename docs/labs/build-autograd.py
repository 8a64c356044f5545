# %% [markdown]
# # Build autograd
#
# Automatic differentiation takes a program that computes a number, and returns the slope of
# this number by every input. This lab builds it for single numbers, from nothing, and trains
# a network on real data with it. Each step is compared with torch. What differentiation
# costs, and where it goes wrong, is on the page
# [backpropagation](../foundations/backpropagation.md), which also has
# [a shorter version](../foundations/backpropagation.md#tiny_autograd).

# %% [markdown]
# ## A slope without calculus <a id="differences"></a>
#
# Move an input a little to both sides, and divide the change of the result by the distance.
# This needs two runs of the program for each input, and a step that is neither too long
# (the function bends) nor too short (the two results agree in most of their digits).

# %%
import torch

torch.set_default_dtype(torch.float64)


def hill(x, y):
    """Return a number computed by arithmetic alone, from numbers of any kind."""
    return (1 + x * y) / (1 + x * x + y**2)


def differences(f, point, step):
    """Return the slope of f by each coordinate of a point, by two runs for each."""
    slopes = []
    for i in range(len(point)):
        ahead, behind = list(point), list(point)
        ahead[i] += step
        behind[i] -= step
        slopes.append((f(*ahead) - f(*behind)) / (2 * step))
    return slopes


point = (1.5, -0.5)
tensors = [torch.tensor(v, requires_grad=True) for v in point]
hill(*tensors).backward()
exact = [t.grad.item() for t in tensors]
print(f"hill{point} = {hill(*point):.4f}, torch's slopes {exact[0]:.4f} {exact[1]:.4f}")
for step in (0.1, 0.001, 0.00001):
    slopes = differences(hill, point, step)
    off = max(abs(a - b) for a, b in zip(slopes, exact, strict=True))
    print(f"step {step:<7g} slopes {slopes[0]:.4f} {slopes[1]:.4f}   off by {off:.8f}")

# %% [markdown]
# ## Numbers that remember <a id="numbers"></a>
#
# The other way asks every operation for its own slopes, which are known from calculus, and
# puts them together. For that a number has to remember how it was made: by which operation,
# from which inputs, and how fast it changes with each of them, the others held fixed.
#
# | operation | slope by $a$ | slope by $b$ |
# | --- | --- | --- |
# | $a + b$ | $1$ | $1$ |
# | $a \cdot b$ | $b$ | $a$ |
# | $a / b$ | $1 / b$ | $-(a / b) / b$ |
# | $a^k$, with $k$ a plain number | $k\, a^{k - 1}$ | |
# | $e^a$ | $e^a$ | |
# | $\ln a$ | $1 / a$ | |
# | $\max(0, a)$, called ReLU | 1 where $a > 0$, else 0 | |

# %%
import math


class Number:
    """A value, the operation that made it, its inputs, and its slope by each."""

    def __init__(self, value, operation="", inputs=(), slopes=()):
        self.value, self.operation = value, operation
        self.inputs, self.slopes = inputs, slopes

    def __add__(self, other):
        other = as_number(other)
        return Number(self.value + other.value, "+", (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_number(other)
        slopes = (other.value, self.value)
        return Number(self.value * other.value, "*", (self, other), slopes)

    def __truediv__(self, other):
        other = as_number(other)
        ratio = self.value / other.value
        slopes = (1 / other.value, -ratio / other.value)
        return Number(ratio, "/", (self, other), slopes)

    def __pow__(self, k):
        slope = k * self.value ** (k - 1)
        return Number(self.value**k, f"** {k}", (self,), (slope,))

    def exp(self):
        value = math.exp(self.value)
        return Number(value, "exp", (self,), (value,))

    def log(self):
        return Number(math.log(self.value), "log", (self,), (1 / self.value,))

    def relu(self):
        return Number(max(0.0, self.value), "relu", (self,), (float(self.value > 0),))

    # All others are made of these; 2 + a and 2 * a arrive here as a + 2 and a * 2.
    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


def as_number(thing):
    """Return a plain number as a Number that was made from nothing."""
    return thing if isinstance(thing, Number) else Number(thing)


# %% [markdown]
# Whatever computes with `Number` records itself. `hill` was not written for it, and works.
# To see the record, list all numbers behind a result, each once and each after its inputs.
# The list is made with a stack of its own, not by a function that calls itself, because
# Python ends a chain of a thousand calls.


# %%
def history(result):
    """Return all numbers behind a result: each once, and each after its inputs."""
    found, seen, waiting = [], set(), [(result, False)]
    while waiting:
        number, inputs_listed = waiting.pop()
        if inputs_listed:
            found.append(number)
        elif number not in seen:
            seen.add(number)
            waiting.append((number, True))
            waiting += [(before, False) for before in number.inputs]
    return found


x, y = Number(1.5), Number(-0.5)
result = hill(x, y)
places = {number: f"#{place}" for place, number in enumerate(history(result))}
print("number  value   made by  from     slopes")
for number, place in places.items():
    inputs = ", ".join(places[before] for before in number.inputs)
    slopes = ", ".join(f"{slope:.2f}" for slope in number.slopes)
    made = number.operation or "nothing"
    print(f"{place:<6}{number.value:7.2f}   {made:<8} {inputs:<8} {slopes}".rstrip())

# %% [markdown]
# ## Back along every path <a id="paths"></a>
#
# A path leads from the result through its inputs, and theirs, down to $x$. A change of $x$
# reaches the result along each path, multiplied by every slope on the way, and the result
# changes by the sum over the paths. This rule, taken at its word, is four lines:


# %%
def along_paths(number, share, slopes):
    """Add a share of the slope to a number and all behind it; return the visits."""
    slopes[number] = slopes.get(number, 0.0) + share
    pairs = zip(number.inputs, number.slopes, strict=True)
    return 1 + sum(along_paths(before, share * s, slopes) for before, s in pairs)


slopes = {}
visits = along_paths(result, 1.0, slopes)
for name, number, theirs in (("x", x, exact[0]), ("y", y, exact[1])):
    off = abs(slopes[number] - theirs)
    print(f"by {name}: {slopes[number]:7.4f}   off torch by {off:.12f}")
print(f"{len(places)} numbers, {visits} visits")

# %% [markdown]
# Both slopes are right. But numbers that are used twice are visited twice, and so is
# everything behind them. Where a result is doubled again and again by $a + a$, the number
# of paths doubles each time:


# %%
def doubled(times):
    """Return (first, last): a number, and the same after so many doublings."""
    first = last = Number(1.0)
    for _ in range(times):
        last = last + last
    return first, last


for times in (1, 5, 10, 15):
    first, last = doubled(times)
    slopes = {}
    visits = along_paths(last, 1.0, slopes)
    print(f"{times:2d} doublings: slope {slopes[first]:6.0f}", end="")
    print(f", {visits:6d} visits to {len(history(last)):2d} numbers")

# %% [markdown]
# ## Back in order <a id="order"></a>
#
# The remedy is to wait. Once a number has got the shares of all that used it, their sum can
# go on as one. The history has every number after its inputs. Read from its end, it has
# every number after all that used it, so nothing is passed on too early, and each number is
# visited once. This is reverse-mode differentiation.


# %%
def backward(result, order=None):
    """Fill in `slope`, that of the result, for every number behind it."""
    order = order or history(result)[::-1]
    for number in order:
        number.slope = 0.0
    result.slope = 1.0
    for number in order:
        for before, slope in zip(number.inputs, number.slopes, strict=True):
            before.slope += slope * number.slope


backward(result)
print(f"by x: {x.slope:7.4f}   off torch by {abs(x.slope - exact[0]):.12f}")
print(f"by y: {y.slope:7.4f}   off torch by {abs(y.slope - exact[1]):.12f}")

first, last = doubled(60)
backward(last)
print(f"60 doublings: slope {first.slope:.4e}, 2 ** 60 = {2**60:.4e}")

first = last = Number(1.0)
for _ in range(20_000):
    last = last * 0.999 + 0.001
try:
    along_paths(last, 1.0, {})
except RecursionError:
    print("20000 steps along the path: RecursionError")
backward(last)
print(f"20000 steps in order: slope {first.slope:.4e}", end=", ")
print(f"0.999 ** 20000 = {0.999**20000:.4e}")

# %% [markdown]
# ## Three hundred formulas <a id="formulas"></a>
#
# Two slopes of one formula are a weak test. Here each of 300 formulas begins with three
# random numbers, and thirty times applies a random operation to results that it has so far.
# Torch has methods of the same names, so one function builds both. A test that cannot fail
# proves nothing. So the same formulas also go through two broken versions: one puts a share
# in the place of the sum, and one takes the numbers in an order that does not wait.

# %%
import random

operations = (
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b / (1 + b * b),
    lambda a, b: 2 - 3 * a,
    lambda a, b: a / (2 + b**2),
    lambda a, b: a.relu() - b,
    lambda a, b: (-a * a).exp(),
    lambda a, b: (1 + a * a).log(),
)


def formula(numbers, seed):
    """Return the result of thirty operations, drawn by the seed, on three numbers."""
    draw, results = random.Random(seed), list(numbers)
    for _ in range(30):
        a, b = draw.choices(results[-8:], k=2)
        results.append(draw.choice(operations)(a, b))
    return sum(results[-3:])


def last_share(result):
    """As backward, but a share replaces what was there. Wrong."""
    order = history(result)[::-1]
    result.slope = 1.0
    for number in order:
        for before, slope in zip(number.inputs, number.slopes, strict=True):
            before.slope = slope * number.slope


def impatient(result):
    """As backward, but nearest to the result first, whoever still waits. Wrong."""
    order, place = [result], 0
    while place < len(order):
        order += [n for n in dict.fromkeys(order[place].inputs) if n not in order]
        place += 1
    backward(result, order)


wrong = dict.fromkeys((backward, last_share, impatient), 0)
for seed in range(300):
    draw = random.Random(-seed)
    start = [draw.gauss(0, 1) for _ in range(3)]
    tensors = [torch.tensor(v, requires_grad=True) for v in start]
    total = formula(tensors, seed)
    theirs = torch.autograd.grad(total, tensors, allow_unused=True)
    theirs = [0.0 if t is None else t.item() for t in theirs]
    for method in wrong:
        ours = [Number(v) for v in start]
        result = formula(ours, seed)
        assert abs(result.value - total.item()) <= 1e-9 * (1 + abs(result.value))
        for number in ours:
            number.slope = 0.0  # for one that the result does not depend on
        method(result)
        pairs = zip(ours, theirs, strict=True)
        wrong[method] += any(abs(n.slope - t) > 1e-9 * (1 + abs(t)) for n, t in pairs)
for method, count in wrong.items():
    print(f"{method.__name__:<11} differs from torch in {count:3d} of 300 formulas")

# %% [markdown]
# ## A network of numbers <a id="network"></a>
#
# The data are 178 wines from three growers in one region of Italy, with 13 measurements
# each, such as alcohol, magnesium and color. The network has 13 inputs, 8 hidden units with
# ReLU and a score for each grower. It is written twice, in numbers and in torch, with the
# same weights. The measurements are standardized by the training part.

# %%
from sklearn.datasets import load_wine

wine = load_wine()
generator = torch.Generator().manual_seed(0)
order = torch.randperm(len(wine.target), generator=generator)
features = torch.tensor(wine.data)[order]  # (N, D)
growers = torch.tensor(wine.target)[order]  # (N,)
mean, deviation = features[:130].mean(0), features[:130].std(0)  # (D,), (D,)
features = (features - mean) / deviation  # (N, D)
train = (features[:130], growers[:130])
test = (features[130:], growers[130:])

torch.manual_seed(0)
first, last = torch.nn.Linear(13, 8), torch.nn.Linear(8, 3)
model = torch.nn.Sequential(first, torch.nn.ReLU(), last)


def in_numbers(layer):
    """Return a layer of torch as units, each a row of weights and a bias."""
    rows, biases = layer.weight.tolist(), layer.bias.tolist()
    rows = [[Number(w) for w in row] for row in rows]
    return list(zip(rows, [Number(b) for b in biases], strict=True))


def by_products(row, inputs, bias):
    """Return the inputs times their weights, plus the bias."""
    return sum((w * x for w, x in zip(row, inputs, strict=True)), bias)


weighted_sum = by_products


def scores(layers, inputs):
    """Return a score for each class: 13 numbers in, 3 out."""
    hidden = [weighted_sum(row, inputs, bias).relu() for row, bias in layers[0]]
    return [weighted_sum(row, hidden, bias) for row, bias in layers[1]]


def cross_entropy(scores, label):
    """Return minus the logarithm of the probability that softmax gives to the label.

    Subtracting the largest score changes nothing, and keeps exp from overflowing.
    """
    top = max(score.value for score in scores)
    return sum((s - top).exp() for s in scores).log() + top - scores[label]


def mean_loss(layers, features, labels):
    """Return the mean loss of the examples, as one Number."""
    rows = [[Number(v) for v in row] for row in features.tolist()]
    pairs = zip(rows, labels.tolist(), strict=True)
    losses = [cross_entropy(scores(layers, row), label) for row, label in pairs]
    return sum(losses) / len(losses)


def parameters(layers):
    """Return all parameters in torch's order: a layer's weights, then its biases."""
    found = []
    for units in layers:
        found += [weight for row, _ in units for weight in row]
        found += [bias for _, bias in units]
    return found


layers = [in_numbers(first), in_numbers(last)]
batch = (train[0][:13], train[1][:13])
loss = mean_loss(layers, *batch)
backward(loss)

their_loss = torch.nn.functional.cross_entropy(model(batch[0]), batch[1])
their_loss.backward()
theirs = torch.cat([p.grad.flatten() for p in model.parameters()])  # (P,)
ours = torch.tensor([p.slope for p in parameters(layers)])  # (P,)
off = abs(loss.value - their_loss.item())
print(f"loss of 13 wines: {loss.value:.4f}, off torch by {off:.12f}")
print(f"{len(ours)} slopes, off torch by {(ours - theirs).abs().max().item():.12f}")

# %% [markdown]
# ## Larger operations <a id="larger"></a>
#
# One step of 13 wines remembers thousands of numbers, most of them single products. Nothing
# says that an operation must be small. All it owes is its value and its slopes, and those of
# a whole weighted sum are known: by a weight it is the input, by an input the weight.


# %%
def at_once(row, inputs, bias):
    """The same as one operation, whose slopes are the inputs and the weights."""
    weights, values = [w.value for w in row], [x.value for x in inputs]
    value = sum((w * v for w, v in zip(weights, values, strict=True)), bias.value)
    return Number(value, "sum", (*row, *inputs, bias), (*values, *weights, 1.0))


weighted_sum = at_once


def nodes(function):
    """Count the operations that torch's graph remembers behind a result."""
    seen, waiting = set(), [function]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting += [before for before, _ in node.next_functions]
    return len(seen)


small = sum(bool(number.inputs) for number in history(loss))
loss = mean_loss(layers, *batch)
backward(loss)
ours = torch.tensor([p.slope for p in parameters(layers)])  # (P,)
large = sum(bool(number.inputs) for number in history(loss))
print(f"operations remembered, products and additions  {small:5d}")
print(f"operations remembered, whole sums              {large:5d}")
print(f"operations remembered, torch                   {nodes(their_loss.grad_fn):5d}")
print(f"slopes still off torch by {(ours - theirs).abs().max().item():.12f}")

# %% [markdown]
# Torch goes on in this direction: one of its operations takes whole matrices, for all
# examples at once, so its graph has no more entries for a thousand wines than for one. (Six
# of them are the four parameters and two transposed weights.) The slopes of such an
# operation are never written out, since only [their product with the gradient from
# above](../foundations/backpropagation.md#vector_jacobian_product) is needed.

# %% [markdown]
# ## Training <a id="training"></a>
#
# Ten batches of 13 wines make an epoch, and plain gradient descent moves every weight against
# its slope. Torch does the same beside it, with the same batches. Two programs that share no
# line of code arrive at the same weights.


# %%
def train_ours(layers, epochs, rate):
    """Train in numbers; return the loss of each step."""
    generator, losses = torch.Generator().manual_seed(0), []
    for _ in range(epochs):
        for i in torch.randperm(130, generator=generator).split(13):
            loss = mean_loss(layers, train[0][i], train[1][i])
            backward(loss)
            for parameter in parameters(layers):
                parameter.value -= rate * parameter.slope
            losses.append(loss.value)
    return losses


def train_theirs(model, epochs, rate):
    """Train in torch; return the loss of each step."""
    generator, losses = torch.Generator().manual_seed(0), []
    optimizer = torch.optim.SGD(model.parameters(), rate)
    for _ in range(epochs):
        for i in torch.randperm(130, generator=generator).split(13):
            loss = torch.nn.functional.cross_entropy(model(train[0][i]), train[1][i])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


def correct(layers, part):
    """Count the wines whose grower has the highest score."""
    count = 0
    for row, label in zip(part[0].tolist(), part[1].tolist(), strict=True):
        values = [score.value for score in scores(layers, [Number(v) for v in row])]
        count += values.index(max(values)) == label
    return count


before = correct(layers, test)
ours, theirs = train_ours(layers, 12, 0.1), train_theirs(model, 12, 0.1)
print(f"test wines right: {before} of 48 before, {correct(layers, test)} of 48 after")
print(f"training wines right: {correct(layers, train)} of 130")
trained = torch.tensor([p.value for p in parameters(layers)])  # (P,)
their_weights = torch.cat([p.detach().flatten() for p in model.parameters()])  # (P,)
off = (trained - their_weights).abs().max().item()
print(f"after {len(ours)} steps, {len(trained)} weights off torch's by {off:.12f}")

# %% alt="A line chart of the training loss over 120 steps: it falls from about 1 to about 0.1, with jumps from batch to batch. The dots, torch's loss at every fourth step, all lie on the line."
import matplotlib.pyplot as plt

plt.figure(figsize=(5.8, 3.4))
plt.plot(ours, label="in numbers")
plt.plot(range(0, len(theirs), 4), theirs[::4], "o", markersize=4, label="torch")
plt.xlabel("step")
plt.ylabel("loss of the batch")
plt.legend()
plt.show()

# %% [markdown]
# ## What torch adds <a id="torch"></a>
#
# | here | in torch |
# | --- | --- |
# | a class for numbers | tensors, and operations on whole arrays, on any device |
# | eight operations | hundreds, each with its rule; `torch.autograd.Function` takes yours |
# | slopes are set to 0 before each pass | `backward()` [adds to `.grad`](../foundations/backpropagation.md#backward_is_not_a_step); `zero_grad()` is a line of the loop |
# | everything is remembered until the result goes | `backward()` frees what the record has saved, and `no_grad()` makes none |
# | slopes are plain numbers | with `create_graph=True` they have a record too, for second derivatives |
# | weights are changed in place, and nobody looks | a value that is still needed must not change: [an error](../foundations/backpropagation.md#fails) says so |
#
# Good next steps: give `Number` a `tanh` and a comparison with torch; let the same operation
# return its slopes as Numbers, and take second derivatives; put arrays in the place of
# numbers, and add up the gradient along every axis that broadcasting has repeated.
