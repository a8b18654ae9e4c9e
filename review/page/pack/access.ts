import type { Verb } from "../../../preview/access";
import type { AccessCell, Review, StackReview } from "../../review";
import { VERBS } from "../client/shapes";
import type { GrantChange, PackedAccess, PackedAccessStack, PackedGrant } from "../client/shapes";
import { TextTable } from "./texts";

interface Told {
    readonly cell: AccessCell;
    readonly change: GrantChange;
}

/** Who may do what in all stacks, with what is lost since the base: a row is one identity and one entry. */
export function packedAccess({ stacks }: Review): PackedAccess {
    const texts = new TextTable(textsOf(stacks));
    const identities = new Numbered<PackedAccess["identities"][number]>();
    const entries = new Numbered<PackedAccess["entries"][number]>();
    const grants = new Numbered<readonly PackedGrant[]>();
    const packed = stacks.map((stack): PackedAccessStack => {
        const rows = rowsOf(stack).map((row) => {
            const [{ cell }] = row;
            return {
                entry: entries.at([
                    texts.at(cell.store),
                    texts.at(cell.path),
                    cell.documents.map((each) => texts.at(each)),
                    cell.isSecret ? 1 : 0,
                ]),
                identity: identities.at([
                    texts.at(cell.identity),
                    texts.at(cell.realm),
                    texts.at(cell.identityEnvironment),
                    cell.isOperator ? 1 : 0,
                ]),
                grants: grants.at(row.map((each) => grantOf(each, texts))),
            };
        });
        rows.sort((a, b) => a.entry - b.entry || a.identity - b.identity);
        return {
            stack: stack.stack,
            environment: stack.environment,
            runs: runsOf(rows.map(({ entry }) => entry)),
            identity: rows.map(({ identity }) => identity),
            grants: rows.map((row) => row.grants),
        };
    });
    return {
        texts: texts.packed(),
        identities: identities.all,
        entries: entries.all,
        grants: grants.all,
        stacks: packed,
    };
}

/** Rows in the order of the review; what is lost comes after what is so. */
function rowsOf({ whole, access }: StackReview): (readonly [Told, ...Told[]])[] {
    const rows = new Map<string, [Told, ...Told[]]>();
    const lost = access.filter(({ kind }) => kind === "lost").map(({ cell }) => told(cell, 3));
    for (const each of [...whole.access.map((cell) => told(cell, changeOf(cell))), ...lost]) {
        const { identity, realm, system, store, path, documents } = each.cell;
        const key = JSON.stringify([identity, realm, system, store, path, documents]);
        const row = rows.get(key);
        if (row === undefined) rows.set(key, [each]);
        else row.push(each);
    }
    return [...rows.values()];
}

const told = (cell: AccessCell, change: GrantChange): Told => ({ cell, change });
const changeOf = ({ change }: AccessCell): GrantChange =>
    change === "gained" ? 1 : change === "changed" ? 2 : 0;

function grantOf({ cell, change }: Told, texts: TextTable): PackedGrant {
    const via = cell.via.map((each) => texts.at(each));
    const by = cell.by.map((each) => texts.at(each));
    const undecided = cell.decision === "undecided" ? 1 : 0;
    return [verbAt(cell.verb), undecided, change, via, by, texts.at(cell.reason)];
}

const verbAt = (verb: Verb): number => VERBS.indexOf(verb);

function* textsOf(stacks: readonly StackReview[]): Generator<string | undefined> {
    for (const { whole, access } of stacks) {
        for (const cell of [...whole.access, ...access.map((each) => each.cell)]) {
            yield* [cell.identity, cell.realm, cell.identityEnvironment, cell.store, cell.path, cell.reason];
            yield* cell.documents;
            yield* cell.via;
            yield* cell.by;
        }
    }
}

/** `[7, 2, 9, 1]` for two of 7 and one of 9. */
function runsOf(numbers: readonly number[]): number[] {
    const runs: number[] = [];
    numbers.forEach((each, at) => {
        if (each === numbers[at - 1]) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
        else runs.push(each, 1);
    });
    return runs;
}

/** Equal things once, in the order in which they came. */
class Numbered<T> {
    readonly all: T[] = [];
    readonly #places = new Map<string, number>();

    at(thing: T): number {
        const key = JSON.stringify(thing);
        const known = this.#places.get(key);
        if (known !== undefined) return known;
        this.#places.set(key, this.all.length);
        return this.all.push(thing) - 1;
    }
}
