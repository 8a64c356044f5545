# %% [markdown]
# # Fast on a GPU
#
# One network, made faster step by step: measure, use 16 bits, put the channels last, launch
# less, load in time, fit into memory. **No GPU has run this lab yet.** It was run and
# recorded on a CPU, small. So no times are printed here, only what is the same on every
# machine: FLOPs, bytes, operations counted, and how far results agree, in float32. On a GPU
# the same cells use it, and two of them are written to show rates. The reasons behind each step are on the page
# [training on a GPU](../training/gpu-training.md).

# %% [markdown]
# ## The network <a id="network"></a>
#
# A small residual network for images of 32 × 32 pixels. With a GPU it is wider and gets more
# images at once; everything below follows these four numbers.

# %%
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
GPU = torch.cuda.is_available()
DEVICE = "cuda" if GPU else "cpu"
N, C, BLOCKS, SIZE = (256, 256, 8, 32) if GPU else (16, 16, 3, 32)


class Block(nn.Module):
    """Two convolutions with batch norm, added to their input (N, C, H, W)."""

    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(C, C, 3, padding=1, bias=False)
        self.two = nn.Conv2d(C, C, 3, padding=1, bias=False)
        self.norm, self.last = nn.BatchNorm2d(C), nn.BatchNorm2d(C)

    def forward(self, x):
        return (x + self.last(self.two(self.norm(self.one(x)).relu()))).relu()


def build(seed=0):
    """Return the network, from images (N, 3, H, W) to scores (N, 10)."""
    torch.manual_seed(seed)
    blocks = [Block() for _ in range(BLOCKS)]
    ends = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(C, 10)]
    return nn.Sequential(nn.Conv2d(3, C, 3, padding=1), *blocks, *ends).to(DEVICE)


x = torch.randn(N, 3, SIZE, SIZE).to(DEVICE)  # (N, 3, H, W)
y = torch.randint(10, (N,)).to(DEVICE)  # (N,)
print(f"{sum(p.numel() for p in build().parameters()):,} parameters, {N} images")

# %% [markdown]
# ## Count before you measure <a id="count"></a>
#
# A time says little without the work that was done in it. FLOPs are counted without a clock,
# and a formula says whether the count is right: a 3 × 3 convolution multiplies and adds
# $9\,C^2$ times for each pixel, and the backward pass does it twice more. The first
# convolution's input needs no gradient, which saves one of three.

# %%
from torch.utils.flop_counter import FlopCounterMode


def step(net, optimizer, x, y, half=False):
    """Train by one step and return the loss, left on the device."""
    with torch.autocast(DEVICE, torch.bfloat16, enabled=half):
        loss = F.cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.detach()


def adam(net, **options):
    """Return the optimizer that all steps below use."""
    return torch.optim.AdamW(net.parameters(), 0.001, **options)


net = build()
with FlopCounterMode(display=False) as counter:
    step(net, adam(net), x, y)
counted = counter.get_total_flops()
inner = 3 * 2 * 9 * C * C * SIZE**2 * 2 * BLOCKS
ends = 2 * 2 * 9 * 3 * C * SIZE**2 + 3 * 2 * C * 10
print(f"FLOPs for an image: counted {counted // N:,}, by formula {inner + ends:,}")
print(f"in the blocks: {inner / (inner + ends):.0%}")

# %% [markdown]
# Divided by the time of a step and by the rate of the data sheet, this is the
# [utilization](../training/gpu-training.md#utilization). The time has to be
# [measured right](../training/gpu-training.md#measure): warm up, wait for the device before
# each look at the clock, take the median. `torch.utils.benchmark` does all three.


# %%
from torch.utils import benchmark


def measured(run):
    """Say images per second and the peak of memory, if there is a GPU to measure."""
    if not GPU:
        return "not measured: no GPU"
    torch.cuda.reset_peak_memory_stats()
    timer = benchmark.Timer("run()", globals={"run": run})
    seconds = timer.adaptive_autorange().median
    peak = torch.cuda.max_memory_allocated() / 2**30
    rate = counted / seconds / 1e12
    return f"{N / seconds:,.0f} images/s, {rate:.0f} TFLOP/s, peak {peak:.1f} GiB"


net = build()
optimizer = adam(net)
print(f"float32: {measured(lambda: step(net, optimizer, x, y))}")

