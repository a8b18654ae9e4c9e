import { UNKNOWN, type Table } from "../support/case";

const GKE = "gcp:container/cluster:Cluster";
const KEY = "arn:aws:kms:us-east-1:222222222222:key/01234567-89ab-cdef-0123-456789abcdef";
const CRYPTO_KEY = "projects/acme-prod/locations/us-central1/keyRings/ring/cryptoKeys/key";

export const table: Table = {
    policy: "enc-05-managed-clusters-encrypt-secrets",
    clean: {
        type: "aws:eks/cluster:Cluster",
        props: { encryptionConfig: { provider: { keyArn: KEY }, resources: ["secrets"] } },
    },
    cases: [
        {
            title: "nothing said",
            change: { encryptionConfig: undefined },
            expect: ['"encryptionConfig" is missing'],
        },
        {
            title: "near miss: no resources",
            change: { "encryptionConfig.resources": [] },
            expect: ["does not hold 'secrets'"],
        },
        {
            title: "near miss: other resources",
            change: { "encryptionConfig.resources": ["secret"] },
            expect: ["does not hold 'secrets'"],
        },
        {
            title: "no key",
            change: { "encryptionConfig.provider": undefined },
            expect: ['"encryptionConfig.provider.keyArn" is missing'],
        },
        {
            title: "AWS's own key",
            change: {
                "encryptionConfig.provider.keyArn": "arn:aws:kms:us-east-1:222222222222:alias/aws/eks",
            },
            expect: ["a key that AWS keeps"],
        },
        {
            title: "an unknown key waits",
            change: { "encryptionConfig.provider.keyArn": UNKNOWN },
            expect: "can't run",
        },
        {
            title: "an unknown key does not hide that secrets are left out",
            change: { "encryptionConfig.provider.keyArn": UNKNOWN, "encryptionConfig.resources": [] },
            expect: ["does not hold 'secrets'"],
        },
        { title: "GKE, nothing said", type: GKE, props: {}, expect: ['"databaseEncryption.state"'] },
        {
            title: "GKE, not encrypted",
            type: GKE,
            props: { databaseEncryption: { state: "DECRYPTED", keyName: CRYPTO_KEY } },
            expect: ["is not 'ENCRYPTED'"],
        },
        {
            title: "near miss: GKE, encrypted without a key",
            type: GKE,
            props: { databaseEncryption: { state: "ENCRYPTED" } },
            expect: ['"databaseEncryption.keyName" is missing'],
        },
        {
            title: "GKE, encrypted",
            type: GKE,
            props: { databaseEncryption: { state: "ENCRYPTED", keyName: CRYPTO_KEY } },
            expect: "clean",
        },
        {
            title: "GKE, an unknown key waits",
            type: GKE,
            props: { databaseEncryption: { state: "ENCRYPTED", keyName: UNKNOWN } },
            expect: "can't run",
        },
    ],
    mutations: {
        none: "neither stack declares a cluster: it is named by the configuration, with its key here",
    },
};
