import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from "node:fs";
import path from "node:path";

import { SECRETS_DIRECTORY } from "./compose/model";
import type { SecretFile } from "./check/subject";

/** The largest file that is read: a hundred times what the largest platform fills. */
const FILE_BYTES_MAX = 1_048_576;
/** What Docker takes as one secret. */
const SECRET_BYTES_MAX = 500 * 1024;

/** A text file, or why there is none, as the end of a sentence. */
export type TextFile =
    { readonly text: string; readonly isOpen: boolean } | { readonly is: keyof typeof UNREADABLE };

/** What a person is told about a file that can't be checked. */
export const UNREADABLE = {
    missing: "there is no such file",
    unreadable: "this account can't read it",
    "no file": "it is no file",
    "too large": `it is larger than ${FILE_BYTES_MAX / 1_048_576} MiB, which no file of variables is`,
    "no text": "it is no text in UTF-8",
} as const;

/** Reads a text file of a size that makes sense. */
export function readText(file: string, bytesMax = FILE_BYTES_MAX): TextFile {
    let descriptor: number | undefined;
    try {
        // Without O_NONBLOCK, a pipe that nobody writes to would be waited for; what is no file is refused below.
        descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
        const stat = fstatSync(descriptor);
        if (!stat.isFile()) return { is: "no file" };
        if (stat.size > bytesMax) return { is: "too large" };
        const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
            readFileSync(descriptor),
        );
        if (text.includes("\0")) return { is: "no text" };
        return { text, isOpen: (stat.mode & 0o004) !== 0 };
    } catch (error) {
        if (error instanceof TypeError) return { is: "no text" };
        const { code } = error as NodeJS.ErrnoException;
        if (code === "ENOENT" || code === "ENOTDIR") return { is: "missing" };
        return { is: code === "EISDIR" ? "no file" : "unreadable" };
    } finally {
        if (descriptor !== undefined) closeSync(descriptor);
    }
}

/**
 * Looks at files that variables name.
 *
 * @param directory what a relative path is relative to.
 * @param isContainer whether this is where the application runs; elsewhere `/run/secrets` need not be there.
 */
export function secretFiles(directory: string, isContainer: boolean): (named: string) => SecretFile {
    return (named) => {
        const file = path.resolve(directory, named);
        const isDocker = file.startsWith(`${SECRETS_DIRECTORY}/`);
        if (isDocker && !isContainer && !existsSync(SECRETS_DIRECTORY)) return { is: "elsewhere" };
        const read = readText(file, SECRET_BYTES_MAX);
        if ("is" in read) return read;
        // Docker mounts secrets readable by every account of the container, where one application runs.
        return { is: "text", text: read.text, isOpen: read.isOpen && !isDocker };
    };
}
