"""Attributes that are typed wrong: whoever asks is told what may have been meant, wherever the error is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fogflow.core.attributes import nearest


class NamesNeighbours:
    """The base of what says which attribute may have been meant by one that there is not."""

    __slots__ = ()

    # Out of the type checker's sight, for which a class with it has every attribute.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Called for what there is not."""
            if hasattr(type(self), name):
                # A property of that name lacked something else, which it says once more.
                return object.__getattribute__(self, name)
            raise self._unknown(name)

    def __dir__(self) -> list[str]:
        """What there is, but for what a class says of itself to its base classes."""
        declared = {
            name
            for base in type(self).__mro__
            for name, annotation in vars(base).get("__annotations__", {}).items()
            if str(annotation).startswith("ClassVar")
        }
        return sorted({*super().__dir__()} - declared)

    def _unknown(self, name: str) -> AttributeError:
        said = f"{type(self).__name__} has no attribute {name!r}"
        # What begins so is asked for by programs, to see what an object can do.
        if not name.startswith("_"):
            public = [one for one in dir(self) if not one.startswith("_")]
            said += f"; {nearest(name, public)}"
        # Without the object, of which Python would find the same neighbour once more.
        return AttributeError(said, name=name, obj=None)
