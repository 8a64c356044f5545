# %% [markdown]
# # How deep without normalization
#
# "At most 10 to 12 layers without normalization, 20 to 30 with it": this rule is handed on
# without a source. Here it is put to a test on handwritten digits. Seven kinds of networks,
# from 6 to 30 layers deep, differ in their initialization, their norm and their skip
# connections; then come the measurements that tell them apart before the first step. Why
# gradients shrink or grow is on the page
# [vanishing and exploding gradients](../training/gradients.md).

# %% [markdown]
# ## The networks <a id="networks"></a>
#
# The first layer takes the 64 pixels to 32 units, the last takes 32 units to ten scores, and
# all between are alike: dense, with ReLU. The depth counts the layers that have weights.
# Three initializations: what `nn.Linear` draws by itself, with variance
# $1 / (3n)$ for $n$ inputs; Xavier's $1 / n$ (as all widths are equal); Kaiming's $2 / n$,
# [made for ReLU](../training/initialization.md#forward). A skip connection adds the input of
# a layer to its output, and then the norm stands
# [before the layer](../layers/normalization.md#placement).

# %%
import torch
from sklearn.datasets import load_digits
from torch import nn

torch.set_default_dtype(torch.float64)  # so that every machine prints the same digits
digits = load_digits()
images = torch.tensor(digits.data)  # (N, 64)
labels = torch.tensor(digits.target)  # (N,)
m, s = images[:-360].mean(), images[:-360].std()
images = (images - m) / s
train, test = (images[:-360], labels[:-360]), (images[-360:], labels[-360:])

WIDTH = 32
NORMS = {"batch": nn.BatchNorm1d, "layer": nn.LayerNorm}


class Layer(nn.Module):
    """One layer of a network, from (N, WIDTH) to (N, WIDTH)."""

    def __init__(self, start, norm, skip):
        super().__init__()
        self.linear, self.skip = nn.Linear(WIDTH, WIDTH), skip
        self.norm = NORMS[norm](WIDTH) if norm else nn.Identity()
        if start != "torch's own":
            gain = 2**0.5 if start == "Kaiming" else 1.0  # all fans are WIDTH
            nn.init.xavier_normal_(self.linear.weight, gain)
            nn.init.zeros_(self.linear.bias)

    def forward(self, x):
        if self.skip:
            return x + self.linear(self.norm(x).relu())
        return self.norm(self.linear(x)).relu()


def network(depth, start, norm=None, skip=False, seed=0):
    """Return a network of this depth from images (N, 64) to scores (N, 10)."""
    torch.manual_seed(seed)
    layers = [Layer(start, norm, skip) for _ in range(depth - 2)]
    end = [NORMS[norm](WIDTH)] if norm and skip else []
    return nn.Sequential(nn.Linear(64, WIDTH), *layers, *end, nn.Linear(WIDTH, 10))


kinds = {
    "torch's own": ("torch's own",),
    "Xavier": ("Xavier",),
    "Kaiming": ("Kaiming",),
    "Kaiming, batch norm": ("Kaiming", "batch"),
    "Kaiming, layer norm": ("Kaiming", "layer"),
    "torch's own, skip": ("torch's own", None, True),
    "the same, layer norm": ("torch's own", "layer", True),
}
print(f"training {tuple(train[0].shape)}, test {tuple(test[0].shape)}")
for name in ("Kaiming", "Kaiming, layer norm"):
    count = sum(p.numel() for p in network(30, *kinds[name]).parameters())
    print(f"30 layers, {name:<20} {count} parameters")

# %% [markdown]
# ## Accuracy over depth <a id="depth"></a>
#
# Each network gets four passes in batches of 64 with Adam, 92 steps in all, at one rate.


# %%
def fit(net, rate=0.003, passes=4, size=64):
    """Train a network in place and return its accuracy on the test images."""
    optimizer = torch.optim.Adam(net.parameters(), rate, fused=True)
    generator = torch.Generator().manual_seed(0)
    for _ in range(passes):
        for i in torch.randperm(len(train[0]), generator=generator).split(size):
            loss = nn.functional.cross_entropy(net(train[0][i]), train[1][i])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.inference_mode():
        return (net.eval()(test[0]).argmax(1) == test[1]).double().mean().item()


