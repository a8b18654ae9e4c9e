import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A file to be written or removed, and what was read from it before. */
export interface FileChange {
    readonly file: string;
    /** Undefined when there was no file. */
    readonly before: string | undefined;
    /** Undefined to remove it. */
    readonly after: string | undefined;
}

/** A file was written by somebody else between reading and writing it. */
export class ChangedMeanwhile extends Error {
    override readonly name = "ChangedMeanwhile";

    constructor(readonly file: string) {
        super(`${file} was changed by somebody else`);
    }
}

/** @returns undefined when there is none. */
export function readIfThere(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        const failure = error as NodeJS.ErrnoException;
        if (failure.code === "ENOENT") return undefined;
        // Reading a folder fails without saying which.
        failure.path ??= file;
        throw failure;
    }
}

/**
 * Writes all files or none: each first under another name beside it, then renamed, so that no reader sees half of one;
 * when one can't be, those before it get their old text back.
 *
 * @throws {ChangedMeanwhile} when one is no longer what was read; nothing is written then.
 */
export function replaceFiles(changes: readonly FileChange[]): void {
    for (const { file, before } of changes)
        if (readIfThere(file) !== before) throw new ChangedMeanwhile(file);
    const temporary = (file: string): string => `${file}.${String(process.pid)}.tmp`;
    const done: FileChange[] = [];
    try {
        for (const { file, after } of changes) {
            if (after === undefined) continue;
            mkdirSync(path.dirname(file), { recursive: true });
            writeFileSync(temporary(file), after);
        }
        for (const change of changes) {
            const { file, after } = change;
            if (after === undefined) rmSync(file, { force: true });
            else renameSync(temporary(file), file);
            done.push(change);
        }
    } catch (error) {
        for (const { file, before } of done) {
            if (before === undefined) rmSync(file, { force: true });
            else writeFileSync(file, before);
        }
        throw error;
    } finally {
        for (const { file } of changes) rmSync(temporary(file), { force: true });
    }
}
