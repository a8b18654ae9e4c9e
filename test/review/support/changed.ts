import * as fs from "node:fs";

import { loadRotation } from "../../../cli/rotate/load";
import { renderStacks } from "../../../preview";
import type { Rendering, RotationSince } from "../../../preview/rendering";
import { judgeLedger } from "../../../rotation/leaps";
import { oldValueText, whatText, whyText } from "../../../rotation/step-text";
import type { Review, StackReview } from "../../../review/review";
import { reviewOf } from "../../../review/meaning";
import type { Snapshot } from "../../../review/snapshot";
import { catalogue } from "../../../stacks/catalogue";
import type { Change } from "../../cli/support";
import { ROOT, Workspace } from "../../cli/support";
import { renderings } from "../../support/renderings";
import { snapshotOf } from "../../support/snapshots";

export const SIDES = { base: { name: "main" }, head: { name: "working tree" }, notes: [], catalogue };

/** The project after a change of its files, its catalogue and components among them. */
export async function changed(
    changes: Readonly<Record<string, Change>>,
    stacks: readonly string[],
): Promise<{
    readonly renderings: readonly Rendering[];
    readonly rotation: Readonly<Record<string, RotationSince>>;
}> {
    const workspace = new Workspace();
    try {
        fs.rmSync(workspace.path("stacks"));
        fs.cpSync(`${ROOT}/stacks`, workspace.path("stacks"), { recursive: true });
        for (const [name, change] of Object.entries(changes)) workspace.change(name, change);
        const { directory } = workspace;
        return {
            renderings: await renderStacks({ directory, stacks, policyPacks: [] }),
            rotation: await rotationFrom(directory),
        };
    } finally {
        workspace.remove();
    }
}

/** What leads from the committed ledgers to those in another folder, as a preview with `--base` has it. */
async function rotationFrom(directory: string): Promise<Readonly<Record<string, RotationSince>>> {
    const [before, after] = [await loadRotation([], ROOT), await loadRotation([], directory)];
    return Object.fromEntries(
        after.stacks.map((stack) => {
            const base = before.stacks.find((each) => each.stack === stack.stack)?.ledger;
            const { steps, problems } = judgeLedger(stack, after.stacks, base, undefined);
            const told = steps.map((step) => ({
                field: step.field,
                what: whatText(step),
                why: whyText(step),
                oldValue: oldValueText(step, stack.fields.get(step.field)),
            }));
            return [stack.stack, { base: "main", steps: told, refused: problems }];
        }),
    );
}

let committed: Promise<Snapshot> | undefined;

/** The project as it is. */
export function base(): Promise<Snapshot> {
    committed ??= renderings().then((all) => snapshotOf(all));
    return committed;
}

/** The review of one stack after a change of the project's files, others left aside. */
export async function reviewOfChange(
    changes: Readonly<Record<string, Change>>,
    stack: string,
): Promise<StackReview> {
    const before = (await renderings()).filter((each) => each.stack === stack);
    const { renderings: after, rotation } = await changed(changes, [stack]);
    return stackOf(reviewOf(snapshotOf(before), snapshotOf(after, { rotation }), SIDES), stack);
}

/** One stack of a review. */
export function stackOf({ stacks }: Review, name: string): StackReview {
    const found = stacks.find(({ stack }) => stack === name);
    if (found === undefined) throw new RangeError(`no stack ${name}`);
    return found;
}

/** The lists of a review, a line an entry, without what would be there for each change of that kind. */
export function told({ documents, fields, rotations, access, workloads, toSet }: StackReview) {
    return {
        documents: documents.map(
            ({ kind, document, store, path }) => `${kind} ${document}: ${store} ${path}`,
        ),
        fields: fields.map(({ kind, field, what }) => [`${kind} ${field}`, ...what].join("; ")),
        rotations: rotations.map(({ field, what, why, oldValue, isCompromise }) =>
            [field, what, why, oldValue, ...(isCompromise ? ["compromise"] : [])].join("; "),
        ),
        access: access.map(
            ({ kind, cell: { identity, verb, path } }) => `${kind} ${identity} ${verb} ${path}`,
        ),
        workloads: workloads.map(({ kind, consumer, restarts, generations, appeared, gone, isCut }) =>
            [
                `${kind} ${consumer}`,
                ...(restarts ? ["restarts"] : []),
                ...(isCut ? ["is cut"] : []),
                ...generations,
                ...appeared.map((each) => `+${each}`),
                ...gone.map((each) => `-${each}`),
            ].join(" "),
        ),
        toSet: toSet.filter(({ isNew }) => isNew).map(({ field }) => field),
    };
}

/** `kind Type name`, with the paths that differ. */
export const resourceLines = ({ resources }: StackReview): readonly string[] =>
    resources.map(({ kind, type, name, properties }) =>
        [`${kind} ${type.split(":").pop() ?? ""} ${name}`, ...properties.map(({ path }) => path)].join(" "),
    );
