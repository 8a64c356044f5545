# %% [markdown]
# # Babysitting a run
#
# A training run with five bugs, none of which raises an error. Each is found by a check that takes
# a few lines, and mended; after that the checks are run again. The checks by
# themselves, and what else to watch, are on the page [sanity checks](../training/sanity-checks.md).

# %% [markdown]
# ## The run as it was found <a id="found"></a>
#
# Somebody wrote this to read handwritten digits. You may look for the five bugs before you read on.

# %%
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.functional import cross_entropy

torch.set_default_dtype(torch.float64)  # so that every machine prints the same digits
digits = load_digits()
images = torch.tensor(digits.images)  # (N, H, W)
labels = torch.tensor(digits.target)  # (N,)
raw, target = images[:1200], labels[:1200]  # the first 1200 are for training
raw_new, target_new = images[1200:], labels[1200:]  # the others for validation


def prepare(raw):
    """Return images (N, H, W) of the training set as inputs (N, D)."""
    return raw.flatten(1)


def prepare_new(raw):
    """Return images (N, H, W) of the validation set as inputs (N, D)."""
    return raw.transpose(1, 2).flatten(1)


def network():
    """Return a network from inputs (N, D) to scores (N, C)."""
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10), nn.Softmax(dim=1)
    )


def optimizer_of(net):
    """Return what moves the weights of a network."""
    return torch.optim.SGD(net[1:].parameters(), lr=0.05)


def step(net, optimizer, x, y):
    """Take one step on a batch, and return its loss before the step."""
    loss = cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def accuracy(net, x, y):
    """Return the share of right answers."""
    with torch.no_grad():
        return (net(x).argmax(1) == y).double().mean().item()


# %%
def run(epochs=6, size=50):
    """Train a new network, and print the loss and both accuracies of each epoch."""
    net = network()
    optimizer, x, new = optimizer_of(net), prepare(raw), prepare_new(raw_new)  # (N, D)
    order = torch.Generator().manual_seed(0)
    for epoch in range(epochs):
        places = torch.randperm(len(x), generator=order).split(size)
        losses = [step(net, optimizer, x[i], target[i]) for i in places]
        print(
            f"epoch {epoch}   loss {sum(losses) / len(losses):5.2f}   accuracy: training "
            f"{accuracy(net, x, target):.2f}, validation {accuracy(net, new, target_new):.2f}"
        )


run()

# %% [markdown]
# It learns something, so it looks as if it wanted a better rate or more epochs. Before any such
# search, the checks.

# %% [markdown]
# ## Check 1: the first loss <a id="first-loss"></a>
#
# A network that knows nothing gives each of $C$ classes about the same probability, so the first
# loss should be near $\ln C$.


# %%
def first_loss():
    """Print the loss before any training, and ln C."""
    with torch.no_grad():
        loss = cross_entropy(network()(prepare(raw)), target).item()
    print(f"first loss {loss:.2f}, ln 10 = {torch.tensor(10.0).log():.2f}")


first_loss()

# %% [markdown]
# Passed. What a passed check is worth shows below.

# %% [markdown]
# ## Check 2: a few examples by heart <a id="by-heart"></a>
#
# Any network with enough weights can learn 20 images by heart, and the loss goes to 0. If
# it does not, something between the loss and the weights is broken.


# %%
def by_heart(steps=300):
    """Train on 20 images alone; print loss and accuracy."""
    net = network()
    optimizer, x, y = optimizer_of(net), prepare(raw[:20]), target[:20]  # (N, D), (N,)
    for _ in range(steps):
        loss = step(net, optimizer, x, y)
    print(
        f"20 images, {steps} steps: loss {loss:.2f}, accuracy {accuracy(net, x, y):.2f}"
    )


by_heart()

# %% [markdown]
# Not learned. And no training would bring this loss below 1.46: `cross_entropy` gets probabilities
# where it wants scores, and [applies a softmax of its own](../training/losses.md#double_softmax). The first bug is the softmax
# at the end of the network.


