import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT, strongroom } from "./cli/support";

/** The pages that people write, and those that are made of the catalogue. */
const WRITTEN = ["README.md", "policies/README.md", ...pagesBelow("docs")];
const PAGES = [...WRITTEN, ...pagesBelow("runbooks")];
const textOf = (page: string): string => fs.readFileSync(path.join(ROOT, page), "utf8");

function pagesBelow(folder: string): string[] {
    return fs
        .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => path.join(folder, name))
        .sort();
}

/** Commands that only look, by the script that runs them, without what follows the two hyphens. */
const LOOKS = ["access", "doctor", "env", "references"];

/** Those that find something in the committed stacks, such as values that nobody has set. */
const MAY_FIND = ["doctor"];

/** What is about a file that only its reader has: held to its own help. */
const NEEDS_FILE = /^env check /;

/** Subcommands that write a ledger, unless they are told not to. */
const READS = ["status", "check", "verify", "notice"];
/** What needs a cluster is only held to its own help. */
const NEEDS_CLUSTER = ["verify"];

/** A script as the command line has it. */
const scriptOf = ([script = "", ...args]: readonly string[]): readonly string[] =>
    script === "references" ? ["env", script, ...args] : [script, ...args];

describe("the pages", function () {
    this.timeout("2 minutes");

    it("link to what is there", () => {
        const links = PAGES.flatMap((page) =>
            [...textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
                (match) => [page, match[1] ?? ""] as const,
            ),
        );
        const broken = links.filter(
            ([page, link]) =>
                !/^https:/.test(link) && !fs.existsSync(path.join(ROOT, path.dirname(page), link)),
        );
        assert.deepEqual(broken, []);
        assert.ok(links.length > 50);
    });

    it("are reached from the README, as far as people write them", () => {
        const readme = textOf("README.md");
        assert.deepEqual(
            WRITTEN.slice(1).filter((page) => !readme.includes(`(${page})`)),
            [],
        );
    });

    const commands = new Set(
        WRITTEN.flatMap((page) =>
            [...textOf(page).matchAll(/npm run rotate -- ([^`\n]+)/g)].map((match) =>
                (match[1] ?? "").trim(),
            ),
        ),
    );
    for (const command of commands) {
        // A command that is broken over lines, or has a place to fill in, is shown and not run.
        if (/<|=$|^rewritten$/.test(command)) continue;
        it(`have a command that there is: rotate ${command}`, async () => {
            const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
                ([, quoted, word]) => quoted ?? word ?? "",
            );
            const [name = ""] = words;
            const args = NEEDS_CLUSTER.includes(name)
                ? [name, "--help"]
                : [
                      ...words.map((word) => (word === "origin/main" ? "HEAD" : word)),
                      ...(READS.includes(name) ? [] : ["--dry-run"]),
                  ];
            const run = await strongroom(["rotate", ...args]);
            // Whether it has something to do depends on the day and on the ledgers; that it is understood does not.
            assert.ok([0, 1, 2].includes(run.code), run.text);
            assert.doesNotMatch(run.text, /error: |has no field|nobody called|there is no Pulumi/);
            if (NEEDS_CLUSTER.includes(name))
                for (const option of words.filter((word) => word.startsWith("--")))
                    assert.ok(run.text.includes(option), option);
        });
    }

    const looking = new Set(
        WRITTEN.flatMap((page) =>
            LOOKS.flatMap((script) =>
                [...textOf(page).matchAll(new RegExp(`npm run ${script} -- ([^\`\\n]+)`, "g"))].map(
                    (match) => `${script} ${(match[1] ?? "").trim()}`,
                ),
            ),
        ),
    );
    for (const command of looking)
        it(`have a command that there is: ${command}`, async () => {
            // What would be written is printed instead.
            const words = command.replace(/ --write(?: [^-\s]\S*)?/, "").split(/\s+/);
            const run = await strongroom(
                NEEDS_FILE.test(command) ? ["env", "check", "--help"] : scriptOf(words),
            );
            const mayFind = MAY_FIND.some((script) => command.startsWith(script));
            assert.ok(run.code === 0 || (mayFind && run.code === 2), run.text);
            if (NEEDS_FILE.test(command))
                for (const option of words.filter((word) => word.startsWith("--")))
                    assert.ok(run.text.includes(option), option);
        });
});
