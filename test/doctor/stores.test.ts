import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { run } from "../../doctor/readers/command";
import { entryOf } from "../../doctor/readers/entries";
import { seenInStores } from "../../doctor/readers/stores";
import type { StoreTarget } from "../../doctor/stores";
import { CANARY } from "../support/estuary";
import { clean } from "./support/clean";

/** Does not prove: that the command lines answer so; the shapes are those of their references. */
describe("doctor's reader of stores", function () {
    this.timeout("30 seconds");
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-doctor-"));
    after(() => {
        fs.rmSync(folder, { recursive: true });
    });
    let count = 0;
    function scripted(programs: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
        const bin = path.join(folder, String(count++));
        fs.mkdirSync(bin);
        for (const [name, script] of Object.entries(programs))
            fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        return { ...process.env, PATH: `${bin}${path.delimiter}/bin${path.delimiter}/usr/bin` };
    }
    const aws = clean.documents[0]?.target as StoreTarget;
    const gcp: StoreTarget = { kind: "gcp-secret-manager", entry: "shop_prod_db", project: "shop" };
    const vault: StoreTarget = {
        kind: "vault",
        entry: "shop/prod/db",
        address: "https://v",
        mount: "secret",
        namespace: undefined,
    };
    const ask = async (target: StoreTarget, programs: Readonly<Record<string, string>>, limitMs = 10_000) => {
        const documents = [
            { id: "shop/db", target, seen: { is: "unread", why: "", isForbidden: false } as const },
        ];
        const [seen] = await seenInStores(documents, "prod", { limitMs, env: scripted(programs) });
        assert.ok(!JSON.stringify(seen).includes(CANARY));
        return seen;
    };
    const ACCOUNT = 'case "$1" in sts) echo 210987654321; exit;; esac';

    it("takes no more of an answer than whether there is an entry with a value", async () => {
        const answer = JSON.stringify({
            Name: CANARY,
            Description: CANARY,
            VersionIdsToStages: { a: ["AWSCURRENT"] },
        });
        assert.deepEqual(await ask(aws, { aws: `${ACCOUNT}\ncat <<'END'\n${answer}\nEND` }), {
            is: "found",
            object: { isDeleted: false, hasValue: true },
        });
    });

    it("asks nothing of an entry in another account", async () => {
        const seen = await ask(aws, { aws: 'case "$1" in sts) echo 123456789012; exit;; esac\nexit 9' });
        assert.equal(
            seen?.is === "unread" && seen.why,
            "aws is logged in to account 123456789012, and not to 210987654321",
        );
    });

    const SAID: readonly [what: string, target: StoreTarget, script: string, is: string, why: RegExp][] = [
        [
            "an entry that is not there",
            aws,
            `${ACCOUNT}\necho 'An error occurred (ResourceNotFoundException)' >&2; exit 254`,
            "missing",
            /^$/,
        ],
        [
            "a refusal",
            aws,
            `${ACCOUNT}\necho 'AccessDeniedException' >&2; exit 254`,
            "unread",
            /^aws refuses: /,
        ],
        [
            "a text that is not known",
            vault,
            `echo 'token=${CANARY} is odd' >&2; exit 2`,
            "unread",
            /token=\[masked\]/,
        ],
        ["no JSON", vault, `echo '${CANARY}'`, "unread", /did not answer in JSON/],
        ["another shape", gcp, "echo '{}'", "unread", /another shape/],
        ["nothing in a project", gcp, "echo 'NOT_FOUND: Secret' >&2; exit 1", "missing", /^$/],
    ];
    for (const [what, target, script, is, why] of SAID)
        it(`reads ${what}`, async () => {
            const name = { "aws-secrets-manager": "aws", "gcp-secret-manager": "gcloud", vault: "vault" }[
                target.kind as "vault"
            ];
            const seen = await ask(target, { [name]: script });
            assert.equal(seen?.is, is);
            assert.match(seen.is === "unread" ? seen.why : "", why);
        });

    it("skips a command line that is not there", async () => {
        const [seen] = await seenInStores(clean.documents, "prod", { env: { PATH: folder } });
        assert.equal(seen?.is === "unread" && seen.why, "aws is not on the PATH");
    });

    it("ends one that hangs, with what it has started", async () => {
        const mark = path.join(folder, "pids");
        const seen = await ask(vault, { vault: `sleep 600 &\necho $! > ${mark}\nwait` }, 500);
        assert.equal(
            seen?.is === "unread" && seen.why,
            "vault did not answer within 0.5 seconds, and was ended",
        );
        const pid = fs.readFileSync(mark, "utf8").trim();
        // The kernel ends it in its own time; what has ended and was not waited for is a zombie.
        const isGone = (): boolean =>
            !fs.existsSync(`/proc/${pid}`) || / Z /.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
        while (!isGone()) await new Promise(setImmediate);
    });

    it("gives a command nothing to read", async () => {
        const ran = await run(["sh", "-c", "cat; echo end"], 10_000);
        assert.deepEqual(ran, { is: "done", stdout: "end\n" });
    });

    const ENTRIES: readonly [
        what: string,
        target: StoreTarget,
        answers: readonly unknown[],
        expected: unknown,
    ][] = [
        [
            "a deleted secret of AWS",
            aws,
            [{ DeletedDate: "2026-11-01", VersionIdsToStages: {} }],
            [true, false],
        ],
        [
            "one without a current version",
            aws,
            [{ VersionIdsToStages: { a: ["AWSPENDING"] } }],
            [false, false],
        ],
        [
            "a parameter",
            { ...aws, kind: "aws-parameter-store", entry: "/a" } as StoreTarget,
            [{ Parameters: [{ Name: "/a" }] }],
            [false, true],
        ],
        [
            "no parameter",
            { ...aws, kind: "aws-parameter-store", entry: "/a" } as StoreTarget,
            [{ Parameters: [] }],
            "missing",
        ],
        ["a secret of GCP", gcp, [{}, [{ name: "1" }]], [false, true]],
        ["one without a version", gcp, [{}, []], [false, false]],
        [
            "an entry of Vault",
            vault,
            [{ data: { current_version: 2, versions: { 2: { deletion_time: "", destroyed: false } } } }],
            [false, true],
        ],
        [
            "a deleted one",
            vault,
            [{ data: { current_version: 2, versions: { 2: { deletion_time: "2026-11-01" } } } }],
            [false, false],
        ],
        [
            "one that never had a value",
            vault,
            [{ data: { current_version: 0, versions: {} } }],
            [false, false],
        ],
        ["something else", vault, ["x"], "unread"],
    ];
    for (const [what, target, answers, expected] of ENTRIES)
        it(`understands ${what}`, () => {
            const seen = entryOf(target, answers);
            const told = seen.is === "found" ? [seen.object.isDeleted, seen.object.hasValue] : seen.is;
            assert.deepEqual(told, expected);
        });
});
