import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { open } from "./browser";

const VIEWS = ["summary", "access", "rotation", "resources", "violations", "changes"];
const WIDTHS = { wide: 1280, narrow: 390 };

/** Writes `<name>-<part>-<theme>-<width>.png` for each part of a page, for people to look at. */
export async function screenshots(
    browser: Browser,
    name: string,
    text: string,
    folder: string,
): Promise<void> {
    mkdirSync(folder, { recursive: true });
    for (const theme of ["light", "dark"] as const)
        for (const [title, width] of Object.entries(WIDTHS)) {
            const opened = await open(browser, text, {
                colorScheme: theme,
                viewport: { width, height: 900 },
            });
            for (const view of VIEWS) {
                await opened.page.evaluate(`location.hash = ${JSON.stringify(view)}`);
                await opened.page.locator(`#${view}:not(.away)`).waitFor();
                const file = path.join(folder, `${name}-${view}-${theme}-${title}.png`);
                await opened.page.screenshot({ path: file, fullPage: true });
            }
            await opened.close();
        }
}
