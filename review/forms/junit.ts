import { createHash } from "node:crypto";

import type { Review, StackReview } from "../review";
import type { FormOptions } from "./options";
import { plain } from "./text";
import { allFound, rulesOf } from "./violations";
import type { Found } from "./violations";

/**
 * For tools that show test reports: a suite a stack, a case a violation, and one for all rules that have nothing to
 * say. Mandatory ones fail; advisory ones and those with an exemption are skipped, so that they are seen and stop nothing.
 */
export function junit(review: Review, { rules }: FormOptions = {}): string {
    const found = allFound(review).filter(({ state }) => state !== "absent");
    const known = rulesOf(found, rules).length;
    const suites = review.stacks.map((stack) =>
        suiteOf(
            stack,
            found.filter((each) => each.stack === stack.stack),
            known,
        ),
    );
    const sum = (of: "tests" | "failures" | "skipped"): number =>
        suites.reduce((total, each) => total + each[of], 0);
    const counts = `tests="${String(sum("tests"))}" failures="${String(sum("failures"))}" errors="0" skipped="${String(sum("skipped"))}"`;
    const body = suites.map(({ xml }) => xml).join("\n");
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="strongroom" ${counts}>\n${body}\n</testsuites>\n`;
}

interface Suite {
    readonly tests: number;
    readonly failures: number;
    readonly skipped: number;
    readonly xml: string;
}

function suiteOf({ stack, errors }: StackReview, found: readonly Found[], known: number): Suite {
    const speaking = new Set(found.map(({ violation }) => violation.policy)).size;
    const silent = Math.max(0, known - speaking);
    const failing = [
        ...errors.map((message) =>
            testCase(stack, "the program", `the program ${digest(message)}`, failure(message)),
        ),
        ...found.filter(isFailure).map((each) => caseOf(stack, each)),
    ];
    const skipped = found.filter((each) => !isFailure(each)).map((each) => caseOf(stack, each));
    const others = testCase(
        stack,
        "policies",
        silent === 0 ? "all other policies" : `all ${String(silent)} other policies`,
        "",
    );
    const cases = [...failing, ...skipped, others];
    const head = `<testsuite name="${xml(stack)}" tests="${String(cases.length)}" failures="${String(failing.length)}" errors="0" skipped="${String(skipped.length)}">`;
    return {
        tests: cases.length,
        failures: failing.length,
        skipped: skipped.length,
        xml: `  ${head}\n${cases.join("\n")}\n  </testsuite>`,
    };
}

const isFailure = ({ violation, exemption }: Found): boolean =>
    violation.level === "mandatory" && exemption === undefined;

function caseOf(stack: string, found: Found): string {
    const { violation, exemption } = found;
    const { policy, resource = "the stack", message, source } = violation;
    const place = source === undefined ? "" : ` (${source.file}:${String(source.line)})`;
    const why = exemption === undefined ? "advisory" : `exempt until ${exemption.until}: ${exemption.reason}`;
    const inside = isFailure(found)
        ? failure(`${message}${place}`)
        : `<skipped message="${xml(`${why}: ${message}${place}`)}"/>`;
    return testCase(
        stack,
        policy,
        `${policy}: ${resource} ${digest(message + (violation.urn ?? ""))}`,
        inside,
    );
}

/** Cases of one name would be one. */
const digest = (text: string): string => `#${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;

const failure = (message: string): string => `<failure message="${xml(message)}">${xml(message)}</failure>`;

function testCase(stack: string, group: string, name: string, inside: string): string {
    const head = `    <testcase classname="${xml(`${stack}.${group}`)}" name="${xml(name)}"`;
    return inside === "" ? `${head}/>` : `${head}>${inside}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
};

/** For elements and attributes; `plain` has taken out what XML can't hold at all. */
const xml = (text: string): string =>
    plain(text).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? "");
