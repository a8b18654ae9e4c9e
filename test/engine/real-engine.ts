import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const ROOT = path.resolve(__dirname, "../..");

/** A resource as `pulumi preview --json` tells it. */
export interface RealState {
    readonly urn: string;
    readonly custom: boolean;
    readonly type: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly provider?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly deletedWith?: string;
    readonly additionalSecretOutputs?: readonly string[];
    readonly ignoreChanges?: readonly string[];
    readonly customTimeouts?: Readonly<Record<string, number>>;
}

export interface RealViolation {
    readonly urn: string;
    readonly policy: string;
    readonly level: string;
    readonly message: string;
}

export interface RealPreview {
    readonly states: readonly RealState[];
    readonly violations: readonly RealViolation[];
}

/** Whether the CLI is there, and if not, why it can't be used. */
export async function whyNoEngine(): Promise<string | undefined> {
    try {
        await promisify(execFile)("pulumi", ["version"]);
        return undefined;
    } catch {
        return "there is no 'pulumi' on PATH";
    }
}

/** Runs the real engine's preview of a project's stack, with a backend that lives as long as this call. */
export async function realPreview(project: string, stack: string, pack: string): Promise<RealPreview> {
    const own = mkdtempSync(path.join(tmpdir(), "strongroom-engine-"));
    try {
        // The engine writes into the stack's file, so it gets a copy, at the same depth below what it requires.
        const copy = path.join(own, path.relative(ROOT, project));
        cpSync(project, copy, { recursive: true });
        for (const name of ["node_modules", "startup", "package.json"])
            symlinkSync(path.join(ROOT, name), path.join(own, name));
        const events = path.join(own, "events.json");
        const state = path.join(own, "state");
        const environment = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${state}`,
            PULUMI_CONFIG_PASSPHRASE: "held",
            PULUMI_DEBUG_COMMANDS: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        const run = (...args: string[]) =>
            promisify(execFile)("pulumi", [...args, "--non-interactive", "--stack", stack], {
                cwd: copy,
                env: environment,
                maxBuffer: 64 * 1024 * 1024,
            });
        mkdirSync(state);
        await promisify(execFile)("pulumi", ["stack", "init", stack, "--non-interactive"], {
            cwd: copy,
            env: environment,
        });
        // A mandatory violation makes it fail, with everything said before.
        const said = await run("preview", "--json", "--event-log", events, "--policy-pack", pack).catch(
            (error: unknown) => error as { stdout: string; stderr: string },
        );
        const { steps } = JSON.parse(said.stdout) as { steps: { newState: RealState }[] };
        return {
            states: steps.map(({ newState }) => newState),
            violations: violationsIn(readFileSync(events, "utf8")),
        };
    } finally {
        rmSync(own, { recursive: true, force: true });
    }
}

interface PolicyEvent {
    readonly resourceUrn: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly message: string;
}

function violationsIn(log: string): RealViolation[] {
    return log
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as { policyEvent?: PolicyEvent }).policyEvent)
        .filter((event) => event !== undefined)
        .map((event) => ({
            urn: event.resourceUrn,
            policy: event.policyName,
            level: event.enforcementLevel,
            message: event.message.trim(),
        }));
}
