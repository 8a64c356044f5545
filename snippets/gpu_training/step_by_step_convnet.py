"""What each step buys a residual network, down to the way in which images arrive."""

import torch
from torch import nn
from torch.utils import benchmark, flop_counter

STEPS = ["float32", "TF32", "bfloat16", "channels_last", "compiled", "copied", "pinned"]
GPU = torch.cuda.is_available()
DEVICE, ENGINE = ("cuda", "inductor") if GPU else ("cpu", "eager")
N, C, SIZE, DEPTH = (256, 256, 224, 16) if GPU else (4, 8, 32, 2)


class Block(nn.Sequential):
    """Layers whose result is added to their input, (N, C, H, W)."""

    def forward(self, x):
        return torch.relu(x + super().forward(x))


def build(steps):
    """Return a function that trains a new network by one step."""
    torch.set_float32_matmul_precision("high" if "TF32" in steps else "highest")
    torch.backends.cudnn.conv.fp32_precision = "tf32" if "TF32" in steps else "ieee"
    order = torch.channels_last if "channels_last" in steps else torch.contiguous_format
    torch.manual_seed(0)
    blocks = [Block(nn.BatchNorm2d(C), nn.Conv2d(C, C, 3, 1, 1)) for _ in range(DEPTH)]
    net = nn.Sequential(nn.Conv2d(3, C, 8, 8), *blocks).to(DEVICE, memory_format=order)
    run = torch.compile(net, backend=ENGINE) if "compiled" in steps else net
    sgd = torch.optim.SGD(net.parameters(), 0.01, momentum=0.9, fused=True)
    labels = torch.randint(C, (N,)).to(DEVICE)  # (N,): as many classes as channels
    images = torch.rand(N, 3, SIZE, SIZE, pin_memory="pinned" in steps and GPU)
    images = images if "copied" in steps else images.to(DEVICE)

    def step():
        x = images.to(DEVICE, non_blocking=True).to(memory_format=order)
        with torch.autocast(DEVICE, torch.bfloat16, "bfloat16" in steps):
            loss = nn.functional.cross_entropy(run(x).mean((2, 3)), labels)
        loss.backward()
        sgd.step()
        sgd.zero_grad()
        return loss

    return step


with flop_counter.FlopCounterMode(display=False) as counter:
    build(STEPS[:1])()
flops = counter.get_total_flops() / N
print(f"{flops:.2e} FLOPs for an image; rates {'below' if GPU else 'only on a GPU'}")
matmul = benchmark.Timer("a @ a", "a = torch.randn(8192, 8192).cuda().bfloat16()")
best = 2 * 8192**3 / matmul.adaptive_autorange(0.01).median if GPU else 0
for count, name in enumerate(STEPS, 1):
    step = build(STEPS[:count])
    print(f"{name:<13} loss {step():.2f}", end="" if GPU else "\n")
    if GPU:
        torch.cuda.reset_peak_memory_stats()
        s = benchmark.Timer("step()", globals=globals()).adaptive_autorange(0.01).median
        gib = torch.cuda.max_memory_allocated() / 2**30
        print(f"{N / s:8.0f} images/s {gib:6.1f} GiB {N * flops / s / best:6.0%}")
