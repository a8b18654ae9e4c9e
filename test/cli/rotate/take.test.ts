import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Run } from "../support";
import { eventsOf, inWorkspace, JWT, ledgerOf } from "./support";

describe("npm run rotate", () => {
    it("walks a key through announcement, promotion and the end of the overlap", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const request = ["request", JWT, "--stack", "dev", "--ref", "OPS-1", "--today", "2026-12-01"];
            const asked = await rotate(...request);
            assert.equal(asked.code, 0, asked.stderr);
            assert.match(asked.stdout, /^# Rotation in dev: 1 step\n/);
            assert.match(
                asked.text,
                /generation 8 is announced \| request, OPS-1 \| stays in use; the new one may be from 2026-12-04 on/,
            );
            assert.match(asked.text, /devplatform: Deployment\/backend restarts/);
            assert.equal(
                asked.stderr,
                "written  ledger/dev.events.jsonl\nwritten  ledger/dev.yaml\nnext     npm run golden, and a pull request with the text above\n",
            );

            const due = async (day: string): Promise<Run> => rotate("due", "--stack", "dev", "--today", day);
            assert.doesNotMatch((await due("2026-12-03")).text, /devplatform\/jwt/);
            assert.match(
                (await due("2026-12-04")).text,
                /generation 8 is used from now on .* is accepted until 2026-12-14/,
            );
            assert.deepEqual(ledgerOf(workspace, "dev")[JWT], {
                current: { generation: 8, since: "2026-12-04", reason: "request", reference: "OPS-1" },
                previous: { generation: 7, until: "2026-12-14" },
            });
            assert.match((await due("2026-12-14")).text, /generation 7 goes/);
            assert.deepEqual(ledgerOf(workspace, "dev")[JWT], {
                current: { generation: 8, since: "2026-12-04", reason: "request", reference: "OPS-1" },
            });
            const text = fs.readFileSync(workspace.path("ledger/dev.yaml"), "utf8");
            assert.match(text, /^# Which generations/);
            assert.match(text, /# signs tokens/);
            const events = eventsOf(workspace, "dev") as Record<string, string>[];
            const ours = events.filter(({ field }) => field === JWT);
            assert.deepEqual(
                ours.map(({ step, generation, by, stack, reason, reference }) => [
                    step,
                    generation,
                    by,
                    stack,
                    reason,
                    reference,
                ]),
                [
                    ["announce", 8, "ci-user", "dev", "request", "OPS-1"],
                    ["promote", 8, "ci-user", "dev", "request", "OPS-1"],
                    ["retire", 8, "ci-user", "dev", "request", "OPS-1"],
                ],
            );
            assert.ok(ours.every(({ at }) => /^\d{4}-\d\d-\d\dT/.test(at!)));
        });
    });

    it("takes a compromised value away, says who breaks, and has no way back", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            // A Saturday, outside of the windows of prod.
            const run = await rotate(
                "compromise",
                JWT,
                "--stack",
                "prod",
                "--ref",
                "INC-7",
                "--today",
                "2026-12-05",
            );
            assert.equal(run.code, 0, run.stderr);
            assert.match(run.stdout, /^# Compromise in prod: 1 step/);
            assert.match(run.text, /\*\*is refused from the deployment on\*\*/);
            assert.match(
                run.text,
                /Deployment\/backend restarts: `devplatform\/jwt\.secret_key` \*\*\(refused until it does\)\*\*/,
            );
            assert.deepEqual(ledgerOf(workspace, "prod")[JWT], {
                current: { generation: 8, since: "2026-12-05", reason: "compromise", reference: "INC-7" },
            });
            const back = await rotate("rollback", JWT, "--stack", "prod", "--ref", "INC-8");
            assert.equal(back.code, 1);
            assert.match(back.text, /generation 8 is the only one that lives, so there is no way back/);
        });
    });

    it("rotates exactly what somebody who leaves has seen", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const before = ledgerOf(workspace, "dev");
            const args = [
                "offboard",
                "ml-engineering",
                "--stack",
                "dev",
                "--ref",
                "HR-1",
                "--today",
                "2026-12-01",
            ];
            const run = await rotate(...args);
            assert.equal(run.code, 0, run.stderr);
            // They hold keys that vendors issue, and nothing that is drawn.
            assert.match(
                run.text,
                /`devplatform\/api-keys\.anthropic_api_key` \(offboarding, HR-1\): a new value from Anthropic console/,
            );
            assert.deepEqual(ledgerOf(workspace, "dev"), before);
            const more = await rotate(
                "offboard",
                "intelligence",
                "--stack",
                "dev",
                "--ref",
                "HR-2",
                "--today",
                "2026-12-01",
            );
            assert.equal(more.code, 0, more.stderr);
            const after = ledgerOf(workspace, "dev");
            const changed = Object.keys(after).filter(
                (id) => JSON.stringify(after[id]) !== JSON.stringify(before[id]),
            );
            assert.deepEqual(changed, ["yosai/app.secret_key", "yosai/app.fernet_key", "yosai/db.password"]);
        });
    });

    it("records a value that a vendor issued, and refuses one of ours", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const id = "devplatform/api-keys.mapbox_access_token";
            const set = ["--set-on", "2026-11-20", "--stack", "prod", "--today", "2026-11-23"];
            assert.equal((await rotate("external", id, ...set)).code, 0);
            assert.deepEqual(ledgerOf(workspace, "prod")[id], {
                current: { generation: 1, since: "2026-11-20", reason: "initial" },
            });
            // A first record may be of a leak, and keeps why.
            const leaked = "devplatform/sentry.backend_dsn";
            const why = ["--reason", "compromise", "--ref", "INC-9"];
            assert.equal((await rotate("external", leaked, ...set, ...why)).code, 0);
            assert.deepEqual(ledgerOf(workspace, "prod")[leaked], {
                current: { generation: 1, since: "2026-11-20", reason: "compromise", reference: "INC-9" },
            });
            const ours = await rotate("external", JWT, ...set);
            assert.equal(ours.code, 1);
            assert.match(ours.text, /nobody else issues it/);
        });
    });

    it("goes back while the previous value lives, and keeps it longer when asked", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const id = "yosai/db.password";
            const on = (day: string): string[] => ["--stack", "dev", "--ref", "INC-1", "--today", day];
            assert.equal((await rotate("request", id, ...on("2026-12-01"))).code, 0);
            assert.equal(
                (await rotate("reschedule", id, "--until", "2026-12-20", ...on("2026-12-02"))).code,
                0,
            );
            assert.equal(ledgerOf(workspace, "dev")[id]!["previous"]!["until"], "2026-12-20");
            const early = await rotate("reschedule", id, "--until", "2026-12-03", ...on("2026-12-02"));
            assert.match(early.text, /Keep it until 2026-12-08 or later/);
            assert.equal((await rotate("rollback", id, ...on("2026-12-02"))).code, 0);
            assert.deepEqual(ledgerOf(workspace, "dev")[id], {
                current: { generation: 1, since: "2026-12-02", reason: "rollback", reference: "INC-1" },
                previous: { generation: 2, until: "2026-12-09" },
            });
        });
    });

    it("writes a reference of digits as the text that it is, and ends a line that was left open", async () => {
        await inWorkspace({ "ledger/dev.events.jsonl": '{"left":"open"}' }, async (workspace, rotate) => {
            const args = ["request", JWT, "--stack", "dev", "--ref", "4711", "--today", "2026-12-01"];
            assert.equal((await rotate(...args)).code, 0);
            assert.equal(ledgerOf(workspace, "dev")[JWT]!["next"]!["reference"], "4711");
            assert.equal(eventsOf(workspace, "dev").length, 2);
            assert.equal((await rotate("status", "--stack", "dev", "--today", "2026-12-01")).code, 0);
        });
    });

    it("says what can't be written, without a stack trace", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const log = workspace.path("ledger/dev.events.jsonl");
            fs.mkdirSync(path.join(log, "inside"), { recursive: true });
            const before = fs.readFileSync(workspace.path("ledger/dev.yaml"), "utf8");
            const run = await rotate("request", JWT, "--stack", "dev", "--ref", "X-1");
            assert.equal(run.code, 1, run.text);
            assert.match(run.text, /ledger\/dev\.events\.jsonl: it can't be/);
            assert.doesNotMatch(run.text, /\bat .*\.(ts|js):\d+/);
            assert.equal(fs.readFileSync(workspace.path("ledger/dev.yaml"), "utf8"), before);
        });
    });

    it("writes nothing in a dry run, and a copy when asked", async () => {
        await inWorkspace({}, async (workspace, rotate) => {
            const before = workspace.contents();
            const args = ["request", JWT, "--stack", "dev", "--ref", "OPS-1", "--today", "2026-12-01"];
            const dry = await rotate(...args, "--dry-run");
            assert.equal(dry.code, 0);
            assert.match(dry.stderr, /would write {2}ledger\/dev\.yaml/);
            assert.deepEqual(workspace.contents(), before);
            assert.equal((await rotate(...args, "--keep-backup")).code, 0);
            const after = workspace.contents();
            assert.equal(after["ledger/dev.yaml.bak"], before["ledger/dev.yaml"]);
            assert.deepEqual(
                Object.keys(after).filter((name) => after[name] !== before[name]),
                ["ledger/dev.events.jsonl", "ledger/dev.yaml", "ledger/dev.yaml.bak"],
            );
        });
    });

    it("says by its exit code what is overdue", async () => {
        await inWorkspace({}, async (_, rotate) => {
            const fresh = await rotate("status", "--stack", "dev", "--today", "2026-11-23");
            assert.equal(fresh.code, 0, fresh.text);
            const late = await rotate("status", "--stack", "dev", "--today", "2027-02-01", "--json");
            assert.equal(late.code, 2);
            const { fields } = JSON.parse(late.stdout) as { fields: Record<string, unknown>[] };
            assert.deepEqual(
                fields.find(({ field }) => field === JWT),
                {
                    stack: "dev",
                    field: JWT,
                    class: "token-signing-key",
                    strategy: "overlap",
                    generations: "7 in use",
                    generation: 7,
                    since: "2026-11-02",
                    ageDays: 91,
                    due: "2027-01-31",
                    overdue: true,
                    next: { step: "announce", earliest: "2027-01-28" },
                    previousUntil: null,
                },
            );
        });
    });
});
