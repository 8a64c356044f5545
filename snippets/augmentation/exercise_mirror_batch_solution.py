"""A solution: the new start is measured from the other border, to the old end."""

import torch


def mirror_some(images, boxes, coins):
    """Return images (N, C, H, W) and boxes (N, M, 4), mirrored where coins is True.

    coins: (N,). A box is x0, y0, x1, y1; it holds the columns x0, ..., x1 - 1.
    The inputs stay as they are.
    """
    W = images.shape[3]
    x0, y0, x1, y1 = boxes.unbind(dim=2)  # (N, M) each
    moved = torch.stack([W - x1, y0, W - x0, y1], dim=2)  # (N, M, 4)
    turned = torch.where(coins[:, None, None, None], images.flip(3), images)
    return turned, torch.where(coins[:, None, None], moved, boxes)


# The check
def fill(boxes, N, H, W):
    images = torch.zeros(N, boxes.shape[1], H, W)  # (N, M, H, W): a box in each channel
    for n, m in torch.cartesian_prod(torch.arange(N), torch.arange(boxes.shape[1])):
        x0, y0, x1, y1 = boxes[n, m]
        images[n, m, y0:y1, x0:x1] = 1
    return images


torch.manual_seed(0)
wrong = ""
for _ in range(20):
    N, M, H, W = 5, 3, 9, 12
    start = torch.stack([torch.randint(7, (N, M)), torch.randint(5, (N, M))], dim=2)
    boxes = torch.cat([start, start + torch.randint(1, 5, (N, M, 2))], dim=2)
    before, coins = fill(boxes, N, H, W), torch.rand(N) < 0.5
    got = mirror_some(before.clone(), boxes.clone(), coins)
    if got is None:
        wrong = "not yet: expected images and boxes, got None"
        break
    images, moved = got
    for n in range(N):
        expected = before[n].flip(2) if coins[n] else before[n]  # (M, H, W)
        if not torch.equal(images[n], expected):
            wrong = f"not yet: coin {coins[n]}, expected another image {n}"
        elif not torch.equal(fill(moved, N, H, W)[n], expected):
            told = f"boxes {boxes[n].tolist()}, got {moved[n].tolist()}"
            wrong = f"not yet: width {W}, coin {coins[n]}, {told}"
print(wrong or "right: 20 batches, each box on its object")
