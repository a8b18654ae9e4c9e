import assert from "node:assert/strict";

import fc from "fast-check";
import MarkdownIt from "markdown-it";

import { markdown, STICKY_MARKER } from "../../../review/forms/markdown";
import { HOSTILE_TEXTS, hostileReview } from "../../support/sample-review-extremes";
import { sampleReviews } from "../../support/sample-review";

// Read as markdown-it reads CommonMark with GitHub's tables and links. What it does not prove: that GitHub's and
// GitLab's own renderers, and their search for mentions, see the same.

const renderer = new MarkdownIt({ html: true, linkify: true });
interface Token {
    readonly type: string;
    readonly content: string;
    readonly children: readonly Token[] | null;
}

/** All tokens, those inside of lines too. */
const tokensOf = (text: string): readonly Token[] =>
    (renderer.parse(text, {}) as readonly Token[]).flatMap((token) => [token, ...(token.children ?? [])]);

/** Lines of what is seen at 100 columns while everything is folded. */
function linesSeen(text: string): number {
    const seen = text.replace(/(<summary>.*<\/summary>)[^]*?<\/details>/gu, "$1").replace(STICKY_MARKER, "");
    const words = renderer.render(seen).replace(/<[^>]*>/gu, "");
    const lines = words.split("\n").filter((line) => line.trim() !== "");
    return lines.reduce((sum, line) => sum + Math.ceil(line.length / 100), 0);
}

/** Elements that the form writes itself. */
const OWN_HTML =
    /^(?:<!-- strongroom-review -->|<details><summary>[^<>]*<\/summary>|<\/details>|<code>|<\/code>)$/u;

/** What is wrong with how a text is understood, apart from what was meant. */
function escapes(text: string): readonly string[] {
    return tokensOf(text).flatMap((token) => {
        if (/^html_(?:block|inline)$/u.test(token.type)) {
            const own = token.content
                .trim()
                .split("\n")
                .every((line) => OWN_HTML.test(line));
            return own ? [] : [`html: ${token.content}`];
        }
        if (
            /^(?:link_open|image|heading_open|blockquote_open|hr|code_block|em_open|s_open)$/u.test(
                token.type,
            )
        )
            return token.type === "em_open" ? [] : [token.type];
        // Code is not looked at for mentions; elsewhere nothing may stand right behind the sign.
        if (token.type === "text" && /@[a-z0-9]/iu.test(token.content)) return [`mention: ${token.content}`];
        return [];
    });
}

/** Cells of each row of the tables. */
function cellCounts(text: string): ReadonlySet<number> {
    const html = renderer.render(text);
    return new Set(
        [...html.matchAll(/<tr>([^]*?)<\/tr>/gu)].map(
            ([, row = ""]) => row.match(/<t[hd][ >]/gu)?.length ?? 0,
        ),
    );
}

describe("the comment of a review", () => {
    for (const [name, review] of Object.entries(sampleReviews)) {
        it(`of '${name}' begins with the marker, stays under the limit and says nothing but what was meant`, () => {
            const text = markdown(review);
            assert.equal(text.split("\n")[0], STICKY_MARKER);
            assert.ok(text.length <= 65_000, `${String(text.length)} characters`);
            assert.deepEqual(escapes(text), []);
            assert.deepEqual([...cellCounts(text)], [3]);
        });
    }

    it("of a one-secret rotation fits on one screen, with its parts where they belong", () => {
        const text = markdown(sampleReviews.rotation);
        const lines = linesSeen(text);
        assert.ok(lines <= 40, `${String(lines)} lines`);
        assert.ok(lines >= 12, "what is counted is all there is");
        const bold = [...text.matchAll(/^\*\*(.*)\*\*$/gmu)].map(([, title]) => title);
        assert.deepEqual(bold, [
            "1 secret rotates, 2 workloads restart, nobody gains access, 0 policies newly fail.",
            "Secrets",
            "Workloads",
            "Cost",
            "What was compared",
        ]);
        const kinds = tokensOf(text).map(({ type }) => type);
        assert.equal(kinds.filter((kind) => kind === "table_open").length, 1);
        // The second of the lists of resources is nested, and those are inside the element that opens.
        assert.match(renderer.render(text), /<summary>3 resources[^<]*<\/summary>\n<ul>/u);
    });

    it("says what was cut, and where it is, whatever the limit", () => {
        for (const limitChars of [300, 1_000, 5_000, 20_000, 65_000]) {
            const text = markdown(sampleReviews.huge, { limitChars, whole: "the page of this run" });
            assert.ok(text.length <= limitChars, `${String(text.length)} of ${String(limitChars)}`);
            assert.ok(text.includes("Cut to fit: the page of this run has all of it"));
            assert.ok(text.startsWith(STICKY_MARKER));
            assert.deepEqual(escapes(text), []);
        }
        assert.ok(!markdown(sampleReviews.rotation).includes("Cut to fit"));
        assert.ok(markdown(sampleReviews.huge, { limitChars: 1_000 }).includes("2000 secrets rotate"));
    });

    for (const text of HOSTILE_TEXTS) {
        it(`lets ${JSON.stringify(text)} break out of nothing`, () => {
            const told = markdown(hostileReview(text));
            assert.deepEqual(escapes(told), []);
            assert.deepEqual([...cellCounts(told)], [3]);
        });
    }

    it("lets no text break out of a cell, mention anybody or open a tag", () => {
        const signs = fc.constantFrom(
            ...Array.from("`|\\<>@#&*_[](){}!~-+=:/.$^'\"\n\r\t \u0000\u200b1aZé"),
            ...["<b>", "@a", "```", "www.", "://"],
        );
        const texts = fc.oneof(
            fc.string({ unit: "grapheme", maxLength: 30 }),
            fc.array(signs, { maxLength: 24 }).map((all) => all.join("")),
        );
        fc.assert(
            fc.property(texts, fc.integer({ min: 200, max: 65_000 }), (text, limitChars) => {
                const told = markdown(hostileReview(text), { limitChars });
                assert.ok(told.length <= limitChars);
                assert.deepEqual(escapes(told), []);
                assert.ok([...cellCounts(told)].every((cells) => cells === 3));
            }),
            { numRuns: 150 },
        );
    });
});
