import { AUDIT_POLICY_TYPES, auditPolicies, coverageOf, type RequestKind } from "../reading/kubernetes-audit";
import type { Property } from "../reading/property";
import { NOT_APPLICABLE, each, violation, type Finding, type ResourceRule } from "../rule";

/** What holds or hands out values. ConfigMaps too: what should be in a Secret is often found there. */
const SENSITIVE: readonly RequestKind[] = [
    { group: "", resource: "secrets" },
    { group: "", resource: "configmaps" },
    { group: "", resource: "serviceaccounts/token" },
    { group: "authentication.k8s.io", resource: "tokenreviews" },
];

const API_VERSION = "audit.k8s.io/v1";

/**
 * An API server records by the first rule that fits. For requests about Secrets, ConfigMaps and tokens each rule up to
 * the one that fits them all has to say `Metadata`: `None` records nothing, `Request` and `RequestResponse` write values
 * into the log. A stage that is left out is fine, but for the one that tells how it ended.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "AUD-03",
    name: "aud-03-api-servers-record-secrets-without-values",
    description:
        "An audit policy records requests about Secrets, ConfigMaps and tokens at the level Metadata.",
    severity: "high",
    remediationSteps: "Begin the rules with one of level 'Metadata' on secrets, configmaps and tokens.",
    url: "https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/",
    peers: [],
    exemptible: false,
    types: AUDIT_POLICY_TYPES,
    check: (resource) => {
        const policies = auditPolicies(resource);
        return policies.length === 0 ? NOT_APPLICABLE : each(policies, checkPolicy);
    },
};

function checkPolicy(policy: Property): Finding[] {
    const version = policy.at("apiVersion");
    const findings =
        version.text() === API_VERSION
            ? []
            : [violation(version, "is not what the API server reads", `Set it to '${API_VERSION}'`)];
    const stages = checkStages(policy.at("omitStages"));
    return [...findings, ...stages, ...each(SENSITIVE, (kind) => checkKind(policy.at("rules"), kind))];
}

function checkKind(rules: Property, kind: RequestKind): Finding[] {
    for (const rule of rules.items()) {
        const coverage = coverageOf(rule, kind);
        if (coverage === "none") continue;
        const level = rule.at("level");
        if (level.text() !== "Metadata") {
            const problem = `is not 'Metadata', and the rule is about ${kind.resource}`;
            return [violation(level, problem, "Set it to 'Metadata', or put a rule that is before it")];
        }
        const stages = checkStages(rule.at("omitStages"));
        if (stages.length > 0) return stages;
        if (coverage === "all") return [];
    }
    const fix = "Add them to a rule of level 'Metadata'";
    return [violation(rules, `do not record all requests about ${kind.resource}`, fix)];
}

function checkStages(stages: Property): Finding[] {
    const hides = stages.items().filter((stage) => (stage.text() ?? "") !== "RequestReceived");
    return hides.map((stage) =>
        violation(stage, "hides how a request ended", "Leave out 'RequestReceived' alone"),
    );
}
