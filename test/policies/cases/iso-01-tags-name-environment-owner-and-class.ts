import { UNKNOWN, type Table } from "../support/case";

/** What carries tags or labels, with the paths to them. */
const LABELLED = [
    ...[
        "secretsmanager/secret:Secret",
        "ssm/parameter:Parameter",
        "kms/key:Key",
        "kms/replicaKey:ReplicaKey",
    ].map((kind) => [`aws:${kind}`, "tags."] as const),
    ["aws:iam/role:Role", "tags."],
    ["gcp:secretmanager/secret:Secret", "labels."],
    ["gcp:kms/cryptoKey:CryptoKey", "labels."],
    ["kubernetes:core/v1:Namespace", 'metadata.labels["strongroom.io/'],
] as const;
const label = (prefix: string, word: string): string => prefix + word + (prefix.includes("[") ? '"]' : "");

export const table: Table = {
    policy: "iso-01-tags-name-environment-owner-and-class",
    clean: {
        type: "aws:secretsmanager/secret:Secret",
        props: {
            name: "devplatform/prod/db",
            tags: { environment: "prod", platform: "devplatform", owner: "backend", class: "database" },
        },
    },
    cases: [
        {
            title: "another environment",
            change: { "tags.environment": "dev" },
            expect: ['"tags.environment"'],
        },
        {
            title: "near miss: an environment whose name begins like this one's",
            change: { "tags.environment": "prod-eu" },
            expect: ["Set it to 'prod'"],
        },
        { title: "no owner", change: { "tags.owner": undefined }, expect: ['"tags.owner" is missing'] },
        { title: "an empty class", change: { "tags.class": "" }, expect: ['"tags.class"'] },
        {
            title: "no tags at all: everything at once",
            change: { tags: undefined },
            expect: ["tags.environment", "tags.owner", "tags.class"],
        },
        {
            title: "an unknown owner does not hide a missing class",
            change: { "tags.owner": UNKNOWN, "tags.class": undefined },
            expect: ["tags.class"],
        },
        { title: "an unknown tag waits", change: { "tags.owner": UNKNOWN }, expect: "can't run" },
        {
            title: "labels on GCP",
            type: "gcp:secretmanager/secret:Secret",
            props: { labels: { environment: "prod", owner: "data" } },
            expect: ['"labels.class"'],
        },
        {
            title: "labels of a namespace",
            type: "kubernetes:core/v1:Namespace",
            props: {
                metadata: {
                    name: "yosai-prod",
                    labels: {
                        "strongroom.io/environment": "dev",
                        "strongroom.io/owner": "yosai",
                        "strongroom.io/class": "delivery",
                    },
                },
            },
            expect: ['metadata.labels["strongroom.io/environment"]'],
        },
        {
            title: "an entry of Vault without metadata",
            type: "vault:kv/secretV2:SecretV2",
            props: { name: "yosai/prod/db" },
            expect: ["customMetadata.data.environment", "data.owner", "data.class"],
        },
        {
            title: "a store of the operator, labelled for dev",
            type: "kubernetes:external-secrets.io/v1:SecretStore",
            props: {
                metadata: {
                    labels: {
                        "strongroom.io/environment": "dev",
                        "strongroom.io/owner": "yosai",
                        "strongroom.io/class": "delivery",
                    },
                },
            },
            expect: ['metadata.labels["strongroom.io/environment"]'],
        },
        {
            title: "a user without tags",
            type: "aws:iam/user:User",
            props: { name: "marketplace-prod-s3" },
            expect: ["tags.environment", "tags.owner", "tags.class"],
        },
        {
            title: "what has no labels",
            type: "gcp:serviceaccount/account:Account",
            props: { accountId: "yosai-prod-api" },
            expect: "clean",
        },
    ],
    mayBreak: ["SM-02", "SM-05", "IAM-08"],
    mutations: LABELLED.flatMap(([type, prefix]) => [
        {
            title: `${type} of another environment`,
            type,
            change: { [label(prefix, "environment")]: "prod-eu" },
        },
        { title: `${type} of nobody`, type, change: { [label(prefix, "owner")]: undefined } },
        { title: `${type} of an empty class`, type, change: { [label(prefix, "class")]: "" } },
    ]),
};
