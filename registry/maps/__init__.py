"""The offers on a map: folium draws the shell, our own GeoJSON fills it."""
