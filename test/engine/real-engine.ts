import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

export const ROOT = path.resolve(__dirname, "../..");
const run = promisify(execFile);

/** What the encrypted values of the projects' stacks were encrypted with. */
export const PASSPHRASE = "held";

/** A resource as `pulumi preview --json` tells it. */
export interface RealState {
    readonly urn: string;
    readonly custom: boolean;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** True for what the program reads and does not own. */
    readonly external?: boolean;
    readonly parent?: string;
    readonly provider?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly deletedWith?: string;
    readonly additionalSecretOutputs?: readonly string[];
    readonly ignoreChanges?: readonly string[];
    readonly replaceOnChanges?: readonly string[];
    /** In seconds. */
    readonly customTimeouts?: Readonly<Record<string, number>>;
}

export interface RealViolation {
    readonly urn: string;
    readonly policy: string;
    readonly level: string;
    readonly message: string;
}

export interface RealDiagnostic {
    readonly severity: string;
    readonly message: string;
    /** "" where it is about no single resource. */
    readonly urn: string;
}

export interface RealPreview {
    readonly exitCode: number;
    readonly states: readonly RealState[];
    /** Of the stack. */
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly violations: readonly RealViolation[];
    readonly diagnostics: readonly RealDiagnostic[];
}

export interface RealPreviewOptions {
    /** A directory of `programs/`. */
    readonly project: string;
    readonly stack: string;
    readonly pack?: string;
    readonly packConfig?: string;
    /** Other stacks of the project, with outputs, that the program refers to. */
    readonly others?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Skips a suite where the CLI with these provider plugins can't be used; `npm test` says why. */
export async function skipWithoutEngine(suite: Mocha.Context, ...plugins: readonly string[]): Promise<void> {
    const why = await whyNoEngine(...plugins);
    if (why === undefined) return;
    for (const test of suite.test?.parent?.tests ?? []) Object.assign(test, { skipReason: why });
    suite.skip();
}

async function whyNoEngine(...plugins: readonly string[]): Promise<string | undefined> {
    try {
        const { stdout } = await run("pulumi", ["plugin", "ls", "--json"]);
        const installed = new Set((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name));
        const missing = plugins.filter((name) => !installed.has(name));
        return missing.length === 0
            ? undefined
            : `'pulumi plugin ls' does not list ${missing.map((name) => `'${name}'`).join(", ")}`;
    } catch {
        return "there is no 'pulumi' on PATH";
    }
}

export interface RealEngine {
    /** Runs the CLI in the copy of the project; rejects with `code`, `stdout` and `stderr` where it fails. */
    readonly pulumi: (...args: string[]) => Promise<{ readonly stdout: string; readonly stderr: string }>;
    /** The copy of the project. */
    readonly directory: string;
    /** A folder for files that live as long. */
    readonly own: string;
}

/** Gives a copy of a project to the real engine, with a backend and a home that live as long as `use`. */
export async function withEngine<T>(project: string, use: (engine: RealEngine) => Promise<T>): Promise<T> {
    const own = mkdtempSync(path.join(tmpdir(), "strongroom-engine-"));
    try {
        const directory = copyOf(project, own);
        const options = { cwd: directory, env: environment(own), maxBuffer: 64 * 1024 * 1024 };
        const pulumi = (...args: string[]) => run("pulumi", [...args, "--non-interactive"], options);
        return await use({ pulumi, directory, own });
    } finally {
        rmSync(own, { recursive: true, force: true });
    }
}

/** Runs the real engine's preview of a project's stack. */
export function realPreview(options: RealPreviewOptions): Promise<RealPreview> {
    return withEngine(options.project, async ({ pulumi, own }) => {
        const { stack, pack, packConfig, others = {} } = options;
        for (const [name, outputs] of Object.entries(others)) {
            await pulumi("stack", "init", name);
            const file = path.join(own, `${name}.json`);
            const { stdout } = await pulumi("stack", "export", "--stack", name);
            writeFileSync(file, withOutputs(stdout, name, outputs));
            await pulumi("stack", "import", "--stack", name, "--file", file);
        }
        await pulumi("stack", "init", stack);
        const events = path.join(own, "events.json");
        const policies = [
            ...(pack === undefined ? [] : ["--policy-pack", pack]),
            ...(packConfig === undefined ? [] : ["--policy-pack-config", packConfig]),
        ];
        // A mandatory violation makes it fail, with everything said before.
        const preview = ["preview", "--stack", stack, "--json", "--event-log", events, ...policies];
        const said = await pulumi(...preview).then(
            ({ stdout }) => ({ stdout, code: 0 }),
            (error: unknown) => error as { stdout: string; code: number },
        );
        const { steps = [] } = JSON.parse(said.stdout || "{}") as { steps?: { newState: RealState }[] };
        return {
            exitCode: said.code,
            states: steps.map(({ newState }) => newState),
            ...eventsIn(readFileSync(events, "utf8")),
        };
    });
}

/** The engine writes into the stack's file, so it gets a copy, at the same depth below what it requires. */
function copyOf(project: string, own: string): string {
    const copy = path.join(own, path.relative(ROOT, project));
    cpSync(project, copy, { recursive: true });
    for (const name of ["node_modules", "startup", "stacks", "components", "package.json", "test/components"])
        symlinkSync(path.join(ROOT, name), path.join(own, name));
    return copy;
}

/** A kubeconfig whose one cluster refuses connections: a preview of a provider with that context lists its objects. */
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{ name: held, cluster: { server: "http://127.0.0.1:9" } }]
users: [{ name: held, user: {} }]
contexts: [{ name: held, context: { cluster: held, user: held } }]
`;

function environment(own: string): NodeJS.ProcessEnv {
    const state = path.join(own, "state");
    mkdirSync(state);
    mkdirSync(path.join(own, ".kube"));
    // Found by its place: KUBECONFIG would become an input of the provider.
    writeFileSync(path.join(own, ".kube/config"), KUBECONFIG);
    return {
        ...process.env,
        KUBECONFIG: undefined,
        HOME: own,
        PULUMI_HOME: process.env["PULUMI_HOME"] ?? path.join(homedir(), ".pulumi"),
        PULUMI_BACKEND_URL: `file://${state}`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_DEBUG_COMMANDS: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
}

