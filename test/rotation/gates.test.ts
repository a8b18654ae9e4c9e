import assert from "node:assert/strict";
import { planCompromise, planDue, planRotation, type Plan } from "../../rotation/plan";
import type { Ledger } from "../../components/domain/rotation/stages";
import { heldBy, on, taken } from "../support/plans";
import { firstLedger, live, rotatingStack, steady } from "../support/rotating-stack";

describe("a window", () => {
    const windows = {
        days: ["tuesday"],
        freezes: [{ from: "2026-12-08", to: "2026-12-08", why: "sale" }],
    };
    const stack = rotatingStack("prod", firstLedger("2026-01-01"), { windows });

    it("lets rotations begin and go on", () => {
        assert.equal(planDue(stack, "2026-12-01", on(stack, "2026-12-01")).steps.length, 4);
    });

    it("holds them back on other days, and in a freeze, and says until when", () => {
        for (const [today, earliest, message] of [
            ["2026-12-02", "2026-12-15", /nothing rotates on a wednesday/],
            ["2026-12-08", "2026-12-15", /until 2026-12-08 \(sale\)/],
        ] as const) {
            const plan = planDue(stack, today, on(stack, today));
            assert.deepEqual(plan.steps, []);
            assert.match(heldBy(plan).join(), message);
            assert.ok(plan.held.every(({ faults }) => faults[0]?.earliest === earliest));
        }
    });

    it("does not keep a compromised value alive", () => {
        const plan = planCompromise(stack, ["shop/jwt.key"], "INC-1", false, on(stack, "2026-12-02"));
        assert.deepEqual(taken(plan), ["revoke shop/jwt.key"]);
    });
});

describe("an environment that waits for another", () => {
    const prod = rotatingStack("prod", firstLedger("2026-09-15"), { after: "dev" });
    const cause = { reason: "request", reference: "T-1" } as const;
    const inProd = (dev: Ledger): Plan =>
        planRotation(prod, ["shop/jwt.key"], cause, on(prod, "2026-11-01", rotatingStack("dev", dev)));

    it("rotates a class once it has run through there", () => {
        assert.deepEqual(
            taken(inProd({ ...firstLedger("2026-09-01"), "shop/jwt.key": steady(2, "2026-10-01") })),
            ["announce shop/jwt.key"],
        );
    });

    const unproved: [string, Ledger][] = [
        ["has not rotated since", firstLedger("2026-09-01")],
        ["rotated before this one did", { "shop/jwt.key": steady(2, "2026-09-15") }],
        [
            "is still in its overlap",
            {
                "shop/jwt.key": {
                    current: live(2, "2026-10-01"),
                    previous: { generation: 1, until: "2026-11-02" },
                },
            },
        ],
        [
            "only announces it",
            { "shop/jwt.key": { ...steady(2, "2026-10-01"), next: live(3, "2026-10-20") } },
        ],
        [
            "was only just added",
            { "shop/jwt.key": { current: live(1, "2026-10-01", { reason: "initial" }) } },
        ],
        [
            "went back",
            { "shop/jwt.key": { current: live(1, "2026-10-01", { reason: "rollback", reference: "T-2" }) } },
        ],
        [
            "rotated another class",
            { ...firstLedger("2026-09-01"), "shop/db.password": steady(2, "2026-10-01") },
        ],
    ];
    for (const [title, dev] of unproved) {
        it(`waits while that ${title}`, () => {
            const plan = inProd({ ...firstLedger("2026-09-01"), ...dev });
            assert.deepEqual(heldBy(plan), [
                "announce shop/jwt.key: no 'signing-key' has rotated in dev since this one did in prod on 2026-09-15",
            ]);
            assert.match(plan.held[0]!.faults[0]!.fix, /request shop\/jwt\.key --stack dev/);
        });
    }

    it("waits for nothing where nothing could prove it, and not in a compromise", () => {
        const dev = rotatingStack("dev", {});
        const options = on(prod, "2026-11-01", dev);
        assert.deepEqual(taken(planRotation(prod, ["shop/jwt.key"], cause, options)), [
            "announce shop/jwt.key",
        ]);
        const waiting = on(prod, "2026-11-01", rotatingStack("dev", firstLedger("2026-09-01")));
        assert.deepEqual(taken(planCompromise(prod, ["shop/jwt.key"], "INC-1", false, waiting)), [
            "revoke shop/jwt.key",
        ]);
    });

    it("goes on with what has begun", () => {
        const begun = rotatingStack(
            "prod",
            {
                ...firstLedger("2026-10-20"),
                "shop/jwt.key": { ...steady(1, "2026-09-15"), next: live(2, "2026-10-25") },
            },
            { after: "dev" },
        );
        const options = on(begun, "2026-11-01", rotatingStack("dev", firstLedger("2026-09-01")));
        assert.deepEqual(taken(planDue(begun, "2026-11-01", options)), ["promote shop/jwt.key"]);
    });
});
