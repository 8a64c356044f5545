"""The loss of distillation against torch, and why it is multiplied by T squared."""

import torch
import torch.nn.functional as F


def distillation_loss(student, teacher, temperature):
    """Return T^2 KL(softmax(teacher / T), softmax(student / T)), the mean over N.

    student, teacher: scores (N, C) of one shape, temperature above 0, or ValueError.
    In nats. Source: Hinton, Vinyals and Dean 2015, section 2.
    """
    if student.shape != teacher.shape or temperature <= 0:
        shapes = f"{tuple(student.shape)}, {tuple(teacher.shape)}"
        raise ValueError(f"expected one shape and T > 0: {shapes}, {temperature}")
    log_p = (teacher / temperature).log_softmax(dim=1)  # (N, C)
    log_q = (student / temperature).log_softmax(dim=1)  # (N, C)
    each = (log_p.exp() * (log_p - log_q)).sum(dim=1)  # (N,)
    return temperature**2 * each.mean()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
teacher = torch.tensor([[9.0, 5.0, 4.0, -2.0]])  # (N, C)
student = torch.tensor([[1.0, 2.0, -1.0, 0.0]], requires_grad=True)  # (N, C)
print("   T   probabilities of the teacher   |gradient|   |gradient| / T^2")
for temperature in (1, 2, 5, 20, 100):
    loss = distillation_loss(student, teacher, temperature)
    (slope,) = torch.autograd.grad(loss, student)  # (N, C)
    cells = "".join(f"{p:7.3f}" for p in (teacher / temperature).softmax(dim=1)[0])
    size = slope.norm().item()
    print(f"{temperature:4d}   {cells}{size:15.2f}{size / temperature**2:19.4f}")
apart = student.detach() - teacher  # (N, C)
limit = (apart - apart.mean(dim=1, keepdim=True)).norm() / 4
print(f"limit: |centered difference of the scores| / C {limit:8.2f}\n")
off = 0.0
for _ in range(200):
    student, teacher = 5 * torch.randn(2, 3, 7)  # (N, C), (N, C)
    t = 0.5 + 5 * torch.rand(()).item()
    logs = [(scores / t).log_softmax(dim=1) for scores in (student, teacher)]
    expected = t**2 * F.kl_div(*logs, reduction="batchmean", log_target=True)
    off = max(off, (distillation_loss(student, teacher, t) - expected).abs().item())
print(f"200 random draws against torch's kl_div: off by {off:.12f}")
