import type { Seen } from "../../rotation/verify/snapshot";
import { explained } from "../causes";
import type { DocumentFacts, StoredEntry } from "../facts";
import { COMMAND_LINES, metadataCommands } from "../stores";
import type { StoreTarget } from "../stores";
import { run } from "./command";
import type { Ran } from "./command";
import { entryOf } from "./entries";

const LIMIT_MS = 15_000;

export interface StoreReading {
    /** How long one command may take. @default 15 seconds */
    readonly limitMs?: number;
    readonly env?: NodeJS.ProcessEnv;
}

/** Texts of stores that say that an entry is not there, rather than that it could not be asked for. */
const MISSING = new Set(["aws-entry-missing", "gcp-entry-missing", "vault-entry-missing", "entry-missing"]);

/** Asks the stores' own command lines for the metadata of entries, one after the other. */
export async function seenInStores(
    documents: readonly DocumentFacts[],
    stack: string,
    { limitMs = LIMIT_MS, env = process.env }: StoreReading = {},
): Promise<readonly Seen<StoredEntry>[]> {
    const ask = (command: readonly string[]): Promise<Ran> => run(command, limitMs, env);
    const accounts = new Map<string, Promise<Unread | undefined>>();
    const found: Seen<StoredEntry>[] = [];
    for (const { target, seen } of documents) {
        if (COMMAND_LINES[target.kind] === undefined) {
            found.push(seen);
            continue;
        }
        const elsewhere = await wrongAccount(target, ask, accounts);
        found.push(elsewhere ?? (await askFor(target, stack, ask)));
    }
    return found;
}

type Unread = Extract<Seen<never>, { is: "unread" }>;

/** A name says nothing in another account: there it is missing, and nothing is wrong. */
function wrongAccount(
    target: StoreTarget,
    ask: (command: readonly string[]) => Promise<Ran>,
    known: Map<string, Promise<Unread | undefined>>,
): Promise<Unread | undefined> {
    if (target.kind !== "aws-secrets-manager" && target.kind !== "aws-parameter-store")
        return Promise.resolve(undefined);
    const { accountId } = target;
    const asked =
        known.get(accountId) ??
        ask(["aws", "sts", "get-caller-identity", "--query", "Account", "--output", "text"]).then((ran) => {
            if (ran.is !== "done") return unread(ran, "aws", target, "");
            const account = ran.stdout.trim();
            if (account === accountId) return undefined;
            const other = /^\d{12}$/.test(account) ? account : "another";
            return {
                is: "unread",
                why: `aws is logged in to account ${other}, and not to ${accountId}`,
                isForbidden: false,
            };
        });
    known.set(accountId, asked as Promise<Unread | undefined>);
    return asked as Promise<Unread | undefined>;
}

async function askFor(
    target: StoreTarget,
    stack: string,
    ask: (command: readonly string[]) => Promise<Ran>,
): Promise<Seen<StoredEntry>> {
    const answers: unknown[] = [];
    for (const command of metadataCommands(target)) {
        const ran = await ask(command);
        if (ran.is !== "done") return unread(ran, command[0] ?? "", target, stack);
        try {
            answers.push(JSON.parse(ran.stdout));
        } catch {
            return { is: "unread", why: `${String(command[0])} did not answer in JSON`, isForbidden: false };
        }
    }
    return entryOf(target, answers);
}

function unread(
    ran: Exclude<Ran, { is: "done" }>,
    program: string,
    target: StoreTarget,
    stack: string,
): Seen<never> {
    switch (ran.is) {
        case "absent":
            return { is: "unread", why: `${program} is not on the PATH`, isForbidden: false };
        case "silent": {
            const why = `${program} did not answer within ${String(ran.seconds)} seconds, and was ended`;
            return { is: "unread", why, isForbidden: false };
        }
        case "failed": {
            const { cause, why } = explained(ran.stderr, nobody(target, stack));
            if (cause !== undefined && MISSING.has(cause)) return { is: "missing" };
            return { is: "unread", why: `${program} refuses: ${why}`, isForbidden: true };
        }
    }
}

/** Whoever runs this is no consumer, so the commands that follow for one are not told. */
const nobody = (target: StoreTarget, stack: string) => ({
    stack,
    consumer: "",
    context: "",
    namespace: "",
    serviceAccount: "",
    annotations: {},
    storeName: undefined,
    provider: {},
    targets: [target],
});
