import { UNKNOWN, type Table } from "../support/case";

const type = "strongroom:encryption:EtcdEncryption";
const VAULT = "vault:kv/secretV2:SecretV2";
const key = (generation: number) => ({ name: `g${String(generation)}` });
const live = (generation: number) => ({ generation, since: "2026-11-01", reason: "schedule" });
const encryption = (providers: unknown[]) => ({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [{ resources: ["secrets"], providers: [...providers, { identity: {} }] }],
});
const secretbox = (...generations: number[]) => ({ secretbox: { keys: generations.map(key) } });
const aescbc = (...generations: number[]) => ({ aescbc: { keys: generations.map(key) } });
const stored = (generations: unknown, ...providers: unknown[]) => ({
    type: VAULT,
    props: {
        dataJson: JSON.stringify({ configuration: JSON.stringify(encryption(providers)) }),
        customMetadata: { data: { generations } },
    },
});
const rotated = { current: live(2), previous: { generation: 1, until: "2026-12-01" } };

const keys = "configuration.resources.0.providers.0.secretbox.keys";

export const table: Table = {
    policy: "enc-04-etcd-keys-follow-the-ledger",
    clean: {
        type,
        props: { configuration: encryption([secretbox(2, 1)]), generations: rotated },
    },
    cases: [
        {
            title: "the old key is gone before the ledger lets it go",
            change: { [keys]: [key(2)] },
            expect: ["has no key g1, whose generation is live"],
        },
        {
            title: "near miss: it may go once the ledger has let it",
            change: { [keys]: [key(2)], "generations.previous": undefined },
            expect: "clean",
        },
        {
            title: "near miss: proved is not gone",
            change: {
                [keys]: [key(2)],
                "generations.previous": {
                    generation: 1,
                    until: "2026-12-01",
                    rewriting: "2026-11-05",
                    rewritten: "2026-11-06",
                },
            },
            expect: ["has no key g1"],
        },
        {
            title: "the old key still writes",
            change: { [keys]: [key(1), key(2)] },
            expect: ['keys[0].name" writes and is not the current generation'],
        },
        {
            title: "an announced key that writes already",
            change: { [keys]: [key(3), key(2)], generations: { current: live(2), next: live(3) } },
            expect: ["Promote it in the ledger first"],
        },
        {
            title: "an announced key as second",
            change: { [keys]: [key(2), key(3)], generations: { current: live(2), next: live(3) } },
            expect: "clean",
        },
        {
            title: "an announced key that API servers don't get",
            change: { [keys]: [key(2)], generations: { current: live(2), next: live(3) } },
            expect: ["has no key g3"],
        },
        {
            title: "near miss: g10 is not g1",
            change: { [`${keys}.1.name`]: "g10" },
            expect: ["has no key g1,", "does not live"],
        },
        {
            title: "a key that nobody announced",
            change: { [`${keys}.2`]: key(3) },
            expect: ['keys[2].name" is a key whose generation does not live'],
        },
        {
            title: "a provider of its own for each generation",
            change: { "configuration.resources.0.providers": [secretbox(2), aescbc(1), { identity: {} }] },
            expect: "clean",
        },
        {
            title: "near miss: one generation in two providers",
            change: { "configuration.resources.0.providers": [secretbox(2, 1), aescbc(1)] },
            expect: ["is the name of a key before it"],
        },
        {
            title: "near miss: the old provider still writes",
            change: { "configuration.resources.0.providers": [aescbc(1), secretbox(2)] },
            expect: ["writes and is not the current generation"],
        },
        {
            title: "a KMS has generations of its own",
            change: { "configuration.resources.0.providers": [{ kms: { apiVersion: "v2", name: "kms" } }] },
            expect: "clean",
        },
        {
            title: "no generations beside the document",
            change: { generations: undefined },
            expect: ['"generations" does not say which'],
        },
        { title: "unknown generations wait", change: { generations: UNKNOWN }, expect: "can't run" },
        { title: "an unknown document waits", change: { configuration: UNKNOWN }, expect: "can't run" },
        {
            title: "an entry of Vault as its stamp says",
            ...stored("key=2 key_previous=1", secretbox(2, 1)),
            expect: "clean",
        },
        {
            title: "an entry of Vault without the key that its stamp has",
            ...stored("key=2 key_previous=1", secretbox(2)),
            expect: ["has no key g1"],
        },
        {
            title: "an entry of Vault that promotes what is announced",
            ...stored("key=1 key_next=2", secretbox(2, 1)),
            expect: ["writes and is not the current generation"],
        },
        {
            title: "an entry of Vault that says nothing",
            ...stored(undefined, secretbox(2)),
            expect: ["does not say which generations live"],
        },
        {
            title: "near miss: another document of Vault",
            type: VAULT,
            props: { dataJson: JSON.stringify({ password: "none" }) },
            expect: "not applicable",
        },
        {
            title: "a version of AWS, by itself",
            type: "aws:secretsmanager/secretVersion:SecretVersion",
            props: { secretString: JSON.stringify(encryption([secretbox(4, 3, 2, 1)])) },
            expect: ["one key too many"],
        },
        {
            title: "a value that is not known yet",
            type: VAULT,
            props: { dataJson: UNKNOWN },
            expect: "not applicable",
        },
    ],
    mutations: [
        {
            title: "a key that the ledger does not have",
            type,
            change: { [`${keys}.1`]: key(9) },
        },
        {
            title: "the current key is gone",
            type,
            change: { [keys]: [key(9)] },
        },
        {
            title: "a provider that takes over the key in use",
            type,
            change: { "configuration.resources.0.providers.1": aescbc(1) },
        },
    ],
};
