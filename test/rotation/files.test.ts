import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ChangedMeanwhile, replaceFiles } from "../../rotation/files";
import { record } from "../../rotation/record";
import { firstLedger, live, rotatingStack, steady } from "../support/rotating-stack";

describe("replacing files", () => {
    let folder: string;
    let file: string;
    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "files-"));
        file = path.join(folder, "a.yaml");
        fs.writeFileSync(file, "before\n");
    });
    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });
    const contents = (): string[][] =>
        fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]);

    it("writes, adds and removes", () => {
        const old = path.join(folder, "old.yaml");
        fs.writeFileSync(old, "old\n");
        replaceFiles([
            { file, before: "before\n", after: "after\n" },
            { file: old, before: "old\n", after: undefined },
            { file: path.join(folder, "new.yaml"), before: undefined, after: "new\n" },
        ]);
        assert.deepEqual(contents(), [
            ["a.yaml", "after\n"],
            ["new.yaml", "new\n"],
        ]);
    });

    it("writes nothing when somebody else changed one of them", () => {
        const changes = [
            { file: path.join(folder, "new.yaml"), before: undefined, after: "new\n" },
            { file, before: "another\n", after: "after\n" },
        ];
        assert.throws(() => {
            replaceFiles(changes);
        }, ChangedMeanwhile);
        assert.deepEqual(contents(), [["a.yaml", "before\n"]]);
    });

    it("gives back the old texts when one can't take its place", () => {
        const old = path.join(folder, "old.yaml");
        fs.writeFileSync(old, "old\n");
        // The second rename finds its temporary file gone.
        const twice = { file, before: "before\n", after: "after\n" };
        assert.throws(
            () => {
                replaceFiles([{ file: old, before: "old\n", after: undefined }, twice, twice]);
            },
            { code: "ENOENT" },
        );
        assert.deepEqual(contents(), [
            ["a.yaml", "before\n"],
            ["old.yaml", "old\n"],
        ]);
    });

    it("edits no ledger whose entry changed since the step was planned", () => {
        const text = "shop/jwt.key:\n  current: { generation: 2, since: 2026-10-01, reason: schedule }\n";
        fs.writeFileSync(file, text);
        const before = steady(1, "2026-09-01");
        const next = live(2, "2026-11-02");
        const step = {
            field: "shop/jwt.key",
            step: { kind: "announce", on: "2026-11-02", cause: { reason: "schedule" } },
            before,
            after: { ...before, next },
        } as const;
        const stack = { ...rotatingStack("dev", firstLedger("2026-09-01")), file };
        const recorder = { by: "ada", at: "2026-11-02T00:00:00Z" };
        assert.throws(() => record([{ stack, steps: [step], held: [], asks: [] }], recorder, false), {
            name: "ChangedMeanwhile",
        });
        assert.deepEqual(contents(), [["a.yaml", text]]);
    });
});
