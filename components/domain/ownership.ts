import type { Category } from "./catalogue";

/** What every declared thing says about itself, so that age, owner and environment are known without reading a value. */
export interface Ownership {
    readonly environment: string;
    readonly platform: string;
    readonly owner: string;
    /** `operator` for what writes or delivers secrets of others: a pipeline, the External Secrets Operator. */
    readonly class: Category | "access" | "rotation" | "delivery" | "audit" | "operator";
}

/** AWS tags and GCP labels: the same keys, and values that both allow. */
export function tagsOf(ownership: Ownership): Record<string, string> {
    return { ...ownership, "managed-by": "strongroom" };
}

/** What environments share is named after the project itself. */
export const SHARED_PLATFORM = "strongroom";

/** The team that keeps what environments share: keys, stores, the control plane. */
export const SHARED_OWNER = "security";

/** The prefix of our labels and annotations. */
export const ORIGIN = "strongroom.io";

export function kubernetesLabels(ownership: Ownership): Record<string, string> {
    const labels = Object.entries(ownership).map(([key, value]) => [`${ORIGIN}/${key}`, value] as const);
    return { ...Object.fromEntries(labels), "app.kubernetes.io/managed-by": "strongroom" };
}
