"""What each layer learns, keeps and adds under its root, by default."""

from torch import nn

C, H, W = 6, 4, 5
layers = [
    ("BatchNorm2d(C)", nn.BatchNorm2d(C)),
    ("LayerNorm([C, H, W])", nn.LayerNorm([C, H, W])),
    ("LayerNorm(C)", nn.LayerNorm(C)),
    ("GroupNorm(2, C)", nn.GroupNorm(2, C)),
    ("InstanceNorm2d(C)", nn.InstanceNorm2d(C)),
    ("   affine=True", nn.InstanceNorm2d(C, affine=True)),
    ("RMSNorm(C)", nn.RMSNorm(C)),
]


def shape(parameter):
    """Return the shape of a parameter as text, or none."""
    return "none" if parameter is None else str(tuple(parameter.shape))


print(f"C, H, W = {C}, {H}, {W}")
print("layer                 gamma      beta       learned  buffers  eps")
for name, layer in layers:
    bias = shape(getattr(layer, "bias", None))
    learned = sum(p.numel() for p in layer.parameters())
    kept = len(list(layer.buffers()))
    counts = f"{learned:7d}  {kept:7d}"
    print(f"{name:<21} {shape(layer.weight):<10} {bias:<10} {counts}  {layer.eps}")
