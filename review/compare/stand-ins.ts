import { standIn, standInUuid } from "../../preview/engine/outputs/context";
import type { Json } from "../../preview/report/redact";
import type { SnapshotResource } from "../snapshot";
import { isList, isObject } from "./marks";
import type { Pairing } from "./pairing";

/**
 * Rewrites what the base says so that only what a deployment would change is left. A preview makes up the ids that a
 * cloud draws, from the URN; what an alias renames keeps the id that it has, so that nothing follows from the rename for
 * all that refer to it. URNs of renamed resources are rewritten too.
 *
 * @returns undefined where nothing was renamed.
 */
export function formerNames({ pairs, renamed }: Pairing): ((value: Json) => Json) | undefined {
    if (renamed.size === 0) return undefined;
    const words = new Map<string, string>(renamed);
    for (const { before, after } of pairs) {
        if (before.urn === after.urn) continue;
        const [old, now] = [madeUp(before), madeUp(after)];
        if (old !== undefined && now !== undefined) words.set(old, now);
    }
    const rewrite = (value: Json): Json => {
        if (typeof value === "string") return value.replace(WORDS, (word) => words.get(word) ?? word);
        if (isList(value)) return value.map(rewrite);
        if (!isObject(value)) return value;
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rewrite(each)]));
    };
    return rewrite;
}

/** A URN as a whole text or before a provider's id, a UUID, or the end of an ARN of Secrets Manager. */
const WORDS =
    /^urn:pulumi:(?:(?!::[^:]*$).)*(?:::[^:]*)?$|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}|-[A-Za-z0-9]{6}(?![A-Za-z0-9-])/g;

/** What the preview makes up of its URN: `preview/engine/outputs/aws.ts`. */
function madeUp({ type, urn, inputs }: SnapshotResource): string | undefined {
    if (type === "aws:kms/key:Key") return standInUuid(urn);
    const { name } = inputs;
    if (type === "aws:secretsmanager/secret:Secret" && typeof name === "string")
        return `-${standIn(`${urn} ${name}`, 6)}`;
    return undefined;
}
