"""A solution: both axes of the windows take the step of the signal."""

import torch


def windows(x, width):
    """Return the windows of x, (L,), as a view of shape (L - width + 1, width)."""
    step = x.stride(0)
    return x.as_strided((len(x) - width + 1, width), (step, step))


# The check
wrong = ""
numbers = torch.arange(60.0)  # (60,)
for x in (numbers, numbers[10:40], numbers[5::3]):
    for width in (1, 4, 7):
        expected = torch.stack([x[i : i + width] for i in range(len(x) - width + 1)])
        case = f"{len(x)} numbers from {x[0]:.0f}, by {width}"
        answer = windows(x, width)
        if not isinstance(answer, torch.Tensor) or answer.shape != expected.shape:
            got = getattr(answer, "shape", answer)
            wrong = wrong or f"{case}: expected {tuple(expected.shape)}, got {got}"
        elif not torch.equal(answer, expected):
            row = answer[-1].tolist()
            wrong = wrong or f"{case}: expected {expected[-1].tolist()} last, got {row}"
        elif answer.untyped_storage().data_ptr() != numbers.data_ptr():
            wrong = wrong or f"{case}: expected a view, got a copy"
print(f"not yet: {wrong}" if wrong else "right: 9 views of the same 60 numbers")
