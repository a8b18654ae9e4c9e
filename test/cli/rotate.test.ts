import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { parse } from "yaml";
import { strongroom, Workspace, type Change, type Run } from "./support";

type Ledger = Record<string, Record<string, Record<string, unknown> | undefined> | undefined>;

async function inWorkspace(
    changes: Readonly<Record<string, Change>>,
    work: (workspace: Workspace, rotate: (...args: string[]) => Promise<Run>) => Promise<void>,
): Promise<void> {
    const workspace = new Workspace(changes);
    try {
        await work(workspace, (...args) =>
            strongroom(["rotate", ...args], { cwd: workspace.directory, env: { GITHUB_ACTOR: "ci-user" } }),
        );
    } finally {
        workspace.remove();
    }
}
const ledgerOf = (workspace: Workspace, stack: string): Ledger =>
    parse(fs.readFileSync(workspace.path(`ledger/${stack}.yaml`), "utf8")) as Ledger;
const eventsOf = (workspace: Workspace, stack: string): unknown[] =>
    fs
        .readFileSync(workspace.path(`ledger/${stack}.events.jsonl`), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);

/** One field with nothing under way, so that these tests do not follow the committed ledgers. */
const JWT = "devplatform/jwt.secret_key";
const steady: Change = (text) =>
    text.replace(
        /devplatform\/jwt\.secret_key:\n(?: {2}.*\n)+/,
        "devplatform/jwt.secret_key: # signs tokens\n  current: { generation: 7, since: 2026-11-02, reason: schedule }\n",
    );

describe("npm run rotate", () => {
    it("walks a key through announcement, promotion and the end of the overlap", async () => {
        await inWorkspace({ "ledger/dev.yaml": steady }, async (workspace, rotate) => {
            const request = ["request", JWT, "--stack", "dev", "--ref", "OPS-1", "--today", "2026-12-01"];
            const asked = await rotate(...request);
            assert.equal(asked.code, 0, asked.stderr);
            assert.match(asked.stdout, /^# Rotation in dev: 1 step\n/);
            assert.match(
                asked.text,
                /generation 8 is announced \| request, OPS-1 \| stays in use; the new one may be from 2026-12-04 on/,
            );
            assert.match(asked.text, /devplatform: Deployment\/backend restarts/);
            assert.equal(asked.stderr, "written  ledger/dev.events.jsonl\nwritten  ledger/dev.yaml\n");

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
        await inWorkspace({ "ledger/prod.yaml": steady }, async (workspace, rotate) => {
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
            assert.match(run.text, /\*\*is refused at once\*\*/);
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
        await inWorkspace({ "ledger/dev.yaml": steady }, async (workspace, rotate) => {
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
            const ours = await rotate("external", JWT, ...set);
            assert.equal(ours.code, 1);
            assert.match(ours.text, /nobody else issues it/);
        });
    });

    it("goes back while the previous value lives, and keeps it longer when asked", async () => {
        await inWorkspace({ "ledger/dev.yaml": steady }, async (workspace, rotate) => {
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

    it("writes nothing in a dry run, and a copy when asked", async () => {
        await inWorkspace({ "ledger/dev.yaml": steady }, async (workspace, rotate) => {
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
        await inWorkspace({ "ledger/dev.yaml": steady }, async (_, rotate) => {
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

    it("refuses leaps against the ledger of another commit", async () => {
        await inWorkspace({ "ledger/dev.yaml": steady }, async (workspace, rotate) => {
            const git = (...args: string[]): string =>
                execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
                    cwd: workspace.directory,
                    encoding: "utf8",
                });
            git("init", "-q");
            git("add", "ledger");
            git("commit", "-qm", "base");
            const check = ["check", "--base", "HEAD", "--stack", "dev", "--today", "2026-12-01"];
            assert.equal((await rotate(...check)).text.trim(), "Nothing rotates.");
            const request = ["request", JWT, "--stack", "dev", "--ref", "OPS-1"];
            assert.equal((await rotate(...request, "--today", "2026-12-01")).code, 0);
            const one = await rotate(...check);
            assert.equal(one.code, 0, one.text);
            assert.match(one.text, /generation 8 is announced/);
            assert.equal((await rotate("due", "--stack", "dev", "--today", "2026-12-04")).code, 0);
            const two = await rotate("check", "--base", "HEAD", "--stack", "dev", "--today", "2026-12-04");
            assert.equal(two.code, 2);
            assert.match(
                two.text,
                /devplatform\/jwt\.secret_key: a field that rotates by overlap is announced first/,
            );
            const args = ["preview", "--stack", "dev", "--no-policies", "--today", "2026-12-04"];
            const preview = await strongroom([...args, "--base", "HEAD"], { cwd: workspace.directory });
            assert.equal(preview.code, 2, preview.stderr);
            assert.match(preview.text, /Rotation since HEAD/);
            assert.match(
                preview.text,
                /refused ledger\/dev\.yaml: devplatform\/jwt\.secret_key: a field that/,
            );
            assert.match(preview.text, /1 refused step, .*: violated/);
            const unknown = await rotate("check", "--base", "nowhere", "--stack", "dev");
            assert.equal(unknown.code, 1);
            assert.match(unknown.text, /--base nowhere: Git knows no such commit here/);
        });
    });
});

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
            [/ledger\/prod\.yaml: marketplace\/webhooks\.amazon_hmac_secret: generation 3 is announced/],
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
            "no evidence",
            ["due", "--verified", "/nowhere.json"],
            [/--verified \/nowhere\.json: the file can't be read/],
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
            await inWorkspace({}, async (workspace, rotate) => {
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
        const impossible: Change = (text) =>
            text.replace(
                /yosai\/db\.password:\n.*\n/,
                "yosai/db.password:\n  next: { generation: 4, since: 2026-11-20, reason: schedule }\n" +
                    "  current: { generation: 2, since: 2026-11-01, reason: request }\n",
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
});
