import assert from "node:assert/strict";
import { ageLimits, longestAges } from "../../../../components/domain/rotation/ages";
import { secondsSinceEpoch } from "../../../../components/domain/rotation/day";
import type { RotatingField } from "../../../../components/domain/rotation/due";
import type { Generations } from "../../../../components/domain/rotation/stages";

const since = (day: string): Generations => ({ current: { generation: 1, since: day, reason: "initial" } });
const of = (name: string, every?: string): RotatingField => ({
    rotationClass: { name, strategy: "swap" },
    every,
});

describe("ages", () => {
    it("are limited by class and period, from the oldest value on", () => {
        const fields = new Map([
            ["b", of("password", "90 days")],
            ["a", of("password", "90 days")],
            ["c", of("password", "30 days")],
            ["d", of("key", "1 year")],
        ]);
        const ledger = {
            a: since("2026-03-01"),
            b: since("2026-02-01"),
            c: since("2026-04-01"),
            d: since("2026-05-01"),
        };
        assert.deepEqual(ageLimits(fields, ledger), [
            { className: "key", days: 365, fields: ["d"], since: "2026-05-01" },
            { className: "password", days: 30, fields: ["c"], since: "2026-04-01" },
            { className: "password", days: 90, fields: ["a", "b"], since: "2026-02-01" },
        ]);
        assert.deepEqual(ageLimits(new Map([...fields].reverse()), ledger), ageLimits(fields, ledger));
    });

    it("have none without a period, or without a day in the ledger", () => {
        assert.deepEqual(ageLimits(new Map([["a", of("key")]]), { a: since("2026-03-01") }), []);
        assert.deepEqual(ageLimits(new Map([["a", of("key", "30 days")]]), {}), []);
        assert.deepEqual(longestAges([{ ...of("key"), field: "a", generations: since("2026-03-01") }]), {});
    });

    it("are told of each field", () => {
        assert.deepEqual(
            longestAges([{ ...of("key", "4 weeks"), field: "a", generations: since("2026-03-01") }]),
            {
                a: { class: "key", days: 28, since: "2026-03-01" },
            },
        );
    });
});

describe("secondsSinceEpoch", () => {
    it("is the first second of a day of UTC", () => {
        for (const day of ["1970-01-01", "2026-11-23", "2028-02-29"])
            assert.equal(secondsSinceEpoch(day), Date.parse(`${day}T00:00:00Z`) / 1000);
    });
});
