import { execFileSync } from "node:child_process";
import path from "node:path";

import { readIfThere } from "../../rotation/files";
import { UserError } from "../../preview/errors";
import { ExitCode } from "../exit-code";
import { ALLOWED_FILE, parseAllowed } from "./allowed";
import { findSecrets } from "./find";
import { committedTexts, stagedTexts, trackedTexts } from "./texts";
import type { Texts } from "./texts";

export interface ScanOptions {
    readonly staged?: boolean;
    readonly since?: string;
    readonly history?: boolean;
}

/**
 * Looks for secrets in what Git has, and tells where they are, without a letter of them.
 *
 * @throws {UserError} outside of a repository, for a commit that is not there, and for a list of exceptions that is wrong.
 */
export async function scan(options: ScanOptions): Promise<ExitCode> {
    const allowed = parseAllowed(readIfThere(path.join(root(), ALLOWED_FILE)) ?? "");
    const { texts, passed } = textsOf(options);
    const used = new Set<unknown>();
    const lines = new Set<string>();
    for (const { name, content } of texts) {
        for (const { line, rule } of await findSecrets(name, content)) {
            const exception = allowed.find((each) => each.path === name && each.rule === rule);
            if (exception === undefined) lines.add(`  ${name}:${String(line)}: ${rule}`);
            else used.add(exception);
        }
    }
    // Other scans see a part of the files, in which an exception may have nothing to do.
    const whole = options.staged !== true && options.since === undefined && options.history !== true;
    const idle = whole ? allowed.filter((each) => !used.has(each)) : [];
    for (const each of idle)
        lines.add(
            `  ${ALLOWED_FILE}: ${each.rule} is no longer found in ${each.path}; take the entry out, so that it hides nothing`,
        );
    const scanned = `${texts.length === 1 ? "1 text" : `${String(texts.length)} texts`} scanned${passedText(passed)}`;
    if (lines.size === 0) {
        process.stdout.write(`${scanned}: clean\n`);
        return ExitCode.clean;
    }
    process.stdout.write(`${scanned}, and these look like secrets:\n${[...lines].join("\n")}\n\n${NEXT}\n`);
    return ExitCode.violated;
}

const NEXT = `Take each out of the file, and of the commit: 'git commit --amend' or 'git rebase'. One that was ever pushed is known:
have it rotated, see runbooks/incident.md. What is no secret gets an entry with its reason in ${ALLOWED_FILE}.`;

function textsOf({ staged = false, since, history = false }: ScanOptions): Texts {
    if ([staged, since !== undefined, history].filter(Boolean).length > 1) {
        const message = "'--staged', '--since' and '--history' exclude each other";
        throw new UserError("The scan", [{ place: "options", message, fix: "Give one of them" }]);
    }
    if (staged) return stagedTexts();
    return since !== undefined || history ? committedTexts(since) : trackedTexts();
}

const passedText = (passed: readonly string[]): string =>
    passed.length === 0 ? "" : `, ${String(passed.length)} passed over (binary, or above 4 MiB)`;

function root(): string {
    try {
        return execFileSync("git", ["rev-parse", "--show-toplevel"], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        }).trim();
    } catch {
        const message = "this folder is in no Git repository, or Git is not installed";
        throw new UserError("The scan", [{ place: process.cwd(), message, fix: "Run it in a clone" }]);
    }
}
