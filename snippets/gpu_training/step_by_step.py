"""What each step buys a transformer: the loss stays, and on a GPU the rate grows."""

import torch
from torch import nn
from torch.utils import benchmark, flop_counter

STEPS = ["float32", "TF32", "bfloat16", "fused attention", "batch x 2", "compiled"]
STYLE = {"activation": "gelu", "norm_first": True, "batch_first": True}  # as in GPT-2
CUDA = torch.cuda.is_available()
DEVICE, ENGINE = ("cuda", "inductor") if CUDA else ("cpu", "eager")
N, L, D, V, DEPTH = (16, 1024, 2048, 50304, 8) if CUDA else (4, 32, 64, 192, 2)
MASK = nn.Transformer.generate_square_subsequent_mask(L, device=DEVICE)  # (L, L)


def build(steps):
    """Return a function that trains a new network by one step, and its batch size."""
    torch.set_float32_matmul_precision("high" if "TF32" in steps else "highest")
    torch.backends.cuda.allow_fp16_bf16_reduction_math_sdp("bfloat16" in steps)
    autocast = torch.autocast(DEVICE, torch.bfloat16, enabled="bfloat16" in steps)
    kinds = nn.attention.SDPBackend
    attention = kinds.FLASH_ATTENTION if "fused attention" in steps else kinds.MATH
    torch.manual_seed(0)
    with torch.device(DEVICE):
        layer = nn.TransformerEncoderLayer(D, 16, 4 * D, 0.0, **STYLE)
        net = nn.TransformerEncoder(layer, DEPTH, enable_nested_tensor=False)
        embed, head = nn.Embedding(V, D), nn.Linear(D, V)
        tokens = torch.randint(V, (N, L + 1)).repeat(1 + ("batch x 2" in steps), 1)
    adam = torch.optim.AdamW(nn.ModuleList([embed, net, head]).parameters(), fused=True)
    if "compiled" in steps:  # the layers are alike, so that one is compiled for all
        net.layers = nn.ModuleList(torch.compile(m, backend=ENGINE) for m in net.layers)

    def step():
        with nn.attention.sdpa_kernel(attention), autocast:
            x = head(net(embed(tokens[:, :-1]), MASK, is_causal=True))  # (N, L, V)
            loss = nn.functional.cross_entropy(x.flatten(0, 1), tokens[:, 1:].flatten())
        loss.backward()
        adam.step()
        adam.zero_grad()
        return loss

    return step, len(tokens)


with flop_counter.FlopCounterMode(display=False) as counter:
    build(STEPS[:1])[0]()
flops = counter.get_total_flops() / N
print(f"{flops:.2e} FLOPs for {L} tokens; rates {'below' if CUDA else 'only on a GPU'}")
if CUDA:
    matmul = benchmark.Timer("a @ a", "a = torch.randn(8192, 8192).cuda().bfloat16()")
    best = 2 * 8192**3 / matmul.adaptive_autorange(0.01).median
    print(f"{torch.cuda.get_device_name()}, matrix product {best / 1e12:.0f} TFLOP/s")
for count, name in enumerate(STEPS, 1):
    step, n = build(STEPS[:count])
    print(f"{name:<16} loss {step():.2f}", end="" if CUDA else "\n")
    if CUDA:
        torch.cuda.reset_peak_memory_stats()
        s = benchmark.Timer("step()", globals=globals()).adaptive_autorange(0.01).median
        gib = torch.cuda.max_memory_allocated() / 2**30
        print(f"{n / s:8.1f} examples/s {gib:6.1f} GiB {n * flops / s / best:6.0%}")
