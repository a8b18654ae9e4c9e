import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pagesIn, writeFolder } from "../../../rotation/runbooks/write";

describe("writing the runbooks", () => {
    let folder: string;
    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "runbooks-"));
    });
    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });
    const pages = new Map([
        ["README.md", "# Runbooks\n"],
        ["shop/db.password.md", "# shop/db.password\n"],
    ]);

    it("writes what changed, and nothing where nothing did", () => {
        const first = writeFolder(folder, pages);
        assert.deepEqual(first, { written: [...pages.keys()], removed: [], unchanged: 0 });
        const file = path.join(folder, "README.md");
        const before = fs.statSync(file, { bigint: true });
        assert.deepEqual(writeFolder(folder, pages), { written: [], removed: [], unchanged: 2 });
        const after = fs.statSync(file, { bigint: true });
        assert.deepEqual([after.mtimeNs, after.ino], [before.mtimeNs, before.ino]);
    });

    it("removes the page of a field that is gone, and keeps what is no page", () => {
        writeFolder(folder, new Map([...pages, ["shop/old.key.md", "# shop/old.key\n"]]));
        fs.writeFileSync(path.join(folder, "shop/picture.svg"), "<svg/>");
        assert.deepEqual(writeFolder(folder, pages), {
            written: [],
            removed: ["shop/old.key.md"],
            unchanged: 2,
        });
        assert.deepEqual(fs.readdirSync(path.join(folder, "shop")).sort(), ["db.password.md", "picture.svg"]);
    });

    it("changes no page when one of them can't be written", () => {
        writeFolder(folder, pages);
        // A file stands where the folder of the second page would.
        fs.writeFileSync(path.join(folder, "till"), "");
        const changed = new Map([
            ["README.md", "# Changed\n"],
            ["till/key.md", "# till/key\n"],
        ]);
        assert.throws(() => writeFolder(folder, changed));
        assert.deepEqual(pagesIn(folder), pages);
        assert.deepEqual(fs.readdirSync(folder).sort(), ["README.md", "shop", "till"]);
    });
});