depths = (6, 12, 20, 30)
scores = {
    name: [fit(network(depth, *kind)) for depth in depths]
    for name, kind in kinds.items()
}
print("test accuracy, layers " + "".join(f"{depth:6}" for depth in depths))
for name, row in scores.items():
    print(f"{name:<22}" + "".join(f"{score:6.1f}" for score in row))

# %% alt="A line chart of test accuracy over 6, 12, 20 and 30 layers. Two lines with skip connections stay at 0.8 to 0.9. All others start at 0.7 to 0.9 and fall: torch's own initialization first, to 0.3 at 12 layers; Kaiming's last, to 0.4 at 30, where layer norm is at 0.1. Batch norm ends at 20 layers with 0.5."
import matplotlib.pyplot as plt

plt.figure(figsize=(5.8, 4))
for (name, row), mark in zip(scores.items(), "osv^D*P", strict=True):
    end = 3 if name == "Kaiming, batch norm" else 4  # its last point is chance
    plt.plot(depths[:end], row[:end], marker=mark, label=name)
plt.axhline(0.1, color="gray", linestyle=":")
plt.xticks(depths)
plt.ylim(0, 1)
plt.xlabel("layers")
plt.ylabel("test accuracy after 92 steps")
plt.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1), fontsize=8)
plt.show()

# %% [markdown]
# The rule fails on both sides. Twelve layers without a norm are too many for torch's own
# initialization and no trouble for Kaiming's. A norm by itself is worth something in shallow
# networks; at 30 layers both norms do worse than none. And with skip connections all depths
# train nearly alike, with torch's own initialization and no norm at all.
#
# All this holds for 92 steps at one rate, and for one draw of first weights. Batch norm's
# point at 30 layers is not drawn: its gradients are so large there that the rounding of
# another processor moves it by several hundredths.

# %% [markdown]
# ## Before the first step <a id="start"></a>
#
# Two things have to get through a deep network. Forward, what distinguishes one image from
# another: a layer in which all images look alike has lost the task. Backward, the gradient.
# Both can be measured at initialization, layer by layer: the *spread* is the standard
# deviation over images of a unit, and the *gradient* is that of the loss with respect to the
# output of a layer. Beside them stands the plain size of the activations.


# %%
def look(net, count=300):
    """Return size, spread and gradient after each layer but the last, at the start."""
    hidden, h = [], train[0][:count]  # (count, 64)
    for layer in net[:-1]:
        h = layer(h)  # (count, WIDTH)
        h.retain_grad()
        hidden.append(h)
    nn.functional.cross_entropy(net[-1](h), train[1][:count]).backward()
    sizes = [h.square().mean().sqrt().item() for h in hidden]
    spreads = [h.var(0).mean().sqrt().item() for h in hidden]
    gradients = [h.grad.norm().item() for h in hidden]
    return sizes, spreads, gradients


seen = {name: look(network(30, *kind)) for name, kind in kinds.items()}
print("30 layers             size, end  spread, end  gradient, start / end")
for name, (sizes, spreads, gradients) in seen.items():
    ratio = gradients[0] / gradients[-1]
    print(f"{name:<22}{sizes[-1]:9.0e}{spreads[-1]:13.0e}{ratio:14.0e}")

# %% alt="Three line charts over layers 1 to 29 with a common logarithmic axis. The size falls to 2e-06 with Xavier and stays between 0.03 and 5 with all others. The spread over images falls to 5e-13 with torch's own initialization. The gradient falls from the last layer to the first to 2e-12 with torch's own, to 2e-05 with Xavier, and grows to 4e+02 with batch norm."
fig, axes = plt.subplots(1, 3, figsize=(5.8, 3.4), sharey=True)
titles = ("size", "spread over images", "gradient")
for ax, title, what in zip(axes, titles, range(3), strict=True):
    for (name, row), mark in zip(seen.items(), "osv^D*P", strict=True):
        line = row[what]
        line = [v / line[-1] for v in line] if title == "gradient" else line
        ax.plot(range(1, len(line) + 1), line, marker=mark, markevery=7, label=name)
    ax.set_title(title, fontsize=9)
    ax.set_xlabel("layer")
    ax.set_yscale("log")
