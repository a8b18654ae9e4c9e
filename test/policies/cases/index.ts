import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Table } from "../support/case";

const load = createRequire(__filename);

/** The cases of all rules: a file a rule, each exporting `table`. */
export const tables: readonly Table[] = readdirSync(__dirname)
    .filter((file) => file !== "index.ts")
    .sort()
    .map((file) => (load(join(__dirname, file)) as { readonly table: Table }).table);
