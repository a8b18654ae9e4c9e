import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the project: the current one if it is one, otherwise the one around this file. */
export function projectDirectory(): string {
    return existsSync("Pulumi.yaml") ? process.cwd() : path.resolve(__dirname, "..");
}
