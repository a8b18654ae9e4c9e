import type { Checked } from "../rule";
import type { Property } from "./property";

const TEMPLATE = ["spec", "template", "spec"] as const;

/** Kinds that make pods, with the place of the pod's specification; by type without version. */
const POD_SPECS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
    ["kubernetes:core:Pod", ["spec"]],
    ["kubernetes:core:PodTemplate", ["template", "spec"]],
    ["kubernetes:core:ReplicationController", TEMPLATE],
    ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].flatMap((kind) =>
        ["apps", "extensions"].map((group) => [`kubernetes:${group}:${kind}`, TEMPLATE] as const),
    ),
    ["kubernetes:batch:Job", TEMPLATE],
    ["kubernetes:batch:CronJob", ["spec", "jobTemplate", ...TEMPLATE]],
]);

export const POD_KINDS: ReadonlySet<string> = new Set(POD_SPECS.keys());

/** The specification of the pods that a resource makes; absent where it is a patch of something else. */
export function podSpecOf({ type, props }: Checked): Property {
    return props.at(...(POD_SPECS.get(type) ?? []));
}

/** All containers of a pod, also those that run first and those that somebody attaches. */
export function containersOf(pod: Property): Property[] {
    return ["containers", "initContainers", "ephemeralContainers"].flatMap((key) =>
        pod.at(key).itemsOrUnknown(),
    );
}

/** The environment variables of a container that Secrets fill: one by one, and a whole Secret at once. */
export function secretVariablesOf(container: Property): Property[] {
    const one = container
        .at("env")
        .itemsOrUnknown()
        .map((variable) => variable.at("valueFrom", "secretKeyRef"));
    const all = container
        .at("envFrom")
        .itemsOrUnknown()
        .map((from) => from.at("secretRef"));
    return [...one, ...all];
}

/** A volume with the parts of it that are Secrets. */
export interface SecretVolume {
    readonly volume: Property;
    /** The Secret's name in each; of a CSI driver, which fetches values by itself, there is none. */
    readonly names: readonly Property[];
}

/** Volumes that hold Secrets: whole ones, parts of projected ones, and those that a secrets driver fills. */
export function secretVolumesOf(pod: Property): SecretVolume[] {
    return pod
        .at("volumes")
        .itemsOrUnknown()
        .flatMap((volume) => {
            const whole = volume.at("secret");
            const parts = volume
                .at("projected", "sources")
                .items()
                .map((source) => source.at("secret"))
                .filter((secret) => !secret.isAbsent)
                .map((secret) => secret.at("name"));
            const names = [...(whole.isAbsent ? [] : [whole.at("secretName")]), ...parts];
            const driven = /secrets/.test(volume.at("csi", "driver").text() ?? "");
            return names.length > 0 || driven ? [{ volume, names }] : [];
        });
}
