"""Reading the settings of regions."""

from sqlalchemy import func, or_, select

from registry.core.db import db
from registry.regions.models import Region, RegionSettings


def load(ags: str, *, lock: bool = False) -> RegionSettings | None:
    """Return the settings of a region, None while nothing has been set."""
    query = select(RegionSettings).where(RegionSettings.ags == ags)
    return db.session.scalar(query.with_for_update() if lock else query)


def logo(ags: str, key: str) -> bytes | None:
    """Return the logo of a region as PNG, as long as it has this one."""
    wanted = (RegionSettings.ags == ags, RegionSettings.logo_key == key)
    return db.session.scalar(select(RegionSettings.logo).where(*wanted))


def choices(home: str) -> list[tuple[str, str]]:
    """Return key and name of the region `home`, its districts, and regions with settings."""
    have = select(RegionSettings.ags)
    near = Region.ags.startswith(home[:3]) & (func.length(Region.ags) == 5)
    found = db.session.execute(
        select(Region.ags, Region.name)
        .where(or_(Region.ags == home, near, Region.ags.in_(have)))
        .order_by(Region.ags)
    )
    return [(ags, name) for ags, name in found]
