import { Secret, Unknown, type PropertyMap } from "../values";
import { known, textOf, type Computed, type CreateContext } from "./context";

/** Built-in kinds without a namespace. @see `kubectl api-resources --namespaced=false` */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
    "Namespace",
    "Node",
    "PersistentVolume",
    "ClusterRole",
    "ClusterRoleBinding",
    "CustomResourceDefinition",
    "StorageClass",
    "PriorityClass",
    "RuntimeClass",
    "IngressClass",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ClusterSecretStore",
    "ClusterExternalSecret",
]);

/**
 * Any object of the API: its id is `namespace/name`.
 *
 * @see Pulumi registry, Kubernetes, "Import" of any object; the name is there, or was made when it was checked
 */
export function kubernetesObject(context: CreateContext): Computed {
    const given = context.inputs["metadata"];
    if (given instanceof Unknown || given instanceof Secret) return {};
    const kind = context.inputs["kind"];
    const metadata = (given ?? {}) as PropertyMap;
    const name = textOf(metadata["name"]);
    if (typeof kind === "string" && CLUSTER_SCOPED.has(kind))
        return { id: name, metadata: { ...metadata, name } };
    const byProvider = context.providerText("namespace");
    const namespace = textOf(metadata["namespace"], byProvider instanceof Unknown ? "default" : byProvider);
    return { id: known`${namespace}/${name}`, metadata: { ...metadata, name, namespace } };
}
