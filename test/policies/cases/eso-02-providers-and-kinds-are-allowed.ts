import { UNKNOWN, type Table } from "../support/case";

const group = "kubernetes:external-secrets.io/";
const generators = "kubernetes:generators.external-secrets.io/v1alpha1:";
const store = `${group}v1:SecretStore`;
const externalSecret = `${group}v1:ExternalSecret`;
const generatorRef = (kind: unknown) => ({ sourceRef: { generatorRef: { kind, name: "a" } } });
const asks = (...dataFrom: unknown[]) => ({ type: externalSecret, props: { spec: { dataFrom } } });
const lease = generatorRef("VaultDynamicSecret");

export const table: Table = {
    policy: "eso-02-providers-and-kinds-are-allowed",
    clean: { type: store, props: { spec: { provider: { aws: { region: "us-east-1" } } } } },
    cases: [
        {
            title: "a webhook",
            change: { "spec.provider": { webhook: { url: "https://acme.example" } } },
            expect: ['"spec.provider.webhook" is no provider of this environment'],
        },
        {
            title: "made up values",
            change: { "spec.provider": { fake: { data: [] } } },
            expect: ["spec.provider.fake"],
        },
        {
            title: "near miss: a second provider beside an allowed one",
            change: { "spec.provider.fake": { data: [] } },
            expect: ["spec.provider.fake"],
        },
        {
            title: "near miss: another spelling of an allowed one",
            change: { "spec.provider": { AWS: {} } },
            expect: ["spec.provider.AWS"],
        },
        {
            title: "a provider that the configuration lists",
            change: { "spec.provider": { azurekv: {} } },
            settings: { allowedProviders: ["aws", "azurekv"] },
            expect: "clean",
        },
        {
            title: "a store of the whole cluster, in an older version",
            type: `${group}v1beta1:ClusterSecretStore`,
            props: { spec: { provider: { kubernetes: {} } } },
            expect: ["spec.provider.kubernetes"],
        },
        ...["PushSecret", "ClusterPushSecret"].map((kind) => ({
            title: `a ${kind}`,
            type: `${group}v1alpha1:${kind}`,
            props: { spec: { data: [] } },
            expect: [`is a ${kind}`],
        })),
        {
            title: "a ClusterExternalSecret, with a generator within",
            type: `${group}v1:ClusterExternalSecret`,
            props: { spec: { externalSecretSpec: { dataFrom: [generatorRef("Webhook")] } } },
            expect: ["is a ClusterExternalSecret", "spec.externalSecretSpec.dataFrom[0]"],
        },
        {
            title: "a kind that the configuration lists",
            type: `${group}v1alpha1:PushSecret`,
            props: { spec: { data: [] } },
            settings: { allowedKinds: ["PushSecret"] },
            expect: "clean",
        },
        {
            title: "near miss: a listed kind that pushes what a generator makes up",
            type: `${group}v1alpha1:PushSecret`,
            props: { spec: { selector: { generatorRef: { kind: "Password", name: "a" } } } },
            settings: { allowedKinds: ["PushSecret"] },
            expect: ["spec.selector.generatorRef.kind"],
        },
        {
            title: "a ClusterGenerator",
            type: `${generators}ClusterGenerator`,
            props: { spec: { kind: "Password" } },
            expect: ["is a ClusterGenerator", '"spec.kind"'],
        },
        ...["Password", "Webhook", "Fake", "UUID", "SSHKey"].map((kind) => ({
            title: `the generator ${kind}`,
            type: generators + kind,
            props: { spec: {} },
            expect: ["is no generator of this environment"],
        })),
        {
            title: "the generator that leases",
            type: `${generators}VaultDynamicSecret`,
            props: { spec: {} },
            expect: "clean",
        },
        { title: "an ExternalSecret that leases", ...asks(lease), expect: "clean" },
        {
            title: "near miss: the second source of an ExternalSecret makes values up",
            ...asks(lease, generatorRef("Password")),
            expect: ["spec.dataFrom[1].sourceRef.generatorRef.kind"],
        },
        {
            title: "near miss: a generator of the whole cluster, referred to",
            ...asks(generatorRef("ClusterGenerator")),
            expect: ["generatorRef.kind"],
        },
        {
            title: "near miss: a generator without a kind",
            ...asks(generatorRef(undefined)),
            expect: ["generatorRef.kind"],
        },
        { title: "an ExternalSecret that extracts", ...asks({ extract: { key: "a" } }), expect: "clean" },
        {
            title: "an unknown source does not hide another",
            ...asks(UNKNOWN, generatorRef("Fake")),
            expect: ["spec.dataFrom[1]"],
        },
        { title: "an unknown provider waits", change: { "spec.provider": UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        {
            title: "made up values beside the store's",
            type: store,
            change: { "spec.provider.fake": { data: [] } },
            alsoBreaks: ["ISO-05"],
        },
        {
            title: "a webhook beside the store",
            type: store,
            change: { "spec.provider.webhook": { url: "https://acme.example" } },
            alsoBreaks: ["ISO-05"],
        },
        {
            title: "a password that is new at each refresh",
            type: externalSecret,
            change: { "spec.dataFrom": [generatorRef("Password")] },
        },
    ],
};
