import { UNKNOWN, type Table } from "../support/case";

const type = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const reader = { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["db"] };

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
    ],
};
