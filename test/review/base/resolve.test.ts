import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { headSide, readRepository } from "../../../review/base/repository";
import { resolveBase, type Base } from "../../../review/base/resolve";
import { Clone } from "../support/clone";

const resolved = async (directory: string, base?: string, exact = false): Promise<Base> =>
    resolveBase(await readRepository(directory), base, exact);

/** Does not prove: what Git itself makes of a ref; repositories with other digests than SHA-1. */
describe("the base of a review", () => {
    let clone: Clone;
    let parted = "";
    let ahead = "";
    const saved = { ...process.env };
    before(() => {
        clone = new Clone();
        parted = clone.commit({ a: "1\n", b: "1\n" });
        ahead = clone.commit({ a: "2\n" });
        clone.git("tag", "v1.0");
        clone.git("checkout", "--quiet", "-b", "feature", parted);
        clone.commit({ b: "2\n" });
    });
    afterEach(() => {
        process.env = { ...saved };
    });
    after(() => {
        clone.remove();
    });

    it("is where the head left it, which is said", async () => {
        const { side, notes } = await resolved(clone.directory, "main");
        assert.deepEqual(side, { name: "main", commit: parted });
        assert.deepEqual(notes, [
            `main is at ${ahead.slice(0, 12)}: the head is compared with ${parted.slice(0, 12)}, where the two parted; '--exact' compares with main itself`,
        ]);
    });

    it("is the ref itself when that is asked for", async () => {
        const { side, notes } = await resolved(clone.directory, "v1.0", true);
        assert.deepEqual([side, notes], [{ name: "v1.0", commit: ahead }, []]);
    });

    it("is main where there is no origin, and origin/main where there is one", async () => {
        assert.equal((await resolved(clone.directory)).side.name, "main");
        clone.git("update-ref", "refs/remotes/origin/main", parted);
        assert.deepEqual((await resolved(clone.directory)).side, { name: "origin/main", commit: parted });
        clone.git("update-ref", "-d", "refs/remotes/origin/main");
    });

    it("is of the folder that is asked about, also where a hook named another repository", async () => {
        const other = new Clone();
        try {
            other.commit({ c: "1\n" });
            process.env["GIT_DIR"] = path.join(other.directory, ".git");
            process.env["GIT_INDEX_FILE"] = path.join(other.directory, ".git/index");
            process.env["GIT_WORK_TREE"] = other.directory;
            const repository = await readRepository(clone.directory);
            assert.equal(repository.root, clone.directory);
            assert.deepEqual(repository.changed, []);
        } finally {
            other.remove();
        }
    });

    const refused: readonly (readonly [string, string, RegExp])[] = [
        ["a misspelt ref", "mian", /--base mian: Git knows no such commit here\.\n {6}Did you mean 'main'\?/],
        ["a misspelt tag", "v1.1", /Did you mean 'v1\.0'\?/],
        [
            "what is like nothing",
            "nothing-like-it",
            /Fetch it, or name another: choose one of 'feature', 'main'/,
        ],
        ["nothing", "", /--base : Git knows no such commit here/],
        ["an option", "--output=stolen", /--base --output=stolen: Git knows no such commit here/],
        ["a file's content", "main:a", /--base main:a: Git knows no such commit here/],
    ];
    for (const [title, base, message] of refused) {
        it(`is refused as ${title}`, async () => {
            await assert.rejects(resolved(clone.directory, base), (error: Error) => {
                assert.equal(error.name, "UserError");
                assert.match(error.message, message);
                return true;
            });
            assert.ok(!fs.existsSync(path.join(clone.directory, "stolen")));
        });
    }

    it("is refused where the two have nothing in common, unless they are compared as they are", async () => {
        clone.git("checkout", "--quiet", "--orphan", "alone");
        const alone = clone.commit({});
        clone.git("checkout", "--quiet", "feature");
        await assert.rejects(
            resolved(clone.directory, "alone"),
            /--base alone: it and the head have no commit in common\.\n {6}Name another, or compare with it as it is: --exact\./,
        );
        assert.equal((await resolved(clone.directory, "alone", true)).side.commit, alone);
        clone.git("branch", "-D", "alone");
    });

    it("is to be fetched where the clone is shallow", async () => {
        const shallow = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-shallow-"));
        try {
            clone.git(
                "clone",
                "--quiet",
                "--depth=1",
                "--branch=feature",
                `file://${clone.directory}`,
                shallow,
            );
            for (const base of ["main", parted, undefined])
                await assert.rejects(
                    resolved(shallow, base),
                    /git fetch --unshallow.*fetch-depth: 0.*GIT_DEPTH: 0/,
                );
            clone.git("-C", shallow, "fetch", "--quiet", "--depth=1", "origin", "v1.0");
            await assert.rejects(
                resolved(shallow, "FETCH_HEAD"),
                /--base FETCH_HEAD: it and the head have no commit in common, and the clone is shallow/,
            );
        } finally {
            fs.rmSync(shallow, { recursive: true });
        }
    });

    it("is looked for in a repository with a commit, by Git", async () => {
        const bare = new Clone();
        const nowhere = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-nowhere-"));
        try {
            await assert.rejects(readRepository(bare.directory), /the repository has no commit yet/);
            process.env["GIT_CEILING_DIRECTORIES"] = path.dirname(nowhere);
            await assert.rejects(
                readRepository(nowhere),
                /this is in no Git repository\.\n {6}Run this in a clone/,
            );
            process.env["PATH"] = nowhere;
            await assert.rejects(
                readRepository(bare.directory),
                /git: there is no such program here\.\n {6}Install Git/,
            );
        } finally {
            process.env = { ...saved };
            bare.remove();
            fs.rmSync(nowhere, { recursive: true });
        }
    });
});

describe("the head of a review", () => {
    let clone: Clone;
    beforeEach(() => {
        clone = new Clone("infra");
        clone.commit({ a: "1\n", b: "1\n", "../c": "1\n", "../.gitignore": "*.log\n" });
    });
    afterEach(() => {
        clone.remove();
    });

    it("is the working tree, with its commit and the files that differ from it", async () => {
        const commit = clone.git("rev-parse", "HEAD");
        assert.deepEqual(headSide(await readRepository(clone.project)), { name: "working tree", commit });
        clone.change({ a: "2\n", "new file": "", "x.log": "" });
        clone.git("mv", "infra/b", "infra/moved ä");
        const repository = await readRepository(clone.project);
        assert.equal(repository.prefix, "infra");
        assert.deepEqual(headSide(repository), {
            name: "working tree",
            commit,
            changed: { files: ["infra/a", "infra/moved ä", "infra/new file"], count: 3 },
        });
    });

    it("names twenty of many files, and counts all", async () => {
        clone.change(Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`n${String(at)}`, ""])));
        const { changed } = headSide(await readRepository(clone.project));
        assert.deepEqual([changed?.files.length, changed?.count], [20, 25]);
    });
});
