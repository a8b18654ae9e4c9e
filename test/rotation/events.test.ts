import assert from "node:assert/strict";
import fc from "fast-check";

import { eventsFile, readEvents } from "../../rotation/events";
import { event } from "../support/rotation-event";

const EVENT = event();
const PLACE = "ledger/prod.events.jsonl";
const line = (changed: Record<string, unknown> = {}): string => JSON.stringify({ ...EVENT, ...changed });

describe("the log of rotation", () => {
    it("is beside its ledger", () => {
        assert.equal(eventsFile("ledger/prod.yaml"), PLACE);
        assert.equal(eventsFile("ledger/prod.yml"), PLACE);
    });

    it("is read a line at a time, with and without a last line break", () => {
        const events = [EVENT, { ...EVENT, step: "revoke", reason: "compromise", reference: "INC-7" }];
        const text = events.map((event) => JSON.stringify(event)).join("\n");
        assert.deepEqual(readEvents(text, PLACE), { events, problems: [] });
        assert.deepEqual(readEvents(`${text}\n`, PLACE), { events, problems: [] });
        assert.deepEqual(readEvents("", PLACE), { events: [], problems: [] });
    });

    const secret = "sk-ant-REPLACEabcdefghij0123456789";
    const bad: readonly (readonly [what: string, text: string, message: RegExp])[] = [
        ["an empty line", "", /not a JSON object/],
        ["a torn line", line().slice(0, 40), /not a JSON object/],
        ["a conflict marker", "<<<<<<< HEAD", /not a JSON object/],
        ["a list", "[]", /not a JSON object/],
        ["null", "null", /not a JSON object/],
        ["a missing field", JSON.stringify({ at: EVENT.at }), /^by: it is missing/],
        ["a key too many", line({ value: secret }), /a key that events do not have/],
        ["a secret as a key", line({ [secret]: 1 }), /a key that events do not have/],
        ["a day for a time", line({ at: "2026-12-01" }), /^at: a time is written/],
        ["31 February", line({ at: "2026-02-31T00:00:00Z" }), /^at: a time is written/],
        ["a local time", line({ at: "2026-12-01T00:00:00+01:00" }), /^at: a time is written/],
        ["an unknown step", line({ step: "rotate" }), /^step: a step is one of revoke, /],
        ["an unknown reason", line({ reason: "because" }), /^reason: a reason is one of initial, /],
        ["generation 0", line({ generation: 0 }), /^generation: a generation is a whole number from 1/],
        ["a generation as text", line({ generation: "3" }), /^generation: a generation is a whole number/],
        ["a field without a document", line({ field: "jwt" }), /^field: a field is written/],
        ["two lines in a text", line({ by: "a\nb" }), /^by: it must be one line/],
        ["an unseen turn of direction", line({ by: "a\u202eb" }), /^by: it must be one line/],
        ["an endless text", line({ reference: "x".repeat(201) }), /^reference: it must be one line/],
        ["a secret as a reference", line({ reference: secret }), /^reference: it looks like a secret/],
    ];
    for (const [what, text, message] of bad) {
        it(`refuses ${what}, with its line and without what it holds`, () => {
            const { events, problems } = readEvents(`${line()}\n${text}\n${line()}\n`, PLACE);
            assert.deepEqual(events, [EVENT, EVENT]);
            assert.ok(problems.length > 0);
            assert.ok(problems.every(({ place }) => place === `${PLACE}:2`));
            assert.match(problems[0]?.message ?? "", message);
            assert.ok(!JSON.stringify(problems).includes(secret));
        });
    }

    it("tells every bad line at once", () => {
        const { problems } = readEvents(`{}\n${line()}\nx\n`, PLACE);
        assert.deepEqual([...new Set(problems.map(({ place }) => place))], [`${PLACE}:1`, `${PLACE}:3`]);
    });

    it("never throws, and never repeats a text, whatever a file holds", () => {
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.string(),
                    fc.json(),
                    fc.json().map((json) => `${json}\n`),
                ),
                (text) => {
                    const { events, problems } = readEvents(text, PLACE);
                    assert.ok(text === "" || text === "\n" || events.length + problems.length > 0);
                },
            ),
        );
    });
});
