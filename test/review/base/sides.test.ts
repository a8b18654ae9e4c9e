import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { comparableSides, type ComparableSides, type SidesOptions } from "../../../review/base";
import type { Snapshot } from "../../../review/snapshot";
import { Clone } from "../support/clone";

const OWNER = (before: string): string =>
    before.replace('owner: "platform-engineering"', 'owner: "payments"');
const PROGRAM = "stacks/index.ts";

const sides = (directory: string, options: Partial<SidesOptions> = {}): Promise<ComparableSides> =>
    comparableSides({
        directory,
        base: "main",
        stacks: ["dev"],
        policies: false,
        today: "2026-12-01",
        cache: false,
        ...options,
    });

const ownerIn = (snapshot: Snapshot | undefined): string | undefined =>
    snapshot?.stacks[0]?.platforms.find(({ name }) => name === "devplatform")?.owner;

/** With the resources in an order of their own: registration has none. */
const comparable = (snapshot: Snapshot | undefined): unknown =>
    snapshot?.stacks.map((stack) => ({
        ...stack,
        rotation: undefined,
        resources: stack.resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
    }));

/** Does not prove: that a base is rendered as it was with the tools of its day: the head's preview renders both. */
describe("the two sides of a review", function () {
    this.timeout("3 minutes");
    let clone: Clone;
    before(() => {
        clone = Clone.ofProject();
        clone.commit({ "ledger/note.txt": "nothing that is rendered\n" });
        clone.git("checkout", "--quiet", "-b", "feature");
    });
    beforeEach(() => {
        clone.git("reset", "--quiet", "--hard", "main");
        clone.git("clean", "--quiet", "--force", "-d");
        fs.rmSync(clone.path(".strongroom"), { recursive: true, force: true });
    });
    after(() => {
        clone.remove();
    });
    const nothingLeft = (): void => {
        assert.deepEqual(clone.leftOvers(), []);
        assert.ok(fs.existsSync(clone.path("node_modules/typescript/package.json")));
    };

    it("differ in the line that a commit changed, and in nothing else", async () => {
        const commit = clone.commit({ "stacks/catalogue/devplatform.ts": OWNER });
        const found = await sides(clone.project, { policies: true });
        assert.deepEqual([ownerIn(found.base), ownerIn(found.head)], ["platform-engineering", "payments"]);
        assert.deepEqual(found.sides, {
            base: { name: "main", commit: clone.git("rev-parse", "main") },
            head: { name: "working tree", commit },
            notes: [],
        });
        const told = (snapshot: Snapshot | undefined): string =>
            JSON.stringify(comparable(snapshot)).replaceAll('"payments"', '"platform-engineering"');
        assert.equal(told(found.base), told(found.head));
        assert.equal(found.base?.stacks[0]?.rotation, undefined);
        assert.deepEqual(found.head.stacks[0]?.rotation, { base: "main", steps: [], refused: [] });
        nothingLeft();
    });

    it("are the working tree and its commit where nothing was committed, which is said", async () => {
        clone.change({ "stacks/catalogue/devplatform.ts": OWNER });
        const found = await sides(clone.project, { base: "HEAD" });
        assert.deepEqual([ownerIn(found.base), ownerIn(found.head)], ["platform-engineering", "payments"]);
        const changed = { files: ["stacks/catalogue/devplatform.ts"], count: 1 };
        assert.deepEqual(found.sides.head, {
            name: "working tree",
            commit: clone.git("rev-parse", "HEAD"),
            changed,
        });
        assert.deepEqual(found.sides.notes, []);
        nothingLeft();
    });

    it("are one where nothing differs, and only one is rendered", async () => {
        const found = await sides(clone.project);
        assert.equal(found.base, found.head);
        assert.deepEqual(found.sides.notes, ["The working tree is the base itself: nothing differs"]);
        assert.ok(!fs.existsSync(clone.path(".strongroom")));
    });

    it("are rendered once: the base is kept by its commit, and not asked of Git again", async () => {
        clone.commit({ "stacks/catalogue/devplatform.ts": OWNER });
        const first = await sides(clone.project, { cache: true });
        // Where Git keeps what it knows of worktrees there is a file now, so that no commit can be checked out.
        fs.writeFileSync(path.join(clone.directory, ".git/worktrees"), "");
        try {
            const again = await sides(clone.project, { cache: true });
            assert.deepEqual(comparable(again.base), comparable(first.base));
            assert.deepEqual(again.sides.notes, []);
            for (const other of [{ cache: false }, { cache: true, today: "2026-12-02" }]) {
                const { base, sides: told } = await sides(clone.project, other);
                assert.equal(base, undefined);
                assert.match(
                    told.notes.join(),
                    /^The head is shown alone, since main could not be rendered: Git /,
                );
            }
        } finally {
            fs.rmSync(path.join(clone.directory, ".git/worktrees"));
        }
        nothingLeft();
    });

    it("have a stack each that the other lacks", async () => {
        const added = { "Pulumi.dev.yaml": undefined };
        const whole = fs.readFileSync(clone.path("Pulumi.dev.yaml"), "utf8");
        const without = clone.commit(added);
        const removed = await sides(clone.project, { stacks: [] });
        assert.deepEqual(
            [removed.base, removed.head].map((side) => side?.stacks.map(({ stack }) => stack)),
            [["dev", "prod"], ["prod"]],
        );
        clone.commit({ "Pulumi.dev.yaml": whole });
        const found = await sides(clone.project, { base: without });
        assert.deepEqual(found.base, { stacks: [], isolation: [] });
        assert.deepEqual(
            found.head.stacks.map(({ stack }) => stack),
            ["dev"],
        );
        nothingLeft();
    });

    /** What is wrong with the base that the head repaired, and what is told of it. */
    const broken: readonly (readonly [string, string, (before: string) => string, RegExp])[] = [
        [
            "a program that fails",
            PROGRAM,
            () => 'throw new Error("of the base alone");\n',
            /^Stack dev of the head is shown alone, since \w+ could not be rendered: .*of the base alone/,
        ],
        [
            "a configuration that is wrong",
            "Pulumi.dev.yaml",
            (before) => `${before}unknown: field\n`,
            /^The head is shown alone, since \w+ could not be rendered: The project has a mistake: Pulumi\.dev\.yaml:\d+: there is no field 'unknown'/,
        ],
    ];
    for (const [title, file, change, note] of broken) {
        it(`are the head alone beside a base with ${title}`, async () => {
            const right = fs.readFileSync(clone.path(file), "utf8");
            const base = clone.commit({ [file]: change });
            clone.commit({ [file]: right });
            const found = await sides(clone.project, { base, cache: true });
            assert.match(found.sides.notes.join("\n"), note);
            assert.ok(!found.sides.notes.join().includes(".strongroom"), found.sides.notes.join());
            assert.notEqual(found.base?.stacks[0]?.complete, true);
            assert.equal(found.head.stacks[0]?.complete, true);
            assert.ok(!fs.existsSync(clone.path(".strongroom/snapshots")));
            nothingLeft();
        });
    }

    it("are the head alone beside a base that is no project yet", async () => {
        const file = fs.readFileSync(clone.path("Pulumi.yaml"), "utf8");
        const base = clone.commit({ "Pulumi.yaml": undefined });
        clone.commit({ "Pulumi.yaml": file });
        const found = await sides(clone.project, { base });
        assert.equal(found.base, undefined);
        assert.match(found.sides.notes.join(), /: it has no Pulumi\.yaml$/);
        nothingLeft();
    });

    it("are the head alone where the base's dependencies can't be fetched, which is said", async () => {
        const lock = (before: string): string => before.replace(/"version": "[^"]*",/, '"version": "0.0.1",');
        const base = clone.commit({
            "package-lock.json": lock,
            ".npmrc": "registry=http://127.0.0.1:9/\nfetch-retries=0\ncache=./.npm\n",
        });
        clone.git("checkout", "--quiet", "main", "--", "package-lock.json");
        clone.commit({ ".npmrc": undefined });
        const found = await sides(clone.project, { base });
        assert.equal(found.base, undefined);
        assert.match(
            found.sides.notes.join(),
            /its dependencies are others than those installed here, and the registry can't be reached to install them/,
        );
        assert.deepEqual(fs.readdirSync(clone.path(".strongroom/modules")), []);
        nothingLeft();
    });

    it("are found below the root of a repository, and in a worktree of somebody", async () => {
        const below = Clone.ofProject("infra/secrets");
        const linked = `${below.directory}-linked`;
        try {
            below.git("worktree", "add", "--quiet", "-b", "feature", linked);
            const project = path.join(linked, "infra/secrets");
            fs.symlinkSync(below.path("node_modules"), path.join(project, "node_modules"));
            const file = path.join(project, "stacks/catalogue/devplatform.ts");
            fs.writeFileSync(file, OWNER(fs.readFileSync(file, "utf8")));
            const found = await sides(project);
            assert.deepEqual(
                [ownerIn(found.base), ownerIn(found.head)],
                ["platform-engineering", "payments"],
            );
            const known = below.git("worktree", "list", "--porcelain").match(/^worktree .*/gm);
            assert.deepEqual(known, [`worktree ${below.directory}`, `worktree ${linked}`]);
        } finally {
            below.remove();
            fs.rmSync(linked, { recursive: true, force: true });
        }
    });

    it("say what the ledger does since the base, by the commit where the two parted", async () => {
        const entry = /^devplatform\/db\.password:\n(?: .*\n)+/m;
        const other = (before: string): string =>
            before.replace(entry, (text) => text.replace(/generation: \d+/, "generation: 9"));
        clone.git("checkout", "--quiet", "main");
        const was = clone.git("rev-parse", "main");
        clone.commit({ "ledger/dev.yaml": other });
        clone.git("checkout", "--quiet", "feature");
        clone.commit({ "stacks/catalogue/devplatform.ts": OWNER });
        try {
            const parted = await sides(clone.project);
            assert.deepEqual(parted.head.stacks[0]?.rotation?.refused, []);
            const exact = await sides(clone.project, { exact: true });
            assert.notDeepEqual(exact.head.stacks[0]?.rotation?.refused, []);
        } finally {
            clone.git("update-ref", "refs/heads/main", was);
        }
        nothingLeft();
    });
});
