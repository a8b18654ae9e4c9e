import assert from "node:assert/strict";
import type { Ledger } from "../../components/domain/rotation/stages";
import { judgeLedger } from "../../rotation/leaps";
import { firstLedger, live, rotatingStack, steady } from "../support/rotating-stack";

const base = firstLedger("2026-09-01");
const judged = (
    head: Ledger,
    today: string | undefined,
    rotation: Readonly<Record<string, unknown>> = {},
) => {
    const stack = rotatingStack("prod", head, rotation);
    const { steps, problems } = judgeLedger(stack, [stack], base, today);
    return {
        steps: steps.map(({ field, step }) => `${step.kind} ${field}`),
        problems: problems.map(({ place, message }) => `${place}: ${message}`),
    };
};
const announced = (since: string): Ledger => ({
    ...base,
    "shop/jwt.key": { ...steady(1, "2026-09-01"), next: live(2, since) },
});

describe("a ledger against the one that is deployed", () => {
    it("takes one step a field, of several fields at once", () => {
        const head = {
            ...announced("2026-11-02"),
            "shop/db.password": {
                current: live(2, "2026-11-02"),
                previous: { generation: 1, until: "2026-11-09" },
            },
            "shop/vendor.token": { current: live(1, "2026-11-02", { reason: "initial" }) },
        };
        assert.deepEqual(judged(head, "2026-11-02"), {
            steps: ["replace shop/db.password", "announce shop/jwt.key", "begin shop/vendor.token"],
            problems: [],
        });
        assert.deepEqual(judged(base, "2026-11-02"), { steps: [], problems: [] });
    });

    it("is a new one's own business", () => {
        const stack = rotatingStack("prod", { ...base, "shop/jwt.key": steady(7, "2026-09-01") });
        assert.deepEqual(judgeLedger(stack, [stack], undefined, "2026-11-02").problems, []);
    });

    const refused: [string, Ledger, string, string][] = [
        [
            "two rotations with no deployment between",
            { ...base, "shop/db.password": steady(3, "2026-11-02") },
            "2026-11-02",
            "ledger/prod.yaml: shop/db.password: generation 3 would follow 1",
        ],
        [
            "a step back",
            { ...base, "shop/jwt.key": { current: live(1, "2026-08-01") } },
            "2026-11-02",
            "ledger/prod.yaml: shop/jwt.key: this is more than one step, and each needs a deployment of its own",
        ],
        [
            "a generation that is dropped while it is used",
            { ...base, "shop/jwt.key": steady(2, "2026-11-02") },
            "2026-11-02",
            "ledger/prod.yaml: shop/jwt.key: a field that rotates by overlap is announced first",
        ],
        [
            "a day that has not come",
            announced("2026-11-03"),
            "2026-11-02",
            "ledger/prod.yaml: shop/jwt.key: 2026-11-03 has not come yet",
        ],
        [
            "a step that lay about for too long",
            announced("2026-10-30"),
            "2026-11-02",
            "ledger/prod.yaml: shop/jwt.key: this step is of 2026-10-30, and was to be deployed within 1 day",
        ],
    ];
    it("takes a step on the last day that it may be deployed on, and not on the next one", () => {
        const late = (today: string, deployWithin: string) =>
            judged(announced("2026-11-02"), today, { deployWithin }).problems;
        assert.deepEqual(late("2026-11-02", "1 day"), []);
        assert.equal(late("2026-11-03", "1 day").length, 1);
        assert.deepEqual(late("2026-11-03", "36 hours"), []);
        assert.equal(late("2026-11-04", "36 hours").length, 1);
    });

    it("takes the record of a value that was issued long ago", () => {
        const head = { ...base, "shop/vendor.token": steady(2, "2026-10-01") };
        const stack = rotatingStack("prod", head);
        const before = { ...base, "shop/vendor.token": steady(1, "2026-09-01") };
        assert.deepEqual(judgeLedger(stack, [stack], before, "2026-11-02").problems, []);
    });

    for (const [title, head, today, problem] of refused) {
        it(`refuses ${title}`, () => {
            const { steps, problems } = judged(head, today);
            assert.deepEqual(steps, []);
            assert.ok(problems.includes(problem), problems.join("\n"));
        });
    }

    it("refuses an entry that is gone, unless its field is", () => {
        const { problems } = judged(
            { ...base, "shop/jwt.key": undefined } as unknown as Ledger,
            "2026-11-02",
        );
        assert.match(problems.join(), /its entry is gone/);
        const stack = rotatingStack("prod", base);
        const more = { ...base, "shop/left.key": steady(4, "2026-09-01") };
        assert.deepEqual(judgeLedger(stack, [stack], more, "2026-11-02").problems, []);
    });

    it("refuses a step outside of the windows, by its own day", () => {
        const windows = { days: ["tuesday"] };
        assert.match(
            judged(announced("2026-11-02"), "2026-11-03", { windows }).problems.join(),
            /nothing rotates on a monday, and the day of this step is 2026-11-02/,
        );
        assert.deepEqual(judged(announced("2026-11-03"), "2026-11-03", { windows }).problems, []);
        const over = {
            ...base,
            "shop/jwt.key": {
                current: live(2, "2026-10-01"),
                previous: { generation: 1, until: "2026-10-06" },
            },
        };
        const stack = rotatingStack(
            "prod",
            { ...over, "shop/jwt.key": steady(2, "2026-10-01") },
            { windows },
        );
        const { steps, problems } = judgeLedger(stack, [stack], over, "2026-11-05");
        assert.deepEqual([steps.map(({ step }) => step.kind), problems], [["retire"], []]);
    });

    it("judges without a clock what needs none", () => {
        assert.deepEqual(judged(announced("2020-11-02"), undefined).problems.length, 1);
        assert.deepEqual(judged(announced("2026-11-02"), undefined).steps, ["announce shop/jwt.key"]);
    });
});
