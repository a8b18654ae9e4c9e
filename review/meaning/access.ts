import { order } from "../../preview/access/estate";
import { nameOf } from "../../preview/access/text";
import { VERB_ORDER } from "../../preview/access";
import type { AccessMatrix, Cell, Identity } from "../../preview/access";
import type { AccessCell, AccessChange, WholeStack } from "../review";
import { withoutPlaces } from "./delta";

export interface ComparedAccess {
    readonly changes: readonly AccessChange[];
    /** Of the head, marked with what the change does. */
    readonly cells: readonly AccessCell[];
}

/** Who may newly do what, who may no longer, and who may by another way. Linear in the number of answers. */
export function compareAccess(
    before: AccessMatrix | undefined,
    after: AccessMatrix | undefined,
    isCompared: boolean,
): ComparedAccess {
    const left = new Map(isCompared ? open(before).map((cell) => [keyOf(cell), cell]) : []);
    const [was, is] = [teller(before), teller(after)];
    const changes: AccessChange[] = [];
    const cells = open(after).map((cell): AccessCell => {
        const told = is(cell);
        if (!isCompared) return told;
        const key = keyOf(cell);
        const former = left.get(key);
        left.delete(key);
        if (former === undefined) {
            changes.push({ kind: "gained", cell: { ...told, change: "gained" } });
            return { ...told, change: "gained" };
        }
        if (wayOf(former) === wayOf(cell)) return told;
        changes.push({ kind: "changed", cell: { ...told, change: "changed" }, before: was(former) });
        return { ...told, change: "changed" };
    });
    for (const cell of left.values()) changes.push({ kind: "lost", cell: was(cell) });
    return { changes: changes.sort(byCell), cells };
}

/** Whoever is denied may not, whether or not a statement says so. */
const open = (matrix: AccessMatrix | undefined): readonly Cell[] =>
    (matrix?.cells ?? []).filter(({ decision }) => decision !== "denied");

const idOf = ({ system, realm = "", kind, name }: Identity): string => `${system} ${realm} ${kind} ${name}`;

const keyOf = ({ identity, entry, verb }: Cell): string =>
    `${idOf(identity)}|${entry.store} ${entry.realm ?? ""} ${entry.path}|${verb}`;

/**
 * How somebody may: as whom, by which statements. The place of a statement in its policy is no part of it, nor is the
 * generation of an access key, or each rotation would read as a change of who may what.
 */
const wayOf = ({ decision, via, by }: Cell): string =>
    [
        decision,
        ...via.map(idOf),
        ...by.map((each) => withoutPlaces(each).replace(/-g\d+(?= |$)/g, "")).sort(),
    ].join("|");

/** Identities and entries are the same few for all cells of a matrix, or copies of them. */
function teller(matrix: AccessMatrix | undefined): (cell: Cell) => AccessCell {
    const operators = new Set((matrix?.operators ?? []).map(idOf));
    return ({ identity, entry, verb, decision, via, by, reason }) => ({
        identity: nameOf(identity),
        ...(identity.realm === undefined ? {} : { realm: identity.realm }),
        system: identity.system,
        ...(identity.environment === undefined ? {} : { identityEnvironment: identity.environment }),
        isOperator: operators.has(idOf(identity)),
        store: entry.store,
        path: entry.path,
        documents: entry.documents,
        isSecret: entry.isSecret,
        verb,
        decision: decision === "undecided" ? "undecided" : "allowed",
        via: via.map(nameOf),
        by,
        ...(reason === undefined ? {} : { reason }),
    });
}

function byCell(a: AccessChange, b: AccessChange): number {
    return (
        order(a.cell.store, b.cell.store) ||
        order(a.cell.path, b.cell.path) ||
        VERB_ORDER.indexOf(a.cell.verb) - VERB_ORDER.indexOf(b.cell.verb) ||
        order(a.cell.identity, b.cell.identity) ||
        order(a.cell.realm ?? "", b.cell.realm ?? "") ||
        order(a.kind, b.kind)
    );
}

export function questionsOf(matrix: AccessMatrix | undefined): WholeStack["questions"] {
    const { asked = 0, allowed = 0, denied = 0 } = matrix?.questions ?? {};
    return { asked, allowed, denied };
}
