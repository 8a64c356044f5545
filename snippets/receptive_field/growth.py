"""How fast the field grows with depth, and what each way to make it grow costs."""


def fields(layers):
    """Return the field's size after each of the layers, and the stride after the last.

    layers: [(kernel, stride, dilation), ...].
    """
    sizes, size, stride = [], 1, 1
    for kernel, step, dilation in layers:
        size += (kernel - 1) * dilation * stride
        stride *= step
        sizes.append(size)
    return sizes, stride


DEPTH = 6
print("field after layer         1    2    3    4    5    6   stride   weights")
for name, layers in {
    "3x3": [(3, 1, 1)] * DEPTH,
    "7x7": [(7, 1, 1)] * DEPTH,
    "3x3, stride 2": [(3, 2, 1)] * DEPTH,
    "3x3, each 2nd stride 2": [(3, 1 + n % 2, 1) for n in range(DEPTH)],
    "3x3, dilation doubling": [(3, 1, 2**n) for n in range(DEPTH)],
}.items():
    sizes, stride = fields(layers)
    weights = sum(kernel**2 for kernel, _, _ in layers)  # for a pair of channels
    print(f"{name:<23}{''.join(f'{s:5d}' for s in sizes)}{stride:9d}{weights:10d}")

print("\none field, two ways          weights for C channels in and out")
for size, count in ((5, 2), (7, 3)):
    few, many = count * 9, size**2
    print(f"{size}x{size}: {count} layers of 3x3         {few}C^2 instead of {many}C^2")
