import assert from "node:assert/strict";
import type { Ledger } from "../../components/domain/rotation/stages";
import { fieldFacts } from "../../rotation/describe";
import { planCompromise, planDue, planRotation } from "../../rotation/plan";
import { pullRequestText, pullRequestTitle } from "../../rotation/pull-request";
import { firstLedger, live, rotatingStack, shopCatalogue, steady } from "../support/rotating-stack";

const facts = fieldFacts(shopCatalogue);
const today = "2026-11-03";
const of = (ledger: Ledger, rotation: Readonly<Record<string, unknown>> = {}) => {
    const stack = rotatingStack("prod", ledger, rotation);
    return { stack, options: { stacks: [stack], today } };
};

describe("the text of a pull request", () => {
    it("says what rotates, why, until when the old value works, who takes it, and the way back", () => {
        const { stack, options } = of({
            ...firstLedger("2026-10-20"),
            "shop/jwt.key": {
                ...steady(1, "2026-08-01"),
                next: live(2, "2026-11-01", { reason: "request", reference: "OPS-1" }),
            },
            "shop/s3.id": steady(4, "2026-10-01"),
            "shop/vendor.token": steady(1, "2026-10-01"),
        });
        const plan = planDue(stack, today, options);
        assert.equal(pullRequestTitle([plan]), "Rotation in prod: 2 steps");
        assert.equal(
            pullRequestText([plan], facts),
            `## prod: 2 steps

| field          | what                             | why            | the old value                |
| -------------- | -------------------------------- | -------------- | ---------------------------- |
| \`shop/jwt.key\` | generation 2 is used from now on | request, OPS-1 | is accepted until 2026-11-08 |
| \`shop/s3.id\`   | generation 5 replaces 4          | schedule       | works until 2026-11-05       |

**Who takes it**

- shop: Deployment/api restarts: \`shop/jwt.key\`
- shop: StatefulSet/worker reads its files anew: \`shop/s3.id\`

**After the merge**

- \`pulumi up --stack prod\` within 1 day of 2026-11-03, 00:00 UTC
- \`npm run rotate -- verify --stack prod\`: every consumer runs the new generation

**The way back**

- \`npm run rotate -- rollback <field> --stack prod --ref <ticket>\` while the other value lives: \`shop/jwt.key\`, \`shop/s3.id\`

**To be issued by others**

- \`shop/vendor.token\` (it is due on 2026-10-31): a new value from vendor console; set it, revoke the old one there, then \`npm run rotate -- external shop/vendor.token --set-on <day> --stack prod\`
`,
        );
    });

    it("says plainly who breaks in a compromise, and that there is no way back", () => {
        const { stack, options } = of(firstLedger("2026-10-20"));
        const fields = ["shop/jwt.key", "shop/db.password"];
        const plan = planCompromise(stack, fields, "INC-1", false, options);
        const text = pullRequestText([plan], facts);
        assert.equal(pullRequestTitle([plan]), "Compromise in prod: 2 steps");
        assert.match(
            text,
            /`shop\/jwt\.key` .*\| compromise, INC-1 \| \*\*is refused from the deployment on\*\* +\|/,
        );
        // The parts of a composed field are taken by whoever takes that.
        assert.match(
            text,
            /- shop: Deployment\/api restarts: `shop\/jwt\.key`, `shop\/db\.password` \*\*\(refused until it does\)\*\*/,
        );
        assert.match(
            text,
            /- end what the old generation signed, such as sessions: `shop\/jwt\.key` \(Key\)/,
        );
        assert.match(text, /- one value is valid at a time: .*: `shop\/db\.password` \(Password\)/);
        assert.match(text, /`pulumi up --stack prod` now: until then the compromised value is in use/);
        assert.match(text, /- none but another rotation: `shop\/jwt\.key`, `shop\/db\.password`/);
    });

    it("gives the whole command to record what a vendor issues after a compromise", () => {
        const { stack, options } = of({
            ...firstLedger("2026-10-20"),
            "shop/vendor.token": steady(1, "2026-10-01"),
        });
        const plan = planCompromise(stack, ["shop/vendor.token"], "INC-3", false, options);
        assert.match(
            pullRequestText([plan], facts),
            /`npm run rotate -- external shop\/vendor\.token --set-on <day> --stack prod --reason "compromise" --ref "INC-3"`/,
        );
    });

    it("says of a data key that the day alone does not end it", () => {
        const { stack, options } = of({
            ...firstLedger("2026-10-20"),
            "shop/data.key": { ...steady(1, "2026-08-01"), next: live(2, "2026-11-01") },
        });
        assert.match(
            pullRequestText([planDue(stack, today, options)], facts),
            /stays until all that it encrypted was written anew, 2026-11-08 at the earliest/,
        );
    });

    it("gathers what the same thing holds back", () => {
        const { stack, options } = of(firstLedger("2026-10-20"), { windows: { days: ["monday"] } });
        const cause = { reason: "request", reference: "OPS-2" } as const;
        const plan = planRotation(stack, ["shop/db.password", "shop/s3.id"], cause, options);
        assert.equal(pullRequestTitle([plan]), "Nothing rotates");
        assert.match(
            pullRequestText([plan], facts),
            /\*\*Held back\*\*\n\n- `shop\/db\.password`, `shop\/s3\.id`, replace: Nothing rotates on a tuesday, and the day of this step is 2026-11-03\. The next window is 2026-11-09\.\n$/,
        );
    });

    it("is one sentence when nothing is to be done", () => {
        const { stack, options } = of(firstLedger("2026-11-01"));
        assert.equal(pullRequestText([planDue(stack, today, options)], facts), "Nothing rotates.\n");
    });
});
