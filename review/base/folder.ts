import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where a review keeps what it needs again, in the project's folder; it may be deleted at any time. */
export class CacheFolder {
    readonly directory: string;

    /** @param project the folder of Pulumi.yaml. */
    constructor(project: string) {
        this.directory = path.join(project, ".strongroom");
    }

    path(...names: readonly string[]): string {
        return path.join(this.directory, ...names);
    }

    /** Makes a folder in it; in one of a project that does not say so, Git ignores it all the same. */
    make(...names: readonly string[]): string {
        const folder = this.path(...names);
        mkdirSync(folder, { recursive: true });
        writeOnce(this.path(".gitignore"), "*\n", 0o644);
        return folder;
    }

    /** Removes all but the newest entries of a folder. */
    keepNewest(name: string, count: number): void {
        const folder = this.path(name);
        const entries = readdirSync(folder).map((entry) => {
            const file = path.join(folder, entry);
            return { file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
        });
        for (const { file } of entries.sort((a, b) => b.at - a.at).slice(count))
            rmSync(file, { recursive: true, force: true });
    }
}

/** Writes a file under another name first, so that no reader sees half of it. Only its owner may read it. */
export function writeWhole(file: string, bytes: Buffer): void {
    const own = `${file}.${process.pid}.tmp`;
    try {
        writeFileSync(own, bytes, { mode: 0o600 });
        renameSync(own, file);
    } finally {
        rmSync(own, { force: true });
    }
}

/** Writes a file unless there is one. */
export function writeOnce(file: string, text: string | Buffer, mode: number): void {
    try {
        writeFileSync(file, text, { flag: "wx", mode });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
}
