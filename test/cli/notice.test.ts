import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { notice } from "../../cli/rotate/notice";
import type { NoticeCommand } from "../../cli/rotate/notice";
import { UserError } from "../../preview/errors";

const ROOT = path.resolve(__dirname, "../..");
const logged = (at: string, generation: number, stack = "prod"): string =>
    `${JSON.stringify({ at, by: "ana", stack, field: "yosai/db.password", step: "replace", generation, reason: "schedule" })}\n`;
const LOG = [
    logged("2026-11-01T00:04:11Z", 2),
    logged("2026-11-30T23:59:59Z", 3),
    logged("2026-12-01T00:00:00Z", 4),
].join("");

/** What the command prints, for a copy of the project with the log. */
async function printed(options: Partial<NoticeCommand>, log: string | null = LOG): Promise<string> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "notice-"));
    const write = process.stdout.write.bind(process.stdout);
    const chunks: string[] = [];
    try {
        for (const name of fs.readdirSync(ROOT).filter((each) => /^Pulumi\..*yaml$/.test(each)))
            fs.copyFileSync(path.join(ROOT, name), path.join(directory, name));
        fs.cpSync(path.join(ROOT, "ledger"), path.join(directory, "ledger"), { recursive: true });
        fs.mkdirSync(path.join(directory, "stacks"));
        fs.rmSync(path.join(directory, "ledger/prod.events.jsonl"), { force: true });
        if (log !== null) fs.writeFileSync(path.join(directory, "ledger/prod.events.jsonl"), log);
        process.stdout.write = (chunk: string | Uint8Array): boolean => chunks.push(String(chunk)) > 0;
        await notice({ stack: ["prod"], format: "text", ...options }, directory);
    } finally {
        process.stdout.write = write;
        fs.rmSync(directory, { recursive: true });
    }
    return chunks.join("");
}

const generations = (text: string): string[] =>
    [...text.matchAll(/generation (\d+)/g)].map((match) => match[1] ?? "");

describe("rotate notice", () => {
    it("tells the steps since a day, from 00:00 UTC on", async () => {
        assert.deepEqual(generations(await printed({ since: "2026-12-01" })), ["4"]);
        assert.deepEqual(generations(await printed({ since: "2026-11-30" })), ["3", "4"]);
    });

    it("tells the last steps", async () => {
        assert.deepEqual(generations(await printed({ events: "2" })), ["3", "4"]);
        assert.deepEqual(generations(await printed({ events: "0" })), []);
        assert.deepEqual(generations(await printed({ events: "9" })), ["2", "3", "4"]);
    });

    it("tells the steps of the stack only", async () => {
        const log = logged("2026-12-01T00:00:00Z", 7, "prod.devplatform") + LOG;
        assert.deepEqual(generations(await printed({ events: "9" }, log)), ["2", "3", "4"]);
    });

    it("prints JSON for Slack, with the link", async () => {
        const text = await printed({ events: "1", format: "slack", link: "https://ci.example.com/7" });
        assert.deepEqual(Object.keys(JSON.parse(text) as object), ["text", "blocks"]);
        assert.ok(text.includes("<https://ci.example.com/7|The run>"));
    });

    it("takes a stack without a log for one that never rotated", async () => {
        assert.match(await printed({ since: "2026-12-01" }, null), /^Rotation in prod: 0 steps/);
    });

    const wrong: readonly (readonly [Partial<NoticeCommand>, RegExp])[] = [
        [{}, /--since, --events: exactly one/],
        [{ since: "2026-12-01", events: "1" }, /--since, --events: exactly one/],
        [{ since: "2026-02-31" }, /--since: a day is written/],
        [{ events: "-1" }, /--events: it must be a whole number/],
        [{ events: "1.5" }, /--events: it must be a whole number/],
        [{ events: "1", format: "html" }, /--format: there is no such format[^]*slack, text/],
        [{ events: "1", link: "http://ci.example.com" }, /--link: a link begins with https/],
        [{ events: "1", link: "https://x|<!channel>" }, /--link: a link begins with https/],
        [{ events: "1", stack: ["prd"] }, /prd[^]*Did you mean 'prod'/],
    ];
    for (const [options, message] of wrong) {
        it(`refuses ${JSON.stringify(options)}`, async () => {
            await assert.rejects(printed(options), (error) => {
                assert.ok(error instanceof UserError);
                assert.match(error.message, message);
                return true;
            });
        });
    }

    it("refuses a log with bad lines, and prints nothing", async () => {
        await assert.rejects(printed({ events: "1" }, `${LOG}{}\n`), /ledger\/prod\.events\.jsonl:4/);
    });
});
