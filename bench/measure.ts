import { spawn } from "node:child_process";
import * as fs from "node:fs";

export interface Measurement {
    readonly seconds: number;
    /** Of all its processes together; less at the mercy of what else runs. 0 elsewhere than on Linux. */
    readonly cpuSeconds: number;
    readonly status: number | null;
    /** Largest resident memory of any one process, in MB. */
    readonly largestProcessMb: number;
    /** Largest resident memory of all processes at one moment, in MB. */
    readonly allProcessesMb: number;
    readonly stdout: string;
}

/** How often memory is looked at, in milliseconds. */
const SAMPLE_MS = 50;

/** Runs a command as a whole and watches its processes. Reads /proc, so memory is 0 elsewhere than on Linux. */
export function measure(args: readonly string[], cwd: string): Promise<Measurement> {
    return new Promise((resolve, reject) => {
        const started = process.hrtime.bigint();
        const before = childrenCpuSeconds();
        const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "ignore"] });
        let largestProcessMb = 0;
        let allProcessesMb = 0;
        const sample = setInterval(() => {
            const sizes = child.pid === undefined ? [] : residentMb(child.pid);
            largestProcessMb = Math.max(largestProcessMb, ...sizes);
            allProcessesMb = Math.max(
                allProcessesMb,
                sizes.reduce((sum, size) => sum + size, 0),
            );
        }, SAMPLE_MS);
        const chunks: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.on("error", reject);
        child.on("close", (status) => {
            clearInterval(sample);
            const seconds = Number(process.hrtime.bigint() - started) / 1e9;
            const stdout = Buffer.concat(chunks).toString();
            const cpuSeconds = childrenCpuSeconds() - before;
            resolve({ seconds, cpuSeconds, status, largestProcessMb, allProcessesMb, stdout });
        });
    });
}

/** Of all children that have ended, and theirs, in the hundredths that Linux counts. */
function childrenCpuSeconds(): number {
    try {
        // What follows the name in brackets, which may hold blanks; user and system time of children are 16th and 17th.
        const [, after = ""] = /^.*\) (.*)$/s.exec(fs.readFileSync("/proc/self/stat", "utf8")) ?? [];
        const fields = after.split(" ");
        return (Number(fields[13]) + Number(fields[14])) / 100;
    } catch {
        return 0;
    }
}

/** Resident memory of a process and its descendants. */
function residentMb(pid: number): number[] {
    try {
        const status = fs.readFileSync(`/proc/${String(pid)}/status`, "utf8");
        const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
        const children = fs.readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8");
        return [
            kilobytes / 1024,
            ...children
                .split(" ")
                .filter(Boolean)
                .flatMap((child) => residentMb(Number(child))),
        ];
    } catch {
        return []; // it has ended
    }
}

/** The median of several runs by time. */
export async function median(runs: number, once: () => Promise<Measurement>): Promise<Measurement> {
    const found: Measurement[] = [];
    for (let run = 0; run < runs; run++) found.push(await once());
    return middle(found);
}

/** The one in the middle by time. */
export function middle(found: readonly Measurement[]): Measurement {
    const sorted = [...found].sort((a, b) => a.seconds - b.seconds);
    const median = sorted[Math.floor(sorted.length / 2)];
    if (median === undefined) throw new RangeError("a median needs a run");
    return median;
}
