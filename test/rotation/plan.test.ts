import assert from "node:assert/strict";
import { planCompromise, planDue, planStep, wayBack, type Plan } from "../../rotation/plan";
import type { Ledger } from "../../components/domain/rotation/stages";
import { heldBy, on, taken } from "../support/plans";
import { firstLedger, live, rotatingStack, steady } from "../support/rotating-stack";

describe("what is due", () => {
    const dueOn = (ledger: Ledger, today: string, dueBy = today): Plan => {
        const stack = rotatingStack("dev", ledger);
        return planDue(stack, dueBy, on(stack, today));
    };

    it("begins what is as old as it may be, and an overlap earlier by its announcement", () => {
        const ledger = firstLedger("2026-09-01");
        assert.deepEqual(taken(dueOn(ledger, "2026-09-30")), []);
        assert.deepEqual(taken(dueOn(ledger, "2026-10-01")), ["replace shop/s3.id"]);
        assert.deepEqual(taken(dueOn(ledger, "2026-11-28")), ["announce shop/jwt.key", "replace shop/s3.id"]);
        assert.deepEqual(taken(dueOn(ledger, "2026-11-30")), [
            "replace shop/db.password",
            "announce shop/jwt.key",
            "replace shop/s3.id",
        ]);
    });

    it("begins today what is due until a later day", () => {
        const plan = dueOn(firstLedger("2026-09-01"), "2026-09-02", "2026-10-01");
        assert.deepEqual(taken(plan), ["replace shop/s3.id"]);
        assert.deepEqual(plan.steps[0]!.after, {
            current: live(2, "2026-09-02"),
            previous: { generation: 1, until: "2026-09-04" },
        });
    });

    it("moves each rotation by one step, whatever its strategy", () => {
        let ledger: Ledger = { ...firstLedger("2026-11-01"), "shop/jwt.key": steady(1, "2026-08-01") };
        const days = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-07", "2026-11-08"];
        const steps = days.map((today) => {
            const plan = dueOn(ledger, today);
            ledger = {
                ...ledger,
                ...Object.fromEntries(plan.steps.map(({ field, after }) => [field, after])),
            };
            return taken(plan);
        });
        assert.deepEqual(steps, [
            ["announce shop/jwt.key"],
            [],
            ["promote shop/jwt.key"],
            [],
            ["retire shop/jwt.key"],
        ]);
        assert.deepEqual(ledger["shop/jwt.key"], { current: live(2, "2026-11-03") });
    });

    it("is nothing a second time on the same day", () => {
        const first = dueOn(firstLedger("2026-01-01"), "2026-11-01");
        const after = Object.fromEntries(first.steps.map(({ field, after }) => [field, after]));
        assert.equal(first.steps.length, 4);
        assert.deepEqual(taken(dueOn({ ...firstLedger("2026-01-01"), ...after }, "2026-11-01")), []);
    });

    it("asks for what only a vendor issues", () => {
        const plan = dueOn(
            { ...firstLedger("2026-11-01"), "shop/vendor.token": steady(1, "2026-10-01") },
            "2026-11-05",
        );
        assert.deepEqual(plan.asks, [{ field: "shop/vendor.token", why: "it is due on 2026-10-31" }]);
        assert.deepEqual(plan.steps, []);
    });

    it("keeps a data key until all that it encrypted was written anew", () => {
        const ledger = {
            ...firstLedger("2026-11-01"),
            "shop/data.key": {
                current: live(2, "2026-11-01"),
                previous: { generation: 1, until: "2026-11-06" },
            },
        };
        assert.deepEqual(taken(dueOn(ledger, "2026-11-05")), []);
        assert.deepEqual(taken(dueOn(ledger, "2026-11-10")), ["start rewrite shop/data.key"]);
        const rewriting = { generation: 1, until: "2026-11-06", rewriting: "2026-11-06" };
        const begun = { ...ledger, "shop/data.key": { current: live(2, "2026-11-01"), previous: rewriting } };
        assert.match(heldBy(dueOn(begun, "2026-11-10")).join(), /nothing proves that all that generation 1/);
        const previous = { ...rewriting, rewritten: "2026-11-07" };
        const proved = { ...ledger, "shop/data.key": { current: live(2, "2026-11-01"), previous } };
        assert.deepEqual(taken(dueOn(proved, "2026-11-10")), ["retire shop/data.key"]);
    });

    it("takes nothing away from who was seen to be behind", () => {
        const ledger = {
            ...firstLedger("2026-11-01"),
            "shop/jwt.key": {
                current: live(2, "2026-11-01"),
                previous: { generation: 1, until: "2026-11-06" },
            },
        };
        const stack = rotatingStack("dev", ledger);
        const seen = {
            ledger: { current: 2, previous: 1 },
            runs: [],
            behind: ["shop/api"],
            unknown: ["shop/worker"],
        };
        const evidence = {
            stack: "dev",
            at: "2026-11-10T00:00:00.000Z",
            syncedOnly: false,
            fields: { "shop/jwt.key": seen },
        };
        const plan = planDue(stack, "2026-11-10", { ...on(stack, "2026-11-10"), evidence });
        assert.deepEqual(heldBy(plan), [
            "retire shop/jwt.key: shop/api does not run what the ledger says; shop/worker could not be asked",
        ]);
        for (const [other, message] of [
            [{ ...evidence, syncedOnly: true }, /not looked at what the pods run/],
            [
                { ...evidence, fields: { "shop/jwt.key": { ...seen, ledger: { current: 1, next: 2 } } } },
                /with another ledger/,
            ],
        ] as const)
            assert.match(
                heldBy(planDue(stack, "2026-11-10", { ...on(stack, "2026-11-10"), evidence: other })).join(),
                message,
            );
        const others = { ...evidence, stack: "prod" };
        assert.deepEqual(
            taken(planDue(stack, "2026-11-10", { ...on(stack, "2026-11-10"), evidence: others })),
            ["retire shop/jwt.key"],
        );
    });
});

