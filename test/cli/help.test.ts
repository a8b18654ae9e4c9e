import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { commandLine } from "../../cli";
import { optionsOf } from "../../cli/command-line";
import { catalogue } from "../../stacks/catalogue";
import { ROOT, strongroom } from "./support";

const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
};

/** Every command that help shows, with those below it. */
function shown(command: Command): readonly Command[] {
    const below = command
        .createHelp()
        .visibleCommands(command)
        .filter((each) => each.name() !== "help");
    return [command, ...below.flatMap(shown)];
}

function pathOf(command: Command): readonly string[] {
    return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

/** As it is printed, its examples and exit codes with it. */
function helpOf(command: Command): string {
    let text = "";
    command.configureOutput({ writeOut: (part) => (text += part) });
    command.outputHelp();
    return text;
}

/** The lines `npm run …` below "Examples:", as words, from the script's name on. */
function examplesOf(command: Command): readonly (readonly string[])[] {
    const [, section = ""] = /\nExamples:\n((?: {2}.*\n)+)/.exec(helpOf(command)) ?? [];
    return section
        .split("\n")
        .filter((line) => line.startsWith("  npm run "))
        .map((line) =>
            (line.split(/ {2,}| > | && /)[1] ?? "")
                .replace(/^npm run (--silent )?/, "")
                .match(/'[^']*'|\S+/g)!
                .filter((word) => word !== "--"),
        );
}

/** That an example does what is said of it is not proved here; the pages' commands are run by another test. */
describe("the help of the command line", () => {
    const program = commandLine();
    const commands = shown(program);

    it("is looked at as a whole", () => {
        assert.ok(commands.length > 18, `only ${commands.length} commands were found`);
    });

    for (const command of commands) {
        const name = ["strongroom", ...pathOf(command)].join(" ");

        it(`tells what '${name}' is for, with examples and exit codes`, () => {
            assert.match(command.description(), /^[A-Z].*\.$/);
            assert.match(
                helpOf(command),
                /\nExit codes:\n {2}0 {2}\S.*\n {2}1 {2}\S.*\n {2}2 {2}\S.*\n {2}3 {2}\S/,
            );
            assert.ok(examplesOf(command).length > 0, "it has no example");
        });

        it(`has examples of '${name}' that its own options allow`, () => {
            for (const words of examplesOf(command)) {
                const [script = "", ...rest] = words;
                assert.equal(scripts[script], `node cli/main.js ${script}`, words.join(" "));
                let called = program;
                for (const word of [script, ...rest])
                    called = called.commands.find((each) => each.name() === word) ?? called;
                const known = optionsOf(called).flatMap(({ long, short }) => [long, short]);
                const unknown = rest.filter((word) => word.startsWith("-") && !known.includes(word));
                assert.deepEqual(unknown, [], words.join(" "));
            }
        });

        it(`has no two options of '${name}' by one name`, () => {
            const names = optionsOf(command).flatMap(({ long, short }) => [long, short]);
            const given = names.filter((each) => each !== undefined && each !== "--help" && each !== "-h");
            assert.deepEqual([...new Set(given)], given);
        });
    }

    it("names documents, fields and consumers that there are", () => {
        const known = catalogue.flatMap(({ name, documents, consumers }) =>
            [...Object.keys(documents), ...Object.keys(consumers)].map((each) => `${name}/${each}`),
        );
        const named = commands
            .flatMap(examplesOf)
            .flat()
            .filter((word) => /^[a-z]+\/[a-z-]+(\.\w+)?$/.test(word) && !word.startsWith("origin/"))
            .map((word) => word.replace(/\..*/, ""));
        assert.deepEqual(
            named.filter((each) => !known.includes(each)),
            [],
        );
        assert.ok(named.length > 5);
    });

    it("groups the commands, and says first where to begin", () => {
        const text = helpOf(program);
        const headings = [...text.matchAll(/^(\S.*):$/gm)].map(([, heading]) => heading);
        assert.deepEqual(headings[1], "Look, change nothing");
        assert.ok(!headings.includes("Commands"), "a command is in no group");
        assert.match(text, /Examples:\n {2}npm run preview .*begin here/);
    });

    for (const args of [["--help"], ["help"], ["rotate", "due", "--help"], ["help", "rotate"]])
        it(`goes to stdout and ends with 0: ${args.join(" ")}`, async () => {
            const { code, stdout, stderr } = await strongroom(args);
            assert.match(stdout, /^Usage: strongroom /);
            assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
        });

    for (const args of [[], ["rotate"]])
        it(`goes to stderr and ends with 1 where a command is missing: strongroom ${args.join(" ")}`, async () => {
            const { code, stdout, stderr } = await strongroom(args);
            assert.match(stderr, /^Usage: strongroom /);
            assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        });
});
