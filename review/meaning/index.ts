import type { Day } from "../../components/domain/rotation/day";
import { order } from "../../preview/access/estate";
import type { IsolationFinding } from "../../preview/isolation";
import type { Compared, Review, Side } from "../review";
import type { Snapshot, StackSnapshot } from "../snapshot";
import { deltaOf, stayedAll, withoutPlaces } from "./delta";
import { reviewStack } from "./stack";
import type { Means } from "./stack";
import { worst } from "./verdict";

export type { Means } from "./stack";

/** What is compared, and with what. */
export interface Compare extends Means {
    readonly base: Side;
    readonly head: Side;
    /** What was found out before there was something to compare. */
    readonly notes: readonly string[];
    /** The day of the review; absent, whoever shows it takes the reader's. */
    readonly today?: Day;
}

/**
 * Compares two commits by their snapshots. Pure, and linear in what they hold; the order in which a program registered
 * its resources makes no difference.
 *
 * @param before undefined where the base could not be rendered at all: then the head stands alone.
 */
export function reviewOf(before: Snapshot | undefined, after: Snapshot, compare: Compare): Review {
    const { base, head, notes, today, ...means } = compare;
    const old = new Map((before?.stacks ?? []).map((stack) => [stack.stack, stack]));
    const now = new Map(after.stacks.map((stack) => [stack.stack, stack]));
    const gone = [...old.keys()].filter((name) => !now.has(name)).sort(order);
    const reviewed = [...now.keys(), ...gone].map((name) => {
        const [was, is] = [old.get(name), now.get(name)];
        return {
            ...reviewStack(was, is, comparedAs(before !== undefined, was, is), means),
            told: incomplete(name, was, is),
        };
    });
    const stacks = reviewed.map(({ review }) => review);
    const isWhole = reviewed.every(({ review }) => review.compared !== "head-only");
    return {
        base,
        head,
        stacks,
        isolation:
            before !== undefined && isWhole
                ? deltaOf(before.isolation, after.isolation, isolationKey)
                : stayedAll(after.isolation),
        notes: [...notes, ...reviewed.flatMap(({ told, notes: own }) => [...told, ...own])],
        verdict: worst(
            stacks.filter(({ compared }) => compared !== "removed").map(({ verdict }) => verdict),
            after.isolation,
        ),
        ...(today === undefined ? {} : { today }),
    };
}

function comparedAs(
    hasBase: boolean,
    before: StackSnapshot | undefined,
    after: StackSnapshot | undefined,
): Compared {
    if (!hasBase) return "head-only";
    if (before === undefined) return "added";
    if (after === undefined) return "removed";
    return before.complete && after.complete ? "both" : "head-only";
}

/** Why a head can't be compared; whoever rendered the base has told that of the base. */
function incomplete(
    stack: string,
    before: StackSnapshot | undefined,
    after: StackSnapshot | undefined,
): readonly string[] {
    if (before === undefined || after === undefined) return [];
    return after.complete ? [] : [`${stack}: the program failed in the head, so nothing is compared.`];
}

const isolationKey = ({ kind, places, message }: IsolationFinding): string =>
    [kind, ...places.map(({ stack, what }) => `${stack} ${what}`).sort(order), withoutPlaces(message)].join(
        "|",
    );
