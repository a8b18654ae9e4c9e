import { UNKNOWN, type Table } from "../support/case";

const type = "strongroom:encryption:EtcdEncryption";
const secret = Buffer.alloc(32, "k").toString("base64");
const keys = { keys: [{ name: "g1", secret }] };
const configuration = {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [{ resources: ["secrets"], providers: [{ secretbox: keys }, { identity: {} }] }],
};

const yaml = (first: string): string => `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - ${first}
      - aescbc: { keys: [{ name: a, secret: ${secret} }] }
`;

const etcd = "strongroom:encryption:EtcdEncryption";
const entry = "configuration.resources.0";
const plainText = JSON.stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [{ resources: ["secrets"], providers: [{ identity: {} }] }],
});

export const table: Table = {
    policy: "enc-01-etcd-encrypts-secrets",
    clean: { type, props: { configuration } },
    cases: [
        {
            title: "near miss: a value of a store that is the document itself, as JSON",
            type: "aws:secretsmanager/secretVersion:SecretVersion",
            props: {
                secretString: JSON.stringify({
                    apiVersion: "apiserver.config.k8s.io/v1",
                    kind: "EncryptionConfiguration",
                    resources: [{ resources: ["secrets"], providers: [{ identity: {} }] }],
                }),
            },
            expect: ["is 'identity' first"],
        },
        {
            title: "near miss: identity first",
            change: { "configuration.resources.0.providers": [{ identity: {} }, { secretbox: keys }] },
            expect: ["\"configuration.resources[0].providers[0]\" is 'identity' first"],
        },
        {
            title: "only config maps",
            change: { "configuration.resources.0.resources": ["configmaps"] },
            expect: ["does not cover Secrets"],
        },
        {
            title: "near miss: an earlier entry covers everything by identity",
            change: {
                "configuration.resources": [
                    { resources: ["*.*"], providers: [{ identity: {} }] },
                    ...configuration.resources,
                ],
            },
            expect: ["resources[0].providers[0]"],
        },
        {
            title: "everything, encrypted",
            change: { "configuration.resources.0.resources": ["*.*"] },
            expect: "clean",
        },
        {
            title: "no provider",
            change: { "configuration.resources.0.providers": [] },
            expect: ["without a provider"],
        },
        {
            title: "two providers in one item",
            change: { "configuration.resources.0.providers.0": { identity: {}, secretbox: keys } },
            expect: ["not exactly one provider"],
        },
        {
            title: "a version of its own",
            change: { "configuration.apiVersion": "v1" },
            expect: ["configuration.apiVersion"],
        },
        {
            title: "an unknown key does not matter",
            change: { "configuration.resources.0.providers.0.secretbox.keys.0.secret": UNKNOWN },
            expect: "clean",
        },
        {
            title: "an unknown list waits",
            change: { "configuration.resources": UNKNOWN },
            expect: "can't run",
        },
        {
            title: "in a Kubernetes Secret, base64 of YAML",
            type: "kubernetes:core/v1:Secret",
            props: { data: { "config.yaml": Buffer.from(yaml("identity: {}")).toString("base64") } },
            expect: ['data["config.yaml"].resources[0].providers[0]'],
        },
        {
            title: "in plain text of a Kubernetes Secret",
            type: "kubernetes:core/v1:Secret",
            props: { stringData: { config: JSON.stringify(configuration) } },
            expect: "clean",
        },
        {
            title: "in a field of a store's document",
            type: "aws:secretsmanager/secretVersion:SecretVersion",
            props: { secretString: JSON.stringify({ configuration: yaml("identity: {}") }) },
            expect: ["secretString.configuration"],
        },
        {
            title: "a Kubernetes Secret of other content",
            type: "kubernetes:core/v1:Secret",
            props: { stringData: { password: "EncryptionConfiguration: [" } },
            expect: "not applicable",
        },
        {
            title: "a value that is not known yet",
            type: "aws:secretsmanager/secretVersion:SecretVersion",
            props: { secretString: UNKNOWN },
            expect: "not applicable",
        },
    ],
    mayBreak: ["ENC-04"],
    mutations: [
        {
            title: "identity first",
            type: etcd,
            change: { [`${entry}.providers`]: [{ identity: {} }, { secretbox: { keys: [{ name: "g1" }] } }] },
        },
        { title: "identity alone", type: etcd, change: { [`${entry}.providers`]: [{ identity: {} }] } },
        { title: "no provider", type: etcd, change: { [`${entry}.providers`]: [] } },
        {
            title: "other resources than Secrets",
            type: etcd,
            change: { [`${entry}.resources`]: ["configmaps"] },
        },
        {
            title: "another entry before, that leaves them in plain text",
            type: etcd,
            change: {
                "configuration.resources": [
                    { resources: ["*.*"], providers: [{ identity: {} }] },
                    { resources: ["secrets"], providers: [{ secretbox: { keys: [{ name: "g1" }] } }] },
                ],
            },
        },
        { title: "another kind", type: etcd, change: { "configuration.kind": "EncryptionConfig" } },
        {
            title: "a document that writes in plain text, in the control plane's store",
            type: "vault:kv/secretV2:SecretV2",
            where: ({ name }) => name.startsWith("control-plane/"),
            change: { dataJson: JSON.stringify({ configuration: plainText }) },
        },
    ],
};
