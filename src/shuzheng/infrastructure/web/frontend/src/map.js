// Draws areas over the table that says the same: {% map "…/boundaries.geojson" %} … {% endmap %}.
// A feature's properties: name; href it opens; colour green, yellow, red or blue.
import { Map, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import "./map.scss";

setWorkerUrl(workerUrl);

function colours(element) {
  const tokens = getComputedStyle(element);
  const token = (name) => tokens.getPropertyValue(`--sz-${name}`).trim();
  const fill = ["match", ["get", "colour"]];
  for (const name of ["green", "yellow", "red"]) fill.push(name, token(name));
  return { fill: [...fill, token("blue")], ground: token("ground-soft"), line: token("ground") };
}

function bounds(node, box = [180, 90, -180, -90]) {
  if (typeof node[0] === "number") {
    const [x, y] = node;
    return [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return node.reduce((sofar, each) => bounds(each, sofar), box);
}

async function draw(element) {
  const answer = await fetch(element.dataset.map, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`map data: ${answer.status}`);
  const areas = await answer.json();
  const { fill, ground, line } = colours(element);
  const [west, south, east, north] = bounds(areas.features.map((each) => each.geometry.coordinates));
  element.hidden = false;
  const map = new Map({
    container: element,
    attributionControl: false,
    dragRotate: false,
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 24 },
    style: {
      version: 8,
      sources: { areas: { type: "geojson", data: areas } },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": ground } },
        { id: "areas", type: "fill", source: "areas", paint: { "fill-color": fill, "fill-opacity": 0.55 } },
        { id: "lines", type: "line", source: "areas", paint: { "line-color": line, "line-width": 1.5 } },
      ],
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  const name = new Popup({ closeButton: false, closeOnClick: false });
  map.on("mousemove", "areas", ({ lngLat, features: [area] }) => {
    map.getCanvas().style.cursor = area.properties.href ? "pointer" : "";
    name.setLngLat(lngLat).setText(area.properties.name).addTo(map);
  });
  map.on("mouseleave", "areas", () => name.remove());
  map.on("click", "areas", ({ features: [area] }) => {
    if (area.properties.href) location.assign(area.properties.href);
  });
  map.on("load", () => element.setAttribute("data-drawn", ""));
}

for (const element of document.querySelectorAll("[data-map]")) {
  draw(element).catch((error) => {
    element.hidden = true; // The table below says the same.
    console.warn(error.message);
  });
}
