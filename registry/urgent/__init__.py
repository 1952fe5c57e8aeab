"""Urgent notices: what people of an area have to know now, in their language, until a day."""
