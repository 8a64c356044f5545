"""A training step is hundreds of launches; a CUDA graph replays them as one."""

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.benchmark import Timer


class Count(TorchDispatchMode):
    """Count the operations that compute something inside a `with` statement."""

    count = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.count += not function.is_view  # a view computes nothing
        return function(*args, **kwargs or {})


def build(device, **options):
    """Return a deep, narrow network, a batch, and what trains the one on the other."""
    torch.manual_seed(0)
    layers = [layer for _ in range(20) for layer in (nn.Linear(64, 64), nn.GELU())]
    net, x = nn.Sequential(*layers).to(device), torch.randn(32, 64).to(device)  # (N, D)
    optimizer = torch.optim.AdamW(net.parameters(), **options)

    def step():
        optimizer.zero_grad()
        net(x).square().mean().backward()
        optimizer.step()

    return net, x, step


for name in ("foreach=False", "foreach=True", "fused=True"):
    net, x, step = build("cpu", **{name.split("=")[0]: name.endswith("True")})
    step()  # the first step is not like the others
    with Count() as count:
        step()
    print(f"AdamW({name}): {count.count} operations in a step")
nets = []
for graphed in (False, True) if torch.cuda.is_available() else ():
    net, x, step = build("cuda", fused=True, capturable=True)
    torch.cuda.synchronize()
    with torch.cuda.stream(torch.cuda.Stream()):  # a capture wants steps before it
        for _ in range(3):
            step()
    torch.cuda.synchronize()
    run = step
    if graphed:
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):  # records, and computes nothing
            step()
        run = graph.replay
    x.mul_(0.5)  # a new batch is written over the old one: the graph knows its address
    ms = 1e3 * Timer("run()", globals={"run": run}).timeit(100).mean
    print(f"on the GPU, graph {graphed!s:<6}{ms:.3f} ms a step")
    nets.append(nn.utils.parameters_to_vector(net.parameters()))
off = f"{(nets[0] - nets[1]).abs().max():.6f}" if nets else "(no CUDA: not captured)"
print(f"weights after steps one by one, and replayed, differ by {off}")
