import { createReadStream } from "node:fs";
import { counted } from "../../components/domain/counted";
import { ETCD_FIELD } from "../../components/domain/encryption-key";
import type { Problem } from "../../components/domain/problems";
import type { Day } from "../../components/domain/rotation/day";
import { stepFaults } from "../../components/domain/rotation/faults";
import type { Step } from "../../components/domain/rotation/steps";
import { UserError } from "../../preview/errors";
import { countStoredSecrets, proveRewrite } from "../../rotation/etcd-proof";
import type { RewriteProof, StoredSecrets } from "../../rotation/etcd-proof";
import { MalformedJson } from "../../rotation/json-tokens";
import type { RotatingStack } from "../../rotation/stack";
import type { ClusterConfig } from "../../stacks/config/schema";
import { ExitCode } from "../exit-code";

const READ_ETCD = "etcdctl get /registry/secrets/ --prefix --write-out=json";

export interface RewrittenCommand {
    /** A file with what etcdctl printed for each cluster that has the key; `-` is the standard input. */
    readonly from: readonly string[];
    readonly today: Day;
    readonly print: (text: string) => void;
    /** Records the step in the ledger; not called without proof. */
    readonly confirm: (step: Step) => ExitCode | Promise<ExitCode>;
}

/**
 * `rotate rewritten control-plane/encryption-config.key --from <file>`: proves by what stands in etcd that nothing
 * depends on the previous key, and records it. Only numbers and names of keys are printed.
 *
 * @throws {UserError} when there is nothing to prove yet, or the answer of a cluster is missing or no such answer.
 */
export async function rewritten(stack: RotatingStack, command: RewrittenCommand): Promise<ExitCode> {
    const { from, print, confirm } = command;
    const step: Step = { kind: "confirm rewrite", on: command.today };
    const { generations, etcd } = toBeProved(stack, step, command);
    let isProven = true;
    for (const source of from) {
        const proof = proveRewrite(await readSecrets(source), etcd, generations);
        print(proofText(stack, source, proof));
        isProven &&= proof.isProven;
    }
    return isProven ? await confirm(step) : ExitCode.violated;
}

function toBeProved(stack: RotatingStack, step: Step, { from, today }: RewrittenCommand) {
    const { place, ledger, fields, config } = stack;
    const generations = ledger[ETCD_FIELD];
    const field = fields.get(ETCD_FIELD);
    const at = `${place}: ${ETCD_FIELD}`;
    if (config.etcd === undefined || generations === undefined || field === undefined) {
        const message = "the stack encrypts no etcd";
        throw refusal({ place: at, message, fix: "Choose the stack that does" });
    }
    if (generations.previous === undefined) {
        const message = "there is no previous key that something could depend on";
        throw refusal({ place: at, message, fix: "Nothing has to be proved" });
    }
    const faults = stepFaults(generations, step, { rotationClass: field.rotationClass, today });
    if (faults.length > 0) throw refusal(...faults.map(({ message, fix }) => ({ place: at, message, fix })));
    const clusters = clustersOf(stack);
    const wanted = Math.max(1, clusters.length);
    if (from.length !== wanted || new Set(from).size !== wanted) {
        const names = clusters.map(([name]) => `'${name}'`);
        const place = "--from";
        throw wanted === 1
            ? refusal({
                  place,
                  message: `what etcd of ${names[0] ?? "the cluster"} holds is not given`,
                  fix: `Add '--from secrets.json', which this writes: ${READ_ETCD} > secrets.json`,
              })
            : refusal({
                  place,
                  message: `${names.join(" and ")} encrypt with the key, each in an etcd of its own`,
                  fix: `Give ${String(wanted)} different files, one of each: ${READ_ETCD} > <cluster>.json`,
              });
    }
    return { generations, etcd: config.etcd };
}

async function readSecrets(from: string): Promise<StoredSecrets> {
    const place = from === "-" ? "the standard input" : from;
    try {
        const chunks = from === "-" ? process.stdin : createReadStream(from);
        return await countStoredSecrets(chunks.setEncoding("latin1"));
    } catch (error) {
        if (error instanceof MalformedJson)
            throw refusal({ place, message: error.message, fix: `Give what this prints: ${READ_ETCD}` });
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        if (code !== "ENOENT" && code !== "EACCES" && code !== "EISDIR") throw error;
        const message = code === "ENOENT" ? "there is no such file" : "it can't be read as a file";
        throw refusal({ place, message, fix: `Write it: ${READ_ETCD} > secrets.json` });
    }
}

const refusal = (...problems: Problem[]): UserError => new UserError("The rewrite", problems);

/** The clusters whose etcd is encrypted with the key. */
function clustersOf({ config }: RotatingStack): [string, ClusterConfig][] {
    return Object.entries(config.clusters).filter(([, { distribution }]) => distribution === "self-managed");
}

/** How the Secrets of one etcd stand, and what to do where the proof fails. */
function proofText(stack: RotatingStack, source: string, proof: RewriteProof): string {
    const { secrets, counts, left, needPrevious, isProven } = proof;
    const width = Math.max(0, ...counts.map((count) => String(count.secrets).length));
    const lines = [
        `${stack.stack}: ${counted(secrets, "Secret")} in ${source === "-" ? "the standard input" : source}`,
        ...counts.map(
            (count) =>
                `  ${String(count.secrets).padStart(width)}  ${count.under}${count.isLeft ? "" : ", the current key"}`,
        ),
    ];
    if (isProven) {
        lines.push("All are under the current key: nothing needs the previous one.");
    } else if (secrets === 0) {
        lines.push(
            "That proves nothing. Read the Secrets of the cluster, in the place that --etcd-prefix names:",
        );
        lines.push(`  ${READ_ETCD}`);
    } else {
        const need =
            needPrevious === 0 ? "" : `, and ${String(needPrevious)} can't be read without the previous key`;
        lines.push(
            `${counted(left, "Secret")} not written anew${need}. A migration that succeeded may have skipped them.`,
        );
        lines.push("Write all anew, then read etcd once more:");
        const contexts = clustersOf(stack).map(([, { context }]) => context);
        lines.push(...contexts.map((context) => `  ${rewriteCommand(context)}`));
    }
    return `${lines.join("\n")}\n`;
}

/** As the Kubernetes documentation has it; it takes a right to all Secrets, which no Job of ours gets. */
function rewriteCommand(context: string): string {
    const kubectl = `kubectl --context ${context}`;
    return `${kubectl} get secrets --all-namespaces -o json | ${kubectl} replace -f -`;
}
