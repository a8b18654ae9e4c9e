import { UNKNOWN, type Table } from "../support/case";

const type = "strongroom:encryption:EtcdEncryption";
const secret = Buffer.alloc(32, "k").toString("base64");
const keys = { keys: [{ name: "g1", secret }] };
const configuration = {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [{ resources: ["secrets"], providers: [{ secretbox: keys }, { identity: {} }] }],
};

const provider = "configuration.resources.0.providers.0";
const at = `${provider}.secretbox.keys`;

const etcd = "strongroom:encryption:EtcdEncryption";
const entry = "configuration.resources.0";
const shortKey = JSON.stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
        {
            resources: ["secrets"],
            providers: [{ secretbox: { keys: [{ name: "g1", secret: "c2hvcnQ=" }] } }],
        },
    ],
});

export const table: Table = {
    policy: "enc-03-etcd-keys-are-sound",
    clean: { type, props: { configuration } },
    cases: [
        {
            title: "31 bytes",
            change: { [`${at}.0.secret`]: Buffer.alloc(31, "k").toString("base64") },
            expect: ["providers[0].secretbox.keys[0].secret"],
        },
        {
            title: "near miss: 32 characters are not 32 bytes",
            change: { [`${at}.0.secret`]: "k".repeat(32) },
            expect: ["base64 of 32 bytes"],
        },
        {
            title: "a placeholder",
            change: { [`${at}.0.secret`]: "<base64-encoded-key>" },
            expect: ["keys[0].secret"],
        },
        {
            title: "near miss: a colon in a name",
            change: { [`${at}.0.name`]: "g:1" },
            expect: ["holds a colon"],
        },
        {
            title: "near miss: one name twice",
            change: { [`${at}.1`]: { name: "g1", secret } },
            expect: ["keys[1].name"],
        },
        { title: "two keys", change: { [`${at}.1`]: { name: "g2", secret } }, expect: "clean" },
        { title: "no name", change: { [`${at}.0.name`]: undefined }, expect: ["keys[0].name"] },
        { title: "no keys", change: { [at]: [] }, expect: ["is empty"] },
        {
            title: "a key that is not known yet is decided in the update",
            change: { [`${at}.0.secret`]: UNKNOWN },
            expect: "clean",
        },
        {
            title: "a component that shows the shape alone",
            change: { [`${at}.0.secret`]: undefined },
            expect: "clean",
        },
        {
            title: "near miss: a document without its key",
            type: "vault:kv/secretV2:SecretV2",
            props: {
                dataJson: JSON.stringify({
                    configuration: JSON.stringify({
                        ...configuration,
                        resources: [
                            {
                                resources: ["secrets"],
                                providers: [{ secretbox: { keys: [{ name: "g1" }] } }],
                            },
                        ],
                    }),
                }),
            },
            expect: ["dataJson.configuration.resources[0].providers[0].secretbox.keys[0].secret"],
        },
        {
            title: "an unknown key does not hide a bad name",
            change: { [`${at}.0.secret`]: UNKNOWN, [`${at}.0.name`]: "a:b" },
            expect: ["holds a colon"],
        },
        {
            title: "a colon in the name of a KMS provider",
            change: { [provider]: { kms: { apiVersion: "v2", name: "a:b" } } },
            expect: ["kms.name"],
        },
        {
            title: "unknown providers wait",
            change: { "configuration.resources": UNKNOWN },
            expect: "can't run",
        },
    ],
    mayBreak: ["ENC-04"],
    mutations: [
        {
            title: "a colon in a name",
            type: etcd,
            change: { [`${entry}.providers.0.secretbox.keys.0.name`]: "g:1" },
        },
        { title: "no name", type: etcd, change: { [`${entry}.providers.0.secretbox.keys.0.name`]: "" } },
        { title: "no keys", type: etcd, change: { [`${entry}.providers.0.secretbox.keys`]: [] } },
        {
            title: "a name twice",
            type: etcd,
            change: { [`${entry}.providers.0.secretbox.keys`]: [{ name: "g1" }, { name: "g1" }] },
        },
        {
            title: "a short key, in the control plane's store",
            type: "vault:kv/secretV2:SecretV2",
            where: ({ name }) => name.startsWith("control-plane/"),
            change: { dataJson: JSON.stringify({ configuration: shortKey }) },
        },
    ],
};
