import { UNKNOWN, type Table } from "../support/case";

const MOUNT = "vault:index/mount:Mount";
const BACKEND = "vault:kv/secretBackendV2:SecretBackendV2";
const ENTRY = "vault:kv/secretV2:SecretV2";

const mount = { type: MOUNT, name: "kv", props: { path: "secret", type: "kv", options: { version: "2" } } };
const entry = { type: ENTRY, name: "db", props: { mount: "secret", name: "yosai/prod/db" } };
const backend = { type: BACKEND, name: "kv", props: { mount: "secret", maxVersions: 10 } };
const policy = (capability: string, path = "secret/data/yosai/prod/db") => ({
    type: "vault:index/policy:Policy",
    props: { policy: JSON.stringify({ path: { [path]: { capabilities: [capability] } } }) },
});

export const table: Table = {
    policy: "vlt-02-kv-keeps-versions",
    clean: {
        type: BACKEND,
        props: { mount: "secret", maxVersions: 10, casRequired: false },
        beside: [mount, entry, policy("read")],
    },
    cases: [
        {
            title: "a stack without engines",
            type: "vault:index/policy:Policy",
            props: {},
            beside: [],
            expect: "not applicable",
        },
        {
            title: "near miss: two versions",
            change: { maxVersions: 2 },
            expect: ['"maxVersions" keeps fewer'],
        },
        { title: "three versions", change: { maxVersions: 3 }, expect: "clean" },
        { title: "Vault's own number", change: { maxVersions: 0 }, expect: "clean" },
        { title: "nothing said", change: { maxVersions: undefined }, expect: "clean" },
        {
            title: "an own minimum",
            change: { maxVersions: 10 },
            settings: { minimumVersions: 12 },
            expect: ["Set it to 12"],
        },
        { title: "a text", change: { maxVersions: "10" }, expect: ['"maxVersions"'] },
        {
            title: "versions that go by age",
            change: { deleteVersionAfter: 86400 },
            expect: ["what is in use, by its age"],
        },
        { title: "near miss: no age at all", change: { deleteVersionAfter: 0 }, expect: "clean" },
        {
            title: "another writer",
            change: {},
            beside: [mount, entry, policy("update")],
            expect: ['"casRequired" is off, and others'],
        },
        {
            title: "another writer by wildcard",
            change: {},
            beside: [mount, entry, policy("create", "+/data/yosai/prod/db")],
            expect: ['"casRequired" is off'],
        },
        {
            title: "a policy that can't be read",
            change: {},
            beside: [mount, entry, { ...policy("read"), props: { policy: "path {" } }],
            expect: ['"casRequired" is off'],
        },
        {
            title: "near miss: a writer of another engine",
            change: {},
            beside: [mount, entry, policy("update", "secret-eu/data/yosai/prod/db")],
            expect: "clean",
        },
        {
            title: "another writer, and check-and-set",
            change: { casRequired: true },
            beside: [mount, policy("update")],
            expect: "clean",
        },
        {
            title: "check-and-set against the stack's own entries",
            change: { casRequired: true },
            expect: ["refuse the entries of this stack"],
        },
        {
            title: "near miss: entries of another engine",
            change: { casRequired: true },
            beside: [mount, { ...entry, props: { mount: "secret-eu" } }],
            expect: "clean",
        },
        {
            title: "an engine that the stack does not write to",
            change: {},
            beside: [mount],
            expect: ['"casRequired" is off'],
        },
        {
            title: "an engine whose path is not known yet, by what it comes from",
            type: BACKEND,
            props: { mount: UNKNOWN, maxVersions: 10, casRequired: false },
            computedFrom: { mount: { type: MOUNT, name: "kv" } },
            beside: [mount, entry],
            expect: "clean",
        },
        { ...mount, title: "version 2", beside: [backend, entry], expect: "clean" },
        {
            title: "version 1",
            type: MOUNT,
            props: { path: "secret", type: "kv", options: { version: "1" } },
            beside: [backend, entry],
            expect: ['"options.version" is not version 2'],
        },
        {
            title: "near miss: an engine whose version nobody says",
            type: MOUNT,
            props: { path: "secret", type: "kv" },
            beside: [backend, entry],
            expect: ['"options.version"'],
        },
        {
            title: "version 2 by its type",
            type: MOUNT,
            props: { path: "secret", type: "kv-v2" },
            beside: [backend, entry],
            expect: "clean",
        },
        {
            title: "the old engine",
            type: MOUNT,
            props: { path: "secret", type: "generic", options: { version: "2" } },
            beside: [backend, entry],
            expect: ['"options.version"'],
        },
        {
            ...mount,
            title: "an engine that says nothing of its versions",
            expect: ["says nothing of the versions"],
            beside: [entry],
        },
        {
            title: "an engine of another kind",
            type: MOUNT,
            props: { path: "shop-prod-database", type: "database" },
            expect: "clean",
            beside: [],
        },
        {
            title: "an entry that keeps fewer",
            type: ENTRY,
            props: { mount: "secret", customMetadata: { maxVersions: 1 } },
            beside: [],
            expect: ['"customMetadata.maxVersions"'],
        },
        {
            title: "an entry of version 1",
            type: "vault:kv/secret:Secret",
            props: { path: "secret/yosai/prod/db" },
            beside: [],
            expect: ["is written without versions"],
        },
        {
            title: "an unknown number can't be decided",
            change: { maxVersions: UNKNOWN },
            expect: ["can't be decided before the deployment"],
        },
    ],
    mutations: [
        { title: "fewer versions than live", type: BACKEND, change: { maxVersions: 2 } },
        { title: "versions that go by age", type: BACKEND, change: { deleteVersionAfter: 3600 } },
        { title: "check-and-set that nobody can meet", type: BACKEND, change: { casRequired: true } },
        { title: "version 1", type: MOUNT, change: { "options.version": "1" } },
        {
            title: "an entry that keeps one version",
            type: ENTRY,
            change: { "customMetadata.maxVersions": 1 },
        },
    ],
};
