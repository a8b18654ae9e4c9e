import type { Facts } from "../facts";
import type { Property } from "../reading/property";
import { reachesSecrets, rulesOf } from "../reading/rbac";
import { isOurPlace } from "../reading/scope";
import { ROLES } from "../reading/types";
import {
    decide,
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
    type Settings,
} from "../rule";

const ROLE_BINDING = "kubernetes:rbac.authorization.k8s.io:RoleBinding";

/** Verbs that RBAC can't hold to names, and that whoever syncs Secrets needs in the namespace. */
const OPERATOR_NAMELESS = ["create", "list", "watch"];
const OPERATOR_NAMED = ["get", "update", "patch", "delete"];

/**
 * Least privilege for readers of Secrets: one verb, on named objects. `list` and `watch` return values too, and a
 * rule without names is about all Secrets. Every rule of the role counts; an unknown one is decided in the update.
 *
 * One role of a namespace may do more: that of the operator which makes the Secrets. It is known by its name, since a
 * name is what a binding refers to, and so the binding can be held to the operator too; a label alone would let anybody
 * be bound. What it takes hold of by name has to be named all the same.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "K8S-01",
    name: "k8s-01-roles-get-named-secrets",
    description: "A role may read Secrets with the verb 'get' only, and only the ones it names.",
    severity: "high",
    remediationSteps: "Keep 'get' alone in 'verbs', and list the Secrets in 'resourceNames'.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    peers: ["Trivy", "KICS", "kube-linter", "Kyverno"],
    settings: {
        operatorRoles: {
            type: "array",
            items: { type: "string" },
            default: ["external-secrets-operator"],
            description: "Names of Roles that may also make, change and watch the Secrets of a namespace.",
        },
        operators: {
            type: "array",
            items: { type: "string" },
            default: ["external-secrets/external-secrets"],
            description: "Service accounts that such a Role may be bound to, as namespace/name.",
        },
    },
    types: new Set([...ROLES, ROLE_BINDING]),
    check: (resource, { facts, settings }: Context) => {
        if (resource.type === ROLE_BINDING) return checkBinding(resource.props, settings);
        const rules = rulesOf(resource);
        const reaching = each(rules, (one) => (reachesSecrets(one) ? checkReader(one) : []));
        // Whose role it is matters only where it does more than a reader.
        if (reaching.length === 0) return reaching;
        return decide(() =>
            isOperatorRole(resource, facts, settings)
                ? each(rules, (one) => (reachesSecrets(one) ? checkOperator(one) : []))
                : reaching,
        );
    },
};

function checkReader(rule: Property): Finding[] {
    const verbs = rule.at("verbs");
    return [
        ...(verbs.texts().every((verb) => verb === "get")
            ? []
            : [violation(verbs, "allows more on Secrets than 'get'", "Keep 'get' alone")]),
        ...checkNames(rule),
    ];
}

function checkNames(rule: Property): Finding[] {
    const names = rule.at("resourceNames");
    const wide = names.items().length === 0 || names.texts().some((name) => name === "" || name === "*");
    if (!wide) return [];
    return [violation(names, "does not name the Secrets", "List the Secrets that the consumer reads")];
}

function isOperatorRole({ type, props }: Checked, facts: Facts, settings: Settings): boolean {
    const metadata = props.at("metadata");
    return (
        type === ROLES[0] &&
        listSetting(settings, "operatorRoles").includes(metadata.at("name").text() ?? "") &&
        metadata.at("labels", "strongroom.io/class").text() === "operator" &&
        isOurPlace(metadata.at("namespace").text() ?? "", facts)
    );
}

/** Rules of their own for what has no names, so that nothing else is nameless with it. */
function checkOperator(rule: Property): Finding[] {
    const verbs = rule.at("verbs");
    const isSecretsAlone = rule
        .at("resources")
        .texts()
        .every((resource) => resource === "secrets");
    if (!isSecretsAlone) {
        return [
            violation(rule.at("resources"), "has more than Secrets", "Keep 'secrets' alone in this rule"),
        ];
    }
    if (verbs.texts().every((verb) => OPERATOR_NAMELESS.includes(verb))) return [];
    const allowed = verbs.texts().every((verb) => OPERATOR_NAMED.includes(verb));
    return [
        ...(allowed
            ? []
            : [
                  violation(
                      verbs,
                      "allows more on Secrets than making, changing and watching them",
                      "Keep create, list and watch in rules without names, and get, update, patch and delete in one with names",
                  ),
              ]),
        ...checkNames(rule),
    ];
}

function checkBinding(props: Property, settings: Settings): readonly Finding[] {
    const operators = listSetting(settings, "operators");
    return each([props.at("roleRef", "name")], (role) => {
        if (!listSetting(settings, "operatorRoles").includes(role.text() ?? "")) return [];
        return each(props.at("subjects").itemsOrUnknown(), (subject) => {
            const account = `${subject.at("namespace").text() ?? ""}/${subject.at("name").text() ?? ""}`;
            if (subject.at("kind").text() === "ServiceAccount" && operators.includes(account)) return [];
            return [
                violation(
                    subject,
                    "is not the operator, and gets its rights on all Secrets of the namespace",
                    `Bind one of ${operators.join(", ")}, or a Role that names the Secrets`,
                ),
            ];
        });
    });
}
