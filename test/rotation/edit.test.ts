import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import type { Generations } from "../../components/domain/rotation/stages";
import { isSame } from "../../components/domain/rotation/transition";
import { editLedger, OtherEntry } from "../../rotation/edit";
import { live, steady } from "../support/rotating-stack";

const TEXT = `# Which generations are live.

shop/a.key: # the first
  # announced in spring
  current: { generation: 1, since: 2026-09-01, reason: initial } # why
  # the end of it

# one line
shop/b.key: { current: { generation: 1, since: 2026-09-01, reason: initial } } # short
shop/c.key:
    current:
        generation: 2 # two
        since: "2026-09-01"
        reason: request
        reference: A-1
    previous: { generation: 1,   until: 2026-10-01 }
# the end
`;

function edited(changes: Readonly<Record<string, Generations>>, text = TEXT): string {
    const entries = parse(text) as Record<string, Generations>;
    const both = Object.entries(changes).map(([id, after]) => [id, { before: entries[id], after }] as const);
    return editLedger(text, new Map(both));
}

describe("an edit of a ledger", () => {
    it("is refused where an entry is not the one that the change begins with", () => {
        const after = steady(9, "2026-11-01");
        for (const [id, before] of [
            ["shop/a.key", steady(1, "2026-08-01")],
            ["shop/a.key", undefined],
            ["shop/gone.key", steady(1, "2026-09-01")],
        ] as const)
            assert.throws(() => editLedger(TEXT, new Map([[id, { before, after }]])), OtherEntry);
    });

    it("changes nothing but what was asked for", () => {
        assert.equal(edited({}), TEXT);
        const text = edited({ "shop/a.key": { ...steady(1, "2026-09-01"), next: live(2, "2026-11-01") } });
        const [before, after] = [TEXT.split("\n"), text.split("\n")];
        assert.deepEqual(
            after.filter((line) => !before.includes(line)),
            [
                "shop/a.key:",
                "  # the first",
                "  next: { generation: 2, since: 2026-11-01, reason: schedule }",
                "  current: { generation: 1, since: 2026-09-01, reason: schedule } # why",
            ],
        );
    });

    it("writes the days of a rewrite", () => {
        const previous = {
            generation: 1,
            until: "2026-11-08",
            rewriting: "2026-11-08",
            rewritten: "2026-11-09",
        };
        assert.match(
            edited({ "shop/b.key": { current: live(2, "2026-11-04"), previous } }),
            /previous: \{ generation: 1, until: 2026-11-08, rewriting: 2026-11-08, rewritten: 2026-11-09 \}/,
        );
    });

    it("keeps a line a line and a block a block", () => {
        const text = edited({
            "shop/b.key": {
                current: live(2, "2026-11-01"),
                previous: { generation: 1, until: "2026-11-08" },
            },
            "shop/c.key": {
                current: live(2, "2026-09-01", { reason: "request", reference: "A-2" }),
            },
        });
        assert.match(
            text,
            /\nshop\/b\.key: \{ current: \{ generation: 2, since: 2026-11-01, reason: schedule \}, previous: \{ generation: 1, until: 2026-11-08 \} \} # short\n/,
        );
        assert.match(text, /\n {4}current:\n {8}generation: 2 # two\n {8}since: "2026-09-01"\n/);
        assert.match(text, /reference: A-2\n# the end\n$/);
    });

    it("adds an entry that is new", () => {
        const text = edited({ "shop/d.key": { ...steady(3, "2026-11-01"), highest: 4 } });
        assert.equal(
            text,
            `${TEXT}shop/d.key:\n  current: { generation: 3, since: 2026-11-01, reason: schedule }\n  highest: 4\n`,
        );
    });

    it("quotes a reference that YAML would take for something else", () => {
        for (const reference of ["no", "0123", "2026-11-01", "a: b", "#7", "- x", "'", "é\u0000"]) {
            const text = edited({ "shop/a.key": { current: live(2, "2026-11-01", { reference }) } });
            const read = parse(text) as Record<string, Generations>;
            assert.equal(read["shop/a.key"]!.current.reference, reference);
        }
    });

    it("keeps the line ends of the file", () => {
        const windows = TEXT.replaceAll("\n", "\r\n");
        const text = edited({ "shop/a.key": steady(2, "2026-11-01") }, windows);
        assert.equal(text.replaceAll("\r\n", "").includes("\n"), false);
        assert.equal(text.replaceAll("\r\n", "\n"), edited({ "shop/a.key": steady(2, "2026-11-01") }));
    });

    const day = fc.integer({ min: 0, max: 3_000 }).map((days) => {
        const date = new Date(Date.UTC(2026, 0, 1 + days));
        return date.toISOString().slice(0, 10);
    });
    const generation = fc.integer({ min: 1, max: 99 });
    const stage = fc.record({
        generation,
        since: day,
        reason: fc.constantFrom("schedule" as const, "request" as const),
    });
    const generations: fc.Arbitrary<Generations> = fc.record(
        { next: stage, current: stage, previous: fc.record({ generation, until: day }), highest: generation },
        { requiredKeys: ["current"] },
    );
    const comments = fc.array(fc.constantFrom("", "# a note", "  # of the entry"), { maxLength: 3 });
    const style = fc.constantFrom("lines", "block", "flow");

    it("reads back as it was meant, keeps all comments, and leaves every other entry byte for byte", () => {
        const entry = fc.tuple(generations, style, comments, fc.option(generations, { nil: undefined }));
        fc.assert(
            fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
                const written = entries.map(([before, how, notes], at) =>
                    [
                        ...notes.filter((note) => !note.startsWith(" ")),
                        entryText(`shop/f${String(at)}.key`, before, how),
                    ].join("\n"),
                );
                const text = `# head\n${written.join("\n")}\n`;
                const changes = Object.fromEntries(
                    entries.flatMap(([, , , after], at) =>
                        after === undefined ? [] : [[`shop/f${String(at)}.key`, after] as const],
                    ),
                );
                const result = edited(changes, text);
                const read = parse(result) as Record<string, Generations>;
                for (const [at, [before, , , after]] of entries.entries())
                    assert.ok(isSame(read[`shop/f${String(at)}.key`]!, after ?? before));
                assert.equal(result.split("# a note").length, text.split("# a note").length);
                for (const [at, [, , , after]] of entries.entries())
                    if (after === undefined) assert.ok(result.includes(`${written[at]!}\n`));
            }),
            { numRuns: 300 },
        );
    });
});

function entryText(id: string, generations: Generations, style: string): string {
    const flow = (value: unknown): string =>
        typeof value === "object" && value !== null
            ? `{ ${Object.entries(value)
                  .map(([key, inner]) => `${key}: ${flow(inner)}`)
                  .join(", ")} }`
            : String(value);
    if (style === "flow") return `${id}: ${flow(generations)}`;
    const stages = Object.entries(generations).map(([stage, value]: [string, unknown]) =>
        style === "lines" || typeof value === "number"
            ? `  ${stage}: ${flow(value)}`
            : `  ${stage}:\n${Object.entries(value as object)
                  .map(([key, inner]) => `    ${key}: ${String(inner)}`)
                  .join("\n")}`,
    );
    return `${id}:\n${stages.join("\n")}`;
}
