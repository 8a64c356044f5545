"""One shape for every complaint: where, what, expected, got, and the command that mends it."""

from dataclasses import dataclass, fields


@dataclass
class Problem(Exception):
    """Something wrong in the project, told so that a reader can mend it."""

    where: str  # "docs/layers/batch-norm.md:41"
    what: str
    expected: str = ""
    got: str = ""
    mend: str = ""

    def __str__(self):
        lines = [f"{self.where}: {self.what}"]
        for field in fields(self)[2:]:
            text = getattr(self, field.name)
            if text:
                first, *rest = text.splitlines()
                lines.append(f"  {field.name + ':':<10}{first}")
                lines += [" " * 12 + line for line in rest]
        return "\n".join(lines)


class Problems(Exception):
    """Several problems, told together so that one run shows all of them."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))
