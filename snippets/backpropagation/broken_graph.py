"""Gradients that get lost: five of them without a word, the others with an error."""

import textwrap

import torch

torch.set_default_dtype(torch.float64)


def attempt(name, loss):
    """Print the gradient of loss(w) at w = (1.4, 2.6), or what torch says instead."""
    w = torch.tensor([1.4, 2.6], requires_grad=True)  # (D,)
    try:
        loss(w).backward()
    except RuntimeError as error:
        told = str(error).split(". ")[0].split(": [")[0].split(" (")[0]
        print(name, *textwrap.wrap(told, 80), sep="\n    ")
    else:
        print(f"{name:<26}{[round(g, 2) for g in w.grad.tolist()]}")


def half_without(w):
    with torch.no_grad():
        first = w[0] ** 2
    return first + w[1] ** 2


def twice(w):
    y = w.square().sum()
    y.backward()
    return y


def in_place(w):
    h = w.exp()
    y = h.sum()
    h += 1  # the backward pass of exp needs what exp gave
    return y


print("no error:")
attempt("w squared, summed", lambda w: w.square().sum())
attempt("  detach() in a factor", lambda w: (w * w.detach()).sum())
attempt("  item() in a factor", lambda w: w[0] * w[0].item() + w[1] * w[1].item())
attempt("  no_grad() for one", half_without)
attempt("  round()", lambda w: w.round().square().sum())
attempt("  clamp(max=2)", lambda w: w.clamp(max=2).square().sum())
print("\nerrors:")
attempt("argmax()", lambda w: w.argmax())
attempt("torch.tensor()", lambda w: torch.tensor(w.tolist()).square().sum())
attempt("numpy()", lambda w: torch.from_numpy(w.numpy()).square().sum())
attempt("backward() of a vector", lambda w: w.square())
attempt("backward() a second time", twice)
attempt("an output changed in place", in_place)
attempt("a weight changed in place", lambda w: w.add_(1).sum())
