import assert from "node:assert/strict";
import { strongroom } from "./support";

/** What a command says of a value that is not one is the matter of that command's own test. */
describe("what is typed wrongly", () => {
    const cases: readonly (readonly [typed: string, says: string])[] = [
        [
            "preview --stak prod --jsn",
            "unknown option '--stak' (Did you mean --stack?), unknown option '--jsn' (Did you mean --json?)",
        ],
        ["preview --frobnicate=hunter2", "unknown option '--frobnicate'"],
        [
            "rotate external x --todday",
            "required option '--set-on <day>' not specified, unknown option '--todday' (Did you mean --today?)",
        ],
        ["preveiw", "unknown command 'preveiw' (Did you mean preview?)"],
        ["rotate compromize x", "unknown command 'compromize' (Did you mean compromise?)"],
        ["preview --no-colour", "unknown option '--no-colour' (Did you mean --no-color?)"],
        ["preview prod", "too many arguments for 'preview'. Expected 0 arguments but got 1."],
        ["rotate request", "missing required argument 'field'"],
        ["preview --base", "option '--base <commit>' argument missing"],
    ];
    for (const [typed, says] of cases)
        it(`is told in one line: ${typed}`, async () => {
            const { code, stdout, stderr } = await strongroom(typed.split(" "));
            assert.deepEqual({ code, stdout, stderr }, { code: 1, stdout: "", stderr: `error: ${says}\n` });
        });

    it("gets the names there are where none is near", async () => {
        const { code, stderr } = await strongroom(["xyzzy"]);
        assert.match(stderr, /^error: unknown command 'xyzzy'\. Choose one of 'preview', 'review', .*\n$/);
        assert.equal(code, 1);
    });
});
