import { UNKNOWN, type Rendered, type Table } from "../support/case";

const type = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const metadata = {
    name: "external-secrets-operator",
    namespace: "devplatform-prod",
    labels: { "strongroom.io/class": "operator" },
};
const secrets = (verbs: readonly string[], resourceNames?: readonly string[]) => ({
    apiGroups: [""],
    resources: ["secrets"],
    verbs,
    ...(resourceNames === undefined ? {} : { resourceNames }),
});
const operator = {
    metadata,
    rules: [
        secrets(["list", "watch"]),
        secrets(["create"]),
        secrets(["delete", "get", "patch", "update"], ["backend-secrets"]),
        { apiGroups: [""], resources: ["events"], verbs: ["create"] },
    ],
};
/** Where a role is not the operator's, each of its three rules on Secrets breaks the one for readers. */
const asReader = [
    "rules[0].verbs",
    "rules[0].resourceNames",
    "rules[1].verbs",
    "rules[1].resourceNames",
    "rules[2].verbs",
];
const binding = (subject: object, role = "external-secrets-operator") => ({
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role },
    subjects: [subject],
});
const bindingType = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const controller = { kind: "ServiceAccount", name: "external-secrets", namespace: "external-secrets" };

const reader = { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["db"] };

const isReader = ({ props }: Rendered): boolean =>
    (props["metadata"] as { name: string }).name.endsWith("-secret-reader");