# %% [markdown]
# ## Sixteen bits <a id="precision"></a>
#
# [Autocast](../training/gpu-training.md#mixed) chooses a type for each operation; the weights
# stay in float32. How far do loss and gradients move? And how many bytes does the forward pass
# keep for the backward pass?


# %%
def kept(half, channels_last=False):
    """Return the loss, the gradients in one row, and the MiB kept by type."""
    net, batch, found = build(), x, {}
    if channels_last:
        net, batch = (t.to(memory_format=torch.channels_last) for t in (net, x))
    own = {t.data_ptr() for t in (*net.parameters(), *net.buffers(), batch)}

    def note(t):
        if t.data_ptr() not in own:
            found[t.data_ptr()] = (str(t.dtype).removeprefix("torch."), t.nbytes)
        return t

    hooks = torch.autograd.graph.saved_tensors_hooks(note, lambda t: t)
    with hooks, torch.autocast(DEVICE, torch.bfloat16, enabled=half):
        loss = F.cross_entropy(net(batch), y)
    by_type = {}
    for dtype, size in found.values():
        by_type[dtype] = by_type.get(dtype, 0) + size / 2**20
    loss.backward()
    gradient = torch.cat([p.grad.flatten() for p in net.parameters()])
    return loss.item(), gradient, by_type


loss, gradient, full = kept(half=False)
loss_half, gradient_half, mixed = kept(half=True)
off = (gradient_half - gradient).norm() / gradient.norm()
cosine = F.cosine_similarity(gradient_half, gradient, 0)
print(f"loss {loss:.2f} in float32, {loss_half:.2f} with bfloat16")
print(f"gradients differ by {off:.2f} of their length, cosine {cosine:.2f}")
print("kept in float32:     ", {k: round(v, 1) for k, v in sorted(full.items())})
print("kept under autocast: ", {k: round(v, 1) for k, v in sorted(mixed.items())})

# %% [markdown]
# The loss agrees in its first three digits, and the gradient points the same way. Half of the
# memory for activations is gone: batch norm and ReLU take the 16 bits that a convolution
# hands them. Which types are kept depends on the device, since
# [CUDA has rules of its own](../training/gpu-training.md#mixed_precision).
#
# ## Channels last <a id="layout"></a>
#
# [The order in memory](../training/gpu-training.md#channels-last) that matrix units want.
# It has to hold through the whole network: one layer that falls back, and each step pays for
# the conversion. So ask every block what it hands on, and compare the results.

# %%
last = torch.channels_last
net = build().to(memory_format=last)
orders = []
for block in net[: BLOCKS + 1]:
    block.register_forward_hook(
        lambda module, args, out: orders.append(out.is_contiguous(memory_format=last))
    )
out = net(x.to(memory_format=last))
print(f"channels last in {sum(orders)} of {len(orders)} outputs")
print(f"scores differ by {(out - build()(x)).abs().max():.4f}")

# %% [markdown]
# ## Fewer launches <a id="launches"></a>
#
# Each operation is at least one launch, and a launch takes the CPU some microseconds,
# [whatever the GPU does](../training/gpu-training.md#launches). An operation that computes
# nothing, a view, is not counted. The three optimizers do the same work.

# %%
from torch.utils._python_dispatch import TorchDispatchMode


class Operations(TorchDispatchMode):
    """Count the operations inside a `with` statement that are no views."""

    count = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.count += not function.is_view
        return function(*args, **kwargs or {})


weights = []
for option in ("foreach=False", "foreach=True", "fused=True"):
    key, value = option.split("=")
    net = build()
    optimizer = adam(net, **{key: value == "True"})
    step(net, optimizer, x, y)  # the first step also makes the averages
    weights.append(nn.utils.parameters_to_vector(net.parameters()).detach())
    with Operations() as whole:
        step(net, optimizer, x, y)
    net(x).sum().backward()
    with Operations() as update:
        optimizer.step()
    print(f"{option:<14} {whole.count:4d} in a step, {update.count:4d} in its update")
off = max((w - weights[0]).abs().max().item() for w in weights)
print(f"after one step the weights differ by {off:.4f}")

# %% [markdown]
# The update was most of the step, and one option of the optimizer does away with it. What is
# left are the layers themselves: these, `torch.compile` merges
# ([compiling](../training/gpu-training.md#compiling)). It is used below only where there is
# a GPU. Each of the four rows adds one thing to the row before.