axes[2].set_title("gradient / its last", fontsize=9)
fig.legend(
    *ax.get_legend_handles_labels(), ncols=2, loc="outside upper center", fontsize=8
)
plt.show()

# %% [markdown]
# These numbers explain most of the table, before anything was trained.
#
# - **torch's own**: the size looks healthy, because the biases keep it up. They are the same
#   for all images. Of what differs between images, 5e-13 is left, and the gradient has
#   shrunk as much on its way back.
# - **Xavier** lacks the factor 2 that makes up for ReLU: all three shrink, more slowly.
# - **Kaiming** keeps all three within a factor of a hundred.
# - **Batch norm** keeps the spread at any depth, and
#   [makes the gradient grow](../training/gradients.md#norm_at_the_start) from layer to layer.
# - **Skip connections** keep both: what is added up is never multiplied away.
#
# Layer norm without skips looks as good as Kaiming here and trains no better, so sizes are
# not all. They are what has to be right before anything else matters.

# %% [markdown]
# ## What decides <a id="decides"></a>
#
# If spread and gradient decide, then networks without norms or skips have to train once both
# are kept. Three changes to the first weights of the layers between the ends: torch's own
# times $\sqrt 6$, which gives them Kaiming's variance; Kaiming's with more time, at a lower
# rate; and the identity matrix, with which every layer hands on what it gets.


# %%
def rescaled(depth, factor):
    """Return a network of torch's own weights, those between the ends times factor."""
    net = network(depth, "torch's own")
    with torch.no_grad():
        for layer in net[1:-1]:
            layer.linear.weight *= factor
    return net


def identity(depth):
    """Return a network whose layers between the ends start as the identity matrix."""
    net = network(depth, "Kaiming")
    for layer in net[1:-1]:
        nn.init.eye_(layer.linear.weight)
    return net


print("no norm, no skip                       spread  gradient  accuracy")
patient = {"rate": 0.001, "passes": 12}
for name, net, how in (
    ("30 layers, torch's own times root 6", rescaled(30, 6**0.5), {}),
    ("30 layers, Kaiming, 276 steps", network(30, "Kaiming"), patient),
    ("30 layers, identity", identity(30), {}),
    ("100 layers, identity", identity(100), {}),
):
    _, spreads, gradients = look(net)
    ratio = gradients[0] / gradients[-1]
    net.zero_grad()
    print(f"{name:<37}{spreads[-1]:8.0e}{ratio:10.0e}{fit(net, **how):10.1f}")

# %% [markdown]
# One factor takes torch's own weights from guessing to learning. Kaiming's weights were only
# slow: with three times the steps they read 0.8. And a hundred plain layers train in 92
# steps, without norm and without skip connection, if they start as the identity.
#
# So there is no depth at which networks stop learning. The first weights decide whether
# images stay different on the way up and gradients keep their size on the way down. Skip
# connections make both hold for nearly any weights, which is why deep networks have them.
# Norms keep activations in bounds, and that pays most
# [inside the branches of such networks](../layers/normalization.md#placement). None of these
# networks reads better than the ones with six layers: for such small images, depth buys
# nothing.

# %% [markdown]
# ## To try <a id="try"></a>
#
# - Give the layers `tanh` for ReLU, and orthogonal weights (`nn.init.orthogonal_`). How deep
#   does that go, without norm or skip?
# - Build both networks with skip connections with 100 layers. Which of them needs its norm
#   now, and what does `look` say about the sizes?
# - Give the network with skip connections Kaiming's weights, without a norm. Why are the
#   better weights worse here? The page on initialization
#   [has the answer](../training/initialization.md#residual).
