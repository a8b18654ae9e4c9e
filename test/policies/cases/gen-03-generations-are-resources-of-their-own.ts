import { UNKNOWN, type Table } from "../support/case";

const type = "random:index/randomPassword:RandomPassword";
const ACCESS_KEY = "aws:iam/accessKey:AccessKey";
const ignoreChanges = [
    ...["keepers", "length", "lower", "upper", "numeric", "special", "overrideSpecial"],
    ...["minLower", "minUpper", "minNumeric", "minSpecial"],
];
const value = (name: string) => ({ type, name, props: { length: 32 }, ignoreChanges });
const document = (generations: unknown) => ({
    type: "strongroom:secrets:Document",
    props: { platform: "devplatform", document: "jwt", fields: { key: { kind: "generated", generations } } },
});
const current = { generation: 4, since: "2026-11-01", reason: "schedule" };

export const table: Table = {
    policy: "gen-03-generations-are-resources-of-their-own",
    clean: value("devplatform/jwt.key-g4"),
    cases: [
        {
            title: "a name without a generation",
            change: {},
            with: { name: "devplatform/jwt.key" },
            expect: ["is no generation by its name"],
        },
        ...[
            "devplatform/jwt.key-g0",
            "devplatform/jwt.key-g04",
            "devplatform/jwt.key-G4",
            "jwt.key-g4-old",
            "-g4",
        ].map((name) => ({
            title: `near miss: ${name}`,
            change: {},
            with: { name },
            expect: ["is no generation by its name"],
        })),
        {
            title: "near miss: keepers that are not ignored",
            change: { keepers: { rotate: "2026-11" } },
            with: { ignoreChanges: ignoreChanges.filter((name) => name !== "keepers") },
            expect: ["when keepers change"],
        },
        {
            title: "keepers that are ignored",
            change: { keepers: { form: "hex" } },
            expect: "clean",
        },
        {
            title: "near miss: a part of the keepers is ignored",
            change: { keepers: { form: "hex" } },
            with: { ignoreChanges: ["keepers.form", ...ignoreChanges.slice(1)] },
            expect: ["when keepers change"],
        },
        {
            title: "nothing is ignored",
            change: { length: 64 },
            with: { ignoreChanges: [] },
            expect: ["when keepers, length, lower"],
        },
        { title: "all is ignored", change: {}, with: { ignoreChanges: ["*"] }, expect: "clean" },
        {
            title: "three generations",
            change: {},
            beside: [value("devplatform/jwt.key-g3"), value("devplatform/jwt.key-g5")],
            expect: "clean",
        },
        {
            title: "four generations: each is told",
            change: {},
            beside: [3, 5, 6].map((generation) => value(`devplatform/jwt.key-g${String(generation)}`)),
            expect: ["4 generations", "4 generations", "4 generations", "4 generations"],
        },
        {
            title: "near miss: generations of another field",
            change: {},
            beside: [1, 2, 3].map((generation) => value(`devplatform/jwt.key-old-g${String(generation)}`)),
            expect: "clean",
        },
        {
            title: "what the ledger has",
            change: {},
            beside: [
                value("devplatform/jwt.key-g6"),
                document({ current, next: { generation: 6, since: "2026-11-05", reason: "request" } }),
            ],
            expect: "clean",
        },
        {
            title: "near miss: the next number, which the ledger does not have",
            change: {},
            beside: [value("devplatform/jwt.key-g5"), document({ current })],
            expect: ["'devplatform/jwt.key-g5': is a generation that does not live"],
        },
        {
            title: "a document without an entry in the ledger",
            change: {},
            beside: [document(undefined)],
            expect: ["does not live by the ledger"],
        },
        {
            title: "the key of etcd",
            ...value("control-plane/encryption-config.key-g1"),
            beside: [
                {
                    type: "strongroom:encryption:EtcdEncryption",
                    props: { field: "control-plane/encryption-config.key", generations: { current } },
                },
            ],
            expect: ["does not live by the ledger"],
        },
        {
            title: "two access keys",
            type: ACCESS_KEY,
            name: "shop/s3.id-g1",
            props: { user: UNKNOWN },
            beside: [{ type: ACCESS_KEY, name: "shop/s3.id-g2", props: { user: UNKNOWN } }],
            expect: "clean",
        },
        {
            title: "an access key without a generation",
            type: ACCESS_KEY,
            name: "shop",
            props: { user: "shop" },
            expect: ["is no generation by its name"],
        },
        {
            title: "other random values",
            type: "random:index/randomPet:RandomPet",
            props: {},
            expect: "not applicable",
        },
        { title: "an unknown length does not matter", change: { length: UNKNOWN }, expect: "clean" },
        {
            title: "an unknown ledger can't be decided",
            change: {},
            beside: [document(UNKNOWN)],
            expect: ["can't be decided before the deployment"],
        },
        {
            title: "one change: a keeper, and no protection against it",
            type,
            name: "devplatform/jwt.key-g4",
            props: { keepers: { rotate: "1" } },
            ignoreChanges: ignoreChanges.slice(1),
            expect: ["when keepers change"],
        },
    ],
    mutations: [
        {
            title: "a value without a generation",
            type,
            mutate: (drawn) => ({ ...drawn, name: drawn.name.replace(/-g\d+$/, "") }),
        },
        {
            title: "a generation that the ledger does not have",
            type,
            mutate: (drawn) => ({ ...drawn, name: drawn.name.replace(/\d+$/, "99") }),
        },
        {
            title: "keepers that draw anew",
            type,
            mutate: (drawn) => ({
                ...drawn,
                ignoreChanges: drawn.ignoreChanges.filter((input) => input !== "keepers"),
            }),
        },
        {
            title: "an access key without a generation",
            type: ACCESS_KEY,
            mutate: (key) => ({ ...key, name: key.name.replace(/-g\d+$/, "") }),
            alsoBreaks: ["IAM-06"],
        },
        {
            title: "an access key that the ledger does not have",
            type: ACCESS_KEY,
            mutate: (key) => ({ ...key, name: key.name.replace(/\d+$/, "99") }),
        },
    ],
};
