"""The type that autocast chooses for each operation, on the CPU and on CUDA."""

import torch
import torch.nn.functional as F
from torch import nn
from torch._subclasses.fake_tensor import FakeTensorMode

OPERATIONS = {
    "x @ w": lambda x, w: x @ w,
    "linear": F.linear,
    "attention": lambda x, w: F.scaled_dot_product_attention(x, w, w),
    "gelu(x @ w)": lambda x, w: F.gelu(x @ w),
    "x + x @ w": lambda x, w: x + x @ w,
    "softmax(x @ w)": lambda x, w: F.softmax(x @ w, -1),
    "layer_norm(x @ w)": lambda x, w: F.layer_norm(x @ w, (8,)),
    "(x @ w).sum()": lambda x, w: (x @ w).sum(),
    "exp(x @ w)": lambda x, w: torch.exp(x @ w),
    "mse_loss(x @ w, x)": lambda x, w: F.mse_loss(x @ w, x),
}


def types(device):
    """Return {operation: type of its result} on "cpu" or "cuda", even without one."""
    with FakeTensorMode():  # tensors that know shape, type and device, but no numbers
        x = torch.empty(4, 8, device=device)  # (N, D)
        w = torch.empty(8, 8, device=device)  # (D, D)
        torch.set_autocast_enabled(device, True)  # as `with torch.autocast(...)` does
        torch.set_autocast_dtype(device, torch.bfloat16)
        found = {name: operation(x, w).dtype for name, operation in OPERATIONS.items()}
        torch.set_autocast_enabled(device, False)
    return {name: str(dtype).removeprefix("torch.") for name, dtype in found.items()}


on_cpu, on_cuda = types("cpu"), types("cuda")
print("float32 x and w       CPU        CUDA")
for name in OPERATIONS:
    print(f"{name:<21} {on_cpu[name]:<10} {on_cuda[name]}")

net, x = nn.Linear(8, 3), torch.ones(4, 8)  # (N, D)
with torch.autocast("cpu", torch.bfloat16):
    y = net(x)  # (N, C)
y.float().sum().backward()
print(f"output {y.dtype}, weight {net.weight.dtype}, gradient {net.weight.grad.dtype}")
