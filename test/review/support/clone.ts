import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { ROOT, type Change } from "../../cli/support";

/** What a stack is made of; the command itself runs from where the tests are. */
const PARTS = [
    "stacks",
    "components",
    "startup",
    "policies",
    "ledger",
    "package.json",
    "package-lock.json",
    ".gitignore",
];

/** A repository in a folder of its own, which a test may spoil. */
export class Clone {
    readonly directory = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "strongroom-review-"));

    /** @param below where the project is in it: `.`, or a folder. */
    constructor(readonly below = ".") {
        this.git("init", "--quiet", "--template=", "--initial-branch=main");
    }

    /** The project as it is here, committed on `main`. */
    static ofProject(below = "."): Clone {
        const clone = new Clone(below);
        fs.mkdirSync(clone.project, { recursive: true });
        const stacks = fs.readdirSync(ROOT).filter((file) => /^Pulumi(\.\w+)?\.yaml$/.test(file));
        for (const name of [...PARTS, ...stacks])
            fs.cpSync(path.join(ROOT, name), clone.path(name), { recursive: true });
        fs.symlinkSync(path.join(ROOT, "node_modules"), clone.path("node_modules"));
        fs.mkdirSync(path.join(clone.directory, ".git/info"), { recursive: true });
        fs.appendFileSync(path.join(clone.directory, ".git/info/exclude"), "node_modules\n");
        clone.commit({});
        return clone;
    }

    get project(): string {
        return path.join(this.directory, this.below);
    }

    /** Of the project. */
    path(name: string): string {
        return path.join(this.project, name);
    }

    git(...args: readonly string[]): string {
        const who = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"];
        return execFileSync("git", ["-C", this.directory, ...who, ...args], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        }).trim();
    }

    change(changes: Readonly<Record<string, Change>>): void {
        for (const [name, change] of Object.entries(changes)) {
            const file = this.path(name);
            if (change === undefined) {
                fs.rmSync(file);
                continue;
            }
            const before = typeof change === "function" ? fs.readFileSync(file, "utf8") : "";
            const after = typeof change === "function" ? change(before) : change;
            if (typeof change === "function" && after === before)
                throw new Error(`the change of ${name} changes nothing`);
            fs.mkdirSync(path.dirname(file), { recursive: true });
            fs.writeFileSync(file, after);
        }
    }

    /** Everything that there is, and what changes; the commit. */
    commit(changes: Readonly<Record<string, Change>>): string {
        this.change(changes);
        this.git("add", "--all");
        this.git("commit", "--quiet", "--allow-empty", "--message", "change");
        return this.git("rev-parse", "HEAD");
    }

    /** Worktrees that Git knows, and what is left of those in the cache folder. */
    leftOvers(): readonly string[] {
        const known = this.git("worktree", "list", "--porcelain").match(/^worktree .*/gm) ?? [];
        const folder = this.path(".strongroom/worktrees");
        return [...known.slice(1), ...(fs.existsSync(folder) ? fs.readdirSync(folder) : [])];
    }

    remove(): void {
        fs.rmSync(this.directory, { recursive: true, force: true });
    }
}