export const table: Table = {
    policy: "k8s-01-roles-get-named-secrets",
    clean: {
        type,
        props: { rules: [reader, { apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"] }] },
    },
    cases: [
        { title: "listing", change: { "rules.0.verbs": ["get", "list"] }, expect: ['"rules[0].verbs"'] },
        {
            title: "no names",
            change: { "rules.0.resourceNames": undefined },
            expect: ["rules[0].resourceNames"],
        },
        {
            title: "an empty list of names",
            change: { "rules.0.resourceNames": [] },
            expect: ["resourceNames"],
        },
        {
            title: "near miss: the second rule",
            change: { "rules.1": { ...reader, verbs: ["watch"] } },
            expect: ["rules[1].verbs"],
        },
        {
            title: "near miss: Secrets by a wildcard of resources",
            change: { "rules.1": { apiGroups: ["*"], resources: ["*"], verbs: ["get"] } },
            expect: ["rules[1].resourceNames"],
        },
        {
            title: "near miss: a wildcard of verbs, which lists",
            change: { "rules.0.verbs": ["*"] },
            expect: ["rules[0].verbs"],
        },
        {
            title: "near miss: names in the first rule, none in the second",
            change: { "rules.1": { ...reader, resourceNames: undefined } },
            expect: ["rules[1].resourceNames"],
        },
        {
            title: "near miss: a wildcard for a name",
            change: { "rules.0.resourceNames": ["db", "*"] },
            expect: ["rules[0].resourceNames"],
        },
        {
            title: "near miss: an empty name",
            change: { "rules.0.resourceNames": [""] },
            expect: ["rules[0].resourceNames"],
        },
        {
            title: "near miss: a part of Secrets by a wildcard",
            change: { "rules.1": { apiGroups: [""], resources: ["secrets/*"], verbs: ["list"] } },
            expect: ["rules[1].verbs", "rules[1].resourceNames"],
        },
        {
            title: "near miss: no groups, which the core one is as well",
            change: { "rules.1": { resources: ["secrets"], verbs: ["get"] } },
            expect: ["rules[1].resourceNames"],
        },
        {
            title: "near miss: secrets of another group",
            change: { "rules.1": { apiGroups: ["acme.example"], resources: ["secrets"], verbs: ["list"] } },
            expect: "clean",
        },
        {
            title: "an unknown rule does not hide another",
            change: { "rules.1": UNKNOWN, "rules.0.verbs": ["list"] },
            expect: ["rules[0].verbs"],
        },
        { title: "unknown rules wait", change: { rules: UNKNOWN }, expect: "can't run" },
        {
            title: "a ClusterRole",
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
            props: { rules: [{ ...reader, verbs: ["delete"] }] },
            expect: ["rules[0].verbs"],
        },
        { title: "the operator's Role", type, props: operator, expect: "clean" },
        {
            title: "near miss: the operator's Role without its label",
            type,
            props: { ...operator, metadata: { ...metadata, labels: { "strongroom.io/class": "delivery" } } },
            expect: asReader,
        },
        {
            title: "near miss: the label on a Role of another name",
            type,
            props: { ...operator, metadata: { ...metadata, name: "external-secrets-operator-2" } },
            expect: asReader,
        },
        {
            title: "near miss: the operator's Role in a namespace of prod-eu",
            type,
            props: { ...operator, metadata: { ...metadata, namespace: "devplatform-prod-eu" } },
            expect: asReader,
        },
        {
            title: "near miss: the operator's Role in its own namespace",
            type,
            props: { ...operator, metadata: { ...metadata, namespace: "external-secrets" } },
            expect: asReader,
        },
        {
            title: "near miss: a ClusterRole that is called and labelled so",
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
            props: operator,
            expect: asReader,
        },
        {
            title: "the operator reads by verbs without names",
            type,
            props: { metadata, rules: [secrets(["get"])] },
            expect: ["rules[0].resourceNames"],
        },
        {
            title: "near miss: the operator changes what it does not name, beside a watch",
            type,
            props: { metadata, rules: [secrets(["list", "watch", "update"])] },
            expect: ["rules[0].verbs", "rules[0].resourceNames"],
        },
        {
            title: "the operator deletes all at once",
            type,
            props: { metadata, rules: [secrets(["deletecollection"], ["backend-secrets"])] },
            expect: ["rules[0].verbs"],
        },
        {
            title: "the operator may do everything",
            type,
            props: { metadata, rules: [secrets(["*"], ["backend-secrets"])] },
            expect: ["rules[0].verbs"],
        },
        {
            title: "near miss: the operator's watch is on more than Secrets",
            type,
            props: {
                metadata,
                rules: [{ apiGroups: [""], resources: ["secrets", "configmaps"], verbs: ["list"] }],
            },
            expect: ["rules[0].resources"],
        },
        {
            title: "a Role of which it is unknown whether it is the operator's waits",
            type,
            props: { ...operator, metadata: UNKNOWN },
            expect: "can't run",
        },
        { title: "the operator's binding", type: bindingType, props: binding(controller), expect: "clean" },
        {
            title: "near miss: a consumer of the namespace is bound to the operator's Role",
            type: bindingType,
            props: binding({ kind: "ServiceAccount", name: "backend", namespace: "devplatform-prod" }),
            expect: ["subjects[0]"],
        },
        {
            title: "near miss: a user that is called like the operator",
            type: bindingType,
            props: binding({ ...controller, kind: "User" }),
            expect: ["subjects[0]"],
        },
        {
            title: "a binding to a reader's Role",
            type: bindingType,
            props: binding(
                { kind: "ServiceAccount", name: "backend", namespace: "devplatform-prod" },
                "backend-secret-reader",
            ),
            expect: "clean",
        },
        {
            title: "another operator, by configuration",
            type: bindingType,
            props: binding({ kind: "ServiceAccount", name: "eso", namespace: "platform" }),
            settings: { operators: ["platform/eso"] },
            expect: "clean",
        },
        {
            title: "an unknown subject waits",
            type: bindingType,
            props: binding({ ...controller, name: UNKNOWN }),
            expect: "can't run",
        },
    ],
    mutations: [
        ...["list", "watch", "delete", "create"].map((verb) => ({
            title: `${verb} besides get`,
            type,
            where: isReader,
            change: { "rules.0.verbs": ["get", verb] },
        })),
        {
            title: "every Secret of the namespace",
            type,
            where: isReader,
            change: { "rules.0.resourceNames": undefined },
        },
        { title: "a list of no names", type, where: isReader, change: { "rules.0.resourceNames": [] } },
        {
            title: "every Secret in a second rule",
            type,
            where: isReader,
            change: { "rules.1": { apiGroups: [""], resources: ["secrets"], verbs: ["get"] } },
        },
        {
            title: "the operator's Role loses its label",
            type,
            where: (role) => !isReader(role),
            change: { "metadata.labels": {} },
        },
        {
            title: "a consumer is bound to the operator's Role",
            type: bindingType,
            where: isReader,
            change: { "roleRef.name": "external-secrets-operator" },
        },
    ],
};
