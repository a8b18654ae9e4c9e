import assert from "node:assert/strict";
import fc from "fast-check";
import { Html, markup, visible } from "../../../review/page/html";

/** That a browser agrees is held by the page's own tests, with names that would break out of it. */
describe("markup", () => {
    const cases: readonly (readonly [what: string, written: Html, text: string])[] = [
        [
            "escapes a text",
            markup`<p>${"<b> & \"x\" 'y'"}</p>`,
            "<p>&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;</p>",
        ],
        ["takes markup as it is", markup`<p>${markup`<b>${"&"}</b>`}</p>`, "<p><b>&amp;</b></p>"],
        ["writes lists one after the other", markup`${["a", markup`<br>`, ["<"]]}`, "a<br>&lt;"],
        ["writes nothing for what is not there", markup`${undefined}${false}${0}`, "0"],
        [
            "does not take a text for a tag",
            markup`<p title="${'" onclick="x'}">`,
            '<p title="&quot; onclick=&quot;x">',
        ],
    ];
    for (const [what, written, text] of cases)
        it(what, () => {
            assert.equal(written.toString(), text);
        });

    it("never lets a text open or close anything", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), (text) => {
                assert.doesNotMatch(markup`${text}`.toString(), /[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
            }),
        );
    });

    it("writes JSON that ends no script, and is read back as it was", () => {
        fc.assert(
            fc.property(
                fc.json(),
                fc.constantFrom("</script>", "<!--", "\u2028", "\u2029"),
                (json, hostile) => {
                    const value = { value: JSON.parse(json) as unknown, hostile };
                    const text = Html.json(value).toString();
                    assert.doesNotMatch(text, /[<\u2028\u2029]/);
                    assert.deepEqual(JSON.parse(text), value);
                },
            ),
        );
    });

    it("refuses a script that would end itself", () => {
        assert.throws(() => Html.own("const a = '</script>'"), /can't hold its own end tag/);
    });
});

describe("visible text", () => {
    const cases: readonly (readonly [string, string])[] = [
        ["plain, 日本語, 👩 and é", "plain, 日本語, 👩 and é"],
        ["admin\u202egnissap", "admin⟨U+202E⟩gnissap"],
        ["a\u0000b\u001b[31m", "a⟨U+0000⟩b⟨U+001B⟩[31m"],
        ["zero\u200bwidth\ufeff", "zero⟨U+200B⟩width⟨U+FEFF⟩"],
        ["two\nlines\tand a tab", "two\nlines\tand a tab"],
    ];
    for (const [text, told] of cases)
        it(`shows ${JSON.stringify(told)}`, () => {
            assert.equal(visible(text), told);
        });
});
