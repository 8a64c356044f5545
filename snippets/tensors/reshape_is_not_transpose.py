"""Two ways to the shape (C, H, W): only one of them is the picture."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_sample_image

photo = torch.tensor(load_sample_image("china.jpg")[4::8, 4::8])  # (H, W, C)
height, width, channels = photo.shape
permuted = photo.permute(2, 0, 1)  # (C, H, W)
reshaped = photo.reshape(channels, height, width)  # (C, H, W)

print(f"photo   {tuple(photo.shape)}: height, width, channels")
for name, x in (("permute", permuted), ("reshape", reshaped)):
    means = ", ".join(f"{mean:.0f}" for mean in x.double().mean((1, 2)))
    kept = torch.equal(x[:, 20, 30], photo[20, 30])
    print(
        f"{name} {tuple(x.shape)}: channel means {means}; pixel (20, 30) kept: {kept}"
    )
same = torch.equal(permuted.flatten().sort().values, reshaped.flatten().sort().values)
print(f"the same shape and the same numbers: {same}")

figure, axes = plt.subplots(1, 2, figsize=(5.8, 2.3))
titles = "permute(2, 0, 1)", f"reshape{tuple(reshaped.shape)}"
for axis, x, title in zip(axes, (permuted, reshaped), titles):
    axis.imshow(x[0].numpy(), cmap="gray", vmin=0, vmax=255)
    axis.set(title=title, xlabel="column", ylabel="row of channel 0")
    axis.grid(False)
plt.show()
