import type { Json } from "../../preview/report/redact";
import { isMark, isObject } from "./marks";
import type { Step } from "./path";
import { canonical } from "./same";

/** Elements of two lists that belong together, or one that the other list has no partner for. */
export interface Pair {
    readonly step: Step;
    readonly before?: Json;
    readonly after?: Json;
}

export interface Alignment {
    readonly pairs: readonly Pair[];
    /** What both have stands in another order: how it stood, and how it stands. */
    readonly moved?: { readonly before: Json; readonly after: Json };
}

/**
 * What tells an element from its neighbours, the first of these that each element has and no two share: IAM's `Sid`,
 * the name of a container, a volume or a variable, the key of a Secret, the region of a replica.
 */
const KEYS = ["Sid", "sid", "name", "secretKey", "key", "region"] as const;

/** Pairs the elements of two lists so that one that is put in between is one difference, and not one for all after it. */
export function align(before: readonly Json[], after: readonly Json[]): Alignment {
    const key = KEYS.find((each) => isKey(each, before) && isKey(each, after));
    return key === undefined ? byPlace(before, after) : byKey(key, before, after);
}

function isKey(key: string, list: readonly Json[]): boolean {
    const found = new Set<string>();
    for (const each of list) {
        const name = nameIn(each, key);
        if (name === undefined || found.has(name)) return false;
        found.add(name);
    }
    return true;
}

function nameIn(element: Json, key: string): string | undefined {
    const name = isObject(element) && !isMark(element) ? element[key] : undefined;
    return typeof name === "string" ? name : undefined;
}

function byKey(key: string, before: readonly Json[], after: readonly Json[]): Alignment {
    const named = (list: readonly Json[]): Map<string, Json> =>
        new Map(list.map((each) => [nameIn(each, key) ?? "", each]));
    const [old, now] = [named(before), named(after)];
    const pairs = [...new Set([...old.keys(), ...now.keys()])].map((name): Pair => {
        const [was, is] = [old.get(name), now.get(name)];
        return {
            step: { key: name },
            ...(was === undefined ? {} : { before: was }),
            ...(is === undefined ? {} : { after: is }),
        };
    });
    const common = [...old.keys()].filter((name) => now.has(name));
    const today = [...now.keys()].filter((name) => old.has(name));
    return common.every((name, at) => name === today[at])
        ? { pairs }
        : { pairs, moved: { before: [...old.keys()], after: [...now.keys()] } };
}

/** Equal elements are anchors; between two of them what goes and what comes is paired in order. */
function byPlace(before: readonly Json[], after: readonly Json[]): Alignment {
    const [old, now] = [before.map(canonical), after.map(canonical)];
    const counts = new Map<string, number>();
    for (const text of now) counts.set(text, (counts.get(text) ?? 0) + 1);
    const oldAnchors = kept(old, counts);
    counts.clear();
    for (const text of old) counts.set(text, (counts.get(text) ?? 0) + 1);
    const nowAnchors = kept(now, counts);
    if (oldAnchors.some((at, index) => old[at] !== now[nowAnchors[index] ?? -1]))
        return { pairs: [], moved: { before, after } };
    const pairs: Pair[] = [];
    let [from, to] = [0, 0];
    for (const [index, end] of [...oldAnchors, old.length].entries()) {
        const stop = nowAnchors[index] ?? now.length;
        for (; from < end || to < stop; from++, to++) {
            const was = from < end ? before[from] : undefined;
            const is = to < stop ? after[to] : undefined;
            if (was === undefined && is !== undefined) pairs.push({ step: to, after: is });
            else if (was !== undefined && is === undefined) pairs.push({ step: from, before: was });
            else if (was !== undefined && is !== undefined) pairs.push({ step: to, before: was, after: is });
        }
        [from, to] = [end + 1, stop + 1];
    }
    return { pairs };
}

/** The places of elements that the other list has too, each of the other's taken once. */
function kept(texts: readonly string[], counts: Map<string, number>): readonly number[] {
    return texts.flatMap((text, at) => {
        const left = counts.get(text) ?? 0;
        if (left === 0) return [];
        counts.set(text, left - 1);
        return [at];
    });
}