# %%
def ready(count):
    """Return a function for one step with the first so many of the four changes."""
    order = last if count > 1 else torch.contiguous_format
    net, batch = build().to(memory_format=order), x.to(memory_format=order)
    optimizer = adam(net, fused=count > 2)
    run = torch.compile(net) if count > 3 else net
    return lambda: step(run, optimizer, batch, y, half=True)


if GPU:
    for count, name in enumerate(("bfloat16", "channels last", "fused", "compiled"), 1):
        print(f"{name:<14} {measured(ready(count))}")
else:
    losses = ", ".join(f"{ready(count)():.2f}" for count in (1, 2, 3))
    print(f"without a GPU, losses of the first three: {losses}")

# %% [markdown]
# ## Loading that keeps up <a id="loading"></a>
#
# A batch that is not there is the slowest kernel of all. How many bytes have to arrive for a
# step, and what of that is needed? Images are bytes; made into float32 before the copy they
# are four times as many. Scaling them on the device gives the same numbers. What loads in
# [other processes](../training/gpu-training.md#loading) must be drawn by `torch`.

# %%
raw = torch.randint(256, (N, 3, SIZE, SIZE), dtype=torch.uint8)  # (N, 3, H, W)
before = (raw.float() / 255).to(DEVICE)
after = raw.to(DEVICE, non_blocking=True).float() / 255
print(f"a batch: {before.nbytes:,} bytes as float32, {raw.nbytes:,} as they come")
print(f"equal on the device: {torch.equal(before, after)}")
flops_per_byte = counted / raw.nbytes
print(f"FLOPs of a step for each byte that arrives: {flops_per_byte:,.0f}")

# %% [markdown]
# The copy shrinks to a quarter, and so does what workers have to hand over. The last number
# says how much room there is: a GPU that does $R$ FLOP/s needs $R$ divided by it in bytes/s.
# It grows with the network, so large networks are easy to feed and small ones are not. To let
# the copy run beside the arithmetic, the batch also has to be
# [pinned](../training/gpu-training.md#loading).
#
# ## Memory <a id="memory"></a>
#
# If the batch does not fit, [checkpoint the blocks](../training/gpu-training.md#checkpointing):
# of each, only the input is kept, and its forward pass is run a second time. Batch norm has
# to be asked about: it counts a batch twice, since it sees it twice. The gradients do not
# change.

# %%
from torch.utils.checkpoint import checkpoint


class Recomputed(nn.Module):
    """A block that keeps its input and computes the rest again."""

    def __init__(self, block):
        super().__init__()
        self.block = block

    def forward(self, x):
        return checkpoint(self.block, x, use_reentrant=False)


results = []
for again in (False, True):
    net, found = build(), {}
    if again:
        for i in range(1, BLOCKS + 1):
            net[i] = Recomputed(net[i])
    own = {t.data_ptr() for t in (*net.parameters(), *net.buffers(), x)}

    def note(t, found=found, own=own):
        if t.data_ptr() not in own:
            found[t.data_ptr()] = t.nbytes
        return t

    with torch.autograd.graph.saved_tensors_hooks(note, lambda t: t):
        loss = F.cross_entropy(net(x), y)
    mib = sum(found.values()) / 2**20
    with FlopCounterMode(display=False) as counter:
        loss.backward()
    forward = counted / 3
    seen = next(m for m in net.modules() if isinstance(m, nn.BatchNorm2d))
    results.append(torch.cat([p.grad.flatten() for p in net.parameters()]))
    name = "recomputed" if again else "kept"
    print(f"{name:<11} {mib:5.1f} MiB, backward pass ", end="")
    print(f"{counter.get_total_flops() / forward:.1f} forward passes, ", end="")
    print(f"batches that batch norm counted: {seen.num_batches_tracked}")
off = (results[0] - results[1]).abs().max()
print(f"gradients differ by {off:.6f}")

# %% [markdown]
# Less than a quarter of the memory is left, for one more forward pass. The gradients are
# equal, but the running statistics are not: each block's batch norm has moved its averages
# twice in one step. In evaluation they follow the last batches more closely than meant.
#
# Memory that is not needed is best spent on a larger batch, as long as images per second
# still rise with it.
#
# ## To try <a id="try"></a>
#
# - Double `BLOCKS`. Which of the numbers above double, and which stay as they are?
# - Recompute two blocks as one, with `nn.Sequential`. What happens to the memory kept, and
#   why is that not yet the peak?
# - In the recomputed network, set the `momentum` of each batch norm inside a block to
#   $1 - \sqrt{0.9}$. Compare its running mean after one step with that of the other
#   network.
