"""torch.compile turns many operations into few kernels, which compute the same."""

import re

import torch
from torch._inductor.utils import run_and_get_code
from torch.utils._python_dispatch import TorchDispatchMode


class Count(TorchDispatchMode):
    """Count the operations that torch runs one by one inside a `with` statement."""

    count = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.count += 1
        return function(*args, **kwargs or {})


def block(x, weight):
    """Return x of shape (N, D) plus what a gate lets through of its normalized self."""
    y = x - x.mean(-1, keepdim=True)  # (N, D)
    y = y / (y.square().mean(-1, keepdim=True) + 1e-5).sqrt() * weight  # (N, D)
    return x + y * torch.sigmoid(1.702 * y)


device = "cuda" if torch.cuda.is_available() else "cpu"
# On a CPU: faster to compile, slower to run. The GPU compiles as everybody does.
quick = {"cpp.vec_isa_ok": False, "cpp_cache_precompile_headers": False}
options = None if device == "cuda" else quick | {"compile_threads": 1}

torch.set_float32_matmul_precision("high")  # at less, compiling for a GPU warns
torch.manual_seed(0)
x = torch.randn(64, 200, dtype=torch.float64, device=device)  # (N, D)
weight = torch.randn(200, dtype=torch.float64, device=device)  # (D,)
with Count() as eager:
    expected = block(x, weight)  # (N, D)
compiled = torch.compile(block, options=options)
found, code = run_and_get_code(compiled, x, weight)  # (N, D), the program that it wrote
kernels = re.findall(r"^(\w+) = async_compile", "".join(code), re.MULTILINE)
print(f"one by one: {eager.count} operations, each of which reads and writes memory")
print(f"compiled: {len(kernels)}, {', '.join(kernels)}")
print(f"results differ by {(found - expected).abs().max():.12f}")
