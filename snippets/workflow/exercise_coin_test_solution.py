"""A solution: both tails of the binomial distribution with probability one half."""

from math import comb


def chance(only_a, only_b):
    """Return the probability that two equally good models differ at least as much.

    only_a, only_b: the number of examples on which A alone is right, and B alone. Each
    of these examples is then a fair coin, and either model may be the luckier one.
    """
    coins, few = only_a + only_b, min(only_a, only_b)
    tail = sum(comb(coins, heads) for heads in range(few + 1)) / 2**coins
    return min(1.0, 2 * tail)


# The check
wrong = ""
for only_a, only_b, expected in (
    (1, 0, 1.0),
    (5, 0, 0.0625),
    (3, 3, 1.0),
    (2, 10, 0.0386),
    (12, 4, 0.0768),
    (40, 60, 0.0569),
    (400, 520, 0.0001),
    (0, 0, 1.0),
):
    found = chance(only_a, only_b)
    if found is None or abs(found - expected) > 6e-5:
        wrong = f"not yet: {only_a} against {only_b}: expected {expected}, got {found}"
        break
print(wrong or "right: eight comparisons")
