"""A solution: the name decides, not the order in which people come."""

import zlib


def part(person):
    """Return "training", "validation" or "test" for a person's name, a string.

    About 80, 10 and 10 of 100 people. zlib.crc32(name.encode()) turns a name into a
    whole number from 0 to 2**32 - 1, the same on every machine.
    """
    place = zlib.crc32(person.encode()) / 2**32
    return "training" if place < 0.8 else "validation" if place < 0.9 else "test"


# The check
def shares(people):
    found = [part(person) for person in people]
    return {name: found.count(name) for name in ("training", "validation", "test")}


first = [f"person {n}" for n in range(4000)]
before = {person: part(person) for person in first}
later = [f"newcomer {n}" for n in range(4000)]
counts = shares(first), shares(later)
moved = sum(part(person) != before[person] for person in reversed(first + first))
if any(sum(count.values()) != 4000 for count in counts):
    wrong = f"not yet: expected one of three names, got {part('person 0')!r}"
elif moved:
    wrong = f"not yet: {moved} people changed sides when asked again"
elif any(abs(c["training"] - 3200) > 100 or abs(c["test"] - 400) > 80 for c in counts):
    wrong = f"not yet: expected about 3200, 400 and 400 of 4000, got {counts}"
else:
    wrong = ""
print(wrong or "right: nobody moves, and the shares hold for newcomers")
