"""FLOPs per byte decide which operations a GPU can run at its full rate."""

import matplotlib.pyplot as plt

PEAK, BANDWIDTH = 989e12, 4.8e12  # FLOP/s in bfloat16, bytes/s: data sheet of the H200


def matmul_intensity(rows, inner, columns, size=2):
    """Return FLOPs per byte of an (M, K) by (K, N) product, each number moved once."""
    if min(rows, inner, columns, size) < 1:
        raise ValueError(f"no size below 1: {rows, inner, columns, size}")
    moved = rows * inner + inner * columns + rows * columns
    return 2 * rows * inner * columns / (size * moved)


def attainable(intensity):
    """Return the FLOP/s at some FLOPs per byte: memory's limit, or the peak."""
    return min(PEAK, BANDWIDTH * intensity)


operations = {  # by hand: FLOPs, and bytes for each number of the result
    "add, bfloat16": 1 / 6,  # two read, one written
    "AdamW, float32": 15 / 28,  # four read, three written
    "layer norm, bfloat16": 8 / 4,  # one read, one written
    "8 x 2048 x 8192": matmul_intensity(8, 2048, 8192),
    "128 x 2048 x 8192": matmul_intensity(128, 2048, 8192),
    "8192 x 2048 x 8192": matmul_intensity(8192, 2048, 8192),
}
print(f"the ridge is at {PEAK / BANDWIDTH:.0f} FLOPs per byte")
print("operation             FLOPs/byte  share of the peak at best")
for name, intensity in operations.items():
    share = attainable(intensity) / PEAK
    print(f"{name:<21} {intensity:10.2f}  {share:8.1%}")

curve = [0.1, PEAK / BANDWIDTH, 3000]
plt.loglog(curve, [attainable(i) / 1e12 for i in curve])
for name, intensity in operations.items():
    rate = attainable(intensity) / 1e12
    plt.plot(intensity, rate, "o", color="black")
    plt.annotate(name, (intensity, rate), (7, -11), textcoords="offset points")
plt.xlabel("FLOPs per byte of memory traffic")
plt.ylabel("TFLOP/s within reach")
plt.xlim(0.1, 3e5)
plt.show()
