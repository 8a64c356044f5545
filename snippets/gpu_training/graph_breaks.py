"""What torch.compile captures: one graph, two with Python between, more by type."""

import torch
from torch import nn

graphs = []


def note(graph, example_inputs):
    """A backend that compiles nothing: it notes the graph and runs it as it is."""
    graphs.append(graph)
    return graph.forward


def plain(x):
    return x + torch.sin(x).square()


def with_if(x):
    y = torch.sin(x)
    if y.sum() > 0:  # Python has to know now: the graph ends here
        y = y.square()
    return x + y


def with_where(x):
    y = torch.sin(x)
    return x + torch.where(y.sum() > 0, y.square(), y)


def captured(function, *calls):
    """Return how many graphs there are after each call of a compiled function."""
    torch.compiler.reset()
    graphs.clear()
    return [len(graphs) for x in calls if function(x) is not None]


x = torch.ones(6, 4)  # (N, D)
for function in (plain, with_if, with_where):
    print(f"{function.__name__}: {captured(torch.compile(function, backend=note), x)}")

sizes = [torch.ones(n, 4) for n in (6, 6, 7, 8, 9, 1)]
for dynamic in (None, False):
    compiled = torch.compile(plain, backend=note, dynamic=dynamic)
    print(f"N = 6, 6, 7, 8, 9, 1, dynamic={dynamic}: {captured(compiled, *sizes)}")
compiled = torch.compile(plain, backend=note)
kinds = x, x.double(), x.clone().requires_grad_(), x[:, ::2]
print(f"float32, float64, with gradient, strided: {captured(compiled, *kinds)}")

net = nn.Sequential(nn.Linear(4, 3), nn.ReLU())
print(f"torch.compile(net): {captured(torch.compile(net, backend=note), x)}")
net.compile(backend=note)
print(f"net.compile(), of a class from torch.nn: {captured(net, x)}")
