import assert from "node:assert/strict";
import { parse } from "dotenv";
import fc from "fast-check";
import { readEnvText } from "../../local/dotenv";

/** `3 disputed A`: line, kind, and the name that the line sets. */
const faultsOf = (text: string): string[] =>
    readEnvText(text).faults.map(({ line, kind, name }) => [line, kind, name ?? "-"].join(" "));
const valuesOf = (text: string): unknown[] =>
    readEnvText(text).assignments.map(({ line, name, value }) => [line, name, value]);

/** Does not prove: what readers other than dotenv make of a file; those that are named were looked up, not run. */
describe("a .env file", () => {
    it("is read with the line of each variable", () => {
        const text = `# a comment\nA=1\n\nexport B='two words' # why\nC="first\nsecond # no comment\nthird"\nD=\`x\`\nA=2\n`;
        assert.deepEqual(valuesOf(text), [
            [2, "A", "1"],
            [4, "B", "two words"],
            [5, "C", "first\nsecond # no comment\nthird"],
            [8, "D", "x"],
            [9, "A", "2"],
        ]);
        assert.deepEqual(faultsOf(text), []);
    });

    const disputed: readonly (readonly [what: string, text: string, faults: readonly string[]])[] = [
        ["a space before the equals sign", "A =1", ["1 disputed A"]],
        ["a space after it", "A= 1", ["1 disputed A"]],
        ["a colon", "A: 1", ["1 disputed A"]],
        ["an indented line", "  A=1", ["1 disputed A"]],
        ["a space at the end", "A=1 ", ["1 disputed A"]],
        ["two words without quotes", "A=1 2", ["1 disputed A"]],
        ["characters of a shell", "A=1;2", ["1 disputed A"]],
        ["a quote in the middle", "A=don't", ["1 disputed A"]],
        ["a dollar", "A=a$bc", ["1 disputed A"]],
        ["a dollar in double quotes", 'A="a$bc"', ["1 disputed A"]],
        ["a dollar in single quotes", "A='a$bc'", []],
        ["a price", "A=5$", []],
        ["a hash in the value", "A=ab#cd", ["1 cut A"]],
        ["a hash first", "A=#cd", ["1 cut A"]],
        ["a hash in quotes", "A='ab#cd'", []],
        ["a comment behind", "A=ab # cd", []],
        ["no assignment", "A=1\nsome words\nB=2", ["2 unreadable -"]],
        ["a name alone", "A", ["1 unreadable -"]],
        ["a quote that nothing closes", "A='1\nB=2", ["1 unreadable A", "1 disputed A"]],
        ["a byte order mark", "\uFEFFA=1", ["1 disputed -"]],
        ["line ends of Windows", "A=1\nB=2\r\nC=3\r\n", ["2 disputed -"]],
        ["nothing", "", []],
        ["comments alone", "# A=1\n\n   # B", []],
    ];
    for (const [what, text, faults] of disputed) {
        it(`with ${what} has ${faults.length === 0 ? "no fault" : faults.join(" and ")}`, () => {
            assert.deepEqual(faultsOf(text), faults);
        });
    }

    it("begins with its first variable behind a byte order mark, and ends lines as any system does", () => {
        assert.deepEqual(valuesOf("\uFEFFA=1\r\nB=2\rC=3"), [
            [1, "A", "1"],
            [2, "B", "2"],
            [3, "C", "3"],
        ]);
    });

    it("may have a name that objects keep for themselves", () => {
        assert.deepEqual(valuesOf("__proto__=1\nconstructor=2"), [
            [1, "__proto__", "1"],
            [2, "constructor", "2"],
        ]);
    });

    it("has the values that dotenv gives it, or the line that reads otherwise", () => {
        const piece = fc.constantFrom(
            ...["A", "B", "C_D", "=", "=", "=", " ", "\n", "\n", "\r\n", "'", '"', "`", "#", "\\", "\\n"],
            ...["export ", ": ", "x", "yz", "1", "${A}", "\t", "\uFEFF", "é"],
        );
        const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
        fc.assert(
            fc.property(text, (source) => {
                const whole: Record<string, string> = parse(source.replace("\uFEFF", ""));
                const { assignments, faults } = readEnvText(source);
                const last = new Map(assignments.map((each) => [each.name, each]));
                for (const [name, { value, line }] of last) {
                    const isTold = faults.some((fault) => fault.line === line);
                    assert.ok(
                        whole[name] === value || isTold || faults.some(({ kind }) => kind === "unreadable"),
                    );
                }
            }),
            { numRuns: 2_000 },
        );
    });

    it("says nothing of what is in it", () => {
        fc.assert(
            fc.property(fc.string({ maxLength: 60 }), (text) => {
                const vocabulary = new Set(faultTexts());
                for (const { message, fix } of readEnvText(text).faults)
                    assert.ok(vocabulary.has(message) && vocabulary.has(fix));
            }),
        );
    });
});

/** All that can be said of a line, whatever is on it. */
function faultTexts(): string[] {
    const each = [...Array.from({ length: 128 }, (_, code) => `A=b${String.fromCharCode(code)}c`)];
    const more = [
        "\uFEFFA=1\r\n",
        "A =1",
        "A=1 ",
        "word",
        "A='",
        'A="$b"',
        "A=#",
        "A=\n'b'\n",
        "A=$b",
        "A:\n'b'",
    ];
    return [...each, ...more].flatMap((text) =>
        readEnvText(text).faults.flatMap(({ message, fix }) => [message, fix]),
    );
}
