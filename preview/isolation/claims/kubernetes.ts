import type { Estate } from "../../access/estate";
import { isMap, opened } from "../../access/estate";
import type { PropertyMap, PropertyValue } from "../../engine/values";
import type { RenderedResource } from "../../rendering";
import { textOf, type Claims } from "./claim";

/** Clusters, namespaces, service accounts and Secrets, each in its cluster, and whoever is bound. */
export function kubernetesClaims(estate: Estate, claims: Claims): void {
    for (const provider of estate.ofType("pulumi:providers:kubernetes"))
        claims.add("shared-system", "the cluster context", provider, textOf(provider, "context"));
    for (const [kind, claim, what] of OBJECTS) {
        for (const object of estate.ofTypeLike(kind)) {
            const { name, namespace } = mapOf(opened(object, "metadata"));
            const path = [namespace, name].filter((part) => typeof part === "string").join("/");
            claims.add(claim, what, object, clusterOf(estate, object), path);
        }
    }
    for (const binding of estate.ofTypeLike(/^kubernetes:rbac[^:]*:(?:Cluster)?RoleBinding$/u)) {
        const subjects = opened(binding, "subjects");
        for (const subject of Array.isArray(subjects) ? (subjects as readonly PropertyValue[]) : []) {
            const { kind, name, namespace } = mapOf(subject);
            if (kind !== "ServiceAccount" || typeof name !== "string" || typeof namespace !== "string")
                continue;
            const account = `${namespace}/${name}`;
            claims.add(
                "shared-principal",
                "the service account",
                binding,
                clusterOf(estate, binding),
                account,
            );
        }
    }
}

const OBJECTS = [
    [/^kubernetes:core\/v1:Namespace$/u, "shared-entry", "the namespace"],
    [/^kubernetes:core\/v1:ServiceAccount$/u, "shared-principal", "the service account"],
    [/^kubernetes:core\/v1:Secret$/u, "shared-entry", "the Secret"],
] as const;

/** The context that the object is made in; undefined where that is not known. */
function clusterOf(estate: Estate, resource: RenderedResource): string | undefined {
    const provider = estate.get(resource.provider);
    return provider && textOf(provider, "context");
}

const mapOf = (value: PropertyValue | undefined): PropertyMap => (isMap(value) ? value : {});
