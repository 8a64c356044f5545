"""ViT-B/16: an image as 196 patches, and a transformer in place of the stages."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


class VisionTransformer(nn.Module):
    """Scores (N, classes) of images (N, 3, H, W). Source: Dosovitskiy et al. 2020."""

    def __init__(self, size=224, patch=16, dim=768, depth=12, heads=12, classes=1000):
        super().__init__()
        if size % patch:
            raise ValueError(
                f"an image of {size} pixels has no whole patches of {patch}"
            )
        self.patches = nn.Conv2d(3, dim, patch, patch)
        self.token = nn.Parameter(torch.zeros(1, 1, dim))
        self.places = nn.Parameter(torch.zeros(1, 1 + (size // patch) ** 2, dim))
        options = {"dropout": 0.0, "activation": "gelu", "batch_first": True}
        self.layers = nn.Sequential(
            *(
                nn.TransformerEncoderLayer(
                    dim, heads, 4 * dim, norm_first=True, **options
                )
                for _ in range(depth)
            )
        )
        self.head = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, classes))

    def forward(self, x):
        x = self.patches(x).flatten(2).mT  # (N, L, D), L = (H / patch) (W / patch)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], dim=1)  # (N, 1 + L, D)
        return self.head(self.layers(x + self.places)[:, 0])  # (N, classes)


with torch.device("meta"):
    network, x = VisionTransformer(), torch.empty(1, 3, 224, 224)  # x: (N, C, H, W)
for name, module in network.named_children():
    print(f"{name:<10}{sum(w.numel() for w in module.parameters()):12,} parameters")
print(f"{'all':<10}{sum(w.numel() for w in network.parameters()):12,} parameters")
for size in (224, 448):
    with torch.device("meta"):
        network, x = VisionTransformer(size), torch.empty(1, 3, size, size)
    with FlopCounterMode(display=False) as flops:
        network(x)
    tokens = network.places.shape[1]
    macs = flops.get_total_flops() / 2e9
    print(f"{size} x {size}: {tokens:4d} tokens, {macs:5.1f} billion MACs")
