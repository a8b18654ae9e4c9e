import assert from "node:assert/strict";
import fc from "fast-check";
import type { Generations } from "../../components/domain/rotation/stages";
import { countStoredSecrets, proveRewrite, storedUnder } from "../../rotation/etcd-proof";
import { MalformedJson } from "../../rotation/json-tokens";
import { etcdAnswer, inChunks } from "../support/etcd-answer";

const GENERATIONS: Generations = {
    current: { generation: 2, since: "2026-11-04", reason: "schedule" },
    previous: { generation: 1, until: "2026-11-08", rewriting: "2026-11-08" },
};
const CURRENT = "k8s:enc:secretbox:v1:g2:\x8f\x00";
const PREVIOUS = "k8s:enc:secretbox:v1:g1:\x8f\x00";

async function prove(values: readonly string[], provider: "secretbox" | "aescbc" = "secretbox") {
    const answer = etcdAnswer(values.map((value, at) => [`/registry/secrets/shop/s${String(at)}`, value]));
    return proveRewrite(await countStoredSecrets(inChunks([answer])), { provider }, GENERATIONS);
}

describe("what a value in etcd stands under", () => {
    const cases: [string, string, ReturnType<typeof storedUnder>][] = [
        ["secretbox", CURRENT, { kind: "key", provider: "secretbox", key: "g2" }],
        ["aescbc", "k8s:enc:aescbc:v1:key1:\xc7l", { kind: "key", provider: "aescbc", key: "key1" }],
        ["aesgcm", "k8s:enc:aesgcm:v1:k.1:\xc7l", { kind: "key", provider: "aesgcm", key: "k.1" }],
        ["a KMS of version 1", "k8s:enc:kms:v1:vault:\x00", { kind: "key", provider: "kms", key: "vault" }],
        ["a KMS of version 2", "k8s:enc:kms:v2:vault:\x0a", { kind: "key", provider: "kms", key: "vault" }],
        ["protobuf", "k8s\0\n\x0c\n\x02v1\x12\x06Secret", { kind: "plain" }],
        ["JSON", '{"kind":"Secret"', { kind: "plain" }],
        ["a provider that is not known", "k8s:enc:secretbox:v2:g2:\x00", { kind: "unknown" }],
        ["a KMS of version 3", "k8s:enc:kms:v3:vault:\x00", { kind: "unknown" }],
        ["a key without a name", "k8s:enc:secretbox:v1::\x00", { kind: "unknown" }],
        ["a name that does not end", "k8s:enc:secretbox:v1:g2", { kind: "unknown" }],
        ["a name that could be anything", "k8s:enc:secretbox:v1:g2\x1b[0m:\x00", { kind: "unknown" }],
        ["nothing", "", { kind: "unknown" }],
        ["something else", "hello", { kind: "unknown" }],
    ];
    for (const [title, head, expected] of cases) {
        it(`is ${title}`, () => {
            assert.deepEqual(storedUnder(head), expected);
        });
    }
});

describe("the proof of a rewrite", () => {
    it("holds when every Secret stands under the current key", async () => {
        assert.deepEqual(await prove([CURRENT, CURRENT]), {
            isProven: true,
            secrets: 2,
            counts: [{ under: "secretbox g2", secrets: 2, isLeft: false }],
            left: 0,
            needPrevious: 0,
        });
    });

    it("counts what is left, and what needs the previous key", async () => {
        const found = await prove([CURRENT, PREVIOUS, "k8s\0v1", PREVIOUS, "k8s:enc:new:v1:g2:", CURRENT]);
        assert.deepEqual(found, {
            isProven: false,
            secrets: 6,
            counts: [
                { under: "in a way that is not known", secrets: 1, isLeft: true },
                { under: "not encrypted", secrets: 1, isLeft: true },
                { under: "secretbox g1", secrets: 2, isLeft: true },
                { under: "secretbox g2", secrets: 2, isLeft: false },
            ],
            left: 4,
            needPrevious: 2,
        });
    });

    const failing: [string, string][] = [
        ["under the previous key", PREVIOUS],
        ["that is not encrypted", "k8s\0v1"],
        ["under a key of another provider", "k8s:enc:aescbc:v1:g2:\x00"],
        ["under a key that the ledger does not have", "k8s:enc:secretbox:v1:g3:\x00"],
        ["under a key whose name begins with the current one's", "k8s:enc:secretbox:v1:g22:\x00"],
        ["under a KMS", "k8s:enc:kms:v2:g2:\x00"],
        ["in a way that is not known", "k8s:enc:secretbox:v2:g2:\x00"],
        ["without a value", ""],
    ];
    for (const [title, value] of failing) {
        it(`fails by one Secret ${title}`, async () => {
            const { isProven, left } = await prove([CURRENT, value, CURRENT]);
            assert.deepEqual({ isProven, left }, { isProven: false, left: 1 });
        });
    }

    it("knows the other provider's current key", async () => {
        assert.ok((await prove(["k8s:enc:aescbc:v1:g2:\x00"], "aescbc")).isProven);
    });

    it("is none where there is no Secret", async () => {
        assert.deepEqual(await prove([]), {
            isProven: false,
            secrets: 0,
            counts: [],
            left: 0,
            needPrevious: 0,
        });
    });

    it("does not judge what is no Secret, and knows Secrets by another etcd prefix", async () => {
        const answer = etcdAnswer([
            ["/kubernetes.io/secrets/shop/a", CURRENT],
            ["/registry/configmaps/shop/a", "k8s\0v1"],
            ["/registry/example.com/secrets/shop/a", "{}"],
        ]);
        assert.deepEqual(await countStoredSecrets(inChunks([answer])), {
            byKey: new Map([["secretbox g2", 1]]),
            plain: 0,
            unknown: 0,
            others: 2,
        });
    });
});

