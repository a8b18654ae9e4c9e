import type { Mutation, Rendered } from "../support/case";

const type = "aws:secretsmanager/secret:Secret";
const keyType = "aws:kms/key:Key";
const secret = "gcp:secretmanager/secret:Secret";
const grant = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

const inAnotherAccount = (resource: Rendered): Rendered => ({
    ...resource,
    props: {
        ...resource.props,
        policy: String(resource.props["policy"]).replace(/:iam::\d{12}:/, ":iam::111111111111:"),
    },
});

export const mutations: readonly Mutation[] = [
    {
        title: "a secret under a key of another account",
        type,
        change: { kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/1111" },
    },
    {
        title: "a secret under a key of this account that is not the stack's",
        type,
        mutate: (resource) => ({
            ...resource,
            props: {
                ...resource.props,
                kmsKeyId: String(resource.props["kmsKeyId"]).replace(/key\/.*$/, "key/6666"),
            },
        }),
    },
    {
        title: "the replica of a secret under another key",
        type,
        where: ({ props }) => props["replicas"] !== undefined,
        change: { "replicas.0.kmsKeyId": "alias/strongroom-other" },
    },
    {
        title: "a secret of Google under a key of another project",
        type: secret,
        change: {
            "replication.userManaged.replicas.0.customerManagedEncryption.kmsKeyName":
                "projects/other/locations/us-central1/keyRings/strongroom-prod/cryptoKeys/x",
        },
    },
    { title: "a key that admits another account", type: keyType, mutate: inAnotherAccount },
    {
        title: "a replica that admits another account",
        type: "aws:kms/replicaKey:ReplicaKey",
        mutate: inAnotherAccount,
    },
    {
        title: "an alias that leads elsewhere",
        type: "aws:kms/alias:Alias",
        change: { targetKeyId: "6666" },
    },
    {
        title: "a key of Google that admits an agent of another project",
        type: grant,
        change: {
            member: "serviceAccount:service-444444444444@gcp-sa-secretmanager.iam.gserviceaccount.com",
        },
    },
    {
        title: "a key of Google that admits an account of another project",
        type: grant,
        change: { member: "serviceAccount:devplatform-prod-api@other.iam.gserviceaccount.com" },
    },
];
