"""Second-order steps: Newton's, L-BFGS, and the memory that a Hessian would take."""

import torch


def newton_step(theta, loss):
    """Return theta after a full Newton step; theta (D,), loss a function of it.

    A Hessian that is not positive definite, whose step may lead uphill: ValueError.
    Source: Nocedal and Wright 2006, section 3.3.
    """
    gradient = torch.autograd.functional.jacobian(loss, theta)  # (D,)
    hessian = torch.autograd.functional.hessian(loss, theta)  # (D, D)
    lowest = torch.linalg.eigvalsh(hessian)[0].item()
    if lowest <= 0:
        raise ValueError(f"no minimum to aim at: the lowest curvature is {lowest:.3g}")
    return theta - torch.linalg.solve(hessian, gradient)


def rosenbrock(theta):
    """Return the height of a bent valley; its minimum is 0, at (1, 1)."""
    return (1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2


def gradients_used(make, limit=20_000):
    """Return how many gradients an optimizer takes to bring Rosenbrock below 1e-6."""
    theta = torch.tensor([-1.2, 1.0], requires_grad=True)  # (D,)
    optimizer, used = make([theta]), 0

    def closure():
        nonlocal used
        used += 1
        optimizer.zero_grad()
        loss = rosenbrock(theta)
        loss.backward()
        return loss

    while rosenbrock(theta) > 1e-6 and used < limit:
        optimizer.step(closure)
    return used


torch.set_default_dtype(torch.float64)
theta = newton_step(torch.tensor([3.0, 2.0]), lambda x: x[0] ** 2 + 1000 * x[1] ** 2)
print(f"Newton, curvatures 2 and 2000: {theta.norm():.12f} from the minimum, in 1 step")
theta, count = torch.tensor([-1.2, 1.0]), 0  # (D,)
while rosenbrock(theta) > 1e-6:
    theta, count = newton_step(theta, rosenbrock), count + 1
print(f"\nRosenbrock below 1e-6: Newton  {count:8d} gradients and Hessians")
for name, make in {
    "L-BFGS": lambda p: torch.optim.LBFGS(p, line_search_fn="strong_wolfe"),
    "Adam": lambda p: torch.optim.Adam(p, 0.1),
    "momentum": lambda p: torch.optim.SGD(p, 1e-3, momentum=0.9),
}.items():
    print(f"                       {name:<8}{gradients_used(make):8d} gradients")
print("\nparameters   gradient in float32       Hessian")
for count in (10**4, 10**6, 10**8):
    print(f"{count:10.0e}{4e-6 * count:20.2f} MB{4e-9 * count**2:14.1f} GB")
