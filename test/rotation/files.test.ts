import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ChangedMeanwhile, readIfThere, replaceFiles } from "../../rotation/files";

function inFolder(work: (folder: string) => void): void {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-files-"));
    try {
        work(folder);
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}

describe("files that are written together", () => {
    it("are all written, new ones too, and nothing else is left", () => {
        inFolder((folder) => {
            const [old, fresh] = [path.join(folder, "old"), path.join(folder, "fresh")];
            fs.writeFileSync(old, "1");
            replaceFiles([
                { file: old, before: "1", after: "2" },
                { file: fresh, before: undefined, after: "3" },
            ]);
            assert.deepEqual(fs.readdirSync(folder).sort(), ["fresh", "old"]);
            assert.deepEqual([readIfThere(old), readIfThere(fresh)], ["2", "3"]);
        });
    });

    it("are none of them written when one was changed meanwhile", () => {
        inFolder((folder) => {
            const [first, second] = [path.join(folder, "first"), path.join(folder, "second")];
            fs.writeFileSync(first, "1");
            fs.writeFileSync(second, "somebody else's");
            assert.throws(() => {
                replaceFiles([
                    { file: first, before: "1", after: "2" },
                    { file: second, before: "1", after: "2" },
                ]);
            }, ChangedMeanwhile);
            assert.deepEqual([readIfThere(first), readIfThere(second)], ["1", "somebody else's"]);
            assert.deepEqual(fs.readdirSync(folder).sort(), ["first", "second"]);
        });
    });

    it("are as they were when one can't be put in its place", () => {
        inFolder((folder) => {
            const [first, fresh, blocked] = ["first", "fresh", "blocked"].map((name) =>
                path.join(folder, name),
            );
            fs.writeFileSync(first!, "1");
            const changes = [
                { file: first!, before: "1", after: "2" },
                { file: fresh!, before: undefined, after: "2" },
                {
                    file: blocked!,
                    before: undefined,
                    // Becomes a folder after all were looked at, so that only the renaming fails.
                    get after() {
                        fs.mkdirSync(path.join(blocked!, "inside"), { recursive: true });
                        return "2";
                    },
                },
            ];
            assert.throws(() => {
                replaceFiles(changes);
            }, /EISDIR|ENOTEMPTY|EEXIST/);
            assert.equal(readIfThere(first!), "1");
            assert.deepEqual(fs.readdirSync(folder).sort(), ["blocked", "first"]);
        });
    });
});
