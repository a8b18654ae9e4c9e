import { createHash } from "node:crypto";
import type { Problem } from "../problems";
import { highestGeneration } from "./stages";
import type { Ledger } from "./stages";

/** How many fields a message lists. */
const LISTED = 8;

/** Where a state and a ledger belong to. */
export interface StateOf {
    readonly stack: string;
    /** How messages name the ledger: `ledger/prod.yaml`. */
    readonly place: string;
    /** The entries of the values that the stack draws. */
    readonly drawn: Ledger;
    /** What the configuration says to begin anew on purpose, as `startOverText` has it. */
    readonly startOver?: string | undefined;
}

/**
 * Why nothing may be drawn into an empty state: the ledger tells of values that were drawn before, and others would
 * take their place wherever they are used. A ledger in which every field has its first value says nothing about that.
 *
 * @param mark the resource that the state is found to lack.
 * @returns undefined where drawing is right: a new stack, or one that starts over on purpose.
 */
export function lostStateMessage(
    { stack, place, drawn, startOver }: StateOf,
    mark: string,
): string | undefined {
    const older = olderFields(drawn);
    const wanted = startOverText(drawn);
    if (older.length === 0 || startOver === wanted) return undefined;
    const shown = older
        .slice(0, LISTED)
        .map(([id, generation]) => `  ${id}: generation ${String(generation)}`);
    const more = older.length - shown.length;
    return [
        `The state of '${stack}' lacks '${mark}', so it is not the one that ${place} is about. That tells of`,
        ...shown,
        ...(more > 0 ? [`  and ${String(more)} more`] : []),
        "and other values would be drawn in their place. None is drawn before one of these is done:",
        `- The state is lost: restore it, from the backend's history or with 'pulumi stack import'.`,
        `- The stack is new: begin every field of ${place} with generation 1.`,
        `- The values are in the state, and only the mark is not: 'pulumi import --stack ${stack} ` +
            `random:index/randomUuid:RandomUuid ${mark} <any UUID>'.`,
        "- The old values are given up, and whatever uses them gets new ones: " +
            `'pulumi config set --stack ${stack} strongroom:startOver ${wanted}', and remove it after that deployment.`,
    ].join("\n");
}

/** It is of one moment of one ledger: after the next rotation it allows nothing any more. */
export function startOverText(drawn: Ledger): string {
    const numbers = Object.entries(drawn)
        .map(([id, generations]) => `${id}=${String(highestGeneration(generations))}`)
        .sort();
    return `ledger-${createHash("sha256").update(numbers.join("\n")).digest("hex").slice(0, 12)}`;
}

/** What is wrong with a text that allows to start over: it is not of this ledger, or there is nothing to give up. */
export function startOverProblems({ place, drawn, startOver }: StateOf): readonly Problem[] {
    if (startOver === undefined || (startOver === startOverText(drawn) && olderFields(drawn).length > 0))
        return [];
    const message = `it is not of ${place} as it is now, which has gone on`;
    return [{ place: "strongroom:startOver", message, fix: "Remove it: it was for one deployment" }];
}

/** The fields whose value is not their first one. */
function olderFields(drawn: Ledger): [string, number][] {
    return Object.entries(drawn)
        .map(([id, generations]): [string, number] => [id, highestGeneration(generations)])
        .filter(([, highest]) => highest > 1)
        .sort(([a], [b]) => (a < b ? -1 : 1));
}
