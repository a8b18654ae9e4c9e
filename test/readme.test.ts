import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

const ROOT = path.resolve(__dirname, "..");
const README = fs.readFileSync(path.join(ROOT, "README.md"), "utf8");
const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
};
const run = promisify(execFile);

/** The commands `npm run …` of the README, without those that run this test or write what is committed. */
const COMMANDS = [
    ...new Set([...README.matchAll(/`npm run (preview[^`]*)`/g)].map((match) => match[1] ?? "")),
];

describe("the README", function () {
    this.timeout("2 minutes");

    it("names only scripts that there are", () => {
        const named = [...README.matchAll(/npm (?:run )?([a-z]+)/g)].map((match) => match[1] ?? "");
        assert.deepEqual(
            named.filter((name) => name !== "ci" && scripts[name] === undefined),
            [],
        );
        assert.ok(COMMANDS.length >= 5);
    });

    const outputs = new Map<string, Promise<string>>();
    const outputOf = (command: string): Promise<string> => {
        const [name = "", ...args] = command.replace(" -- ", " ").split(" ");
        const [node = "", ...before] = (scripts[name] ?? "").split(" ");
        assert.equal(node, "node");
        const known =
            outputs.get(command) ??
            run(process.execPath, [...before, ...args], {
                cwd: ROOT,
                maxBuffer: 2 ** 28,
                env: { ...process.env, CI: "true" },
            }).then(({ stdout }) => stdout);
        outputs.set(command, known);
        return known;
    };

    for (const command of COMMANDS) {
        it(`has a command that works: npm run ${command}`, async () => {
            const output = await outputOf(command);
            assert.match(output, command.includes("--json") ? /^\{/ : /: clean\n$/);
        });
    }

    // How many resources there are changes with each step of a rotation, and no rotation should have to edit the README.
    const withoutCounts = (text: string): string => text.replaceAll(/\d+/g, "N");

    it("shows the end of a preview as it is, but for the numbers", async () => {
        const shown =
            /It\s+ends\s+like this:\s+```text\n([^`]*)```/.exec(README)?.[1] ?? assert.fail("it shows none");
        assert.ok(withoutCounts(await outputOf("preview")).endsWith(withoutCounts(shown)));
    });

    it("has a place for every folder", () => {
        const folders = fs
            .readdirSync(ROOT, { withFileTypes: true })
            .filter(
                (entry) =>
                    entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules",
            )
            .map(({ name }) => name);
        assert.deepEqual(
            folders.filter((name) => !README.includes(`\n${name}/`)),
            [],
        );
    });
});
