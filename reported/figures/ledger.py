"""The ledger: figures by id to compute with, and its tables as DataFrames."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property, partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, overload

from reported.figures import text_forms
from reported.figures.figure import Figure, steps
from reported.ground.english import counted
from reported.ground.place import DESCRIPTOR, data_folder
from reported.ledger.records import REPORTED
from reported.ledger.rows import Rows, load

if TYPE_CHECKING:
    import pandas as pd

    from reported.ledger.records import Quantity, Relation


class _Table:
    """A table of the ledger as an attribute that is a DataFrame."""

    def __init__(self, name: str, doc: str) -> None:
        self.name, self.__doc__ = name, doc

    @overload
    def __get__(self, ledger: None, owner: type[Ledger]) -> _Table: ...
    @overload
    def __get__(self, ledger: Ledger, owner: type[Ledger]) -> pd.DataFrame: ...
    def __get__(self, ledger: Ledger | None, owner: type[Ledger]) -> _Table | pd.DataFrame:
        from reported.ledger.frames import frame

        return self if ledger is None else frame(ledger.rows.tables[self.name])

    def __set__(self, ledger: Ledger, value: object) -> NoReturn:
        raise AttributeError(f"{self.name} is a table of the ledger and cannot be set")


class Ledger:
    """The figures of a data package, each by its id: `ledger.deaths` or `ledger["deaths"]`.

    `folder` is a project or its data folder; None finds `data/` in the working directory or above it. Iteration,
    `len` and `in` are over figures; `figure in ledger` takes a figure or an id.

    Raises FileNotFoundError if there is no ledger, and DataError, one line for each fault, if it has faults.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        __tracebackhide__ = True
        self.folder = find(folder)
        self.reload()

    def reload(self) -> None:
        """Read the files again. Figures already taken from the ledger keep what they were."""
        draft = bool(os.environ.get("REPORTED_DRAFT"))
        rows = load(self.folder, draft=draft, figure=partial(Figure, ledger=self))
        self.__dict__ = {"folder": self.folder, "rows": rows, "_figures": rows.figures}

    rows: Rows
    """What its files hold: `ledger.rows.sources["gazette"]` is a row with its columns as attributes."""
    _figures: Mapping[str, Figure]

    def _related_by(self, relation: str) -> dict[str, str]:
        """The subjects of a relation, each with its object."""
        return {r.subject: r.object for r in self.rows.relations if r.relation == relation}

    @cached_property
    def _restating(self) -> dict[str, str]:
        return self._related_by("restates")

    @cached_property
    def _correcting(self) -> dict[str, str]:
        return self._related_by("refines")

    @cached_property
    def _corrected_by(self) -> dict[str, str]:
        return {other: one for one, other in self._correcting.items() if one in self._figures}

    @cached_property
    def _floors(self) -> dict[str, Quantity]:
        known = self.rows.quantities
        return {one: known[other] for one, other in self._related_by("floor of").items() if one in known}

    @cached_property
    def _relations(self) -> dict[tuple[str, frozenset[str]], Relation]:
        return {(r.relation, frozenset((r.subject, r.object))): r for r in reversed(self.rows.relations)}

    @property
    def title(self) -> str:
        """The title of the project."""
        return self.rows.settings.get("title") or self.folder.parent.name

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.__dict__.get("_figures", {}):
            raise AttributeError(
                f"{name} is a figure of this ledger and cannot be set; give your value another name"
            )
        super().__setattr__(name, value)

    def __getitem__(self, id_: str) -> Figure:
        __tracebackhide__ = True
        if not isinstance(id_, str):
            raise KeyError(
                f"{id_!r}: a ledger has one figure for each id, such as ledger[{next(iter(self._figures), 'id')!r}]"
            )
        try:
            return self._figures[id_]
        except KeyError:
            raise KeyError(self._unknown(id_)) from None

    def __getattr__(self, name: str) -> Figure:
        __tracebackhide__ = True
        figures = self.__dict__.get("_figures", {})
        if name in figures:
            return figures[name]  # type: ignore[no-any-return]
        raise AttributeError(self._unknown(name) if figures else name)

    def _unknown(self, id_: str) -> str:
        near = get_close_matches(str(id_), self._figures, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; list(ledger) lists the figures"
        return f"{id_!r} is not a figure of this ledger{hint}"

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures.values())

    def __len__(self) -> int:
        return len(self._figures)

    def __contains__(self, figure: object) -> bool:
        if isinstance(figure, Figure):
            return self._figures.get(figure.id) == figure
        return figure in self._figures

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._figures})

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._figures)

    def __repr__(self) -> str:
        return text_forms.line(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return text_forms.mimebundle(self)

    def select(self, **conditions: object) -> list[Figure]:
        """The figures that meet all conditions, in the ledger's order.

        `topic`, `quantity`, `claimant`, `party`, `source` take an id (topic: its name); `event`, `qualifier`, `value`,
        `evidence`, `paragraph` and `hedge` what the figure has there. Raises TypeError for another condition, KeyError
        for an id that is in no table and for a word that no figure has.

        >>> ledger.select(quantity="people_evacuated", party="city")  # doctest: +SKIP
        """
        __tracebackhide__ = True
        for name in conditions:
            if name not in _CONDITIONS and name not in _COLUMNS:
                raise TypeError(
                    f"select() has no condition {name!r}; expected {', '.join([*_CONDITIONS, *_COLUMNS])}"
                )
        for name, wanted in conditions.items():
            self._check(name, wanted)
        return [f for f in self if all(_value(f, name) == wanted for name, wanted in conditions.items())]

    def related(self, relation: str, one: Figure, other: Figure) -> Relation | None:
        """The relation of that kind between two figures or their quantities, in either direction, if any."""
        pairs = product((one.id, one.quantity.id), (other.id, other.quantity.id))
        found = (self._relations.get((relation, frozenset(pair))) for pair in pairs)
        return next(filter(None, found), None)

    def restated(self, figure: Figure) -> Figure | None:
        """The figure that this one restates, if any: one statement, printed again."""
        original = self._restating.get(figure.id)
        return self[original] if original else None

    def corrected(self, figure: Figure) -> Figure | None:
        """The figure that this one corrects or refines, if any."""
        return self._figures.get(self._correcting.get(figure.id, ""))

    def floor_of(self, quantity: Quantity) -> Quantity | None:
        """The quantity that another, a counted one, is declared to be a floor of, if any."""
        return self._floors.get(quantity.id)

    @cached_property
    def _series(self) -> dict[tuple[str, ...], list[Figure]]:
        """The dated figures of each claimant for each quantity and event, by day."""
        found: dict[tuple[str, ...], list[Figure]] = {}
        for figure in self:
            if (
                figure.has_day
                and figure.standing == REPORTED
                and figure.quantity.kind in ("stock", "cumulative", "level")
            ):
                found.setdefault(_thread(figure), []).append(figure)
        return {key: sorted(every, key=lambda f: f.held[1]) for key, every in found.items()}

    def newer(self, figure: Figure) -> Figure | None:
        """The figure that corrects this one, or the same claimant's latest for the same quantity and a later day."""
        correcting = self._corrected_by.get(figure.id)
        if correcting:
            return self[correcting]
        every = self._series.get(_thread(figure), [])
        if figure.standing != REPORTED:
            return None
        first = every[-1].held[0] if every else None
        return every[-1] if first is not None and first > figure.held[1] else None

    @property
    def statements(self) -> pd.DataFrame:
        """`figures` without those that restate another: each statement once."""
        return self.figures[~self.figures["restates"]]

    @property
    def figures(self) -> pd.DataFrame:
        """One row a figure, indexed by id: the columns of figures.csv, what they refer to, and bounds.

        `label`, `unit` and `topic` are those of the quantity, `claimant_name` and `party` (an id) those of the speaker,
        `publisher` that of the source; `held_from` and `held_to` are the first and last day that the figure may hold
        for, `day` these in words. What a row does not say is missing. `digits`, `typical` and `cautious` are columns of
        bounds, each row in its unit (45 for 45 percent), which must be alike in a sum:
        `frame.groupby("unit").typical.sum()`. `restates` is True for what repeats another figure; sums leave these out, as `statements` does.
        """
        import pandas as pd

        from reported.ledger.frames import add_bounds
        from reported.ledger.frames import frame as table

        every = list(self)
        frame = table(self.rows.tables["figures"]).drop(columns="id").rename_axis("id")
        frame["party"] = pd.Categorical(
            [f.claimant.party.id for f in every], categories=list(self.rows.parties)
        )
        for end, column in enumerate(("held_from", "held_to")):
            frame[column] = pd.Series([f.held[end] for f in every], index=frame.index, dtype="datetime64[s]")
        words = {
            "label": [f.quantity.label for f in every],
            "unit": [f.quantity.unit for f in every],
            "topic": [f.quantity.topic for f in every],
            "claimant_name": [f.claimant.name for f in every],
            "publisher": [f.source.publisher for f in every],
            "day": [f.held[2] if f.has_day else "" for f in every],
        }
        for name, cells in words.items():
            frame[name] = pd.Series(cells, index=frame.index, dtype="str")
        for name in frame.columns[frame.dtypes == "str"]:
            frame[name] = frame[name].mask(frame[name] == "")
        add_bounds(frame, every)
        frame["restates"] = [f.id in self._restating for f in every]
        return frame

    def series(self, quantity: str, claimant: str | None = None) -> pd.DataFrame:
        """Return the figures reported of a quantity through time, indexed by the last day that each may hold for.

        Columns: figure (to compute with), claimant, said, day (the date as it is known, in words), first (missing
        if nothing bounds it), and bounds under each reading. Each statement is there once: a figure that restates
        another is left out. Raises KeyError for an unknown quantity or claimant.
        """
        __tracebackhide__ = True
        import pandas as pd

        from reported.ledger.frames import add_bounds

        chosen = self._chosen(quantity, claimant)
        columns: dict[str, object] = {
            "figure": chosen,
            "claimant": pd.Categorical([f.claimant.name for f in chosen]),
            "said": [f.said for f in chosen],
            "day": [f.held[2] for f in chosen],
            "first": pd.DatetimeIndex([f.held[0] for f in chosen]),
        }
        index = pd.DatetimeIndex([f.held[1] for f in chosen], name="last")
        frame = pd.DataFrame(columns, index=index)
        add_bounds(frame, chosen)
        return frame

    def growth(self, quantity: str, claimant: str, *, dated: bool = False) -> pd.DataFrame:
        """Growth from each figure of a claimant's series to the next, indexed by the later figure's last day.

        Columns: earlier, later (figures), growth (of counts if they are counts, net of removals; else of
        bounds), days and per_day as results, and grew: whether the words commit to growth (a verdict). `dated`
        leaves out figures that are known only by the day of their article.
        """
        __tracebackhide__ = True
        import pandas as pd

        chosen = [f for f in self._chosen(quantity, claimant) if f.has_day or not dated]
        rows = steps(chosen)
        index = pd.DatetimeIndex([row["later"].held[1] for row in rows], name="last")
        return pd.DataFrame(rows, index=index)

    def _chosen(self, quantity: str, claimant: str | None) -> list[Figure]:
        __tracebackhide__ = True
        conditions = {"quantity": quantity} | ({} if claimant is None else {"claimant": claimant})
        chosen = [f for f in self.select(**conditions) if f.id not in self._restating]
        return sorted(chosen, key=lambda f: f.held[1])

    def _check(self, name: str, id_: object) -> None:
        """Raise if no figure could meet a condition: an unknown id or word, a number as text."""
        __tracebackhide__ = True
        if name in ("value", "paragraph"):
            if isinstance(id_, str):
                raise TypeError(f"select() takes a number as {name}, found {id_!r}")
            return
        if name in _COLUMNS:
            known = sorted({str(getattr(figure, name)) for figure in self})
            if id_ and id_ not in known:
                raise KeyError(
                    f"no figure has the {name} {id_!r}; there are {', '.join(filter(None, known)) or 'none'}"
                )
            return
        if not isinstance(id_, str):
            raise TypeError(
                f"select() takes one id as {name}, such as {name}={getattr(id_, 'id', 'id')!r}, found {type(id_).__name__}"
            )
        table = {"party": "parties", "quantity": "quantities", "topic": "quantities"}.get(name, f"{name}s")
        rows = self.rows.tables[table].rows
        column = "topic" if name == "topic" else "id"
        if id_ not in (ids := [row[column] for row in rows]):
            near = get_close_matches(str(id_), ids, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise KeyError(f"{id_!r} is not a {name} in {table}.csv{hint}")

    sources = _Table("sources", "One row for each article, indexed by id.")
    parties = _Table("parties", "One row for each party, indexed by id.")
    claimants = _Table("claimants", "One row for each claimant, indexed by id.")
    quantities = _Table("quantities", "One row for each quantity, indexed by id.")
    reactions = _Table("reactions", "What others say to a figure, or do not say.")
    relations = _Table("relations", "How figures and quantities are related.")
    set_aside = _Table("set_aside", "Numbers that are not figures, and why.")
    readings = _Table("readings", "The rule of each reading for each qualifier.")


def _thread(figure: Figure) -> tuple[str, ...]:
    """Return what the figures of one series have in common."""
    return figure.quantity.id, figure.event, figure.claimant.id


def find(folder: str | Path | None = None) -> Path:
    """The data folder of a project: `folder` or its `data/`; None: the nearest at or above the working directory, or
    the one that the environment variable REPORTED_DATA names.

    Raises FileNotFoundError if there is none.
    """
    __tracebackhide__ = True
    if not isinstance(folder, str | Path | None):
        raise TypeError(f'a ledger is in a folder, found {folder!r}: write Ledger("FOLDER")')
    folder = folder if folder is not None else os.environ.get("REPORTED_DATA")
    found = data_folder(folder)
    if found is not None:
        return found.resolve()
    where = f"in {folder}" if folder is not None else f"in {Path.cwd()} or above it"
    raise FileNotFoundError(
        f"no ledger {where}: expected data/{DESCRIPTOR}; `reported new FOLDER` lays one out"
    )


_CONDITIONS: dict[str, Callable[[Figure], object]] = {
    "topic": lambda f: f.quantity.topic,
    "quantity": lambda f: f.quantity.id,
    "claimant": lambda f: f.claimant.id,
    "party": lambda f: f.claimant.party.id,
    "source": lambda f: f.source.id,
}
_COLUMNS = ("event", "qualifier", "value", "evidence", "paragraph", "hedge")


def _value(figure: Figure, name: str) -> object:
    return _CONDITIONS[name](figure) if name in _CONDITIONS else getattr(figure, name)


@text_forms.line.register
def _(ledger: Ledger) -> str:
    return f"Ledger: {ledger.title}, {counted(len(ledger), 'figure')} in {ledger.folder}"
