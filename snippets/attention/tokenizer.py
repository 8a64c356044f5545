"""Byte pair encoding: start with bytes, make the most frequent pair one token."""

from collections import Counter
from itertools import pairwise


def merge(tokens, pair):
    """Return the tokens with each such pair, from left to right, made one."""
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] = pair[0] + pair[1]
        else:
            merged.append(token)
    return merged


def split(text):
    """Return the text's UTF-8 bytes, one token each."""
    return [bytes([byte]) for byte in text.encode()]


def learn(text, merges):
    """Return at most `merges` pairs, in order, none that occurs once only.

    Source: Sennrich, Haddow and Birch 2015, algorithm 1, here on bytes.
    """
    tokens, pairs = split(text), []
    for _ in range(merges):
        counts = Counter(pairwise(tokens))
        best = max(counts, key=lambda pair: (counts[pair], pair), default=None)
        if counts[best] < 2:
            break
        pairs.append(best)
        tokens = merge(tokens, best)
    return pairs


def encode(text, pairs):
    """Return the text's tokens: the merges, in the order in which they were learned."""
    tokens = split(text)
    for pair in pairs:
        tokens = merge(tokens, pair)
    return tokens


def decode(tokens):
    return b"".join(tokens).decode()


text = "the low tower, the lower tower, the lowest; a new tower, newer, newest. " * 3
print("merges   vocabulary   tokens of the text   'the lowest'")
for merges in (0, 4, 8, 16):
    pairs = learn(text, merges)
    sample = "|".join(token.decode() for token in encode("the lowest", pairs))
    print(f"{merges:6d}{256 + merges:13d}{len(encode(text, pairs)):21d}   {sample}")
for word in ("slower", "naïve", "학습"):
    tokens = encode(word, pairs)
    print(f"{len(word)} characters, {len(tokens)} tokens, back: {decode(tokens)}")
