import { fieldId, fieldsOf } from "../../components/domain/catalogue";
import type { Catalogue, Document, Field, Platform } from "../../components/domain/catalogue";
import { SHARED_OWNER } from "../../components/domain/ownership";
import type { LedgerField } from "../../components/domain/rotation/ledger";
import type { RotatingStack } from "../stack";
import { allowancesOf } from "./allowances";
import type { Allowances } from "./allowances";
import { kubectl, readersOf } from "./readers";
import type { Reader } from "./readers";
import { whereabouts } from "./store-names";
import type { Whereabouts } from "./store-names";

/** A field in one environment. */
export interface Place {
    readonly stack: RotatingStack;
    readonly at: Whereabouts;
    /** How the ledger of the environment knows it; absent when it has no entry there. */
    readonly rotating: LedgerField | undefined;
    readonly allowances: Allowances | undefined;
    /** Set in the store itself, so that it is in neither configuration nor state. */
    readonly isOutOfBand: boolean;
    /** The beginning of commands on the cluster. */
    readonly kubectl: string;
}

/** What one page is about. */
export interface Subject {
    readonly id: string;
    readonly platform: Platform;
    readonly documentName: string;
    readonly document: Document;
    readonly fieldName: string;
    readonly field: Field;
    readonly readers: readonly Reader[];
    /** One for each environment that has the platform; see `inOrder`. */
    readonly places: readonly [Place, ...Place[]];
}

/** Every field that some environment has, in the order of their ids. */
export function subjectsOf(catalogue: Catalogue, stacks: readonly RotatingStack[]): Subject[] {
    return [...fieldsOf(catalogue)]
        .flatMap(({ id, platform, documentName, document, fieldName, field }): Subject[] => {
            const [first, ...others] = inOrder(stacks).flatMap((stack) =>
                placeOf(stack, platform, documentName, fieldName),
            );
            if (first === undefined) return [];
            const readers = readersOf(platform, documentName, fieldName);
            const names = { id, platform, documentName, document, fieldName, field };
            return [{ ...names, readers, places: [first, ...others] }];
        })
        .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function placeOf(stack: RotatingStack, platform: Platform, document: string, field: string): Place[] {
    const at = whereabouts(stack.config, platform, document, field);
    if (at === undefined) return [];
    const id = fieldId(platform.name, document, field);
    const rotating = stack.fields.get(id);
    return [
        {
            stack,
            at,
            rotating,
            allowances: rotating === undefined ? undefined : allowancesOf(rotating.rotationClass),
            isOutOfBand: stack.config.outOfBand.includes(id),
            kubectl: kubectl(stack.config, platform.name),
        },
    ];
}

/** An environment that waits for another one comes before it: that is where a leak hurts most. */
export function inOrder(stacks: readonly RotatingStack[]): RotatingStack[] {
    const depth = ({ config }: RotatingStack, seen: readonly string[] = []): number => {
        const { after } = config.rotation;
        if (after === undefined || seen.includes(after)) return 0;
        const before = stacks.find(({ environment }) => environment === after);
        return before === undefined ? 1 : 1 + depth(before, [...seen, after]);
    };
    return [...stacks].sort((a, b) => depth(b) - depth(a) || (a.stack < b.stack ? -1 : 1));
}

/** The teams that hear of a leak, each once: who answers for it, who knows it, who keeps the stores. */
export function toldOf({ platform, document }: Pick<Subject, "platform" | "document">): string[] {
    return [...new Set([platform.owner, ...document.holders, ...(platform.tell ?? []), SHARED_OWNER])];
}

/** The value is drawn or created by the stack of this environment. */
export const isDrawn = ({ rotating }: Place): boolean => rotating?.isOurs === true;
