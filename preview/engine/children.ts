import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

/**
 * What no child of a preview inherits: the caller's clouds, their credentials, and another engine's settings. A
 * program that needs one of these would work for its author alone.
 */
const CLOUD_VARIABLE =
    /^(?:AWS_|AMAZON_|AZURE_|ARM_|GOOGLE_|GCLOUD_|GCP_|CLOUDSDK_|VAULT_|KUBE|PULUMI_|OTEL_|TRACEPARENT$)|(?:_TOKEN|_SECRET|_PASSWORD|_PASSPHRASE|_API_KEY|_ACCESS_KEY)$/i;

export function withoutClouds(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(environment).filter(([name]) => !CLOUD_VARIABLE.test(name)));
}

export interface ChildSpec {
    /** Arguments of node, the script among them. */
    readonly arguments: readonly string[];
    readonly directory: string;
    readonly environment: Readonly<Record<string, string>>;
}

export interface Exit {
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
}

const STARTUP = path.resolve(__dirname, "../../startup");
/** V8 keeps what it compiled there, from Node 22 on; older ones ignore it. */
const COMPILE_CACHE = path.resolve(__dirname, "../../node_modules/.cache/node-compile-cache");
/** More of a child's output than this is cut: it is for people to read. */
const OUTPUT_LENGTH_MAX = 64 * 1024;

const running = new Set<ChildProcess>();
let guarded = false;

/** A node process that lives no longer than this one, reaches loopback alone, and does not see the caller's clouds. */
export class Child {
    readonly #process: ChildProcess;
    readonly exit: Promise<Exit>;
    stdout = "";
    stderr = "";

    constructor(spec: ChildSpec) {
        killChildrenWithUs();
        this.#process = spawn(
            process.execPath,
            ["--require", path.join(STARTUP, "offline.js"), ...spec.arguments],
            {
                cwd: spec.directory,
                env: {
                    NODE_COMPILE_CACHE: COMPILE_CACHE,
                    ...withoutClouds(process.env),
                    ...spec.environment,
                },
                // The fourth pipe carries nothing: its end tells the child that this process is gone.
                stdio: ["ignore", "pipe", "pipe", "pipe"],
            },
        );
        running.add(this.#process);
        this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => {
            if (this.stdout.length < OUTPUT_LENGTH_MAX) this.stdout += text;
        });
        this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
            if (this.stderr.length < OUTPUT_LENGTH_MAX) this.stderr += text;
        });
        this.exit = new Promise((resolve, reject) => {
            this.#process.once("error", reject);
            this.#process.once("close", (code, signal) => {
                running.delete(this.#process);
                resolve({ code, signal });
            });
        });
        this.exit.catch(() => running.delete(this.#process));
    }

    /** Resolves to the first line the child prints, or to undefined when it ends without one. */
    firstLine(): Promise<string | undefined> {
        return new Promise((resolve) => {
            const look = (): void => {
                const end = this.stdout.indexOf("\n");
                if (end >= 0) resolve(this.stdout.slice(0, end).trim());
            };
            this.#process.stdout?.on("data", look);
            void this.exit.finally(() => {
                look();
                resolve(undefined);
            });
            look();
        });
    }

    /** Lets the child end by itself, by taking away the pipe that holds it up; at our own end it is killed. */
    stop(): void {
        this.#process.stdio[3]?.destroy();
    }
}

/** Children die with this process, however it ends: here for its own end and signals, by the pipe for a crash. */
function killChildrenWithUs(): void {
    if (guarded) return;
    guarded = true;
    const killAll = (): void => {
        for (const child of running) child.kill("SIGKILL");
    };
    process.once("exit", killAll);
    for (const [signal, number] of [
        ["SIGINT", 2],
        ["SIGTERM", 15],
        ["SIGHUP", 1],
    ] as const) {
        process.once(signal, () => {
            killAll();
            process.exit(128 + number);
        });
    }
}
