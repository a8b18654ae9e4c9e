import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { CacheFolder } from "../../../review/base/folder";
import { KeptSnapshots } from "../../../review/base/kept-snapshots";
import { digestKey, type DigestKey } from "../../../review/base/key";
import type { Snapshot } from "../../../review/snapshot";

const snapshot = (stack: string): Snapshot => ({
    stacks: [{ stack } as Snapshot["stacks"][number]],
    isolation: [],
});

/** Does not prove: that two processes that write at the same moment both end well. */
describe("what a review keeps", () => {
    let project = "";
    let folder: CacheFolder;
    let key: DigestKey;
    beforeEach(async () => {
        project = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-kept-"));
        folder = new CacheFolder(project);
        key = await digestKey(folder, undefined);
    });
    afterEach(() => {
        fs.rmSync(project, { recursive: true });
    });
    const files = (): readonly string[] =>
        fs.readdirSync(folder.path("snapshots")).map((name) => folder.path("snapshots", name));

    it("comes back by all that it was made of, and by nothing else", () => {
        const kept = new KeptSnapshots(folder, key);
        kept.write(["commit", "day"], snapshot("dev"));
        assert.deepEqual(kept.read(["commit", "day"]), snapshot("dev"));
        for (const other of [["commit", "another"], ["commit"], ["commitday"], ["day", "commit"]])
            assert.equal(kept.read(other), undefined);
    });

    it("is its owner's alone to read, and ignored by Git wherever it is", () => {
        new KeptSnapshots(folder, key).write(["commit"], snapshot("dev"));
        for (const file of [...files(), folder.path("salt")])
            assert.equal((fs.statSync(file).mode & 0o777).toString(8), "600", file);
        assert.equal(fs.readFileSync(folder.path(".gitignore"), "utf8"), "*\n");
        assert.deepEqual(fs.readdirSync(project), [".strongroom"]);
    });

    const spoiled: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
        ["is empty", () => Buffer.alloc(0)],
        ["ends too early", (bytes) => bytes.subarray(0, bytes.length - 3)],
        [
            "has another bit",
            (bytes) => Buffer.concat([bytes.subarray(0, 40), Buffer.from([1]), bytes.subarray(41)]),
        ],
        ["is another's", () => Buffer.from("not a snapshot at all, but long enough to be one")],
    ];
    for (const [title, spoil] of spoiled) {
        it(`counts as none where the file ${title}, and is written anew`, () => {
            const kept = new KeptSnapshots(folder, key);
            kept.write(["commit"], snapshot("dev"));
            const [file = ""] = files();
            fs.writeFileSync(file, spoil(fs.readFileSync(file)));
            assert.equal(kept.read(["commit"]), undefined);
            kept.write(["commit"], snapshot("prod"));
            assert.deepEqual(kept.read(["commit"]), snapshot("prod"));
            assert.equal(files().length, 1);
        });
    }

    it("is twenty snapshots, those that were used last", () => {
        const kept = new KeptSnapshots(folder, key);
        kept.write(["0"], snapshot("dev"));
        const [first = ""] = files();
        for (let at = 1; at <= 20; at++) {
            kept.write([String(at)], snapshot("dev"));
            for (const file of files().filter((each) => each !== first)) fs.utimesSync(file, 1, 1);
            assert.ok(kept.read(["0"]));
        }
        assert.equal(files().length, 20);
        assert.ok(files().includes(first));
    });

    it("is not of the key of another passphrase, nor of none, nor of another salt", async () => {
        const withOne = await digestKey(folder, "one");
        const digests = [
            ...[key, withOne, await digestKey(folder, "two")],
            ...[await digestKey(undefined, "one"), await digestKey(undefined, undefined)],
        ].map((each) => each.digest("value"));
        assert.equal(new Set(digests).size, digests.length);
        assert.equal((await digestKey(folder, "one")).digest("value"), withOne.digest("value"));
        new KeptSnapshots(folder, withOne).write(["commit"], snapshot("dev"));
        assert.equal(new KeptSnapshots(folder, key).read(["commit"]), undefined);
    });

    it("is nothing where the folder can't be written to", async () => {
        const file = path.join(project, "file");
        fs.writeFileSync(file, "");
        const none = new CacheFolder(path.join(file, "below"));
        const kept = new KeptSnapshots(none, await digestKey(none, undefined));
        kept.write(["commit"], snapshot("dev"));
        assert.equal(kept.read(["commit"]), undefined);
    });
});
