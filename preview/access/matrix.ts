import { addTo } from "../../components/domain/grouped";
import type { Credential } from "./credentials";
import type { Answer, Authority, Cell, Edge, Entry, Identity, Questions } from "./types";
import type { Verb } from "./verbs";

/** How questions are answered: `indexed` leaves out those that no statement can be about, `naive` asks every one. */
export type Mode = "indexed" | "naive";

/** Answers of an identity by itself, to the questions that some statement speaks of. */
export interface Direct {
    readonly of: (identity: Identity) => readonly Cell[];
    /** Pairs of identity and entry that were evaluated, a question for each verb. */
    readonly evaluated: ReadonlyMap<Identity, ReadonlySet<Entry>>;
}

/** What each identity may do by what is granted to it. An identity of another system is nobody at a store. */
export function directAnswers(authorities: readonly Authority[], mode: Mode): Direct {
    const cells = new Map<Identity, Cell[]>();
    const evaluated = new Map<Identity, Set<Entry>>();
    for (const authority of authorities) {
        for (const identity of authority.identities()) {
            const asked = new Set(mode === "naive" ? authority.entries : authority.candidates(identity));
            evaluated.set(identity, asked);
            for (const entry of asked) {
                for (const verb of entry.verbs) {
                    const answer = authority.answer(identity, entry, verb);
                    if (answer !== undefined)
                        addTo(cells, identity, { identity, entry, verb, via: [], ...answer });
                }
            }
        }
    }
    return { of: (identity) => cells.get(identity) ?? [], evaluated };
}

/** Somebody whom an identity can become, with the way there. */
interface Reached {
    readonly identity: Identity;
    readonly via: readonly Identity[];
    /** Set where a step of the way is in doubt. */
    readonly doubt?: Answer;
}

/** Whoever may read an entry that holds somebody's credentials can become them. */
export function credentialEdges(
    identities: readonly Identity[],
    direct: Direct,
    credentials: readonly Credential[],
): readonly Edge[] {
    const held = new Map<Entry, Credential[]>();
    for (const credential of credentials)
        for (const entry of credential.entries) addTo(held, entry, credential);
    return identities.flatMap((from) =>
        direct
            .of(from)
            .filter(({ verb, decision }) => verb === "read" && decision !== "denied")
            .flatMap(({ entry, decision, reason }) =>
                (held.get(entry) ?? []).map(({ of: to, by }): Edge => {
                    const why = reason === undefined ? {} : { reason };
                    return { from, to, decision, by: [`${by} in ${entry.path}`], ...why };
                }),
            ),
    );
}

/**
 * All that each identity may do, as itself or as whom it can become, however many steps it takes. Of several ways the
 * surer counts, then the shorter.
 */
export function allAnswers(
    identities: readonly Identity[],
    direct: Direct,
    edges: readonly Edge[],
): readonly Cell[] {
    const byFrom = new Map<Identity, Edge[]>();
    for (const edge of edges) addTo(byFrom, edge.from, edge);
    const stepsFrom = (identity: Identity): readonly Edge[] => byFrom.get(identity) ?? [];
    return identities.flatMap((identity) => {
        const best = new Map<Entry, Map<Verb, Cell>>();
        for (const { identity: as, via, doubt } of reached(identity, stepsFrom)) {
            for (const cell of direct.of(as)) {
                if (cell.decision === "denied" && via.length > 0) continue;
                const own = { ...cell, identity, via, ...(doubt === undefined ? {} : doubted(cell, doubt)) };
                const row = best.get(cell.entry) ?? new Map<Verb, Cell>();
                best.set(cell.entry, row);
                const before = row.get(cell.verb);
                if (before === undefined || RANK[own.decision] > RANK[before.decision])
                    row.set(cell.verb, own);
            }
        }
        return [...best.values()].flatMap((row) => [...row.values()]);
    });
}

const RANK = { denied: 0, undecided: 1, allowed: 2 } as const;

const doubted = (cell: Cell, { by, reason }: Answer): Partial<Cell> =>
    cell.decision === "allowed"
        ? { decision: "undecided", by, ...(reason === undefined ? {} : { reason }) }
        : {};

/** Breadth first, so that the shortest way is found first; then ways in doubt. */
function reached(start: Identity, stepsFrom: (identity: Identity) => readonly Edge[]): readonly Reached[] {
    const found: Reached[] = [{ identity: start, via: [] }];
    const sure = new Set([start]);
    const unsure: { readonly from: Reached; readonly edge: Edge }[] = [];
    for (let at = 0; at < found.length; at++) {
        const from = found[at];
        if (from === undefined) break;
        for (const edge of stepsFrom(from.identity)) {
            if (edge.decision === "undecided") unsure.push({ from, edge });
            else if (!sure.has(edge.to)) {
                sure.add(edge.to);
                found.push({ identity: edge.to, via: [...from.via, edge.to] });
            }
        }
    }
    const seen = new Set(sure);
    const queue = unsure.map(({ from, edge }): Reached => ({
        identity: edge.to,
        via: [...from.via, edge.to],
        doubt: edge,
    }));
    const doubtful: Reached[] = [];
    for (let at = 0; at < queue.length; at++) {
        const next = queue[at];
        if (next === undefined || seen.has(next.identity)) continue;
        seen.add(next.identity);
        doubtful.push(next);
        for (const edge of stepsFrom(next.identity))
            queue.push({ ...next, identity: edge.to, via: [...next.via, edge.to] });
    }
    return [...found, ...doubtful];
}

/** Counts the questions of identities about entries: each identity, each entry, each verb that the entry has. */
export function questions(
    identities: readonly Identity[],
    entries: readonly Entry[],
    cells: readonly Cell[],
    { evaluated }: Direct,
): Questions {
    const askers = new Set(identities);
    const verbs = entries.reduce((sum, entry) => sum + entry.verbs.length, 0);
    const asked = identities.length * verbs;
    const mine = new Set(entries);
    const own = cells.filter(({ identity, entry }) => askers.has(identity) && mine.has(entry));
    const count = (decision: Answer["decision"]): number =>
        own.filter((cell) => cell.decision === decision).length;
    const looked = identities.reduce(
        (sum, identity) =>
            sum +
            [...(evaluated.get(identity) ?? [])].reduce(
                (verbs, entry) => verbs + (mine.has(entry) ? entry.verbs.length : 0),
                0,
            ),
        0,
    );
    const [allowed, undecided] = [count("allowed"), count("undecided")];
    return { asked, allowed, undecided, denied: asked - allowed - undecided, evaluated: looked };
}
