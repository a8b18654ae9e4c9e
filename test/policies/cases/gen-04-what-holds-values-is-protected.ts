import { UNKNOWN, type Mutation, type Table } from "../support/case";

const PARAMETER = "aws:ssm/parameter:Parameter";
const UUID = "random:index/randomUuid:RandomUuid";

const unprotected = (title: string, type: string, alsoBreaks: readonly string[] = []): Mutation => ({
    title,
    type,
    where: ({ protect }) => protect,
    mutate: (resource) => ({ ...resource, protect: false }),
    alsoBreaks,
});

export const table: Table = {
    policy: "gen-04-what-holds-values-is-protected",
    clean: {
        type: "aws:secretsmanager/secret:Secret",
        props: { name: "devplatform/prod/db" },
        protect: true,
    },
    cases: [
        { title: "a secret", change: {}, with: { protect: false }, expect: ["is not protected"] },
        {
            title: "where nothing has to be",
            change: {},
            with: { protect: false },
            settings: { requireProtection: false },
            expect: "not applicable",
        },
        {
            title: "whatever it is called",
            change: { name: "devplatform/prod/other" },
            with: { protect: false },
            expect: ["Set the option 'protect'"],
        },
        ...[
            "aws:kms/key:Key",
            "aws:kms/replicaKey:ReplicaKey",
            "gcp:secretmanager/secret:Secret",
            "gcp:kms/keyRing:KeyRing",
            "gcp:kms/cryptoKey:CryptoKey",
            "vault:index/mount:Mount",
            "vault:kv/secretV2:SecretV2",
            "kubernetes:core/v1:Namespace",
            "kubernetes:core/v1:Secret",
        ].map((type) => ({ title: `unprotected: ${type}`, type, props: {}, expect: ["is not protected"] })),
        {
            title: "a patch of a namespace counts as one",
            type: "kubernetes:core/v1:NamespacePatch",
            props: {},
            expect: ["is not protected"],
        },
        {
            title: "a SecureString",
            type: PARAMETER,
            props: { type: "SecureString" },
            expect: ["is not protected"],
        },
        {
            title: "near miss: a parameter of configuration",
            type: PARAMETER,
            props: { type: "String" },
            expect: "not applicable",
        },
        {
            title: "a parameter of a type that is not known yet",
            type: PARAMETER,
            props: { type: UNKNOWN },
            expect: ["is not protected"],
        },
        {
            title: "the mark of the state",
            type: UUID,
            name: "prod-state",
            props: {},
            expect: ["is not protected"],
        },
        {
            title: "near miss: another random id",
            type: UUID,
            name: "prod-state-of-mind",
            props: {},
            expect: "not applicable",
        },
        {
            title: "near miss: drawn values go at the end of their overlap",
            type: "random:index/randomPassword:RandomPassword",
            props: {},
            expect: "clean",
        },
        {
            title: "near miss: versions are replaced by every rotation",
            type: "gcp:secretmanager/secretVersion:SecretVersion",
            props: {},
            expect: "clean",
        },
    ],
    mutations: [
        unprotected("a secret of AWS", "aws:secretsmanager/secret:Secret"),
        unprotected("a key of AWS", "aws:kms/key:Key", ["KMS-03"]),
        unprotected("a secret of GCP", "gcp:secretmanager/secret:Secret"),
        unprotected("a key ring", "gcp:kms/keyRing:KeyRing"),
        unprotected("a key of GCP", "gcp:kms/cryptoKey:CryptoKey", ["KMS-03"]),
        unprotected("an engine of Vault", "vault:index/mount:Mount"),
        unprotected("an entry of Vault", "vault:kv/secretV2:SecretV2"),
        unprotected("a namespace", "kubernetes:core/v1:Namespace"),
        unprotected("a Secret of the cluster", "kubernetes:core/v1:Secret"),
        unprotected("the mark of the state", UUID),
    ],
};
