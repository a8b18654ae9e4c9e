import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import Ajv from "ajv/dist/2020";

import { json } from "../../../review/forms/json";
import type { Review } from "../../../review/review";
import { sampleReviews } from "../../support/sample-review";
import { hostileReview } from "../../support/sample-review-extremes";

// What it does not prove: that a comparison fills each part as the schema's descriptions say.

const schema = JSON.parse(
    readFileSync(path.join(__dirname, "../../../review/forms/schema.json"), "utf8"),
) as Record<string, unknown>;
const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

function complaints(text: string): readonly string[] {
    return validate(JSON.parse(text))
        ? []
        : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ""}`);
}

/** All objects that the schema describes, by where they stand. */
function objects(value: unknown, at = "#"): readonly (readonly [string, Record<string, unknown>])[] {
    if (typeof value !== "object" || value === null) return [];
    const own = value as Record<string, unknown>;
    const inner = Object.entries(own).flatMap(([key, each]) => objects(each, `${at}/${key}`));
    return own.type === "object" ? [[at, own], ...inner] : inner;
}

describe("the JSON of a review", () => {
    for (const [name, review] of Object.entries(sampleReviews)) {
        it(`is as its schema says: ${name}`, () => {
            assert.deepEqual(complaints(json(review)), []);
        });
    }

    it("is the review, unchanged", () => {
        const { $schema, version, ...rest } = JSON.parse(json(sampleReviews.breach)) as Record<
            string,
            unknown
        >;
        assert.deepEqual([$schema, version], ["urn:strongroom:review:1", 1]);
        assert.deepEqual(rest, sampleReviews.breach);
    });

    it("is the same text whatever the order of the keys", () => {
        const turned = (value: unknown): unknown =>
            Array.isArray(value)
                ? value.map(turned)
                : typeof value === "object" && value !== null
                  ? Object.fromEntries(
                        Object.entries(value)
                            .reverse()
                            .map(([key, each]) => [key, turned(each)]),
                    )
                  : value;
        assert.equal(json(turned(sampleReviews.breach) as Review), json(sampleReviews.breach));
    });

    it("may hold any text", () => {
        assert.deepEqual(complaints(json(hostileReview('"\\\u0000\uD800</script>'))), []);
    });

    it("has a schema whose objects are closed and described", () => {
        const loose = objects(schema).filter(
            ([, each]) => each.additionalProperties !== false || typeof each.description !== "string",
        );
        assert.deepEqual(
            loose.map(([at]) => at),
            [],
        );
        assert.notDeepEqual(complaints(json({ ...sampleReviews.nothing, more: 1 } as Review)), []);
        assert.notDeepEqual(
            complaints(json({ ...sampleReviews.nothing, verdict: "good" } as unknown as Review)),
            [],
        );
    });
});
