"""Images, text and sound as tensors: as they are stored, and as layers take them."""

import torch
from torch import nn


def stft_shape(samples, n_fft, hop, center=True):
    """Return (bins, frames) of torch.stft of a real signal; padding if center.

    All in samples. Fewer than a window, or than center has to reflect: ValueError.
    Source: torch's documentation of stft.
    """
    half = n_fft // 2 if center else 0
    padded = samples + 2 * half
    if min(n_fft, hop) < 1 or samples <= half or padded < n_fft:
        raise ValueError(f"{samples} samples, n_fft {n_fft}, hop {hop}")
    return n_fft // 2 + 1, 1 + (padded - n_fft) // hop


def show(what, x, axes):
    print(f"{what:<31}{tuple(x.shape)!s:<17}{str(x.dtype)[6:]:<9}{axes}")


torch.manual_seed(0)
photo = torch.randint(256, (48, 64, 3), dtype=torch.uint8)  # (H, W, C)
batch = torch.stack([photo.permute(2, 0, 1)] * 8) / 255  # (N, C, H, W)
convolution = nn.Conv2d(3, 4, 3)
show("an image, as files have it", photo, "(H, W, C)")
show("a batch, as layers take it", batch, "(N, C, H, W)")
show("out of nn.Conv2d(3, 4, 3)", convolution(batch), "(N, C, H, W)")
try:
    convolution(batch.permute(0, 2, 3, 1))  # (N, H, W, C)
except RuntimeError as error:
    print("with (N, H, W, C): expected" + str(error).rpartition("]")[2])

print()
text = "naïve café"
ids = torch.tensor([ord(character) for character in text])  # (N,)
one_hot = nn.functional.one_hot(ids, 256)  # (N, V)
embedding = nn.Embedding(256, 16)
show("a text, a number a character", ids, "(N,)")
show("the same in bytes (UTF-8)", torch.tensor(list(text.encode())), "more of them")
show("one-hot", one_hot, "(N, V)")
show("embedded, for attention", embedding(ids), "(N, D)")
show("for nn.Conv1d", embedding(ids).T[None], "(1, D, N)")
same = torch.equal(one_hot.float() @ embedding.weight, embedding(ids))
print(f"embedding is one-hot times weight: {same}\n")

sound = torch.randn(2, 3 * 16000)  # (channels, samples): 3 s at 16 kHz
window = torch.hann_window(400)  # (n_fft,)
spectrum = torch.stft(sound, 400, 160, window=window, return_complex=True)
show("3 s of stereo sound", sound, "(C, samples)")
show("its spectrogram", spectrum.abs(), "(C, bins, frames)")
wrong = 0
for samples, n_fft, hop in torch.randint(1, 60, (2000, 3)).tolist():
    signal, window = torch.ones(samples + n_fft), torch.ones(n_fft)
    found = torch.stft(signal, n_fft, hop, window=window, return_complex=True).shape
    wrong += tuple(found) != stft_shape(samples + n_fft, n_fft, hop)
print(f"2000 random spectrograms: {wrong} shapes differ from the formula")