describe("the answer of etcd", () => {
    const values = [CURRENT, PREVIOUS, CURRENT, "k8s\0v1"];
    const answer = etcdAnswer(values.map((value, at) => [`/registry/secrets/shop/s${String(at)}`, value]));
    const counted = {
        byKey: new Map([
            ["secretbox g2", 2],
            ["secretbox g1", 1],
        ]),
        plain: 1,
        unknown: 0,
        others: 0,
    };

    it("is read the same, wherever it is cut", async () => {
        const cuts = fc.array(fc.nat(answer.length), { maxLength: 20 });
        await fc.assert(
            fc.asyncProperty(cuts, async (at) => {
                const sorted = [0, ...at.sort((a, b) => a - b), answer.length];
                const chunks = sorted.slice(1).map((end, index) => answer.slice(sorted[index], end));
                assert.deepEqual(await countStoredSecrets(inChunks(chunks)), counted);
            }),
        );
    });

    it("may be printed with spaces and lines", async () => {
        const spaced = JSON.stringify(JSON.parse(answer), undefined, 4);
        assert.deepEqual(await countStoredSecrets(inChunks([`\n${spaced}\n`])), counted);
    });

    it("is refused when its end is missing, wherever that is", async () => {
        for (let length = 0; length < answer.trimEnd().length; length++) {
            await assert.rejects(countStoredSecrets(inChunks([answer.slice(0, length)])), MalformedJson);
        }
    });

    it("is refused where JSON is, when any one character is missing or another one", async () => {
        const place = fc.nat(answer.length - 1);
        const other = fc.constantFrom("", '"', "{", "}", "[", "]", ":", ",", "x", "0", "\\");
        const isJson = (text: string): boolean => {
            try {
                JSON.parse(text);
                return true;
            } catch {
                return false;
            }
        };
        await fc.assert(
            fc.asyncProperty(place, other, async (at, character) => {
                const text = answer.slice(0, at) + character + answer.slice(at + 1);
                // What a backslash does to the text behind it is not looked at: no text of etcd has one.
                if (isJson(text) || character === "\\") return;
                await assert.rejects(countStoredSecrets(inChunks([text])), MalformedJson);
            }),
            { numRuns: 500 },
        );
    });

    const refused: [string, string, RegExp][] = [
        ["keys and values as text", "/registry/secrets/shop/a\nk8s:enc:", /is not JSON|not the answer/],
        ["nothing", "", /ends in the middle/],
        ["a list", "[]", /not the answer of etcd/],
        ["two answers", `${answer}${answer}`, /more after the answer/],
        ["one page of several", answer.replace('"count"', '"more":true,"count"'), /etcd has more/],
        ["entries that somebody took out", answer.replace('"count":4', '"count":5'), /not as many entries/],
        ["an entry without a key", '{"kvs":[{"value":"eA=="}],"count":1}', /has no key/],
    ];
    for (const [title, text, message] of refused) {
        it(`is not ${title}`, async () => {
            await assert.rejects(countStoredSecrets(inChunks([text])), (error) => {
                assert.ok(error instanceof MalformedJson);
                assert.match(error.message, message);
                return true;
            });
        });
    }

    it("passes over quotes that are escaped", async () => {
        const odd = answer.replace('{"header"', String.raw`{"a\"b\\":"\\\"{","header"`);
        for (const chunks of [[odd], Array.from(odd)])
            assert.deepEqual(await countStoredSecrets(inChunks(chunks)), counted);
    });
});
