import { containersOf, POD_KINDS, podSpecOf, secretVariablesOf, secretVolumesOf } from "../reading/pods";
import type { Property } from "../reading/property";
import { each, NOT_APPLICABLE, violation, type Finding, type ResourceRule } from "../rule";

/**
 * A variable is seen by every child process, lands in dumps and crash reports, and stays as it was when the pod started;
 * a file changes with its Secret, unless it is mounted by `subPath`, which never does. Every secret of this project
 * rotates, so each such mount counts. Advisory: images of others read variables, and a restart by generation brings the
 * new value.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-08",
    name: "k8s-08-secrets-are-mounted-as-files",
    description: "Pods take secrets as files of a whole volume, not as variables or by subPath.",
    severity: "medium",
    level: "advisory",
    remediationSteps: "Mount the Secret as a directory, and have the application read files from it.",
    url: "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod",
    peers: ["Checkov", "KICS", "kube-linter", "Kyverno", "Polaris"],
    types: POD_KINDS,
    check: (resource) => {
        const pod = podSpecOf(resource);
        if (pod.isAbsent) return NOT_APPLICABLE;
        return [...checkVariables(pod), ...each([pod], checkMounts)];
    },
};

function checkVariables(pod: Property): Finding[] {
    return each(containersOf(pod), (container) =>
        each(secretVariablesOf(container), (reference) =>
            reference.isAbsent
                ? []
                : [
                      violation(
                          reference,
                          "hands a secret over as a variable, which the pod keeps until it restarts",
                          "Mount the Secret as files",
                      ),
                  ],
        ),
    );
}

function checkMounts(pod: Property): Finding[] {
    const secret = secretVolumesOf(pod).map(({ volume }) => volume.at("name").text());
    return each(containersOf(pod), (container) =>
        each(container.at("volumeMounts").itemsOrUnknown(), (mount) =>
            !isPartial(mount) || !secret.includes(mount.at("name").text())
                ? []
                : [
                      violation(
                          mount,
                          "mounts a part of a Secret, which never sees a new value",
                          "Mount the volume as a directory, without subPath",
                      ),
                  ],
        ),
    );
}

const isPartial = (mount: Property): boolean =>
    !mount.at("subPath").isAbsent || !mount.at("subPathExpr").isAbsent;