/** The exported state of an empty stack, with outputs. */
function withOutputs(exported: string, stack: string, outputs: Readonly<Record<string, unknown>>): string {
    const state = JSON.parse(exported) as { deployment: { resources?: unknown[] } };
    const type = "pulumi:pulumi:Stack";
    const urn = `urn:pulumi:${stack}::held::${type}::held-${stack}`;
    state.deployment.resources = [{ urn, type, custom: false, outputs }];
    return JSON.stringify(state);
}

interface EngineEvent {
    readonly policyEvent?: {
        readonly resourceUrn: string;
        readonly policyName: string;
        readonly enforcementLevel: string;
        readonly message: string;
    };
    readonly diagnosticEvent?: Omit<RealDiagnostic, "urn"> & { readonly urn?: string };
    readonly resOutputsEvent?: {
        readonly metadata: {
            readonly type: string;
            readonly new?: { readonly outputs?: Readonly<Record<string, unknown>> };
        };
    };
}

function eventsIn(log: string): Pick<RealPreview, "outputs" | "violations" | "diagnostics"> {
    const events = log
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as EngineEvent);
    const ofStack = events.filter(
        ({ resOutputsEvent }) => resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack",
    );
    return {
        // The first such event is for the stack's registration, the last for the end of the program.
        outputs: ofStack.at(-1)?.resOutputsEvent?.metadata.new?.outputs ?? {},
        violations: events.flatMap(({ policyEvent: event }) =>
            event === undefined
                ? []
                : [
                      {
                          urn: event.resourceUrn,
                          policy: event.policyName,
                          level: event.enforcementLevel,
                          message: event.message.trim(),
                      },
                  ],
        ),
        diagnostics: events.flatMap(({ diagnosticEvent: event }) =>
            event === undefined
                ? []
                : [{ severity: event.severity, message: event.message, urn: event.urn ?? "" }],
        ),
    };
}
