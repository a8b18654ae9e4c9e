import { podSpecOf, POD_KINDS } from "../reading/pods";
import type { Property } from "../reading/property";
import {
    listSetting,
    NOT_APPLICABLE,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const ACCOUNT = "kubernetes:core:ServiceAccount";
const SECRET = "kubernetes:core:Secret";

/**
 * A pod that talks to no API server needs no token, and whoever enters it finds none. The switch is on by default in
 * both places where it stands, and the pod's own counts: so both have to say false. A cloud's identity does not need
 * it, and neither does a projected token of a given audience, which the pod mounts by itself. A Secret with a token has
 * no end and no audience, and anybody who reads Secrets reads it: never.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-10",
    name: "k8s-10-tokens-are-mounted-where-needed",
    description: "Service accounts and pods mount no token unless needed, and no Secret holds one.",
    severity: "medium",
    remediationSteps: "Set automountServiceAccountToken to false, and project a token where one is needed.",
    url: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    peers: ["Checkov", "Trivy", "KICS", "Kyverno", "Gatekeeper", "Polaris"],
    settings: {
        needsToken: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Service accounts and workloads that ask the API server, as 'namespace/name'.",
        },
    },
    types: new Set([ACCOUNT, SECRET, ...POD_KINDS]),
    check,
};

function check(resource: Checked, context: Context): readonly Finding[] | typeof NOT_APPLICABLE {
    if (resource.type === SECRET) return checkSecret(resource.props);
    if (resource.type === ACCOUNT) return checkSwitch(resource.props, resource, context);
    const pod = podSpecOf(resource);
    return pod.isAbsent ? NOT_APPLICABLE : checkSwitch(pod, resource, context);
}

function checkSecret(props: Property): Finding[] {
    const type = props.at("type");
    if (type.text() !== "kubernetes.io/service-account-token") return [];
    return [
        violation(type, "makes a token without an end", "Ask for one with a TokenRequest, or project it"),
    ];
}

function checkSwitch(holder: Property, { props }: Checked, { settings }: Context): Finding[] {
    const mounts = holder.at("automountServiceAccountToken");
    if (!mounts.isAbsent && mounts.isFalse) return [];
    const named = listSetting(settings, "needsToken");
    const metadata = props.at("metadata");
    if (named.length > 0 && named.includes(`${textOf(metadata, "namespace")}/${textOf(metadata, "name")}`))
        return [];
    return [
        violation(
            mounts,
            "is not false, so that whoever enters the pod finds a token",
            "Set it to false, or name it in the setting 'needsToken'",
        ),
    ];
}

const textOf = (metadata: Property, key: string): string => metadata.at(key).text() ?? "";
