"""Dividing by N or by N - 1: over all samples of a die, and by default."""

import itertools

import numpy as np
import torch

faces = np.arange(1.0, 7.0)  # (6,)
truth = ((faces - faces.mean()) ** 2).mean()
print(f"a die: mean {faces.mean():.3f}, variance {truth:.3f}, std {truth**0.5:.3f}")
print("rolls   mean, over all samples, of    sample mean's")
print("        var / N   var / (N-1)     std      variance")
for n in (2, 3, 4, 6):
    samples = np.array(list(itertools.product(faces, repeat=n)))  # (6^N, N)
    below, above = samples.var(axis=1), samples.var(axis=1, ddof=1)  # (6^N,), (6^N,)
    print(f"{n:5d}{below.mean():10.3f}{above.mean():14.3f}", end="")
    print(f"{np.sqrt(above).mean():8.3f}{samples.mean(axis=1).var():14.3f}")

x = np.array([1.0, 2.0, 4.0, 9.0])  # (N,)
t = torch.tensor(x)  # (N,)
print(f"x = {x}")
print(f"numpy   x.var() {x.var():.3f}   x.var(ddof=1) {x.var(ddof=1):.3f}")
print(f"torch   x.var() {t.var():.3f}   x.var(correction=0) {t.var(correction=0):.3f}")
