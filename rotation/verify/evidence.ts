import * as v from "valibot";
import type { Problem } from "../../components/domain/problems";
import { liveStages } from "../../components/domain/rotation/stages";
import type { Ledger } from "../../components/domain/rotation/stages";
import type { Verdict } from "./judge";

const names = v.array(v.string());
const generation = v.pipe(v.number(), v.integer(), v.minValue(1));

const fieldSchema = v.object({
    /** What the ledger said; evidence on another ledger proves nothing of this one. */
    ledger: v.object({
        next: v.optional(generation),
        current: generation,
        previous: v.optional(generation),
    }),
    /** Consumers that run exactly that. */
    runs: names,
    /** Consumers that were seen to run something else. */
    behind: names,
    /** Consumers that could not be asked. A step that takes something away has to wait for them as well. */
    unknown: names,
});

const schema = v.object({
    stack: v.string(),
    /** When the clusters were read: RFC 3339 in UTC. */
    at: v.pipe(v.string(), v.isoTimestamp()),
    /** Without pods, it proves that Secrets were synced, and not that anybody took them. */
    syncedOnly: v.boolean(),
    /** By field id; those of the catalogue that have an entry in the ledger. */
    fields: v.record(v.string(), fieldSchema),
});

/** What the consumers of a stack run, as `rotate verify --json` saw it. */
export type Evidence = v.InferOutput<typeof schema>;
export type FieldEvidence = v.InferOutput<typeof fieldSchema>;

/**
 * @param ids the fields of the catalogue: what has an entry in the ledger without being one of them, such as the key of
 *     the control plane, is not proved by what consumers run.
 */
export function evidenceOf(
    stack: string,
    ledger: Ledger,
    ids: ReadonlySet<string>,
    seen: { readonly at: string; readonly syncedOnly: boolean; readonly verdicts: readonly Verdict[] },
): Evidence {
    const { at, syncedOnly, verdicts } = seen;
    const fields = Object.entries(ledger).flatMap(([id, generations]): [string, FieldEvidence][] => {
        if (!ids.has(id)) return [];
        const of = (status: Verdict["status"]): string[] =>
            verdicts
                .filter((each) => each.field === id && each.status === status)
                .map(({ consumer }) => consumer);
        const live = Object.fromEntries(
            liveStages(generations).map(({ stage, generation }) => [stage, generation]),
        );
        const current = generations.current.generation;
        const [runs, behind, unknown] = [of("runs"), of("behind"), of("unknown")];
        return [[id, { ledger: { ...live, current }, runs, behind, unknown }]];
    });
    return { stack, at, syncedOnly, fields: Object.fromEntries(fields) };
}

/** Reads what `rotate verify --json` wrote. */
export function readEvidence(
    text: string,
    place: string,
): { readonly evidence: Evidence | undefined; readonly problems: readonly Problem[] } {
    const fix = "Write it anew: npm run --silent rotate -- verify --stack <stack> --json > <file>";
    let source: unknown;
    try {
        source = JSON.parse(text);
    } catch {
        return { evidence: undefined, problems: [{ place, message: "it is not JSON", fix }] };
    }
    const parsed = v.safeParse(schema, source);
    if (parsed.success) return { evidence: parsed.output, problems: [] };
    const problems = parsed.issues.map((issue) => {
        const at = v.getDotPath(issue);
        return {
            place: at === null ? place : `${place}: ${at}`,
            message: "it is not what verify writes",
            fix,
        };
    });
    return { evidence: undefined, problems };
}
