"""The loop to take home: CUDA, MPS or the CPU, and it resumes where it stopped."""

import tempfile
from pathlib import Path

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from tqdm import tqdm

EPOCHS, BATCH, PARTS, RATE, CLIP, HALF = 5, 150, 2, 2e-2, 0.5, torch.bfloat16
device = torch.accelerator.current_accelerator(True) or torch.device("cpu")
autocast = torch.autocast(device.type, HALF, enabled=device.type != "cpu")
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
data = TensorDataset(pixels[:1500].float() / 16, labels[:1500])
loader = DataLoader(data, BATCH, shuffle=True, pin_memory=device.type == "cuda")
test_x, test_y = pixels[1500:].float().to(device) / 16, labels[1500:].to(device)


def train(path, stop=EPOCHS):
    """Train up to epoch `stop`, on from a checkpoint if there. Return the weights."""
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(64, 99), nn.ReLU(), nn.Dropout(), nn.Linear(99, 10))
    optimizer = torch.optim.AdamW(net.to(device).parameters(), RATE, fused=True)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, EPOCHS * len(loader))
    scaler = torch.amp.GradScaler(device.type, enabled=HALF is torch.float16)
    parts = [net, optimizer, cycle, scaler]
    done, *old = torch.load(path, device, weights_only=True) if path.exists() else [0]
    for part, state in zip(parts, old):
        part.load_state_dict(state)
    for epoch in range(done, stop):
        torch.manual_seed(epoch)  # order and dropout follow from it, resumed or not
        net.train()
        for x, y in tqdm(loader, f"epoch {epoch}", leave=False, disable=None):
            x, y = x.to(device, non_blocking=True), y.to(device, non_blocking=True)
            for xs, ys in zip(x.chunk(PARTS), y.chunk(PARTS)):
                with autocast:
                    loss = nn.functional.cross_entropy(net(xs), ys)
                scaler.scale(loss * len(xs) / len(x)).backward()  # adds up to the mean
            scaler.unscale_(optimizer)  # clipping needs the true gradients
            norm = nn.utils.clip_grad_norm_(net.parameters(), CLIP)
            scaler.step(optimizer)
            scaler.update()
            cycle.step()
            optimizer.zero_grad()
        with torch.inference_mode(), autocast:
            right = (net.eval()(test_x).argmax(1) == test_y).float().mean()
        print(f"epoch {epoch}  loss {loss:.2f}  norm {norm:.1f}  accuracy {right:.2f}")
        torch.save([epoch + 1, *(part.state_dict() for part in parts)], f"{path}.new")
        Path(f"{path}.new").replace(path)  # at every moment one whole file is there
    return nn.utils.parameters_to_vector(net.parameters())


with tempfile.TemporaryDirectory() as folder:
    whole = train(Path(folder, "whole.pt"))
    train(Path(folder, "stopped.pt"), stop=2)
    resumed = train(Path(folder, "stopped.pt"))
print(f"stopped and resumed: weights differ by {(whole - resumed).abs().max():.12f}")
