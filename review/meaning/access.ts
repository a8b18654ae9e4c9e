import { addTo } from "../../components/domain/grouped";
import { order } from "../../preview/access/estate";
import { nameOf } from "../../preview/access/text";
import { VERB_ORDER } from "../../preview/access";
import type { AccessMatrix, Cell, Entry, Identity } from "../../preview/access";
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
    const moved = movedEntries(before?.entries ?? [], after?.entries ?? []);
    const numbers = new Numbers();
    const left = new Map(isCompared ? open(before).map((cell) => [numbers.of(cell, moved), cell]) : []);
    const [was, is] = [teller(before), teller(after)];
    const changes: AccessChange[] = [];
    const cells = open(after).map((cell): AccessCell => {
        const told = is(cell);
        if (!isCompared) return told;
        const key = numbers.of(cell);
        const former = left.get(key);
        left.delete(key);
        if (former === undefined) {
            changes.push({ kind: "gained", cell: { ...told, change: "gained" } });
            return { ...told, change: "gained" };
        }
        if (isSameWay(former, cell)) return told;
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

const NOT_MOVED: ReadonlyMap<string, string> = new Map();

/** A number for each question, the same for the same one in both matrices: texts as long as these are slow to look up. */
class Numbers {
    readonly #known = new Map<string, number>();
    readonly #seen = new WeakMap<object, number>();

    of({ identity, entry, verb }: Cell, moved = NOT_MOVED): number {
        const who = this.#seen.get(identity) ?? this.#number(identity, `i ${idOf(identity)}`);
        const place = (): string => moved.get(placeOf(entry)) ?? placeOf(entry);
        const what = this.#seen.get(entry) ?? this.#number(entry, `e ${place()}`);
        // Far below 2^53 for any estate, and no two questions are one.
        return (who * MOST + what) * VERB_ORDER.length + VERB_ORDER.indexOf(verb);
    }

    #number(object: object, text: string): number {
        const number = this.#known.get(text) ?? this.#known.size;
        this.#known.set(text, number);
        this.#seen.set(object, number);
        return number;
    }
}

/** More identities and entries than an estate has. */
const MOST = 2 ** 24;

const placeOf = ({ store, realm = "", path }: Entry): string => `${store} ${realm} ${path}`;

/**
 * Places of the head by those of the base, for documents that are at another path of the same store: whoever may read
 * one there as before gains nothing and loses nothing.
 */
function movedEntries(before: readonly Entry[], after: readonly Entry[]): ReadonlyMap<string, string> {
    const [old, now] = [new Set(before.map(placeOf)), new Set(after.map(placeOf))];
    const alone = (entries: readonly Entry[], others: ReadonlySet<string>): ReadonlyMap<string, string> => {
        const found = new Map<string, Entry[]>();
        for (const entry of entries) {
            const { kind, store, realm = "", documents, isReplica = false } = entry;
            if (kind !== "document" || documents.length === 0 || others.has(placeOf(entry))) continue;
            addTo(found, JSON.stringify([store, realm, documents, isReplica]), entry);
        }
        return new Map(
            [...found].flatMap(([key, [entry, ...more]]) =>
                entry === undefined || more.length > 0 ? [] : [[key, placeOf(entry)] as const],
            ),
        );
    };
    const [left, come] = [alone(before, now), alone(after, old)];
    return new Map(
        [...left].flatMap(([key, place]) => {
            const to = come.get(key);
            return to === undefined ? [] : [[place, to] as const];
        }),
    );
}

/**
 * How somebody may: as whom, by which statements. The place of a statement in its policy is no part of it, nor is the
 * generation of an access key, or each rotation would read as a change of who may what.
 */
function wayOf({ decision, via, by, entry }: Cell, isElsewhere: boolean): string {
    // A statement of Vault's is known by the path that it is about, which has the mount's parts in between.
    const path = entry.path.slice(entry.path.indexOf("/") + 1);
    const ways = by.map((each) => {
        const way = withoutPlaces(each).replace(/-g\d+(?= |$)/g, "");
        return isElsewhere ? way.replaceAll(path, "") : way;
    });
    return [decision, ...via.map(idOf), ...ways.sort()].join("|");
}

function isSameWay(before: Cell, after: Cell): boolean {
    const elsewhere = isMoved(before, after);
    const isPlain = !elsewhere && before.via.length + after.via.length === 0;
    if (isPlain && before.decision === after.decision && before.by.join() === after.by.join()) return true;
    return wayOf(before, elsewhere) === wayOf(after, elsewhere);
}

const isMoved = (before: Cell, after: Cell): boolean => before.entry.path !== after.entry.path;

/** Identities and entries are the same few for all cells of a matrix, or copies of them. */
function teller(matrix: AccessMatrix | undefined): (cell: Cell) => AccessCell {
    const operators = new Set((matrix?.operators ?? []).map(idOf));
    return ({ identity, entry, verb, decision, via, by, reason }) => ({
        identity: nameOf(identity),
        ...(identity.realm === undefined ? {} : { realm: identity.realm }),
        system: identity.system,
        ...(identity.environment === undefined ? {} : { identityEnvironment: identity.environment }),
        isOperator: operators.size > 0 && operators.has(idOf(identity)),
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
