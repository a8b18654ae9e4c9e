import type { SnapshotResource } from "../snapshot";

/** How people call the components that hold others. */
const WORDS: Readonly<Record<string, string>> = {
    "strongroom:secrets:Document": "document",
    "strongroom:delivery:Consumer": "consumer",
    "strongroom:stacks:Platform": "platform",
    "strongroom:encryption:EtcdEncryption": "encryption of",
    "strongroom:audit:KubernetesAuditPolicy": "audit of API servers:",
};

/** `document devplatform/db`: the nearest component that has a word, the resource itself included. */
export function ownersOf(
    resources: readonly SnapshotResource[],
): (resource: SnapshotResource) => string | undefined {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    return (resource) => {
        for (
            let at: SnapshotResource | undefined = resource;
            at !== undefined;
            at = byUrn.get(at.parent ?? "")
        ) {
            const word = WORDS[at.type];
            if (word !== undefined) return `${word} ${at.name}`;
        }
        return undefined;
    };
}
