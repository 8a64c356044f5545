"""One matrix at every step, as in a recurrent network: its spectral radius decides."""

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
drawn = torch.randn(50, 50)  # (D, D)
radius = torch.linalg.eigvals(drawn).abs().max()
print("spectral radius    gradient after 1    10    100   1000 steps back")
for wanted in (0.9, 0.99, 1.0, 1.01, 1.1):
    w = drawn * wanted / radius  # (D, D)
    g, sizes = torch.randn(50, generator=torch.Generator().manual_seed(1)), []  # (D,)
    start = g.norm()
    for step in range(1, 1001):
        g = w.T @ g
        if step in (1, 10, 100, 1000):
            sizes.append((g.norm() / start).item())
    print(f"{wanted:15}" + "".join(f"{s:10.0e}" for s in sizes))
