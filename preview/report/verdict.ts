import type { Rendering } from "../rendering";

/** `failed`: the program or its configuration is wrong; `violated`: a mandatory policy is. */
export type Verdict = "clean" | "failed" | "violated";

/** The worst verdict of several stacks. What failed was not rendered whole, so its violations are not all there. */
export function verdict(renderings: readonly Rendering[]): Verdict {
    const failed = renderings.some(
        ({ complete, diagnostics }) => !complete || diagnostics.some(({ severity }) => severity === "error"),
    );
    if (failed) return "failed";
    return renderings.some(({ violations }) => violations.some(({ level }) => level === "mandatory"))
        ? "violated"
        : "clean";
}
