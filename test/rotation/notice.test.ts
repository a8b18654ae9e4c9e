import assert from "node:assert/strict";
import fc from "fast-check";

import { REASONS } from "../../components/domain/rotation/stages";
import { STEP_DONE } from "../../rotation/events";
import type { RotationEvent } from "../../rotation/events";
import { SLACK_LIMITS, slackNotice, textNotice } from "../../rotation/notice";
import { event } from "../support/rotation-event";

const EVENTS = [
    event(),
    event({ field: "marketplace/status.api_key", step: "replace", generation: 2 }),
    event({
        field: "yosai/db.password",
        step: "revoke",
        reason: "compromise",
        reference: "INC-7",
        by: "ana",
    }),
];
const LINK = "https://ci.example.com/runs/7_8";

describe("a notice of rotation", () => {
    it("tells as text what was done, the urgent first", () => {
        assert.equal(
            textNotice([{ stack: "prod", events: EVENTS }], { link: LINK }),
            `Rotation in prod: 3 steps.

Revoked, refused from now on:
  yosai/db.password, generation 3, compromise INC-7, by ana
Replaced:
  marketplace/status.api_key, generation 2, schedule, by rotation run 7
Announced, accepted and not yet in use:
  devplatform/jwt.secret_key, generation 3, schedule, by rotation run 7

${LINK}
`,
        );
    });

    it("tells Slack the same in blocks", () => {
        assert.deepEqual(slackNotice([{ stack: "prod", events: EVENTS.slice(0, 1) }], { link: LINK }), {
            text: "Rotation in prod: 1 step",
            blocks: [
                {
                    type: "header",
                    text: { type: "plain_text", text: "Rotation in prod: 1 step" },
                },
                {
                    type: "section",
                    text: {
                        type: "mrkdwn",
                        text: "*Announced, accepted and not yet in use*\n• `devplatform/jwt.secret_key`, generation 3, schedule, by rotation run 7",
                    },
                },
                { type: "context", elements: [{ type: "mrkdwn", text: `<${LINK}|The run>` }] },
            ],
        });
    });

    it("says so when no step is logged", () => {
        const expected = "The log beside the ledger has no step of it.";
        assert.ok(textNotice([{ stack: "dev", events: [] }]).includes(expected));
        assert.ok(JSON.stringify(slackNotice([{ stack: "dev", events: [] }])).includes(expected));
    });

    it("names each stack where there are several", () => {
        const notices = [
            { stack: "dev", events: [event({ stack: "dev" })] },
            { stack: "prod", events: EVENTS },
        ];
        assert.match(textNotice(notices), /^Rotation in dev and prod: 4 steps/);
        assert.match(textNotice(notices), /\n\ndev:\nAnnounced[^]*\n\nprod:\nRevoked/);
        assert.ok(JSON.stringify(slackNotice(notices)).includes('"*prod*"'));
    });

    it("counts what it does not list", () => {
        const many = Array.from({ length: 23 }, (_, at) => event({ generation: at + 1 }));
        assert.match(textNotice([{ stack: "prod", events: many }]), /\n {2}… and 3 more\n/);
    });

    it("lets nobody's text mention, link or format", () => {
        const by = "<!channel> <https://evil.example|here> *bold* `code` & co";
        const { text } = slackNotice([{ stack: "prod", events: [event({ by })] }]).blocks[1] as {
            text: { text: string };
        };
        const written = text.text.split("\n")[1] ?? "";
        assert.ok(!/[<>]/.test(written));
        assert.ok(written.includes("&lt;!channel&gt;") && written.includes("&amp; co"));
        assert.ok(!written.replace("`devplatform/jwt.secret_key`", "").match(/(?<!\u200b)[*_~`]/));
    });

    it("stays within what Slack accepts, whatever was logged", () => {
        const texts = fc.string({
            minLength: 1,
            maxLength: 200,
            unit: fc.constantFrom("&", "<", "`", "ä", "x"),
        });
        const events = fc.record({
            at: fc.constant("2026-12-01T00:04:11Z"),
            by: texts,
            stack: fc.constant("prod"),
            field: fc.constantFrom("a/b.c", `a/b.${"c".repeat(196)}`),
            step: fc.constantFrom(...(Object.keys(STEP_DONE) as RotationEvent["step"][])),
            generation: fc.nat(),
            reason: fc.constantFrom(...REASONS),
            reference: texts,
        });
        const notices = fc.array(
            fc.record({
                stack: fc.constantFrom("dev", "p".repeat(100)),
                events: fc.array(events, { maxLength: 80 }),
            }),
            { minLength: 1, maxLength: 12 },
        );
        fc.assert(
            fc.property(notices, (each) => {
                const { blocks, text } = slackNotice(each, { link: LINK });
                assert.ok(text.length > 0);
                assert.ok(blocks.length <= SLACK_LIMITS.blocks, "blocks");
                for (const block of blocks) {
                    if (block.type === "header") assert.ok(block.text.text.length <= SLACK_LIMITS.header);
                    if (block.type !== "section") continue;
                    assert.ok(block.text.text.length <= SLACK_LIMITS.section, "section");
                    assert.ok(block.text.text.length > 0);
                }
            }),
            { numRuns: 60 },
        );
    });
});
