import assert from "node:assert/strict";
import { pageHtml } from "../../../review/page";
import type { Review } from "../../../review/review";
import { browserOfSuite, open, OPEN_ALL } from "./browser";
import { everything } from "./sample";
import { changeOf } from "./sample-parts";
import { estateOf, noDelta, reviewOf, stackOf, violationOf } from "./support";

/** Names as somebody writes them who wants the page to do something, or the reader to see something else. */
const HOSTILE = [
    "</script><script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    '" onfocus="document.title=\'taken\'" autofocus x="',
    "' onmouseover='x",
    "<!--<script>",
    "${document.title}",
    "&lt;b&gt; &amp;",
    "\u2028\u2029\u0000\u001b[31m",
    "admin\u202egnissap\u202c",
    "زمین 日本語 🔐👩‍💻",
    "a".repeat(400),
    "__proto__",
    "constructor",
] as const;

/** Each text of a review with a hostile one in its place, but for words that the model knows. */
function hostileOf(review: Review): Review {
    let at = 0;
    const KNOWN = new Set([
        ...[
            "kind",
            "compared",
            "verdict",
            "verb",
            "decision",
            "system",
            "change",
            "level",
            "today",
            "commit",
        ],
        ...["since", "until", "due", "earliest", "urn", "parent", "on"],
    ]);
    const changed = (key: string, value: unknown): unknown => {
        if (typeof value === "string" && !KNOWN.has(key))
            return `${HOSTILE[at++ % HOSTILE.length] ?? ""}${String(at)}`;
        if (Array.isArray(value)) return value.map((each) => changed(key, each));
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([own, each]) => [own, changed(own, each)]));
    };
    return changed("", review) as Review;
}

describe("hostile names on the page", function () {
    this.timeout("2 minutes");
    const browser = browserOfSuite();

    it("are inert text in each part, and make no part wider than the screen", async () => {
        const opened = await open(browser(), pageHtml(hostileOf(everything)), {
            viewport: { width: 390, height: 800 },
        });
        const title = await opened.page.title();
        for (const view of ["summary", "access", "rotation", "resources", "violations", "changes"]) {
            await opened.page.evaluate(`location.hash = "${view}"`);
            await opened.page.locator(`#${view}:not(.away)`).waitFor();
            await opened.page.evaluate(OPEN_ALL);
            assert.equal(await opened.page.evaluate("document.documentElement.scrollWidth"), 390, view);
        }
        assert.equal(await opened.page.title(), title);
        assert.equal(
            await opened.page.locator("main img, main [onfocus], main [onmouseover], main b > b").count(),
            0,
        );
        assert.equal(await opened.page.locator("script:not([type])").count(), 2);
        assert.deepEqual(opened.complaints, []);
        assert.deepEqual(opened.requests, []);
        await opened.close();
    });

    it("are shown whole, and what turns the direction of writing shows as its number", async () => {
        const named = changeOf("prod", "added", "aws:iam/role:Role", "x", {
            belongsTo: "admin\u202egnissap </script>",
        });
        const opened = await open(
            browser(),
            pageHtml(reviewOf({ stacks: [stackOf("prod", { resources: [named] })] })),
            {
                hash: "#changes",
            },
        );
        assert.ok(await opened.page.getByText("admin⟨U+202E⟩gnissap </script>").isVisible());
        await opened.close();
    });

    it("does not run what somebody adds to the file", async () => {
        const text = pageHtml(everything).replace(
            "</main>",
            "</main><script>document.title = 'taken'</script>",
        );
        const opened = await open(browser(), text);
        assert.notEqual(await opened.page.title(), "taken");
        assert.match(opened.complaints.join(), /Content Security Policy/);
        await opened.close();
    });
});

describe("the page's text", () => {
    const CANARY = "canary-5f0c1b7e9d";

    it("holds no value of a secret, even where a review wrongly has one", () => {
        const secret = changeOf(
            "prod",
            "changed",
            "aws:secretsmanager/secretVersion:SecretVersion",
            "devplatform/jwt",
            {
                properties: [
                    {
                        path: "secretString",
                        kind: "changed",
                        isSecret: true,
                        before: CANARY,
                        after: { value: CANARY },
                    },
                ],
            },
        );
        const text = pageHtml(reviewOf({ stacks: [stackOf("prod", { resources: [secret] })] }));
        assert.ok(text.includes("secretString"));
        assert.equal(text.includes(CANARY), false);
    });

    it("names no address that a browser would ask", () => {
        const text = pageHtml(everything);
        assert.deepEqual(
            [...text.matchAll(/\s(?:src|href|action|poster|srcset|data)="([^"]*)"/g)]
                .map(([, address = ""]) => address)
                .filter((address) => !address.startsWith("#") && address !== "data:,"),
            [],
        );
        assert.match(text, /content="default-src &#39;none&#39;; script-src &#39;sha256-/);
    });

    it("is the same each time", () => {
        assert.equal(pageHtml(everything), pageHtml(everything));
    });

    it("stays under 5 MB for 2,000 documents, all of which change and are wrong", () => {
        const estate = estateOf(2_000);
        const stacks = estate.stacks.map((stack) => ({
            ...stack,
            resources: stack.whole.resources.map(({ type, name, urn }) =>
                changeOf(stack.stack, "changed", type, name, {
                    urn,
                    properties: ["name", "tags", "policy"].map((path) => ({
                        path,
                        kind: "changed" as const,
                        isSecret: false,
                        before: `${name} before`.repeat(5),
                        after: `${name} after`.repeat(5),
                    })),
                }),
            ),
            access: stack.whole.access.map((cell) => ({ kind: "gained" as const, cell })),
            violations: {
                ...noDelta<ReturnType<typeof violationOf>>(),
                appeared: stack.whole.resources.map(({ urn, name }) =>
                    violationOf(stack.stack, { urn, resource: name }),
                ),
            },
        }));
        const text = pageHtml({ ...estate, stacks, verdict: "violated" });
        assert.ok(Buffer.byteLength(text) < 5e6, `${String(Buffer.byteLength(text))} bytes`);
        assert.ok(
            text.includes("19,682 more would make this page too large: the JSON of this review has all."),
        );
    });
});
