import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readLedgerFile } from "../../stacks/config/ledger-file";

function read(text: string | Buffer) {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-ledger-"));
    try {
        fs.writeFileSync(path.join(root, "dev.yaml"), text);
        const { source, problems } = readLedgerFile(root, "dev.yaml");
        return { source, problems: problems.map(({ place, message }) => `${place}: ${message}`) };
    } finally {
        fs.rmSync(root, { recursive: true });
    }
}

describe("the file of a ledger", () => {
    const sound = "a/b.c:\n  current: { generation: 1 }\n";
    for (const [what, text] of [
        ["is read", sound],
        ["is read with CRLF", sound.replaceAll("\n", "\r\n")],
        ["is read with a byte order mark", `\ufeff${sound}`],
    ] as const) {
        it(what, () => {
            assert.deepEqual(read(text), {
                source: { "a/b.c": { current: { generation: 1 } } },
                problems: [],
            });
        });
    }

    const refused: readonly (readonly [string, string, string])[] = [
        ["an empty file", "", "dev.yaml: the file is empty"],
        ["a file of comments", "# nothing\n", "dev.yaml: the file is empty"],
        ["a tab", "a:\n\tb: 1\n", "dev.yaml:2: a tab indents the line"],
        ["a name that is there twice", `${sound}${sound}`, "dev.yaml:3: the name is there twice"],
        ["a second document", `${sound}---\n${sound}`, "dev.yaml: there is a second document in the file"],
        ["an alias", "a: &x 1\nb: *x\n", "dev.yaml: there is an alias (*)"],
        ["an open bracket", "a: {", "dev.yaml:1: this is not YAML"],
    ];
    for (const [what, text, problem] of refused) {
        it(`is refused with ${what}, and then not judged further`, () => {
            const { source, problems } = read(text);
            assert.equal(source, undefined);
            assert.ok(problems.includes(problem), problems.join("\n"));
        });
    }

    it("is refused when it is not there", () => {
        const { problems } = readLedgerFile(os.tmpdir(), "strongroom-no-such-ledger.yaml");
        assert.match(problems[0]?.message ?? "", /there is no file/);
    });
});
