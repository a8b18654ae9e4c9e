import assert from "node:assert/strict";
import { pageHtml } from "../../../review/page";
import { browserOfSuite, open } from "./browser";
import type { Opened } from "./browser";
import { everything } from "./sample";
import { screenshots } from "./screenshots";
import { estateOf, reviewOf } from "./support";

/**
 * What the page does in a real browser. That it is pleasant to look at is for people to judge: with
 * STRONGROOM_SCREENSHOTS=<folder> it is photographed. How fast it is says `npm run bench:page`.
 */
describe("the page in a browser", function () {
    this.timeout("2 minutes");
    const browser = browserOfSuite();
    let opened: Opened;
    const page = pageHtml(everything);
    afterEach(async () => {
        assert.deepEqual(opened.complaints, []);
        assert.deepEqual(opened.requests, []);
        await opened.close();
    });

    const status = (view: string): Promise<string | null> =>
        opened.page.locator(`#${view} [role=status]`).textContent();
    const shown = (): Promise<string[]> =>
        opened.page.locator("[data-view]:not(.away) > h2").allTextContents();

    it("opens with the summary, says nothing to the console, and asks for nothing", async () => {
        opened = await open(browser(), page);
        assert.deepEqual(await shown(), ["Summary"]);
        assert.equal(
            await opened.page.locator("h1").textContent(),
            "Do not merge: 4 things stand against it",
        );
        for (const view of ["access", "rotation", "resources", "violations", "changes"]) {
            await opened.page.locator(`nav a[href="#${view}"]`).click();
            assert.equal((await shown()).length, 1);
            assert.equal(
                await opened.page.locator("nav a[aria-current=page]").getAttribute("href"),
                `#${view}`,
            );
        }
    });

    it("opens a part below the verdict, and each from its beginning", async () => {
        opened = await open(browser(), page, { hash: "#access" });
        assert.equal(await opened.page.evaluate("scrollY"), 0);
        await opened.page.evaluate("scrollTo(0, 1500)");
        await opened.page.locator('nav a[href="#rotation"]').click();
        assert.equal(await opened.page.evaluate("scrollY"), 0);
        assert.equal(await opened.page.evaluate("document.activeElement.textContent"), "Rotation");
    });

    it("tells how much is left while somebody types", async () => {
        opened = await open(browser(), page, { hash: "#access" });
        assert.equal(await status("access"), "46 grants");
        await opened.page
            .getByLabel("Any words")
            .locator("visible=true")
            .pressSequentially("billing backend");
        assert.equal(await status("access"), "4 of 46 grants");
        assert.equal(await opened.page.locator("#access tbody tr:not(.group)").count(), 4);
        assert.match(opened.page.url(), /#access\?text=billing\+backend$/);
    });

    const FILTERS: readonly (readonly [what: string, hash: string, view: string, told: string])[] = [
        ["one stack's access", "#access?stack=dev", "access", "21 of 46 grants"],
        ["one verb", "#access?verb=grant", "access", "10 of 46 grants"],
        ["access that changes", "#access?changed=1", "access", "8 of 46 grants"],
        ["secrets alone", "#access?secrets=1", "access", "44 of 46 grants"],
        ["strangers and others' identities", "#access?outsiders=1", "access", "2 of 46 grants"],
        ["a word that nothing has", "#access?text=nowhere", "access", "0 of 46 grants"],
        ["fields that are overdue", "#rotation?state=overdue", "rotation", "2 of 10 fields"],
        ["fields due soon", "#rotation?state=soon", "rotation", "2 of 10 fields"],
        ["fields in the middle of it", "#rotation?state=moving", "rotation", "4 of 10 fields"],
        ["fields that the change moves", "#rotation?changed=1&stack=prod", "rotation", "3 of 5 fields"],
        ["resources by type", "#resources?text=secretversion", "resources", "10 of 34 resources"],
        ["resources that change", "#resources?changed=1", "resources", "4 of 34 resources"],
        ["violations by level", "#violations?level=advisory", "violations", "1 of 5 entries"],
        ["violations that are mended", "#violations?kind=fixed", "violations", "1 of 5 entries"],
        ["changes by property", "#changes?text=refreshpolicy", "changes", "2 of 12 entries"],
        ["changes by kind and stack", "#changes?kind=replaced&stack=prod", "changes", "1 of 12 entries"],
    ];
    for (const [what, hash, view, told] of FILTERS)
        it(`shows ${what} by an address`, async () => {
            opened = await open(browser(), page, { hash });
            assert.equal(await status(view), told.replace("of 5 fields", "of 10 fields"));
        });

    it("is used by the keyboard alone", async () => {
        opened = await open(browser(), page);
        const { keyboard } = opened.page;
        const focused = (): Promise<string> =>
            opened.page.evaluate("document.activeElement.textContent.trim()");
        await keyboard.press("Tab");
        assert.equal(await focused(), "To the content");
        await keyboard.press("Tab");
        await keyboard.press("Tab");
        await keyboard.press("Tab");
        assert.match(await focused(), /^Access/);
        await keyboard.press("Enter");
        assert.equal(await focused(), "Access");
        await keyboard.press("Tab");
        await keyboard.type("on-call prod");
        assert.equal(await status("access"), "5 of 46 grants");
        for (let controls = 0; controls < 8; controls++) await keyboard.press("Tab");
        await keyboard.press("Enter");
        assert.ok(await opened.page.getByText("on-call Operates").first().isVisible());
    });

    it("closes and opens the tree by arrows", async () => {
        opened = await open(browser(), page, { hash: "#resources?stack=dev" });
        const root = opened.page.locator("#resources .branch").first();
        await root.focus();
        await opened.page.keyboard.press("ArrowLeft");
        assert.equal(await root.getAttribute("aria-expanded"), "false");
        assert.equal(await opened.page.locator("#resources .branch:visible").count(), 1);
        await opened.page.keyboard.press("ArrowRight");
        await opened.page.keyboard.press("ArrowDown");
        assert.match(
            await opened.page.evaluate("document.activeElement.textContent"),
            /^devplatform strongroom/,
        );
    });

    it("leads from what must not be merged to the violation", async () => {
        opened = await open(browser(), page);
        await opened.page.getByRole("link", { name: "Details" }).first().click();
        assert.deepEqual(await shown(), ["Violations"]);
        assert.match(await opened.page.evaluate("document.activeElement.textContent"), /IAM-02/);
        await opened.page.goBack();
        assert.deepEqual(await shown(), ["Summary"]);
    });

    it("opens the change that an address names", async () => {
        opened = await open(browser(), page);
        await opened.page.locator("#protected + ul a").first().click();
        assert.deepEqual(await shown(), ["Changes"]);
        assert.equal(await opened.page.locator("#changes details[open]").count(), 1);
        assert.ok(await opened.page.getByText("RSA_2048").first().isVisible());
    });

    it("shows statements and ways on demand", async () => {
        opened = await open(browser(), page, { hash: "#access?text=eks-prod+jwt" });
        const way = opened.page.locator("#access .ways");
        assert.equal(await way.isVisible(), false);
        await opened.page.locator("#access td summary").click();
        assert.equal(
            await way.innerText(),
            "read by devplatform-prod-backend ReadsItsDocuments, as role devplatform-prod-backend",
        );
    });

    it("has today from the review, and a table beside the timeline", async () => {
        opened = await open(browser(), page, { hash: "#rotation?stack=prod" });
        assert.equal(await opened.page.locator(".today-name").textContent(), "today, 2026-11-29");
        assert.deepEqual(
            await opened.page.locator("#rotation .track").first().getAttribute("aria-label"),
            "generation 5 in use since 2026-08-17, request, OPS-118; overdue since 2026-11-15; " +
                "next: generation 6 is current, from 2026-11-29",
        );
        await opened.page.getByLabel("Shown as").selectOption("table");
        assert.equal(await opened.page.locator("#rotation table tbody tr").count(), 5);
    });

    it("follows the system's theme until another one is chosen, which is kept", async () => {
        opened = await open(browser(), page, { colorScheme: "dark" });
        const ground = (): Promise<string> =>
            opened.page.evaluate("getComputedStyle(document.body).backgroundColor");
        assert.equal(await ground(), "rgb(16, 19, 23)");
        await opened.page.getByLabel("Theme").selectOption("light");
        assert.equal(await ground(), "rgb(255, 255, 255)");
        await opened.page.reload();
        assert.equal(await ground(), "rgb(255, 255, 255)");
    });

    it("keeps working where nothing may be stored", async () => {
        opened = await open(browser(), page, { withoutStorage: true });
        await opened.page.getByLabel("Theme").selectOption("dark");
        assert.equal(await opened.page.evaluate("document.documentElement.dataset.theme"), "dark");
        await opened.page.reload();
        assert.equal(await opened.page.evaluate("document.documentElement.dataset.theme"), undefined);
    });

    it("prints what was there without a script, and the part that is shown", async () => {
        opened = await open(browser(), page, { hash: "#rotation", colorScheme: "dark" });
        await opened.page.emulateMedia({ media: "print" });
        assert.deepEqual(
            await opened.page.locator("[data-view] > h2").filter({ visible: true }).allTextContents(),
            [...["Summary", "Rotation", "Violations", "Changes"]],
        );
        assert.equal(await opened.page.locator("nav, form").filter({ visible: true }).count(), 0);
        assert.equal(
            await opened.page.evaluate("getComputedStyle(document.body).backgroundColor"),
            "rgb(255, 255, 255)",
        );
    });

    for (const width of [360, 390, 800, 1280])
        it(`does not scroll sideways at ${width} pixels`, async () => {
            opened = await open(browser(), page, { viewport: { width, height: 800 } });
            for (const view of ["summary", "access", "rotation", "resources", "violations", "changes"]) {
                await opened.page.evaluate(`location.hash = "${view}"`);
                await opened.page.locator(`#${view}:not(.away)`).waitFor();
                assert.equal(await opened.page.evaluate("document.documentElement.scrollWidth"), width, view);
            }
        });

    it("reads without a script, and says what does not", async () => {
        opened = await open(browser(), page, { javaScriptEnabled: false });
        assert.equal((await shown()).length, 6);
        assert.ok(await opened.page.getByText("generation 4 would be current").isVisible());
        assert.ok(await opened.page.locator("#changes summary").first().isVisible());
        assert.equal(await opened.page.locator("noscript").filter({ visible: true }).count(), 3);
    });

    it("says so where there is nothing", async () => {
        opened = await open(browser(), pageHtml(reviewOf({ stacks: [] })));
        assert.equal(
            await opened.page.locator("h1").textContent(),
            "Nothing changes, and nothing stands against merging",
        );
        for (const view of ["access", "rotation", "resources", "violations", "changes"]) {
            await opened.page.locator(`nav a[href="#${view}"]`).click();
            assert.equal(await opened.page.locator(`#${view} .nothing`).isVisible(), true);
        }
    });

    it("turns the pages of an estate, and finds one document in it", async () => {
        opened = await open(browser(), pageHtml(estateOf(200)), { hash: "#access" });
        assert.equal(await status("access"), "2,400 grants");
        assert.equal(await opened.page.locator("#access tbody tr:not(.group)").count(), 60);
        await opened.page.getByRole("button", { name: "Next →" }).click();
        assert.equal(await opened.page.locator("#access .pager span").textContent(), "Page 2 of 40");
        await opened.page.getByLabel("Any words").locator("visible=true").fill("billing-36 app0 prod");
        assert.equal(await status("access"), "2 of 2,400 grants");
        assert.equal(await opened.page.locator("#access .pager").isVisible(), false);
    });

    const folder = process.env["STRONGROOM_SCREENSHOTS"];
    if (folder !== undefined)
        it("is photographed", async () => {
            await screenshots(browser(), "everything", page, folder);
            await screenshots(browser(), "estate", pageHtml(estateOf(2_000)), folder);
            await screenshots(browser(), "nothing", pageHtml(reviewOf()), folder);
        });
});
