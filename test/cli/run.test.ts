import assert from "node:assert/strict";
import { Command } from "commander";
import { ExitCode } from "../../cli/exit-code";
import { runs } from "../../cli/run";

/** That a command's options are those of its work is not proved here: nothing but each command's own test holds it. */
describe("what runs a command", () => {
    const before = process.exitCode;
    afterEach(() => {
        process.exitCode = before;
    });

    const command = (action: ReturnType<typeof runs>): Command =>
        new Command().exitOverride().argument("[field]").option("--deep").action(action);

    it("loads nothing before the command is called", () => {
        let loads = 0;
        command(
            runs(() => {
                loads++;
                return () => ExitCode.clean;
            }),
        );
        assert.equal(loads, 0);
    });

    it("hands the arguments and the options over, and keeps the code", async () => {
        const given: unknown[] = [];
        const work = (field: string, options: { readonly deep?: boolean }): Promise<ExitCode> => {
            given.push(field, options);
            return Promise.resolve(ExitCode.violated);
        };
        await command(runs(() => work)).parseAsync(["yosai/db.password", "--deep"], { from: "user" });
        assert.deepEqual(given, ["yosai/db.password", { deep: true }]);
        assert.equal(process.exitCode, ExitCode.violated);
    });

    it("lets an error through to whoever parses", async () => {
        const failing = command(
            runs(() => () => {
                throw new Error("no such field");
            }),
        );
        await assert.rejects(failing.parseAsync([], { from: "user" }), /no such field/);
    });
});
