import { execFileSync } from "node:child_process";

import { UserError } from "../../preview/errors";

/** Something that Git has, or is about to have. */
export interface Text {
    /** A path, or `message of <commit>`. */
    readonly name: string;
    readonly content: string;
}

/** What is to be looked at: texts, and the names of files that are none. */
export interface Texts {
    readonly texts: readonly Text[];
    /** Binary, or larger than a person writes. */
    readonly passed: readonly string[];
}

interface Blob {
    readonly id: string;
    readonly name: string;
}

/** Larger ones are data: the scan would take minutes. */
const BLOB_BYTES_MAX = 4 * 1024 * 1024;
/** Read at once. */
const BATCH_BYTES_MAX = 64 * 1024 * 1024;
/** Git itself looks at as many for a NUL, to tell text from binary. */
const SNIFFED_BYTES = 8000;

const git = (args: readonly string[], input?: string): Buffer =>
    execFileSync("git", args, {
        input,
        stdio: ["pipe", "pipe", "pipe"],
        maxBuffer: BATCH_BYTES_MAX * 4,
    });
const records = (output: Buffer): string[] => output.toString("utf8").split("\0").filter(Boolean);

/** What is staged, and not what the working tree has made of it since. */
export function stagedTexts(): Texts {
    const fields = records(
        git(["diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=AMT"]),
    );
    const blobs = fields.flatMap((meta, at) => {
        const [, mode = "", , id = ""] = meta.split(" ");
        return meta.startsWith(":") && isFile(mode) ? [{ id, name: fields[at + 1] ?? "" }] : [];
    });
    return read(blobs);
}

/** Every file that Git tracks, as it is staged. */
export function trackedTexts(): Texts {
    const blobs = records(git(["ls-files", "--stage", "-z", "--full-name", ":/"])).flatMap((record) => {
        const [, mode = "", id = "", name = ""] = /^(\d+) (\w+) \d\t(.*)$/s.exec(record) ?? [];
        return isFile(mode) ? [{ id, name }] : [];
    });
    return read(blobs);
}

/**
 * Every file and message that the commits after `since` brought, whether or not a later one took it away.
 *
 * @param since undefined for all commits.
 * @throws {UserError} when there is no such commit, or only some of the commits are here.
 */
export function committedTexts(since: string | undefined): Texts {
    const option = since === undefined ? "--history" : `--since ${since}`;
    if (git(["rev-parse", "--is-shallow-repository"]).toString().trim() === "true") {
        const fix = "Get the rest: git fetch --unshallow; in CI, ask for the whole history";
        throw new UserError("The scan", [{ place: option, message: "this clone lacks older commits", fix }]);
    }
    const commits = since === undefined ? ["HEAD"] : ["HEAD", `^${commitOf(since)}`];
    const named = git(["rev-list", "--objects", ...commits])
        .toString("utf8")
        .split("\n")
        .flatMap((line) => {
            const [id = "", ...name] = line.split(" ");
            return name.length === 0 || name[0] === "" ? [] : [{ id, name: name.join(" ") }];
        });
    const { texts, passed } = read(named);
    const messages = records(git(["log", "-z", "--format=%h %B", ...commits])).map((record) => {
        const end = record.indexOf(" ");
        return { name: `message of ${record.slice(0, end)}`, content: record.slice(end + 1) };
    });
    return { texts: [...texts, ...messages], passed };
}

function commitOf(ref: string): string {
    try {
        return git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])
            .toString()
            .trim();
    } catch {
        const fix = "Name a commit or branch that is here, or fetch it: git fetch origin main";
        throw new UserError("The scan", [{ place: "--since", message: `there is no commit '${ref}'`, fix }]);
    }
}

/** Not a submodule, which is another repository's commit. */
const isFile = (mode: string): boolean => mode.startsWith("10") || mode === "120000";

function read(named: readonly Blob[]): Texts {
    const sizes = git(
        ["cat-file", "--batch-check=%(objecttype) %(objectsize)"],
        named.map(({ id }) => `${id}\n`).join(""),
    )
        .toString()
        .split("\n");
    const blobs = named.flatMap((blob, at) => {
        const [type = "", size = "0"] = (sizes[at] ?? "").split(" ");
        return type === "blob" ? [{ ...blob, size: Number(size) }] : [];
    });
    const texts: Text[] = [];
    const passed = blobs.filter(({ size }) => size > BLOB_BYTES_MAX).map(({ name }) => name);
    let batch: typeof blobs = [];
    const readBatch = (): void => {
        const output = git(["cat-file", "--batch"], batch.map(({ id }) => `${id}\n`).join(""));
        let start = 0;
        for (const { name, size } of batch) {
            start = output.indexOf("\n", start) + 1;
            const content = output.subarray(start, start + size);
            start += size + 1;
            if (content.subarray(0, SNIFFED_BYTES).includes(0)) passed.push(name);
            else texts.push({ name, content: content.toString("utf8") });
        }
        batch = [];
    };
    let bytes = 0;
    for (const blob of blobs.filter(({ size }) => size <= BLOB_BYTES_MAX)) {
        if (bytes + blob.size > BATCH_BYTES_MAX) {
            readBatch();
            bytes = 0;
        }
        batch.push(blob);
        bytes += blob.size;
    }
    readBatch();
    return { texts, passed };
}
