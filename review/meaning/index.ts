import type { Review, Side, StackReview } from "../review";
import type { Snapshot, StackSnapshot } from "../snapshot";

/** Stands in until two snapshots are compared by what they mean: it only tells which stacks there are. */
export function reviewOf(
    base: Snapshot | undefined,
    head: Snapshot,
    { notes, ...sides }: { readonly base: Side; readonly head: Side; readonly notes: readonly string[] },
): Review {
    const stacks = head.stacks.map((stack) => stackReview(stack, base));
    const verdicts = stacks.map(({ verdict }) => verdict);
    const none = { appeared: [], gone: [], stayed: [] };
    return {
        ...sides,
        stacks,
        isolation: none,
        notes,
        verdict: verdicts.includes("failed")
            ? "failed"
            : verdicts.includes("violated")
              ? "violated"
              : "clean",
    };
}

function stackReview(stack: StackSnapshot, base: Snapshot | undefined): StackReview {
    const violated =
        stack.violations.some(({ level, exemption }) => level === "mandatory" && exemption === undefined) ||
        stack.access.findings.length > 0 ||
        (stack.rotation?.refused.length ?? 0) > 0;
    const former = base?.stacks.find((each) => each.stack === stack.stack);
    const alone = base === undefined || former?.complete === false;
    return {
        stack: stack.stack,
        environment: stack.environment,
        compared: alone ? "head-only" : former === undefined ? "added" : "both",
        verdict: !stack.complete ? "failed" : violated ? "violated" : "clean",
        refused: stack.rotation?.refused ?? [],
        errors: stack.diagnostics
            .filter(({ severity }) => severity === "error")
            .map(({ message }) => message),
    } as unknown as StackReview;
}
