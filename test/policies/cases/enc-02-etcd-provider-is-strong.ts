import { UNKNOWN, type Table } from "../support/case";

const type = "strongroom:encryption:EtcdEncryption";
const secret = Buffer.alloc(32, "k").toString("base64");
const keys = { keys: [{ name: "g1", secret }] };
const configuration = {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [{ resources: ["secrets"], providers: [{ secretbox: keys }, { identity: {} }] }],
};

const kms = (apiVersion?: string): object => ({
    kms: { apiVersion, name: "aws", endpoint: "unix:///run/kms.sock" },
});
const providers = "configuration.resources.0.providers";

const etcd = "strongroom:encryption:EtcdEncryption";
const entry = "configuration.resources.0";

export const table: Table = {
    policy: "enc-02-etcd-provider-is-strong",
    clean: { type, props: { configuration } },
    cases: [
        {
            title: "aescbc",
            change: { [`${providers}.0`]: { aescbc: keys } },
            expect: ["is aescbc, which is weak"],
        },
        { title: "aesgcm", change: { [`${providers}.0`]: { aesgcm: keys } }, expect: ["200,000 writes"] },
        {
            title: "near miss: aescbc behind, while a migration lasts",
            change: { [providers]: [{ secretbox: keys }, { aescbc: keys }] },
            expect: "clean",
        },
        { title: "KMS v2", change: { [`${providers}.0`]: kms("v2") }, expect: "clean" },
        {
            title: "KMS v1",
            change: { [`${providers}.0`]: kms("v1") },
            expect: ["providers[0].kms.apiVersion"],
        },
        {
            title: "near miss: KMS without a version is v1, wherever it stands",
            change: { [`${providers}.1`]: kms() },
            expect: ["providers[1].kms.apiVersion"],
        },
        { title: "unknown providers wait", change: { [providers]: UNKNOWN }, expect: "can't run" },
        {
            title: "a Secret of other content",
            type: "kubernetes:core/v1:Secret",
            props: { stringData: { password: "x" } },
            expect: "not applicable",
        },
    ],
    mutations: [
        ...["aescbc", "aesgcm"].map((kind) => ({
            title: kind,
            type: etcd,
            change: { [`${entry}.providers.0`]: { [kind]: { keys: [{ name: "g1" }] } } },
        })),
        {
            title: "KMS v1",
            type: etcd,
            change: { [`${entry}.providers.0`]: { kms: { name: "key", endpoint: "unix:///kms.sock" } } },
        },
    ],
};
