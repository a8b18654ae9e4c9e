import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { configProblems } from "../../../stacks/config/check";
import { catalogue } from "../../../stacks/catalogue";
import { rotateCommands } from "./rotate-commands";
import { blocks, made, ROOT, words } from "./support";

interface Line {
    readonly page: string;
    readonly line: string;
}

/** What writes a value to its standard output. */
const READS_VALUE =
    /get-secret-value|ssm get-parameter|vault kv get|versions access|get secrets? .*(?:\.data|-o |--output )/;

describe("the commands of the runbooks", function () {
    this.timeout("2 minutes");
    let lines: readonly Line[];
    let all: readonly { readonly page: string; readonly block: string }[];
    let stacks: Awaited<ReturnType<typeof made>>["stacks"];

    before(async () => {
        const { pages, stacks: read } = await made();
        stacks = read;
        all = [...pages].flatMap(([page, text]) => blocks(text).map((block) => ({ page, block })));
        lines = all.flatMap(({ page, block }) =>
            block.split("\n").map((line) => ({ page, line: line.replace(/ &&$/, "") })),
        );
    });

    const wrong = (fault: (line: string) => string | undefined): string[] =>
        lines.flatMap(({ page, line }) => {
            const why = fault(line);
            return why === undefined ? [] : [`${page}: ${line}: ${why}`];
        });

    it("are taken by bash", () => {
        assert.ok(all.length > 300);
        const bad = [...new Set(all.map(({ block }) => block))].filter((block) => {
            const { status, stderr } = spawnSync("bash", ["-n"], { input: `${block}\n`, encoding: "utf8" });
            return status !== 0 || stderr !== "";
        });
        assert.deepEqual(bad, []);
    });

    it("call rotate as it is, on fields, holders and stacks that there are", () => {
        const commands = rotateCommands();
        const holders = new Set(
            catalogue.flatMap(({ documents }) => Object.values(documents).flatMap((each) => each.holders)),
        );
        const bad = wrong((line) => {
            const [, rest] = /^npm run rotate -- (.*)$/.exec(line.trim()) ?? [];
            if (rest === undefined) return line.includes("run rotate") ? "not understood" : undefined;
            const [name = "", ...args] = words(rest);
            const command = commands.get(name);
            if (command === undefined) return `no subcommand ${name}`;
            const [argument = ""] = command.takes === undefined ? [] : args.splice(0, 1);
            const given: string[] = [];
            for (let at = 0; at < args.length; at++) {
                const option = args[at] ?? "";
                const takesValue = command.options.get(option);
                if (takesValue === undefined) return `no option ${option}`;
                given.push(option);
                if (takesValue && (args[++at] ?? "--").startsWith("--")) return `no value of ${option}`;
            }
            const lacking = command.required.find((each) => !given.includes(each));
            if (lacking !== undefined) return `no ${lacking}`;
            const stack = stacks.find((each) => each.stack === args[args.indexOf("--stack") + 1]);
            if (given.includes("--stack") && stack === undefined) return "no such stack";
            if (command.takes === "holder" && !holders.has(argument)) return "no such holder";
            if (command.takes !== "field") return undefined;
            return stack?.fields.has(argument) === true ? undefined : "no such field in the ledger";
        });
        assert.deepEqual(bad, []);
        assert.ok(lines.filter(({ line }) => line.includes("run rotate")).length > 200);
    });

    it("name stacks, packs and scripts that there are", () => {
        const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        const names = stacks.map(({ stack }) => stack);
        const bad = wrong((line) => {
            const all = words(line);
            if (all[0] === "npm" && all[1] === "run" && all[2] !== "rotate" && !((all[2] ?? "") in scripts))
                return "no such script";
            const at = all.indexOf("--stack");
            if (at >= 0 && !names.includes(all[at + 1] ?? "")) return "no such stack";
            const files = ["--policy-pack", "--policy-pack-config"].flatMap((option) =>
                all.includes(option) ? [all[all.indexOf(option) + 1] ?? ""] : [],
            );
            return files.find((file) => !fs.existsSync(path.join(ROOT, file)));
        });
        assert.deepEqual(bad, []);
    });

    it("set only values that the configuration takes", () => {
        let count = 0;
        const bad = wrong((line) => {
            if (!line.includes("pulumi config set")) return undefined;
            count += 1;
            const match =
                /^pulumi config set --stack (\S+) --secret --path 'strongroom:values\["([^"]+)"\]'$/.exec(
                    line,
                );
            const [, name = "", id = ""] = match ?? [];
            const config = stacks.find(({ stack }) => stack === name)?.config;
            if (config === undefined) return "not understood";
            const before = configProblems(name, config, catalogue);
            const values = { [id]: "sk-4fT9qLmZ2xWv7RbN8cYdKjHs3PgA6uE1" };
            const after = configProblems(name, { ...config, values }, catalogue);
            return after.length === before.length ? undefined : after.map(({ message }) => message).join();
        });
        assert.deepEqual(bad, []);
        assert.ok(count > 20);
    });

    it("use clusters as they are configured", () => {
        const contexts = stacks.flatMap(({ config }) =>
            Object.values(config.clusters).map(({ context }) => context),
        );
        const bad = wrong((line) => {
            const [, context] = /kubectl (?:--context (\S+) )?/.exec(line) ?? [];
            if (!line.includes("kubectl")) return undefined;
            return context !== undefined && contexts.includes(context) ? undefined : "no such context";
        });
        assert.deepEqual(bad, []);
    });

    // Where a value goes from a variable is not followed: that no later command echoes it is for the reviewer.
    it("print no value: what reads one is kept in a variable or goes to the clipboard", () => {
        const bad = wrong((line) =>
            !READS_VALUE.test(line) || /^[A-Z_]+="\$\(.*\)"$/.test(line) || /\| clip$/.test(line)
                ? undefined
                : "prints a value",
        );
        assert.deepEqual(bad, []);
        const whole = /get secrets? .*(?:-o|--output)[ =](?:yaml|json|jsonpath|wide)/;
        assert.deepEqual(
            wrong((line) => (whole.test(line) ? "a Secret as a whole" : undefined)),
            [],
        );
        const printed = /\b(?:echo|cat|env|set -x|--show-secrets|--json)\b/;
        assert.deepEqual(
            wrong((line) => (printed.test(line) ? "prints" : undefined)),
            [],
        );
    });
});
