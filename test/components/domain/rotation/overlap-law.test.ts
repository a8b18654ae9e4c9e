import assert from "node:assert/strict";
import fc from "fast-check";
import { Duration } from "../../../../components/domain/duration";
import { classProblems, periodProblems } from "../../../../components/domain/rotation/overlap-law";
import type { RotationClass } from "../../../../components/domain/rotation/rotation-class";
import { account, signingKey, vendor } from "../../../support/rotation-classes";

const DAY = Duration.parse("1 day");

describe("the overlap law", () => {
    it("admits what fits, with the time that a deployment takes", () => {
        for (const sound of [signingKey, account, vendor])
            assert.deepEqual(classProblems(sound, "c", DAY), []);
    });

    const wrong: [string, Partial<RotationClass>, string, RegExp, RegExp][] = [
        [
            "an announcement shorter than consumers are late",
            { announce: "1 day" },
            "c.announce",
            /1 day is too short: it takes 1 day 3 hours \(deployWithin 1 day \+ consumerLag 3 hours\)/,
            /Set announce to '2 days'/,
        ],
        [
            "a grace shorter than tokens live",
            { grace: "4 days" },
            "c.grace",
            /takes 4 days 3 hours \(deployWithin 1 day \+ producerLag 3 hours \+ tokenLife 3 days\)/,
            /Set grace to '5 days'/,
        ],
        ["a time that is none", { grace: "soon" }, "c.grace", /not a duration/, /7 days/],
        ["an announcement of a swap", { strategy: "swap" }, "c.announce", /no such time/, /Remove it/],
        [
            "a second key that goes too early",
            { strategy: "two-key", grace: "1 day" },
            "c.announce",
            /no such time/,
            /Remove it/,
        ],
    ];
    for (const [title, change, place, message, fix] of wrong) {
        it(`refuses ${title}`, () => {
            const [problem] = classProblems({ ...signingKey, ...change }, "c", DAY);
            assert.equal(problem?.place, place);
            assert.match(problem.message, message);
            assert.match(problem.fix!, fix);
        });
    }

    it("refuses a second key that goes before everybody has the new one", () => {
        const [problem] = classProblems(
            { name: "k", strategy: "two-key", consumerLag: "4 hours", grace: "1 day" },
            "c",
            DAY,
        );
        assert.match(problem!.message, /takes 1 day 4 hours/);
    });

    it("names numbers that are admitted, and no smaller ones are", () => {
        const hours = fc.integer({ min: 1, max: 400 }).map((count) => `${String(count)} hours`);
        fc.assert(
            fc.property(hours, hours, hours, (consumerLag, producerLag, tokenLife) => {
                const times = { consumerLag, producerLag, tokenLife };
                const refused: RotationClass = { name: "c", strategy: "overlap", ...times };
                const found = classProblems(refused, "c", DAY);
                assert.deepEqual(
                    found.map(({ place }) => place),
                    ["c.announce", "c.grace"],
                );
                const [announce, grace] = found.map(({ fix }) => Number(/'(\d+) days'/.exec(fix!)?.[1]));
                const days = (count: number | undefined): string => `${String(count)} days`;
                const named = { ...refused, announce: days(announce), grace: days(grace) };
                assert.deepEqual(classProblems(named, "c", DAY), []);
                for (const less of [
                    { ...named, announce: days(announce! - 1) },
                    { ...named, grace: days(grace! - 1) },
                ])
                    assert.equal(classProblems(less, "c", DAY).length, 1);
            }),
        );
    });

    it("refuses a period in which a rotation does not end", () => {
        assert.deepEqual(periodProblems(signingKey, "8 days", "f"), []);
        const [problem] = periodProblems(signingKey, "7 days", "f");
        assert.match(problem!.message, /every 7 days, and one rotation takes 7 days/);
    });
});
