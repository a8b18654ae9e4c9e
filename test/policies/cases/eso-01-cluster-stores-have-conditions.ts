import { UNKNOWN, type Table } from "../support/case";
import { withChanges } from "../../../policies/testing";
import { has } from "../support/mutations";

export const table: Table = {
    policy: "eso-01-cluster-stores-have-conditions",
    clean: {
        type: "kubernetes:external-secrets.io/v1:ClusterSecretStore",
        props: { spec: { conditions: [{ namespaces: ["devplatform-prod"] }] } },
    },
    cases: [
        { title: "none", change: { "spec.conditions": undefined }, expect: ['"spec.conditions" is missing'] },
        { title: "an empty list", change: { "spec.conditions": [] }, expect: ["spec.conditions"] },
        {
            title: "near miss: an empty selector matches every namespace",
            change: { "spec.conditions.0": { namespaceSelector: {} } },
            expect: ["spec.conditions[0]"],
        },
        {
            title: "a selector",
            change: { "spec.conditions.0": { namespaceSelector: { matchLabels: { a: "b" } } } },
            expect: "clean",
        },
        {
            title: "near miss: the second condition is wide",
            change: { "spec.conditions.1": { namespaceRegexes: [".*"] } },
            expect: ["spec.conditions[1]"],
        },
        {
            title: "an expression",
            change: { "spec.conditions.0": { namespaceRegexes: ["^devplatform-prod$"] } },
            expect: "clean",
        },
        ...Object.entries({
            "an expression that is not held to the end": "^devplatform-prod",
            "an expression that is not held to the beginning": "devplatform-prod$",
            "an expression that is held at one end of each alternative": "^devplatform-prod|yosai-prod$",
            "an expression whose end is a sign": "^devplatform-prod\\$",
            "an expression of any sign, often": "^.+$",
        }).map(([title, expression]) => ({
            title: `near miss: ${title}`,
            change: { "spec.conditions.0": { namespaceRegexes: [expression] } },
            expect: ["spec.conditions[0]"],
        })),
        {
            title: "an expression with alternatives, held at both ends",
            change: { "spec.conditions.0": { namespaceRegexes: ["^(devplatform|yosai)-prod$", "^(a|b)$"] } },
            expect: "clean",
        },
        ...[
            { key: "kubernetes.io/metadata.name", operator: "Exists" },
            { key: "team", operator: "DoesNotExist" },
            { key: "team", operator: "NotIn", values: ["a"] },
            { key: "team", operator: "In", values: [] },
        ].map((requirement) => ({
            title: `near miss: a selector by ${requirement.operator} of ${requirement.key}`,
            change: { "spec.conditions.0": { namespaceSelector: { matchExpressions: [requirement] } } },
            expect: ["spec.conditions[0]"],
        })),
        {
            title: "a selector that excludes within what it asks for",
            change: {
                "spec.conditions.0": {
                    namespaceSelector: {
                        matchExpressions: [
                            { key: "env", operator: "NotIn", values: ["dev"] },
                            { key: "team", operator: "Exists" },
                        ],
                    },
                },
            },
            expect: "clean",
        },
        {
            title: "near miss: a wide selector beside names",
            change: { "spec.conditions.0": { namespaces: ["a"], namespaceSelector: {} } },
            expect: ["spec.conditions[0]"],
        },
        {
            title: "what is no expression",
            change: { "spec.conditions.0": { namespaceRegexes: ["("] } },
            expect: ["spec.conditions[0]"],
        },
        {
            title: "an unknown condition waits",
            change: { "spec.conditions.0.namespaces": UNKNOWN },
            expect: "can't run",
        },
        {
            title: "a store of one namespace",
            type: "kubernetes:external-secrets.io/v1:SecretStore",
            props: { spec: {} },
            expect: "clean",
        },
    ],
    mutations: [
        {
            title: "a store for every namespace",
            type: "kubernetes:external-secrets.io/v1:SecretStore",
            where: has("spec.provider.vault"),
            mutate: (resource) => ({
                ...resource,
                type: "kubernetes:external-secrets.io/v1:ClusterSecretStore",
            }),
        },
        {
            title: "a store whose conditions let every namespace in",
            type: "kubernetes:external-secrets.io/v1:SecretStore",
            where: has("spec.provider.vault"),
            mutate: (resource) => ({
                ...resource,
                type: "kubernetes:external-secrets.io/v1:ClusterSecretStore",
                props: withChanges(resource.props, { "spec.conditions": [{ namespaces: ["*"] }] }),
            }),
        },
    ],
};