# %%
def network():
    """Return a network from inputs (N, D) to scores (N, C)."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))


by_heart()
first_loss()

# %% [markdown]
# The first check, run again, fails now. The softmax had hidden it: whatever its input, probabilities
# taken for scores give a loss near $\ln C$. The second bug: pixels from 0 to 16 go in as they are. They
# want mean 0 and standard deviation 1, by the statistics of the training images.

# %%
m, s = raw.mean(), raw.std()


def prepare(raw):
    """Return images (N, H, W) of the training set as inputs (N, D)."""
    return ((raw - m) / s).flatten(1)


by_heart()
first_loss()

# %% [markdown]
# ## Check 3: does every parameter move? <a id="moves"></a>
#
# After one step, each parameter should have moved by a small part of its size, and none by nothing.


# %%
def moves():
    """Print how far one step moves each parameter, relative to its size."""
    net = network()
    before = {name: weight.detach().clone() for name, weight in net.named_parameters()}
    step(net, optimizer_of(net), prepare(raw[:50]), target[:50])
    for name, weight in net.named_parameters():
        ratio = (weight.detach() - before[name]).norm() / before[name].norm()
        print(f"{name:<10}moved by {ratio:.4f} of its size")


moves()

# %% [markdown]
# The third bug: the optimizer never got the first layer, `net[0]`. Twenty images can be learned
# without it, from 64 fixed random features, so the check before had nothing to say about that.


# %%
def optimizer_of(net):
    """Return what moves the weights of a network."""
    return torch.optim.SGD(net.parameters(), lr=0.05)


moves()

# %% [markdown]
# ## Check 4: is a step what it should be? <a id="step"></a>
#
# On a batch that does not change, plain gradient descent moves the weights by the rate times the gradient at
# that place, in the second step as in the first.


# %%
def steps_as_they_should_be(rate=0.05, steps=3):
    """Compare steps with the rate times a fresh gradient; print the quotients of their norms."""
    net = network()
    optimizer, x, y = optimizer_of(net), prepare(raw[:50]), target[:50]  # (N, D), (N,)
    weights = list(net.parameters())
    for number in range(1, steps + 1):
        fresh = torch.autograd.grad(cross_entropy(net(x), y), weights)
        before = [weight.detach().clone() for weight in weights]
        step(net, optimizer, x, y)
        moved = sum(
            ((w - b) ** 2).sum() for w, b in zip(weights, before, strict=True)
        ).sqrt()
        wanted = rate * sum((g**2).sum() for g in fresh).sqrt()
        print(f"step {number}: {moved / wanted:.2f} times as long as it should be")


steps_as_they_should_be()

# %% [markdown]
# The fourth bug: nobody called `zero_grad`, so each step adds the gradients of all steps before. That acts
# like momentum without friction, and trains, badly, which is why a loss curve does not show it.


# %%
def step(net, optimizer, x, y):
    """Take one step on a batch, and return its loss before the step."""
    optimizer.zero_grad()
    loss = cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


steps_as_they_should_be()
run()

# %% [markdown]
# ## Check 5: training images on the way of validation images <a id="two-ways"></a>
#
# Training is fine and validation is not. It could be overfitting, or the two parts are treated
# differently. One line tells: send *training* images down the way of the validation images.


# %%
def two_ways(epochs=6):
    """Train, and print the accuracy on training images prepared in both ways."""
    net = network()
    optimizer, x = optimizer_of(net), prepare(raw)  # (N, D)
    order = torch.Generator().manual_seed(0)
    for _ in range(epochs):
        for places in torch.randperm(len(x), generator=order).split(50):
            step(net, optimizer, x[places], target[places])
    for name, way in (("prepare", prepare), ("prepare_new", prepare_new)):
        print(
            f"training images by {name:<12}accuracy {accuracy(net, way(raw), target):.2f}"
        )


two_ways()

# %% [markdown]
# Images that the network knows are unreadable once they come that way. The fifth bug is two: height and
# width are exchanged, and the scaling is missing. Both come from having a second function at all.

# %%
prepare_new = prepare
two_ways()

# %% [markdown]
# ## The mended run <a id="mended"></a>

# %%
first_loss()
by_heart()
run()

# %% [markdown]
# Nothing was tuned: rate, epochs and network are those of the run as it was found.
#
# | bug | found by | hidden from |
# | --- | --- | --- |
# | softmax before the loss | twenty images by heart | the first loss |
# | inputs not scaled | the first loss, once the softmax was gone | twenty images by heart |
# | a layer not in the optimizer | how far each parameter moves | both |
# | no `zero_grad` | steps against fresh gradients | all of these |
# | another preparation in validation | training images on that way | all that looks at training alone |

# %% [markdown]
# ## To try <a id="try"></a>
#
# - Plant the bugs one at a time into the mended run. Which of them would you find from its curves?
# - Leave `zero_grad` out and lower the rate by a factor of ten. Why does it train rather well?
# - Shuffle the labels apart from the images, `target[torch.randperm(1200)]`. Which check finds it? (None of
#   the five does by itself: compare the loss of new images with that of a network which gets zeros
#   as inputs.)
