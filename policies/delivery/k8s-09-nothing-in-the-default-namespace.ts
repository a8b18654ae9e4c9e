import { NAMESPACED_KINDS } from "../reading/namespaced-kinds";
import { violation, type Checked, type Finding, type ResourceRule } from "../rule";

/**
 * Rights, quotas and network policies are of a namespace; whatever named none ended up in `default`, among strangers.
 * What names no namespace lands in that of its provider, or else there.
 *
 * Not seen: custom kinds that the pack does not list.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-09",
    name: "k8s-09-nothing-in-the-default-namespace",
    description: "Whatever lives in a namespace names one, and not the default one.",
    severity: "medium",
    remediationSteps: "Set metadata.namespace to the namespace of the platform in this environment.",
    url: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    peers: ["Checkov", "Trivy", "KICS", "kube-linter", "Kyverno"],
    types: NAMESPACED_KINDS,
    check,
};

function check({ props, provider }: Checked): readonly Finding[] {
    const namespace = props.at("metadata", "namespace");
    const fix = "Set it to <platform>-<environment>";
    if (!namespace.isAbsent && namespace.text() !== "") {
        return namespace.text() === "default" ? [violation(namespace, "is the default one", fix)] : [];
    }
    const inherited = provider?.props.at("namespace").text() ?? "";
    return inherited === "" || inherited === "default"
        ? [violation(namespace, "is not named, so that it is the default one", fix)]
        : [];
}
