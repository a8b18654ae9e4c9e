import { execFileSync } from "node:child_process";
import * as v from "valibot";
import { parse } from "yaml";
import type { EncryptionProviders } from "../components/domain/encryption-key";
import { Problems } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import { readLedger } from "../components/domain/rotation/ledger";
import type { Ledger } from "../components/domain/rotation/stages";
import { readLedgerText } from "../stacks/config/ledger-file";
import { etcdSchema } from "../stacks/config/schema";
import { gitEnvironment } from "./git";
import type { RotatingStack } from "./stack";

/** The ledger of another commit, as far as the catalogue of this one knows its fields. */
export interface BaseLedger {
    /** Undefined when that commit has no such file. */
    readonly ledger: Ledger | undefined;
    /** How API servers use the key of etcd there; undefined where that commit encrypts none. */
    readonly etcd: EncryptionProviders | undefined;
    readonly problems: readonly Problem[];
}

/**
 * Reads a stack's ledger as it is in another commit.
 *
 * @param base a branch, a tag or a commit, such as `origin/main`.
 */
export function baseLedger(root: string, base: string, stack: RotatingStack): BaseLedger {
    const problems = new Problems();
    const git = (...args: readonly string[]): string =>
        execFileSync("git", ["-C", root, ...args], {
            encoding: "utf8",
            env: gitEnvironment(),
            stdio: ["ignore", "pipe", "ignore"],
            maxBuffer: MAX_BYTES,
        });
    try {
        git("rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`);
    } catch {
        const fix = "Fetch it, or name another branch or commit";
        problems.add(`--base ${base}`, "Git knows no such commit here", fix);
        return { ledger: undefined, etcd: undefined, problems: problems.all };
    }
    const read = (file: string): string | undefined => {
        try {
            return git("show", `${base}:./${file}`);
        } catch {
            return undefined;
        }
    };
    const etcd = etcdIn(read(`Pulumi.${stack.stack}.yaml`)) ?? etcdIn(read("Pulumi.yaml"));
    const text = read(stack.place);
    if (text === undefined) return { ledger: undefined, etcd, problems: [] };
    const { source, problems: unreadable } = readLedgerText(text, stack.place);
    if (unreadable.length > 0) {
        const fix = "Name a commit whose ledger can be read";
        for (const { place, message } of unreadable)
            problems.add(`--base ${base}`, `${place} can't be read there: ${message}`, fix);
        return { ledger: undefined, etcd, problems: problems.all };
    }
    if (typeof source !== "object" || source === null) return { ledger: {}, etcd, problems: [] };
    const known = Object.fromEntries(Object.entries(source).filter(([field]) => stack.fields.has(field)));
    // What was wrong there is no fault of this commit, which may be what mends it.
    return { ledger: readLedger(known, stack.fields, stack.place).ledger, etcd, problems: [] };
}

const KEY = "strongroom:etcd";

/** A project's file may have the value below `value`, where a stack's has it as it is. */
const fileSchema = v.object({
    config: v.object({
        [KEY]: v.union([
            v.pipe(
                v.object({ value: etcdSchema }),
                v.transform(({ value }) => value),
            ),
            etcdSchema,
        ]),
    }),
});

/** Undefined also where it was wrong there, which is no fault of this commit. */
function etcdIn(text: string | undefined): EncryptionProviders | undefined {
    if (text === undefined) return undefined;
    try {
        const { success, output } = v.safeParse(
            fileSchema,
            parse(text, { uniqueKeys: false, maxAliasCount: 0 }),
        );
        return success ? output.config[KEY] : undefined;
    } catch {
        return undefined;
    }
}

const MAX_BYTES = 64 * 1024 * 1024;
