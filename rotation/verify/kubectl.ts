import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Address } from "./api-server";
import { ClusterFault } from "./cluster-fault";

export interface Proxy {
    readonly address: Address;
    /** Ends kubectl, and waits until it has. */
    stop(): Promise<void>;
}

/** An answer of kubectl that says it serves. Some credentials are fetched by a program that takes seconds. */
const START_MS = 20_000;

/** What is read, and nothing else: see read.ts. */
const PATHS = [
    "^/version$",
    "^/apis/external-secrets[.]io/v1/namespaces/[^/]+/externalsecrets/[^/]+$",
    "^/api/v1/namespaces/[^/]+/(secrets/[^/]+|pods)$",
    "^/apis/apps/v1/namespaces/[^/]+/(replicasets|(deployments|statefulsets)/[^/]+/scale)$",
    "^/apis/batch/v1/namespaces/[^/]+/(jobs|cronjobs/[^/]+)$",
];
const OTHER_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"].map((method) => `^${method}$`);

/**
 * Starts `kubectl proxy`, which authenticates as whoever calls does. It listens on a socket in a folder that nobody
 * else may enter: a port on 127.0.0.1 would lend these rights to every user of the machine.
 *
 * @param env what kubectl takes its configuration and its credentials from.
 * @param more paths that are read besides those of verify, as regular expressions.
 * @throws {ClusterFault} when kubectl is missing, or does not know the context.
 */
export async function startProxy(
    context: string,
    env: NodeJS.ProcessEnv = process.env,
    more: readonly string[] = [],
): Promise<Proxy> {
    const folder = mkdtempSync(path.join(tmpdir(), "strongroom-"));
    const socketPath = path.join(folder, "api");
    const remove = (): void => {
        rmSync(folder, { recursive: true, force: true });
    };
    const child = spawn(
        "kubectl",
        [
            "proxy",
            `--context=${context}`,
            `--unix-socket=${socketPath}`,
            `--accept-paths=${[...PATHS, ...more].join(",")}`,
            `--reject-methods=${OTHER_METHODS.join(",")}`,
        ],
        { env, stdio: ["ignore", "pipe", "pipe"] },
    );
    const ended = new Promise<void>((resolve) => {
        child.once("close", () => {
            resolve();
        });
        child.once("error", () => {
            resolve();
        });
    });
    const abandon = (): void => {
        child.kill();
        remove();
    };
    process.once("exit", abandon);
    const stop = async (): Promise<void> => {
        process.removeListener("exit", abandon);
        child.kill();
        await ended;
        remove();
    };
    const fault = await serving(child, context);
    if (fault === undefined) return { address: { socketPath }, stop };
    await stop();
    throw fault;
}

/** Waits until the child serves. @returns why it does not. */
function serving(child: ChildProcess, context: string): Promise<ClusterFault | undefined> {
    return new Promise((resolve) => {
        const place = `kubectl proxy --context=${context}`;
        const fail = (message: string, fix: string): void => {
            clearTimeout(timer);
            resolve(new ClusterFault({ place, message, fix }));
        };
        const timer = setTimeout(() => {
            fail("it does not start", "Call it by hand: it may ask for something");
        }, START_MS);
        let told = "";
        let said = "";
        child.stdout?.on("data", (chunk: Buffer) => {
            said += chunk.toString();
            if (!said.includes("Starting to serve")) return;
            clearTimeout(timer);
            resolve(undefined);
        });
        child.stderr?.on("data", (chunk: Buffer) => {
            told = (told + chunk.toString()).slice(-4096);
        });
        child.once("error", (error: NodeJS.ErrnoException) => {
            if (error.code === "ENOENT")
                fail("kubectl is not on the PATH", "Install it: verify reads the cluster as you do");
            else fail(`kubectl can't be started (${String(error.code)})`, "See whether it runs by hand");
        });
        child.once("close", () => {
            if (/context .*does not exist|no context exists/i.test(told)) {
                const fix =
                    "See 'kubectl config get-contexts', and name yours: --kubectl-context <cluster>=<context>";
                fail(`the kubeconfig has no context '${context}'`, fix);
            } else {
                const [line = "it says nothing"] = told.split("\n").filter((each) => each.trim() !== "");
                fail(`kubectl ended: ${line.trim()}`, "Call it by hand to see more");
            }
        });
    });
}
