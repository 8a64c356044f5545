"""Mean and deviation of data too large for memory: what adds up, and what does not."""

import numpy as np


def streamed(batches):
    """Return mean and deviation of the numbers in all batches, seeing each batch once.

    batches: arrays of any shape. Counts, sums and sums of squares add up, in float64.
    Shifted by the first mean, or their difference would cancel where the mean is large.
    No batch: ValueError. Source: Chan, Golub and LeVeque 1983, doi
    10.1080/00031305.1983.10483115.
    """
    count = total = squares = 0
    shift = None
    for batch in batches:
        shift = batch.mean(dtype=np.float64) if shift is None else shift
        centered = batch.astype(np.float64) - shift
        count += centered.size
        total += centered.sum()
        squares += (centered**2).sum()
    if not count:
        raise ValueError(f"expected at least one number, got {count}")
    return shift + total / count, np.sqrt(squares / count - (total / count) ** 2)


def mean_of_deviations(batches):
    return np.mean([batch.std() for batch in batches])


rng = np.random.default_rng(0)
brightness = rng.uniform(20, 230, 1000)  # (N,), of each image
images = rng.normal(brightness[:, None], 15, (1000, 64))  # (N, D)
print(f"1000 images: mean {images.mean():.1f}, deviation {images.std():.1f}")
print("batches of 10            streamed   mean of the batches' deviations")
for name, order in (("shuffled", np.arange(1000)), ("sorted", brightness.argsort())):
    batches = np.split(images[order], 100)  # 100 of (10, D)
    mean, std = streamed(batches)
    print(f"    {name:<20}{std:9.1f}{mean_of_deviations(batches):15.1f}")

far = images + 1e6  # (N, D)
short = far.astype(np.float32)  # (N, D)
square_of_mean, mean_of_squares = np.mean(short) ** 2, np.mean(short**2)
lost = abs(mean_of_squares - square_of_mean - images.var()) > images.var() / 2
print(f"the same plus 1,000,000: streamed {streamed(np.split(far, 100))[1]:.1f}")
print(f"mean of squares less square of mean, in float32: off by half or more: {lost}")
