import picocolors from "picocolors";
import type { Verdict } from "./verdict";

export interface ReportOptions {
    /** Width of the terminal; no line is wider. @default 100 */
    readonly columns?: number;
    /** @default false: no escape codes */
    readonly color?: boolean;
    /** `full` lists every resource, every identity and every command. @default "folded" */
    readonly tree?: "folded" | "full";
    /** Only what is wrong and the verdicts. @default false */
    readonly quiet?: boolean;
}

/** What the sections of a report share. */
export interface Style {
    readonly columns: number;
    readonly full: boolean;
    readonly bold: (text: string) => string;
    readonly faint: (text: string) => string;
    readonly good: (text: string) => string;
    readonly warn: (text: string) => string;
    readonly bad: (text: string) => string;
}

/** Narrower than this, a report can't be read anyway. */
const MIN_COLUMNS = 60;

export function styleOf({ columns = 100, color = false, tree = "folded" }: ReportOptions): Style {
    const paint = picocolors.createColors(color);
    return {
        columns: Math.max(MIN_COLUMNS, columns),
        full: tree === "full",
        bold: paint.bold,
        faint: paint.dim,
        good: paint.green,
        warn: paint.yellow,
        bad: paint.red,
    };
}

export function painted(verdict: Verdict, { good, bad, bold }: Style): string {
    return verdict === "clean" ? good(verdict) : bold(bad(verdict));
}
