import type { IsolationFinding } from "../../preview/isolation";
import type { Verdict } from "../../preview/report";
import type { StackSnapshot } from "../snapshot";

/** As a preview judges it (`preview/report/verdict.ts`), from what a snapshot keeps. */
export function stackVerdict(stack: StackSnapshot | undefined): Verdict {
    if (stack === undefined) return "clean";
    const { complete, diagnostics, violations, rotation, access } = stack;
    if (!complete || diagnostics.some(({ severity }) => severity === "error")) return "failed";
    const isViolated =
        violations.some(({ level, exemption }) => level === "mandatory" && exemption === undefined) ||
        (rotation?.refused.length ?? 0) > 0 ||
        access.findings.length > 0;
    return isViolated ? "violated" : "clean";
}

/** The worst of all, and of what they say together. */
export function worst(verdicts: readonly Verdict[], isolation: readonly IsolationFinding[]): Verdict {
    if (verdicts.includes("failed")) return "failed";
    return verdicts.includes("violated") || isolation.length > 0 ? "violated" : "clean";
}
