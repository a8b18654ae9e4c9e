import { accessMatrices } from "../access";
import type { AccessMatrix } from "../access";
import type { IsolationFinding } from "../isolation";
import type { Rendering } from "../rendering";

/**
 * `failed`: the program or its configuration is wrong; `violated`: a mandatory policy, a ledger's order, what the
 * catalogue says of access or the wall between environments is.
 */
export type Verdict = "clean" | "failed" | "violated";

/** A stack with who may do what in it, and what that comes to. */
export interface Assessed {
    readonly rendering: Rendering;
    readonly access: AccessMatrix;
    readonly verdict: Verdict;
}

const assessed = new WeakMap<readonly Rendering[], readonly Assessed[]>();

/** Judges stacks together, since identities of one may reach entries of another. The same list is judged once. */
export function assess(renderings: readonly Rendering[]): readonly Assessed[] {
    const known = assessed.get(renderings);
    if (known !== undefined) return known;
    const matrices = accessMatrices(renderings);
    const found = renderings.flatMap((rendering, at) => {
        const access = matrices[at];
        return access === undefined ? [] : [{ rendering, access, verdict: verdictOf(rendering, access) }];
    });
    assessed.set(renderings, found);
    return found;
}

/**
 * The worst verdict of several stacks, and of what they say together. What failed was not rendered whole, so its
 * violations are not all there.
 */
export function verdict(
    renderings: readonly Rendering[],
    isolation: readonly IsolationFinding[] = [],
): Verdict {
    const verdicts: readonly Verdict[] = [
        ...assess(renderings).map((each) => each.verdict),
        ...(isolation.length > 0 ? (["violated"] as const) : []),
    ];
    return (
        verdicts.find((each) => each === "failed") ?? verdicts.find((each) => each === "violated") ?? "clean"
    );
}

function verdictOf(
    { complete, diagnostics, violations, rotation }: Rendering,
    access: AccessMatrix,
): Verdict {
    if (!complete || diagnostics.some(({ severity }) => severity === "error")) return "failed";
    const violated =
        violations.some(({ level, exemption }) => level === "mandatory" && exemption === undefined) ||
        (rotation?.refused.length ?? 0) > 0 ||
        access.findings.length > 0;
    return violated ? "violated" : "clean";
}
