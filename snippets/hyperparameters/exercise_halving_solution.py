"""A solution: in each stage, the runs that are left take the steps that are new."""


def cost(runs, steps, keep):
    """Return the steps that all runs take together.

    Of `runs` runs, one in `keep` goes on after each stage, until one is left. A run
    that goes on resumes where it was. Each stage ends at `keep` times as many steps as
    the stage before, and the last stage, with one run, at `steps`. `runs` is a power
    of `keep`, and `steps` can be divided by it.
    """
    total, before, end = 0, 0, steps // runs
    while runs >= 1:
        total += runs * (end - before)
        runs, before, end = runs // keep, end, end * keep
    return total


# The check
known = {
    (1, 50, 3): 50,
    (2, 8, 2): 12,
    (64, 64, 4): 208,
    (27, 81, 3): 243,
    (8, 80, 2): 200,
}
wrong = ""
for settings, expected in known.items():
    got = cost(*settings)
    if got != expected:
        wrong = "not yet: runs, steps, keep = {}, {}, {}".format(*settings)
        wrong += f": expected {expected}, got {got}"
        break
print(wrong or f"right: {len(known)} plans, each counted to the step")
