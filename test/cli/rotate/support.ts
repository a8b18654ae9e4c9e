import * as fs from "node:fs";
import { parse } from "yaml";
import { strongroom, Workspace, type Change, type Run } from "../support";

type Ledger = Record<string, Record<string, Record<string, unknown> | undefined> | undefined>;

/** Runs `rotate` in a copy of the project, with quiet ledgers, that is removed afterwards. */
export async function inWorkspace(
    changes: Readonly<Record<string, Change>>,
    work: (workspace: Workspace, rotate: (...args: string[]) => Promise<Run>) => Promise<void>,
): Promise<void> {
    const workspace = new Workspace({ "ledger/dev.yaml": quiet, "ledger/prod.yaml": quiet });
    fs.rmSync(workspace.path("ledger/dev.events.jsonl"), { force: true });
    fs.rmSync(workspace.path("ledger/prod.events.jsonl"), { force: true });
    for (const [name, change] of Object.entries(changes)) workspace.change(name, change);
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

/** What most of these tests rotate. */
export const JWT = "devplatform/jwt.secret_key";

/**
 * A ledger of the same fields with nothing under way, so that these tests do not follow the committed ones: all at
 * generation 1, the one above at 7.
 */
const quiet: Change = (text) => {
    const entries = Object.keys(parse(text) as Ledger).map((id) => {
        const generation = id === JWT ? 7 : 1;
        const note = id === JWT ? " # signs tokens" : "";
        return `${id}:${note}\n  current: { generation: ${String(generation)}, since: 2026-11-02, reason: schedule }\n`;
    });
    return `# Which generations live.\n${entries.join("")}`;
};
