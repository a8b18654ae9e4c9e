import { UNKNOWN, type Table } from "../support/case";
import type { Rendered } from "../support/case";

const random = (kind: string): string => `random:index/random${kind}:Random${kind}`;
const version = { type: "aws:secretsmanager/secretVersion:SecretVersion", props: { secretString: UNKNOWN } };

/** Where drawn values go in our stacks. */
const VALUE_STORES = [
    "aws:secretsmanager/secretVersion:SecretVersion",
    "gcp:secretmanager/secretVersion:SecretVersion",
    "vault:kv/secretV2:SecretV2",
    "kubernetes:core/v1:Secret",
];

export const table: Table = {
    policy: "gen-01-secrets-are-drawn-as-passwords",
    clean: {
        type: random("Password"),
        props: { length: 32 },
        parentType: "strongroom:secrets:GeneratedSecret",
    },
    cases: [
        { title: "too short", change: { length: 15 }, expect: ['"length"'] },
        { title: "near miss: just long enough", change: { length: 16 }, expect: "clean" },
        {
            title: "a length of its own",
            change: { length: 32 },
            settings: { minimumLengthChars: 33 },
            expect: ["33"],
        },
        { title: "no length", change: { length: undefined }, expect: ['"length"'] },
        {
            title: "an unknown length blocks",
            change: { length: UNKNOWN },
            expect: ['"length" can\'t be decided before the deployment'],
        },
        {
            title: "a stack that draws nothing",
            type: "kubernetes:core/v1:Namespace",
            props: {},
            expect: "not applicable",
        },
        ...["String", "Id", "Bytes", "Uuid"].map((kind) => ({
            title: `a store's value from Random${kind}`,
            ...version,
            computedFrom: { secretString: random(kind) },
            expect: ['"secretString" comes from a random resource'],
        })),
        {
            title: "a store's value from RandomPassword",
            ...version,
            computedFrom: { secretString: random("Password") },
            expect: "clean",
        },
        {
            title: "near miss: RandomId in a name",
            ...version,
            computedFrom: { secretId: random("Id") },
            expect: "clean",
        },
        {
            title: "RandomString within a component of secrets",
            type: random("String"),
            props: { length: 32 },
            parentType: "strongroom:secrets:GeneratedSecret",
            expect: ["plain text"],
        },
        {
            title: "near miss: RandomString elsewhere",
            type: random("String"),
            props: { length: 4 },
            parentType: "strongroom:stacks:Platform",
            expect: "clean",
        },
    ],
    mutations: [
        { title: "too short", type: random("Password"), change: { length: 12 } },
        { title: "no length", type: random("Password"), change: { length: undefined } },
        ...["String", "Id", "Bytes", "Uuid"].map((kind) => ({
            title: `drawn by Random${kind}`,
            type: random("Password"),
            mutate: (resource: Rendered): Rendered => ({ ...resource, type: random(kind) }),
            on: [random("Password"), ...VALUE_STORES],
        })),
    ],
};
