import assert from "node:assert/strict";
import type { Consumer, Platform } from "../../../../components/domain/catalogue";
import { accessKey, composed, generated, hex, literal, password } from "../../../../components/domain/fields";
import { consumerStamps } from "../../../../components/domain/rotation/read-fields";
import { parseGenerations, podAnnotations } from "../../../../components/domain/rotation/stamp";
import type { Ledger, LiveGeneration } from "../../../../components/domain/rotation/stages";
import { overlap, swap } from "../../../support/rotation-classes";

const pair = accessKey(
    "the storage",
    swap("30 days"),
    { description: "Id", variable: "S3_ID" },
    { description: "Key", variable: "S3_KEY" },
);
const document = { description: "", category: "security", holders: [] } as const;
const shop: Platform = {
    name: "shop",
    title: "Shop",
    owner: "team",
    documents: {
        db: {
            ...document,
            fields: {
                user: literal("User", "app"),
                password: generated("Password", password(32), swap("90 days"), { variable: "DB_PASSWORD" }),
                other: generated("Other", password(32), swap("90 days"), { variable: "OTHER" }),
                url: composed("URL", "pg://{user}:{password}@db/{jwt.key}", { variable: "DB_URL" }),
            },
        },
        jwt: {
            ...document,
            fields: { key: generated("Key", hex(32), overlap("90 days"), { variable: "JWT" }) },
        },
        s3: { ...document, fields: { id: pair.id, secret: pair.secret } },
    },
    config: {},
    consumers: {},
};
const live = (generation: number): LiveGeneration => ({ generation, since: "2026-09-01", reason: "initial" });
const ledger: Ledger = {
    "shop/db.password": { current: live(4), previous: { generation: 3, until: "2026-12-01" } },
    "shop/db.other": { current: live(9) },
    "shop/jwt.key": { next: live(3), current: live(2) },
    "shop/s3.id": { current: live(7) },
};

function generationsFor(reads: readonly string[]): Record<string, string> {
    const consumer: Consumer = { workload: "Deployment/api", secretName: "api", takes: "env", reads };
    return podAnnotations(consumerStamps(shop, consumer, ledger));
}

describe("the generations that a consumer is restarted by", () => {
    const CASES: readonly { reads: readonly string[]; generations: string | undefined; because: string }[] = [
        {
            reads: ["DB_PASSWORD"],
            generations: "shop/db: password=4",
            because: "a field that swaps, current only",
        },
        { reads: ["JWT"], generations: "shop/jwt: key=2 key_next=3", because: "all live ones of an overlap" },
        {
            reads: ["DB_URL"],
            generations: "shop/db: password=4; shop/jwt: key=2",
            because: "the parts of a composed field, current only",
        },
        {
            reads: ["DB_URL", "JWT"],
            generations: "shop/db: password=4; shop/jwt: key=2 key_next=3",
            because: "a part that is also read by itself",
        },
        {
            reads: ["S3_KEY"],
            generations: "shop/s3: id=7",
            because: "the half of a key that stands for both",
        },
        { reads: ["APP_ENV"], generations: undefined, because: "nothing that rotates" },
    ];
    for (const { reads, generations, because } of CASES) {
        it(`are of ${because}`, () => {
            const expected = generations === undefined ? {} : { "strongroom.io/generations": generations };
            assert.deepEqual(generationsFor(reads), expected);
        });
    }

    it("are read back from the annotation", () => {
        const text = generationsFor(["DB_URL", "JWT"])["strongroom.io/generations"] ?? "";
        assert.deepEqual(
            [...parseGenerations(text)],
            [
                ["shop/db.password", 4],
                ["shop/jwt.key", 2],
                ["shop/jwt.key_next", 3],
            ],
        );
    });
    for (const text of [
        "",
        "shop/db",
        "shop/db: ",
        "shop/db: password",
        "shop/db: password=x",
        "=;=; : a=-1",
    ]) {
        it(`are none in '${text}'`, () => {
            assert.deepEqual([...parseGenerations(text)], []);
        });
    }
});
