import assert from "node:assert/strict";
import axe from "axe-core";
import { pageHtml } from "../../../review/page";
import { browserOfSuite, open, OPEN_ALL } from "./browser";
import { everything } from "./sample";

/**
 * What axe-core finds by itself: contrast, names, roles, order of headings. How the page sounds to those who hear it, it
 * does not prove; that it is used by the keyboard is among the page's own tests.
 */
describe("the page for everybody", function () {
    this.timeout("3 minutes");
    const browser = browserOfSuite();

    it("is looked at by something that sees", async () => {
        const page = pageHtml(everything).replace('<html lang="en">', "<html>");
        const opened = await open(browser(), page);
        await opened.page.evaluate(axe.source);
        const found = await opened.page.evaluate<readonly string[]>(FOUND);
        assert.deepEqual(
            found.map((each) => each.split(":")[0]),
            ["html-has-lang"],
        );
        await opened.close();
    });

    const HASHES = [
        ...["#summary", "#access", "#access?by=identity&text=nothing", "#rotation", "#rotation?as=table"],
        ...["#resources", "#violations", "#changes"],
    ];
    for (const colorScheme of ["light", "dark"] as const)
        for (const width of [1280, 390])
            it(`has nothing that axe finds wrong, ${colorScheme}, at ${String(width)} pixels`, async () => {
                const page = pageHtml(everything);
                const opened = await open(browser(), page, { colorScheme, viewport: { width, height: 900 } });
                await opened.page.evaluate(axe.source);
                for (const hash of HASHES) {
                    await opened.page.evaluate(`location.hash = "${hash}"`);
                    await opened.page.locator(`${hash.split("?")[0] ?? ""}:not(.away)`).waitFor();
                    await opened.page.evaluate(OPEN_ALL);
                    assert.deepEqual(await opened.page.evaluate<readonly string[]>(FOUND), [], hash);
                }
                await opened.close();
            });
});

const FOUND = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html + ": " + failureSummary)))`;
