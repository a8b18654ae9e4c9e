import type { Property } from "../reading/property";
import { allows, namesObjects, reaches, rulesOf } from "../reading/rbac";
import { ROLES } from "../reading/types";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const WRITE = ["create", "update", "patch"] as const;
const CLUSTER_ROLE = "kubernetes:rbac.authorization.k8s.io:ClusterRole";

interface Right {
    readonly group: string;
    readonly resource: string;
    /** Undefined where each verb is one too many: a stream to a container opens with `get` as well as with `create`. */
    readonly verbs?: readonly string[];
}

/** Each makes pods, and a pod mounts any Secret of its namespace and runs as any of its service accounts. */
const MAKES_PODS: readonly Right[] = [
    ...["pods", "podtemplates", "replicationcontrollers"].map((resource) => ({ group: "", resource })),
    ...["apps", "extensions"].flatMap((group) =>
        ["deployments", "statefulsets", "daemonsets", "replicasets"].map((resource) => ({ group, resource })),
    ),
    ...["jobs", "cronjobs"].map((resource) => ({ group: "batch", resource })),
].map((right) => ({ ...right, verbs: WRITE }));

/** Each runs code inside pods of others, which have their Secrets at hand. */
const ENTERS_PODS: readonly Right[] = [
    { group: "", resource: "pods/exec" },
    { group: "", resource: "pods/attach" },
    { group: "", resource: "pods/ephemeralcontainers", verbs: WRITE },
    { group: "", resource: "nodes/proxy" },
];

const TOKENS: Right = { group: "", resource: "serviceaccounts/token", verbs: ["create"] };

/**
 * Who may make a pod, enter one, ask the kubelet or draw the token of another service account reads every Secret of the
 * namespace, whatever their rules on Secrets say. Roles that do so as their purpose, such as a deployer's, are named in
 * the configuration, for making pods alone. Tokens are drawn by a Role for service accounts that it names, as External
 * Secrets Operator does for the consumer whose store it reads.
 *
 * Not seen: custom resources whose controller makes pods.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-05",
    name: "k8s-05-readers-run-no-code-as-others",
    description: "Roles can't make pods, enter them, reach kubelets, or draw tokens of any service account.",
    severity: "critical",
    remediationSteps: "Take the rule away; for tokens, list the service accounts in 'resourceNames'.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation",
    peers: ["Checkov", "Trivy", "KICS", "kube-linter", "Kyverno", "Polaris"],
    settings: {
        rolesThatDeploy: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Roles that may make pods, as 'namespace/name', of a ClusterRole as 'name'.",
        },
    },
    types: new Set(ROLES),
    check: (role, context) => each(rulesOf(role), (rule) => checkRule(rule, role, context)),
};

function checkRule(rule: Property, role: Checked, { settings }: Context): Finding[] {
    const found: Finding[] = [];
    const made = MAKES_PODS.find((right) => grants(rule, right));
    if (made !== undefined && !listSetting(settings, "rolesThatDeploy").includes(nameOf(role)))
        found.push(
            violation(
                rule,
                `makes pods (${made.resource}), which can mount any Secret of the namespace`,
                "Leave deploying to a role named in the setting 'rolesThatDeploy'",
            ),
        );
    const entered = ENTERS_PODS.find((right) => grants(rule, right));
    if (entered !== undefined)
        found.push(
            violation(
                rule,
                `runs code where others' Secrets are (${entered.resource})`,
                "Take it away; who debugs gets it for a while, outside of the stack",
            ),
        );
    if (grants(rule, TOKENS) && (role.type === CLUSTER_ROLE || !namesObjects(rule)))
        found.push(
            violation(
                rule,
                "draws tokens of service accounts that it does not name",
                "Use a Role in their namespace, and list them in 'resourceNames'",
            ),
        );
    return found;
}

function grants(rule: Property, { group, resource, verbs }: Right): boolean {
    if (!reaches(rule, group, resource)) return false;
    return verbs === undefined ? rule.at("verbs").texts().length > 0 : allows(rule, verbs);
}

/** Asked only where a rule makes pods: the name of a Role may be the engine's to choose. */
function nameOf({ type, props }: Checked): string {
    const name = props.at("metadata", "name").text() ?? "";
    return type === CLUSTER_ROLE ? name : `${props.at("metadata", "namespace").text() ?? ""}/${name}`;
}
