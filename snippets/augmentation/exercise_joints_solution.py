"""A solution: mirror the column, and let left and right change names."""

JOINTS = ("nose", "left hand", "right hand", "left foot", "right foot")


def mirror_joints(places, width):
    """Return {joint: (column, row)} for the mirrored image, which is `width` wide.

    A place is that of a pixel; columns go from 0 to width - 1.
    """
    other = {"left": "right", "right": "left"}
    mirrored = {}
    for joint, (column, row) in places.items():
        side, _, rest = joint.partition(" ")
        name = f"{other[side]} {rest}" if side in other else joint
        mirrored[name] = (width - 1 - column, row)
    return mirrored


# The check
facing = {  # the person looks at us: the left hand is on the right of the image
    "nose": (10, 2),
    "left hand": (15, 9),
    "right hand": (4, 8),
    "left foot": (12, 20),
    "right foot": (7, 21),
}
width = 24
given = dict(facing)
got = mirror_joints(given, width)
if got is None or set(got) != set(JOINTS):
    wrong = f"expected the joints {JOINTS}, got {got and tuple(got)}"
elif given != facing:
    wrong = "expected the given places to stay as they were"
elif got["nose"] != (13, 2):
    wrong = f"expected the nose at (13, 2), got {got['nose']}"
elif {row for _, row in got.values()} != {row for _, row in facing.values()}:
    wrong = "expected the same rows, since a mirror keeps heights"
elif not all(got[f"left {end}"] > got[f"right {end}"] for end in ("hand", "foot")):
    wrong = "expected a person who looks at us; yours has swapped sides"
elif mirror_joints(got, width) != facing:
    wrong = f"expected the first places back from mirroring twice, got {got}"
elif sorted(23 - column for column, _ in got.values()) != [4, 7, 10, 12, 15]:
    wrong = f"expected joints where the mirrored pixels are, got {got}"
else:
    wrong = ""
print(f"not yet: {wrong}" if wrong else "right: the left hand is a left hand again")
