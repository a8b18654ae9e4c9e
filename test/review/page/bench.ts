import type { Page } from "playwright-core";
import { pageHtml } from "../../../review/page";
import { hasBrowser, launch, NO_BROWSER, open } from "./browser";
import { estateOf } from "./support";

/**
 * `npm run bench:page`: how large the page of two stacks with 2,000 documents is, how long it takes to write, to open and
 * to answer, each the median of several runs. By hand only.
 */
const DOCUMENTS = 2_000;
const RUNS = 5;

async function main(): Promise<void> {
    const review = estateOf(DOCUMENTS);
    const count = (of: (stack: (typeof review.stacks)[number]) => number): string =>
        review.stacks.reduce((sum, stack) => sum + of(stack), 0).toLocaleString("en");
    row("documents", DOCUMENTS.toLocaleString("en"));
    row(
        "resources",
        count(({ whole }) => whole.resources.length),
    );
    row(
        "cells of the access matrix",
        count(({ whole }) => whole.access.length),
    );
    row(
        "fields that rotate",
        count(({ whole }) => whole.calendar.length),
    );
    const text = pageHtml(review);
    row("size", `${(Buffer.byteLength(text) / 1e6).toFixed(2)} MB`);
    row("writing it", milliseconds(times(() => pageHtml(review))));
    if (!hasBrowser()) {
        console.log(NO_BROWSER);
        return;
    }
    const browser = await launch();
    for (const view of ["summary", "access", "rotation", "resources"]) {
        const opening: number[] = [];
        for (let run = 0; run < RUNS; run++) {
            const { page, close } = await open(browser, text, { hash: `#${view}` });
            // From the navigation to the first picture of what was asked for.
            opening.push(
                await page.evaluate<number>(
                    "new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => told(performance.now()))))",
                ),
            );
            await close();
        }
        row(`opening it at ${view}`, milliseconds(opening));
    }
    const { page, close } = await open(browser, text, { hash: "#access" });
    for (const [view, words] of Object.entries(TYPED)) {
        await page.evaluate(`location.hash = "${view}"`);
        await page.locator(`#${view}:not(.away)`).waitFor();
        for (const word of words)
            row(`typing '${word}' in ${view}`, milliseconds(await latencies(page, view, word)));
    }
    await close();
    await browser.close();
}

const TYPED = {
    access: ["a", "jwt prod", "team-031 on-call read"],
    rotation: ["a", "jwt prod", "team-031"],
    resources: ["a", "secretversion", "team-031 jwt"],
};

/** From the event until what it changes is laid out. */
async function latencies(page: Page, view: string, word: string): Promise<readonly number[]> {
    const found: number[] = [];
    for (let run = 0; run < RUNS; run++)
        found.push(
            await page.evaluate<number>(`(() => {
                const input = document.querySelector("#${view} input[type=search]");
                const answer = (text) => {
                    input.value = text;
                    const before = performance.now();
                    input.dispatchEvent(new Event("input", { bubbles: true }));
                    document.body.offsetHeight;
                    return performance.now() - before;
                };
                answer("");
                return answer(${JSON.stringify(word)});
            })()`),
        );
    return found;
}

function times(once: () => unknown): readonly number[] {
    return Array.from({ length: RUNS }, () => {
        const before = performance.now();
        once();
        return performance.now() - before;
    });
}

function milliseconds(times: readonly number[]): string {
    const sorted = [...times].sort((a, b) => a - b);
    return `${(sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(0)} ms`;
}

function row(title: string, told: string): void {
    console.log(`${title.padEnd(44)}${told.padStart(12)}`);
}

void main();
