"""The ten indicators of the plan and what was measured, in the place of those of the territory."""

from collections.abc import Iterator
from typing import Any

from desktop.commands.collective import read_preset
from desktop.models.plan import Indicator, IndicatorValue
from desktop.sample.world import Row, World
from desktop.sample.written.tables import day, objective, read


def territory(preset: str) -> dict[str, Any]:
    """Return a preset without the indicators that it proposes: the sample has chosen its own."""
    data = read_preset(preset)
    axes = [
        {
            **axis,
            "objectives": [
                {**one, "indicators": []} if isinstance(one, dict) else one
                for one in axis.get("objectives", ())
            ],
        }
        for axis in data["axes"]
    ]
    return {**data, "axes": axes}


def rows(world: World) -> Iterator[Row]:
    """Yield the indicators and their dated values."""
    for entry in read("indicator", "plan"):
        made = world.id_at(world.day(-560, -520))
        yield (
            Indicator,
            {
                "id": made,
                "objective_id": objective(world, entry["of"])[0],
                "target_on": day(world, 120),
                **{
                    name: entry.get(name)
                    for name in ("label", "unit", "baseline", "target", "source", "derived")
                },
            },
        )
        for days, value in entry.get("measures", ()):
            yield (
                IndicatorValue,
                {
                    "id": world.id_at(world.day(days, days)),
                    "indicator_id": made,
                    "on": day(world, days),
                    "value": value,
                    "source": entry["source"],
                },
            )
