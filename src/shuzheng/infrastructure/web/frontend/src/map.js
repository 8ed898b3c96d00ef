// Draws areas on pages that ask for it: <div data-map="…geojson" aria-describedby="its-table">.
import maplibre from "maplibre-gl";
