"""Exercise: a mask under which each token sees itself and the last few before it."""

import torch


def window_mask(length, width):
    """Return (L, L) of bool, True where a query may look: `width` tokens at most.

    A query sees itself and the width - 1 tokens right before it, where they exist.
    """
    ...  # your turn


# The check
PICTURES = {  # a group for each query, a sign for each key
    (5, 3): "#.... ##... ###.. .###. ..###",
    (6, 2): "#..... ##.... .##... ..##.. ...##. ....##",
    (3, 1): "#.. .#. ..#",
    (3, 7): "#.. ##. ###",
}
wrong = ""
for (length, width), expected in PICTURES.items():
    mask = window_mask(length, width)
    if getattr(mask, "dtype", None) != torch.bool or mask.shape != (length, length):
        wrong = f"not yet: expected {length} x {length} of bool, got {mask}"
        break
    got = " ".join("".join(".#"[may] for may in row) for row in mask.int().tolist())
    if got != expected:
        wrong = (
            f"not yet: {length} tokens, width {width}: expected {expected}, got {got}"
        )
        break
print(wrong or "right: four masks show what they should")
