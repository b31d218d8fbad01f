// Makes package-lock.json from package.json, and takes out every address: versions and hashes are enough.
//
//   npm run lock

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const LOCK = new URL("package-lock.json", import.meta.url);

rmSync(LOCK, { force: true });
execFileSync("npm", ["install", "--package-lock-only"], { cwd: new URL(".", import.meta.url), stdio: "inherit" });
const lock = JSON.parse(readFileSync(LOCK, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved;
  delete entry.funding;
}
const text = `${JSON.stringify(lock, null, 2)}\n`;
if (text.includes("://")) throw new Error("package-lock.json still names a host.");
const unhashed = Object.entries(lock.packages).filter(([path, entry]) => path && !entry.integrity);
if (unhashed.length) throw new Error(`Without a hash: ${unhashed.map(([path]) => path).join(", ")}`);
writeFileSync(LOCK, text);
