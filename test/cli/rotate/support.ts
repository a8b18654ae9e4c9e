import * as fs from "node:fs";
import { parse } from "yaml";
import { strongroom, Workspace, type Change, type Run } from "../support";

type Ledger = Record<string, Record<string, Record<string, unknown> | undefined> | undefined>;

/** Runs `rotate` in a copy of the project that is removed afterwards. */
export async function inWorkspace(
    changes: Readonly<Record<string, Change>>,
    work: (workspace: Workspace, rotate: (...args: string[]) => Promise<Run>) => Promise<void>,
): Promise<void> {
    const workspace = new Workspace(changes);
    try {
        await work(workspace, (...args) =>
            strongroom(["rotate", ...args], { cwd: workspace.directory, env: { GITHUB_ACTOR: "ci-user" } }),
        );
    } finally {
        workspace.remove();
    }
}
export const ledgerOf = (workspace: Workspace, stack: string): Ledger =>
    parse(fs.readFileSync(workspace.path(`ledger/${stack}.yaml`), "utf8")) as Ledger;
export const eventsOf = (workspace: Workspace, stack: string): unknown[] =>
    fs
        .readFileSync(workspace.path(`ledger/${stack}.events.jsonl`), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);

/** One field with nothing under way, so that these tests do not follow the committed ledgers. */
export const JWT = "devplatform/jwt.secret_key";
export const steady: Change = (text) =>
    text.replace(
        /devplatform\/jwt\.secret_key:\n(?: {2}.*\n)+/,
        "devplatform/jwt.secret_key: # signs tokens\n  current: { generation: 7, since: 2026-11-02, reason: schedule }\n",
    );
