"""The conferences of the demo region: an invented one that was held, and one in some weeks."""

from registry.conferences.demo.seeding import remove, seed

__all__ = ["remove", "seed"]
