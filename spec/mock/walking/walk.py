"""The walk: one step after another, each compared."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs

from spec.mock.walking.answers import comparable, in_order, place
from spec.mock.walking.calls import Call, Made
from spec.mock.walking.settling import Tree, has_ended, settled
from spec.mock.walking.sides import ADMINISTRATOR, PROJECTS, Outcome, Side

NOWHERE = "123e4567-e89b-12d3-a456-426655440000"
_OFTENER = ("workflow", "execution", "execution", "task", "action_execution")
_SHOWN = 40  # calls, of those that led to a difference


class Walk:
    """A walk on two clouds.

    Args:
        seed: what all choices are made of.
        clouds: the clouds, both without anything in them.
        steps: makers of calls, by the resources that they are about.

    Attributes:
        counts: how many steps were taken of each resource.
        project: whose step is being taken.
    """

    def __init__(self, seed: int, clouds: Sequence[Any], steps: dict[str, list[Callable[[Walk], Call]]]) -> None:
        self.seed = seed
        self.counts: Counter[str] = Counter(dict.fromkeys(steps, 0))
        self.project = ADMINISTRATOR
        self._random = random.Random(seed)
        self._sides = [Side(number, cloud) for number, cloud in enumerate(clouds)]
        self._steps = steps
        self._made: dict[str, list[Made]] = {}
        self._roots: dict[tuple[str, ...], Made] = {}
        self._moving: dict[str, Made] = {}
        self._taken: list[str] = []

    # -- choices

    def pick(self, values: Sequence[Any]) -> Any:
        return self._random.choice(values)

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def some(self, values: Sequence[Any], at_most: int) -> list[Any]:
        """One of the values or several, each once."""
        return self._random.sample(list(values), self._random.randint(1, min(at_most, len(values))))

    def one_of(self, kind: str) -> Any:
        """Something of a kind that was made, it may be gone; or at times what nobody made."""
        made = self._made.get(kind)
        return self.pick(made[-8:]) if made and self.chance(0.9) else NOWHERE

    # -- steps

    def step(self) -> None:
        """Takes a step. Raises AssertionError when the two sides differ."""
        resource = self.pick([*self._steps, *_OFTENER])
        # Most is done by those who may.
        project = self.project = ADMINISTRATOR if self.chance(0.5) else self.pick(PROJECTS)
        call = self.pick(self._steps[resource])(self)
        self.counts[resource] += 1
        self._taken.append(f"{project}: {call}")
        asked = [side.ask(project, call) for side in self._sides]
        if call.makes:
            self._note_made(call.makes, asked)
        told = [attrs.evolve(one, body=side.told(one.body)) for side, one in zip(self._sides, asked, strict=True)]
        self._require_alike([comparable(call, one) for one in told])
        if call.steers:
            self._settle(call)

    def _note_made(self, kind: str, asked: Sequence[Outcome]) -> None:
        if any(one.error for one in asked):
            return
        rows = [one.body.get(f"{kind}s", [one.body]) for one in asked]
        for alike in zip(*rows, strict=True):
            ids = tuple(row.get("id") for row in alike)
            if all(ids):
                self._note(kind, ids)

    def _note(self, kind: str, ids: tuple[str, ...]) -> Made:
        known = self._made.setdefault(kind, [])
        found = next((one for one in known if one.ids == ids), None)
        if found:
            return found
        made = Made(f"<{kind} {len(known)}>", ids)
        known.append(made)
        for side in self._sides:
            side.note(made)
        if kind == "execution":
            self._roots[ids] = self._moving[made.label] = made
        return made

    def _settle(self, call: Call) -> None:
        """Waits until nothing goes on any more, and compares what has become of executions."""
        for meant in _made_in([call.arguments, call.options]):
            if meant.ids in self._roots:
                root = self._roots[meant.ids]
                self._moving[root.label] = root
        for root in list(self._moving.values()):
            trees = [
                settled(side.administrator, identity) for side, identity in zip(self._sides, root.ids, strict=True)
            ]
            self._require_alike([_told(side, tree) for side, tree in zip(self._sides, trees, strict=True)])
            if trees[0] and trees[1]:
                self._note_parts(root, trees)
            if trees[0] is None or has_ended(trees[0]):
                del self._moving[root.label]

    def _note_parts(self, root: Made, trees: Sequence[Any]) -> None:
        for tasks in _pairs(trees, "task_executions"):
            self._note_part(root, "task", tasks)
            for runs in _pairs(tasks, "action_executions"):
                self._note_part(root, "action_execution", runs)
            for executions in _pairs(tasks, "workflow_executions"):
                self._note_part(root, "sub_execution", executions)
                self._note_parts(root, executions)

    def _note_part(self, root: Made, kind: str, parts: Sequence[Tree]) -> None:
        ids = tuple(part["id"] for part in parts)
        self._note(kind, ids)
        self._roots[ids] = root

    def _require_alike(self, told: Sequence[Any]) -> None:
        if told[0] == told[1]:
            return
        shown = "\n".join(self._taken[-_SHOWN:])
        raise AssertionError(
            f"seed {self.seed}, step {len(self._taken)}: the last of\n{shown}\n\nreal: {told[0]}\n\nmock: {told[1]}"
        )


def _told(side: Side, tree: Tree | None) -> Any:
    return None if tree is None else side.told(in_order(tree))


def _pairs(trees: Sequence[Tree], name: str) -> list[tuple[Tree, ...]]:
    return list(zip(*(sorted(tree[name], key=place) for tree in trees), strict=True))


def _made_in(value: Any) -> Iterator[Made]:
    if isinstance(value, Made):
        yield value
    elif isinstance(value, dict):
        yield from _made_in(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _made_in(one)