describe("a compromise", () => {
    const announced: Ledger = {
        ...firstLedger("2026-09-01"),
        "shop/jwt.key": { ...steady(1, "2026-09-01"), next: live(2, "2026-10-30") },
    };
    const stack = rotatingStack("prod", announced);
    const options = on(stack, "2026-11-01");

    it("takes every live value away, or all but the announced one", () => {
        const incident = { reason: "compromise", reference: "INC-1" } as const;
        const all = planCompromise(stack, ["shop/jwt.key"], "INC-1", false, options);
        assert.deepEqual(all.steps[0]!.after, { current: live(3, "2026-11-01", incident) });
        const kept = planCompromise(stack, ["shop/jwt.key"], "INC-1", true, options);
        assert.deepEqual(kept.steps[0]!.after, { current: live(2, "2026-11-01", incident) });
    });

    it("is not taken twice for one incident", () => {
        const incident = { reason: "compromise", reference: "INC-1" } as const;
        const again = rotatingStack("prod", {
            ...announced,
            "shop/jwt.key": { current: live(3, "2026-11-01", incident) },
        });
        const plan = planCompromise(again, ["shop/jwt.key"], "INC-1", false, on(again, "2026-11-01"));
        assert.deepEqual(heldBy(plan), ["revoke shop/jwt.key: generation 3 was drawn for that already"]);
        const another = planCompromise(again, ["shop/jwt.key"], "INC-2", false, on(again, "2026-11-01"));
        assert.deepEqual(taken(another), ["revoke shop/jwt.key"]);
    });

    it("announces another data key, and keeps the compromised one to read with", () => {
        const plan = planCompromise(stack, ["shop/data.key"], "INC-1", false, options);
        assert.deepEqual(plan.steps[0]!.after, {
            current: live(1, "2026-09-01"),
            next: live(2, "2026-11-01", { reason: "compromise", reference: "INC-1" }),
        });
    });

    it("uses the other access key again, since IAM takes no third", () => {
        const two = rotatingStack("prod", {
            ...announced,
            "shop/s3.id": {
                current: live(2, "2026-10-30"),
                previous: { generation: 1, until: "2026-11-02" },
            },
        });
        const plan = planCompromise(two, ["shop/s3.id"], "INC-1", false, on(two, "2026-11-01"));
        assert.deepEqual(plan.steps[0]!.after, {
            current: live(1, "2026-11-01", { reason: "compromise", reference: "INC-1" }),
            highest: 2,
        });
    });

    it("asks the issuer of what it did not draw", () => {
        const plan = planCompromise(stack, ["shop/vendor.token"], "INC-1", false, options);
        assert.deepEqual(plan.asks, [
            {
                field: "shop/vendor.token",
                why: "compromise, INC-1",
                cause: { reason: "compromise", reference: "INC-1" },
            },
        ]);
    });
});

describe("the way back", () => {
    const incident = "INC-2";
    it("withdraws what is announced, and otherwise uses the previous value again", () => {
        const stack = rotatingStack("prod", {
            ...firstLedger("2026-09-01"),
            "shop/jwt.key": { ...steady(1, "2026-09-01"), next: live(2, "2026-10-30") },
            "shop/db.password": {
                current: live(2, "2026-10-30"),
                previous: { generation: 1, until: "2026-11-06" },
            },
        });
        const back = (id: string) => {
            const step = wayBack(stack.fields.get(id)!, stack.ledger[id]!, "2026-11-01", incident);
            return planStep(stack, id, step, on(stack, "2026-11-01")).steps[0]!.after;
        };
        assert.deepEqual(back("shop/jwt.key"), { ...steady(1, "2026-09-01"), highest: 2 });
        assert.deepEqual(back("shop/db.password"), {
            current: live(1, "2026-11-01", { reason: "rollback", reference: incident }),
            previous: { generation: 2, until: "2026-11-08" },
        });
    });
});
