import type { Json } from "../../preview/report/redact";
import type { SnapshotResource } from "../snapshot";
import { isList, isMark, isObject } from "./marks";
import type { Pairing } from "./pairing";
import type { Difference } from "./properties";
import { isSame } from "./same";

/** What a deployment draws or is issued: no preview knows these values, so that two of them look the same in it. */
const DRAWN = /^(?:random:|aws:iam\/accessKey:)/;

/** A resource that draws another value than before: a generation more or less, or one that is replaced. */
export type IsDrawnAnew = (urn: string) => boolean;

/**
 * @param replaced those of the pairs that are drawn and will be replaced.
 * @returns undefined where nothing is drawn anew.
 */
export function drawnAnew(
    { added, removed }: Pairing,
    replaced: readonly { readonly pair: Pairing["pairs"][number] }[],
): IsDrawnAnew | undefined {
    const urns = new Set([
        ...[...added, ...removed].filter(isDrawing).map(({ urn }) => urn),
        ...replaced.flatMap(({ pair }) => [pair.before.urn, pair.after.urn]),
    ]);
    return urns.size === 0 ? undefined : (urn) => urns.has(urn);
}

export const isDrawing = ({ type }: SnapshotResource): boolean => DRAWN.test(type);

/**
 * Properties that are secret or not known, look the same in a preview, and are made of what is drawn anew, or of more or
 * less of it: told as a whole, since a snapshot does not say which part of one is made of what.
 */
export function madeAnew(
    { before, after }: Pairing["pairs"][number],
    isAnew: IsDrawnAnew,
): readonly Difference[] {
    const [old, now] = [new Set(before.dependencies), new Set(after.dependencies)];
    const isAffected =
        [...now].some((urn) => isAnew(urn)) || [...old].some((urn) => isAnew(urn) && !now.has(urn));
    if (!isAffected || !after.custom) return [];
    return Object.entries(after.inputs).flatMap(([name, value]) => {
        const was = before.inputs[name];
        return was !== undefined && isSame(was, value) && holdsMark(value)
            ? [{ steps: [name], before: MADE_ANEW, after: MADE_ANEW }]
            : [];
    });
}

/** Stands for both sides of a secret that nobody has seen. */
const MADE_ANEW: Json = { "~secret": "" };

/** What is made of a value that nobody has seen is a secret, or not known. */
function holdsMark(value: Json): boolean {
    if (isMark(value)) return true;
    if (isList(value)) return value.some(holdsMark);
    return isObject(value) && Object.values(value).some(holdsMark);
}
