import { spawn } from "node:child_process";

/** What a command line of somebody else came to. What it printed is for reading here, and not for showing. */
export type Ran =
    | { readonly is: "done"; readonly stdout: string }
    | { readonly is: "failed"; readonly stderr: string }
    | { readonly is: "absent" }
    | { readonly is: "silent"; readonly seconds: number };

/** No metadata of one entry comes near this. */
const MAX_CHARS = 4 * 1024 * 1024;

/** Runs a command without a terminal to ask on, and ends it when it takes longer than it may. */
export function run(command: readonly string[], limitMs: number, env = process.env): Promise<Ran> {
    const [program = "", ...args] = command;
    return new Promise((resolve) => {
        // Its own group, so that what it started ends with it.
        const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
        let stdout = "";
        let stderr = "";
        let isOver = false;
        const settle = (ran: Ran): void => {
            isOver = true;
            clearTimeout(timer);
            resolve(ran);
        };
        const end = (): void => {
            if (child.pid === undefined) return;
            try {
                process.kill(-child.pid, "SIGKILL");
            } catch {
                // It has ended by itself meanwhile.
            }
        };
        const timer = setTimeout(() => {
            end();
            settle({ is: "silent", seconds: limitMs / 1000 });
        }, limitMs);
        child.stdout.on("data", (chunk: Buffer) => {
            stdout += chunk.toString();
            if (stdout.length > MAX_CHARS) end();
        });
        child.stderr.on("data", (chunk: Buffer) => {
            stderr = (stderr + chunk.toString()).slice(-8192);
        });
        child.once("error", (error: NodeJS.ErrnoException) => {
            settle(error.code === "ENOENT" ? { is: "absent" } : { is: "failed", stderr: String(error.code) });
        });
        child.once("close", (code) => {
            if (!isOver) settle(code === 0 ? { is: "done", stdout } : { is: "failed", stderr });
        });
    });
}
