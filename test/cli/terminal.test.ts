import assert from "node:assert/strict";
import { terminalOf } from "../../cli/terminal";
import { ROOT, strongroom } from "./support";
import { inWorkspace, JWT } from "./rotate/support";

describe("colours", () => {
    const cases: readonly (readonly [
        isTTY: boolean,
        env: NodeJS.ProcessEnv,
        argv: readonly string[],
        color: boolean,
    ])[] = [
        [true, {}, [], true],
        [false, {}, [], false],
        [true, { TERM: "dumb" }, [], false],
        [true, { NO_COLOR: "1" }, [], false],
        [true, { NO_COLOR: "" }, [], true],
        [false, { FORCE_COLOR: "1" }, [], true],
        [true, { FORCE_COLOR: "0" }, [], false],
        [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, [], false],
        [false, { CI: "true" }, [], false],
        [false, {}, ["--color"], true],
        [true, { FORCE_COLOR: "1" }, ["--no-color"], false],
        [false, { NO_COLOR: "1" }, ["--color"], true],
    ];
    for (const [isTTY, env, argv, color] of cases)
        it(`are ${color ? "" : "not "}shown ${isTTY ? "on a terminal" : "in a pipe"} with ${JSON.stringify(env)} ${argv.join(" ")}`, () => {
            assert.deepEqual(terminalOf({ argv, env, stdout: { isTTY, columns: 90 } }), {
                color,
                ...(isTTY ? { columns: 90 } : {}),
            });
        });

    it("can be asked for and refused before and after the command", async () => {
        const preview = ["preview", "--stack", "dev", "--no-policies", "--quiet"];
        const escape = "\u001b[";
        assert.ok((await strongroom(["--color", ...preview])).stdout.includes(escape));
        assert.ok((await strongroom([...preview, "--color"])).stdout.includes(escape));
        const refused = await strongroom([...preview, "--no-color"], { env: { FORCE_COLOR: "1" } });
        assert.ok(!refused.stdout.includes(escape));
    });
});

describe("--quiet", function () {
    this.timeout("1 minute");

    it("leaves the verdict of a preview that is clean", async () => {
        const { code, stdout, stderr } = await strongroom(["preview", "-s", "dev", "--no-policies", "-q"]);
        assert.match(stdout, /^dev: \d+ resources, .*: clean\n$/);
        assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    });

    it("leaves nothing of a rotation that is done, and all of one that waits for somebody", async () => {
        await inWorkspace({}, async (_, rotate) => {
            const request = [
                "request",
                JWT,
                "--stack",
                "dev",
                "--ref",
                "OPS-1",
                "--today",
                "2026-12-01",
                "-q",
            ];
            const { code, stdout, stderr } = await rotate(...request);
            assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
            const vendor = "devplatform/api-keys.anthropic_api_key";
            const asks = await rotate("request", vendor, "--stack", "dev", "--ref", "OPS-1", "-q");
            assert.equal(asks.code, 2, asks.text);
            assert.match(asks.stdout, /anthropic_api_key/);
        });
    });
});

describe("what a command loads", () => {
    /** The packages and folders of the modules that a command has loaded when it ends. */
    async function loaded(...args: string[]): Promise<readonly string[]> {
        const { code, stderr } = await strongroom(args, {
            node: ["--require", `${ROOT}/test/cli/tell-modules.js`],
        });
        assert.equal(code, 0, stderr);
        return JSON.parse(stderr) as string[];
    }

    it("is the registrations and Commander for help", async () => {
        assert.deepEqual(await loaded("--help"), [
            "cli",
            "commander",
            "components",
            "fastest-levenshtein",
            "package.json",
            "startup",
        ]);
    });

    for (const args of [
        ["completion", "bash"],
        ["__complete", "--", "preview", "--stack", ""],
        ["catalogue"],
    ])
        it(`is no SDK and no engine for '${args.join(" ")}'`, async () => {
            const names = await loaded(...args);
            const heavy = names.filter((name) =>
                /^(@pulumi|@grpc|google-protobuf|rotation|yaml|ts-node|typescript$)/.test(name),
            );
            assert.deepEqual(heavy, []);
            assert.ok(names.includes("stacks") || args[0] === "completion");
        });
});
