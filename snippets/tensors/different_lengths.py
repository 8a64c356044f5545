"""Three sentences of different lengths in one tensor: padding, and a mask."""

import torch
from torch.nn.utils.rnn import pad_sequence

torch.manual_seed(0)
lengths = torch.tensor([5, 2, 3])  # (N,)
sentences = [torch.randn(n, 4, dtype=torch.float64) + 10 for n in lengths]  # (T, D)
x = pad_sequence(sentences, batch_first=True)  # (N, T, D), zeros where a sentence ended
places = torch.arange(x.shape[1])  # (T,)
mask = places < lengths[:, None]  # (N, T): True where a word stands

exact = torch.stack([sentence.mean(0) for sentence in sentences])  # (N, D)
naive = x.mean(1)  # (N, D)
kept = mask[:, :, None]  # (N, T, 1)
masked = (x * kept).sum(1) / kept.sum(1)  # (N, D)

print(f"x {tuple(x.shape)}, mask {tuple(mask.shape)}")
for row in mask:
    print("  ", " ".join("word" if word else "----" for word in row))
print("mean of feature 0    sentence 0  sentence 1  sentence 2")
for name, mean in (("exact", exact), ("x.mean(1)", naive), ("with the mask", masked)):
    print(f"{name:<20}" + "".join(f"{value:12.2f}" for value in mean[:, 0]))

x[~mask] = float("nan")  # what stands in the padding must not matter
print("with nan in the padding")
clean = torch.where(kept, x, 0)  # (N, T, D)
for name, total in (("x * mask", (x * kept).sum(1)), ("where", clean.sum(1))):
    mean = total / kept.sum(1)  # (N, D)
    print(f"{name:<20}" + "".join(f"{value:12.2f}" for value in mean[:, 0]))
