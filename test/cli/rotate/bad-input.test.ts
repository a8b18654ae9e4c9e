import assert from "node:assert/strict";
import * as fs from "node:fs";
import { withEntry } from "../support";
import { inWorkspace } from "./support";

describe("npm run rotate, given bad input", () => {
    const cases: [string, readonly string[], readonly RegExp[]][] = [
        [
            "several mistakes at once",
            ["compromise", "devplatform/jwt.secret_kye", "--today", "2026-02-31"],
            [
                /--ref: the step carries no reference/,
                /it does not say in which stack.*--stack <name>/,
                /--today 2026-02-31: a day is written YYYY-MM-DD/,
                /Did you mean 'devplatform\/jwt\.secret_key'\?/,
            ],
        ],
        [
            "an unknown holder",
            ["offboard", "platform-enginering", "--ref", "HR-1"],
            [/nobody called 'platform-enginering' holds a secret\. Did you mean 'platform-engineering'\?/],
        ],
        [
            "a second rotation before the first has ended",
            ["request", "marketplace/webhooks.amazon_hmac_secret", "--stack", "prod", "--ref", "X-1"],
            [/ledger\/prod\.yaml: marketplace\/webhooks\.amazon_hmac_secret: generation 2 is announced/],
        ],
        [
            "a field that never rotates",
            ["request", "devplatform/db.username", "--stack", "dev", "--ref", "X"],
            [/never rotates: it is literal/],
        ],
        [
            "an unknown stack",
            ["due", "--stack", "prdo"],
            [/--stack prdo: there is no Pulumi\.prdo\.yaml.*Did you mean 'prod'\?/],
        ],
        [
            "a day in the future",
            [
                "external",
                "devplatform/sentry.backend_dsn",
                "--set-on",
                "2026-12-24",
                "--today",
                "2026-12-01",
                "--stack",
                "dev",
            ],
            [/2026-12-24 has not come yet/],
        ],
        [
            "a reason that is none",
            ["offboard", "commerce", "--ref", "X", "--reason", "ofboarding"],
            [/Did you mean 'offboarding'\?/],
        ],
        [
            "to keep what is not announced",
            ["compromise", "devplatform/jwt.secret_key", "--keep-next", "--stack", "dev", "--ref", "X"],
            [/ledger\/dev\.yaml: devplatform\/jwt\.secret_key: nothing is announced that could be kept/],
        ],
        [
            "no evidence",
            ["due", "--verified", "/nowhere.json"],
            [/--verified \/nowhere\.json: the file can't be read/],
        ],
        [
            "a reference that nobody should read",
            ["all", "--ref", "sk-ant-REPLACEabcdefghij0123456789", "--by", "a\nb"],
            [/--ref: it looks like a secret/, /--by: it must be one line/],
        ],
        ["an unknown subcommand", ["rotat"], [/unknown command/]],
        [
            "no day",
            ["external", "devplatform/sentry.backend_dsn", "--stack", "dev"],
            [/required option '--set-on <day>'/],
        ],
    ];
    for (const [title, args, messages] of cases) {
        it(`refuses ${title}, and writes nothing`, async () => {
            const underWay = withEntry(
                "marketplace/webhooks.amazon_hmac_secret",
                "next: { generation: 2, since: 2026-11-19, reason: schedule }",
                "current: { generation: 1, since: 2026-11-02, reason: schedule }",
            );
            await inWorkspace({ "ledger/prod.yaml": underWay }, async (workspace, rotate) => {
                const before = workspace.contents();
                const run = await rotate(...args);
                assert.equal(run.code, 1, run.text);
                for (const message of messages) assert.match(run.text, message);
                assert.doesNotMatch(run.text, /\bat .*\.(ts|js):\d+/);
                assert.deepEqual(workspace.contents(), before);
            });
        });
    }

    it("says which step a ledger edited by hand does not allow", async () => {
        const impossible = withEntry(
            "yosai/db.password",
            "next: { generation: 4, since: 2026-11-20, reason: schedule }",
            "current: { generation: 2, since: 2026-11-01, reason: request }",
        );
        await inWorkspace({ "ledger/dev.yaml": impossible }, async (workspace, rotate) => {
            const before = workspace.contents();
            const run = await rotate("due");
            assert.equal(run.code, 1);
            assert.match(
                run.text,
                /ledger\/dev\.yaml:\d+ yosai\/db\.password\.next: generation 4 is announced after 2, and numbers go up by one/,
            );
            assert.match(run.text, /only a field that rotates by overlap announces/);
            assert.match(run.text, /the reason 'request' carries a reference/);
            assert.deepEqual(workspace.contents(), before);
        });
    });

    it("refuses the evidence of another stack", async () => {
        const evidence = { stack: "dev", at: "2026-12-01T00:00:00.000Z", syncedOnly: false, fields: {} };
        await inWorkspace({}, async (workspace, rotate) => {
            const file = workspace.path("evidence.json");
            fs.writeFileSync(file, JSON.stringify(evidence));
            for (const stacks of [["--stack", "prod"], []]) {
                const run = await rotate("due", "--today", "2027-12-01", "--verified", file, ...stacks);
                assert.equal(run.code, 1, run.text);
                assert.match(run.text, /it is the evidence of 'dev', and the command is about other stacks/);
            }
            const run = await rotate("due", "--dry-run", "--verified", file, "--stack", "dev");
            assert.equal(run.code, 0, run.text);
        });
    });
});
