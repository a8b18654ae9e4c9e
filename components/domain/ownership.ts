import type { Category } from "./catalogue";

/** What every declared thing says about itself, so that age, owner and environment are known without reading a value. */
export interface Ownership {
    readonly environment: string;
    readonly platform: string;
    readonly owner: string;
    readonly class: Category | "access" | "delivery";
}

/** AWS tags and GCP labels: the same keys, and values that both allow. */
export function tagsOf(ownership: Ownership): Record<string, string> {
    return { ...ownership, "managed-by": "strongroom" };
}

const PREFIX = "strongroom.io";

export function kubernetesLabels(ownership: Ownership): Record<string, string> {
    const labels = Object.entries(ownership).map(([key, value]) => [`${PREFIX}/${key}`, value] as const);
    return { ...Object.fromEntries(labels), "app.kubernetes.io/managed-by": "strongroom" };
}

/** What is live in a document, as its tags and annotations tell. */
export interface Stamp {
    /** `password=4 secret_key=2`: the current generation of each drawn field, sorted. */
    readonly generations: string;
    /** The day on which the oldest of them became current; its age is the document's. */
    readonly rotated: string;
}

/** The stamp of several documents together, as a consumer's Secret carries it. */
export function stampAnnotations(
    stamps: readonly { id: string; stamp: Stamp | undefined }[],
): Record<string, string> {
    const stamped = stamps.flatMap(({ id, stamp }) => (stamp === undefined ? [] : [{ id, stamp }]));
    const documents = {
        [`${PREFIX}/documents`]: stamps
            .map(({ id }) => id)
            .sort()
            .join(","),
    };
    if (stamped.length === 0) return documents;
    return {
        ...documents,
        [`${PREFIX}/generations`]: stamped
            .map(({ id, stamp }) => `${id}: ${stamp.generations}`)
            .sort()
            .join("; "),
        [`${PREFIX}/rotated`]: stamped.map(({ stamp }) => stamp.rotated).sort()[0] ?? "",
    };
}
