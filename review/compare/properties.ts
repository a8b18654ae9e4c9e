import type { Json } from "../../preview/report/redact";
import type { PropertyChange } from "../review";
import { align } from "./lists";
import { isList, isMark, isObject, isSecret, shown } from "./marks";
import { pathText } from "./path";
import type { Step } from "./path";
import { isSame } from "./same";

/** One place where two values differ. */
export interface Difference {
    readonly steps: readonly Step[];
    /** Absent where there is nothing. */
    readonly before?: Json;
    readonly after?: Json;
    /** True for an option of the resource, which a property may be called like: Vault's mounts have `options`. */
    readonly isOption?: true;
}

/**
 * Where two values differ, as deep as both have the same shape. Own code rather than a library for differences of
 * objects: those pair the elements of lists by place or by one key, and know neither texts that are documents nor marks.
 */
export function differences(before: Json | undefined, after: Json | undefined): readonly Difference[] {
    const found: Difference[] = [];
    compare([], before, after, found);
    return found;
}

function compare(
    steps: readonly Step[],
    before: Json | undefined,
    after: Json | undefined,
    found: Difference[],
): void {
    if (isSame(before, after)) return;
    const already = found.length;
    if (!isMark(before) && !isMark(after)) {
        if (isObject(before) && isObject(after)) {
            for (const key of Object.keys({ ...before, ...after }).sort())
                compare([...steps, key], before[key], after[key], found);
        } else if (isList(before) && isList(after)) {
            const { pairs, moved } = align(before, after);
            for (const { step, before: was, after: is } of pairs) compare([...steps, step], was, is, found);
            if (moved !== undefined) found.push({ steps, ...moved });
        } else if (typeof before === "string" && typeof after === "string") {
            const [old, now] = [documentIn(before), documentIn(after)];
            if (old !== undefined && now !== undefined) compare(steps, old, now, found);
        }
    }
    // Also a document that is only written otherwise: an engine compares its text.
    if (found.length > already) return;
    found.push({
        steps,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
    });
}

/** The object or list that a text is as JSON, such as a policy of IAM. */
function documentIn(text: string): Json | undefined {
    if (!/^\s*[[{]/.test(text)) return undefined;
    try {
        return JSON.parse(text) as Json;
    } catch {
        return undefined;
    }
}

/** A difference as people are told of it: of a secret nothing but that it differs. */
export function propertyChange({ steps, before, after }: Difference): PropertyChange {
    const secret = isSecret(before) || isSecret(after);
    return {
        path: pathText(steps),
        kind: before === undefined ? "added" : after === undefined ? "removed" : "changed",
        isSecret: secret,
        ...(secret || before === undefined ? {} : { before: shown(before) }),
        ...(secret || after === undefined ? {} : { after: shown(after) }),
    };
}
