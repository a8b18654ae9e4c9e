import { spawnSync } from "node:child_process";
import type { Context } from "mocha";
import { skip } from "../support/skip";

/** Skips a test that needs a program which this machine does not have. */
export function skipUnless(test: Context, program: string): void {
    if (spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0) skip(test, `there is no ${program}`);
}
