import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const EXECUTABLE = process.env["STRONGROOM_CHROMIUM"] ?? "/usr/bin/chromium";

export const hasBrowser = (): boolean => existsSync(EXECUTABLE);
export const NO_BROWSER = "there is no Chromium here: apt-get install --no-install-recommends chromium";

/** A real Chromium, without a window, that asks its maker for nothing. */
export const launch = (): Promise<Browser> =>
    chromium.launch({
        executablePath: EXECUTABLE,
        args: [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    });

/** One for all tests of a suite; where there is none they are skipped, and `npm test` says why. */
export function browserOfSuite(): () => Browser {
    let browser: Browser | undefined;
    before(async function () {
        if (hasBrowser()) {
            browser = await launch();
            return;
        }
        for (const test of this.test?.parent?.tests ?? []) Object.assign(test, { skipReason: NO_BROWSER });
        this.skip();
    });
    after(async () => {
        await browser?.close();
    });
    return () => {
        if (browser === undefined) throw new Error("the browser is there once the tests run");
        return browser;
    };
}

/** For a page to be seen whole, what is shown on demand included. */
export const OPEN_ALL = "document.querySelectorAll('main details').forEach((each) => (each.open = true))";

/** A page as somebody opens it from a folder, with all that it says to the console and asks of anybody. */
export interface Opened {
    readonly page: Page;
    /** Errors and warnings, uncaught ones too. */
    readonly complaints: readonly string[];
    /** All addresses but its own. */
    readonly requests: readonly string[];
    readonly close: () => Promise<void>;
}

interface Options extends BrowserContextOptions {
    readonly hash?: string;
    /** As a browser that is told to keep nothing: asking already fails. */
    readonly withoutStorage?: boolean;
}

export async function open(
    browser: Browser,
    text: string,
    { hash = "", withoutStorage = false, ...options }: Options = {},
): Promise<Opened> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "strongroom-page-"));
    const file = path.join(folder, "review.html");
    writeFileSync(file, text);
    const own = pathToFileURL(file).href;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    if (withoutStorage)
        await page.addInitScript(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })",
        );
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
        if (request.url().split("#")[0] !== own) requests.push(request.url());
    });
    await page.goto(`${own}${hash}`);
    const close = async (): Promise<void> => {
        await context.close();
        rmSync(folder, { recursive: true, force: true });
    };
    return { page, complaints, requests, close };
}
