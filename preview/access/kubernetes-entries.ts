import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource } from "../rendering";
import { clusterOf } from "./clusters";
import { isMap, listOf, mapOf, opened, order, placeOf, stackOf } from "./estate";
import type { Estate } from "./estate";
import type { Entry, Gap } from "./types";

/** Where a Secret, or what makes one, says which documents its fields are from. */
const DOCUMENTS = "strongroom.io/documents";

export interface KubernetesEntry extends Entry {
    readonly realm: string;
    readonly namespace: string;
    readonly secret: string;
    /** The service account whose token it holds, as `<namespace>/<name>`. */
    readonly tokenOf?: string;
}

/** Secrets that a stack declares, and those that an ExternalSecret or a SealedSecret makes. */
export function kubernetesEntries(estate: Estate): readonly KubernetesEntry[] {
    const found = new Map<string, KubernetesEntry>();
    const sources = [
        ...estate.ofType("kubernetes:core/v1:Secret"),
        ...estate.ofTypeLike(
            /^kubernetes:(?:external-secrets\.io|bitnami\.com)\/[^:]+:(?:ExternalSecret|SealedSecret)$/u,
        ),
    ];
    for (const source of sources) {
        const metadata = mapOf(opened(source, "metadata"));
        const target = mapOf(mapOf(opened(source, "spec")).target);
        const own = typeof metadata.name === "string" ? metadata.name : source.name;
        const secret = typeof target.name === "string" ? target.name : own;
        const namespace = typeof metadata.namespace === "string" ? metadata.namespace : "default";
        const path = `${namespace}/${secret}`;
        const realm = clusterOf(estate, source);
        const key = `${stackOf(source)} ${realm} ${path}`;
        const before = found.get(key);
        const documents = [...(before?.documents ?? []), ...documentsOf(estate, source, metadata, path)];
        const madeFor = estate.serviceAccountOf(source);
        const tokenOf = mapOf(metadata.annotations)["kubernetes.io/service-account.name"];
        found.set(key, {
            system: "kubernetes",
            store: "kubernetes",
            kind: "document",
            verbs: ["read", "list", "write", "delete", "grant"],
            realm,
            path,
            namespace,
            secret,
            ...(before ?? { urn: source.urn, ...estate.home(source) }),
            isSecret: true,
            ...(madeFor === undefined ? {} : { madeFor }),
            ...(typeof tokenOf === "string" ? { tokenOf: `${namespace}/${tokenOf}` } : {}),
            documents: [...new Set(documents)].sort(order),
        });
    }
    return [...found.values()].sort((a, b) => order(a.path, b.path));
}

function documentsOf(
    estate: Estate,
    source: RenderedResource,
    metadata: PropertyMap,
    path: string,
): readonly string[] {
    const annotation = mapOf(metadata.annotations)[DOCUMENTS];
    if (typeof annotation === "string")
        return annotation
            .split(",")
            .map((each) => each.trim())
            .filter(Boolean);
    return estate.documentsOf(source, "kubernetes", path);
}

/** A Secret that a declared pod gets, whether its service account may ask for it or not. */
export interface Mount {
    readonly cluster: string;
    /** `<namespace>/<name>` of the service account that the pod runs as. */
    readonly account: string;
    /** `<namespace>/<name>` of the Secret. */
    readonly secret: string;
    readonly label: string;
}

const WORKLOAD =
    /^kubernetes:(?:core|apps|batch)\/[^:]+:(?:Pod|ReplicationController|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob)$/u;

/** What pods of the stacks mount, by volumes, variables and pull secrets. */
export function mounts(estate: Estate): { readonly mounts: readonly Mount[]; readonly gaps: readonly Gap[] } {
    const gaps: Gap[] = [];
    const found = estate.ofTypeLike(WORKLOAD).flatMap((workload): Mount[] => {
        const spec = podSpec(mapOf(opened(workload, "spec")));
        const { namespace } = mapOf(opened(workload, "metadata"));
        const ns = typeof namespace === "string" ? namespace : "default";
        const { serviceAccountName, serviceAccount } = spec;
        const account = serviceAccountName ?? serviceAccount ?? "default";
        const names = [...new Set(secretNames(spec))];
        if (typeof account !== "string" || names.some((name) => typeof name !== "string")) {
            gaps.push({
                place: placeOf(workload),
                stack: stackOf(workload),
                message:
                    "which service account it runs as, or which Secret it mounts, is known after a deployment only",
                fix: "Write the names",
            });
        }
        return names.flatMap((name) =>
            typeof name === "string" && typeof account === "string"
                ? [
                      {
                          cluster: clusterOf(estate, workload),
                          account: `${ns}/${account}`,
                          secret: `${ns}/${name}`,
                          label: `mount in ${workload.name}`,
                      },
                  ]
                : [],
        );
    });
    return { mounts: found, gaps };
}

/** A pod's own, or that of a template, however deep. */
function podSpec(spec: PropertyMap): PropertyMap {
    const template = mapOf(spec.template ?? mapOf(spec.jobTemplate).spec);
    if (isMap(template.template)) return podSpec(template);
    return isMap(template.spec) ? mapOf(template.spec) : spec;
}

function secretNames(spec: PropertyMap): readonly PropertyValue[] {
    const containers = ["containers", "initContainers", "ephemeralContainers"].flatMap((kind) =>
        listOf(spec[kind]).map(mapOf),
    );
    const named = (value: PropertyValue | undefined, property = "name"): readonly PropertyValue[] => {
        const name = mapOf(value)[property];
        return name === undefined ? [] : [name];
    };
    return [
        ...listOf(spec.imagePullSecrets).flatMap((each) => named(each)),
        ...listOf(spec.volumes).flatMap((volume) => [
            ...named(mapOf(volume).secret, "secretName"),
            ...listOf(mapOf(mapOf(volume).projected).sources).flatMap((each) => named(mapOf(each).secret)),
            ...named(mapOf(mapOf(volume).csi).nodePublishSecretRef),
        ]),
        ...containers.flatMap((container) => [
            ...listOf(container.envFrom).flatMap((each) => named(mapOf(each).secretRef)),
            ...listOf(container.env).flatMap((each) => named(mapOf(mapOf(each).valueFrom).secretKeyRef)),
        ]),
    ];
}
