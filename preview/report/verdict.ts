import type { IsolationFinding } from "../isolation";
import type { Rendering } from "../rendering";

/**
 * `failed`: the program or its configuration is wrong; `violated`: a mandatory policy, a ledger's order or the wall
 * between environments is.
 */
export type Verdict = "clean" | "failed" | "violated";

/**
 * The worst verdict of several stacks, and of what they say together. What failed was not rendered whole, so its
 * violations are not all there.
 */
export function verdict(
    renderings: readonly Rendering[],
    isolation: readonly IsolationFinding[] = [],
): Verdict {
    const failed = renderings.some(
        ({ complete, diagnostics }) => !complete || diagnostics.some(({ severity }) => severity === "error"),
    );
    if (failed) return "failed";
    const violated =
        isolation.length > 0 ||
        renderings.some(
            ({ violations, rotation }) =>
                violations.some(({ level, exemption }) => level === "mandatory" && exemption === undefined) ||
                (rotation?.refused.length ?? 0) > 0,
        );
    return violated ? "violated" : "clean";
}
