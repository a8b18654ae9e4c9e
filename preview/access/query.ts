import { suggest } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";
import type { AccessMatrix, Cell, Edge, Entry, Identity } from "./types";
import { VERB_ORDER } from "./verbs";
import type { Verb } from "./verbs";

/** What somebody asks of the matrices; what is left out stands for everything. */
export interface AccessQuery {
    /** A name, or a name with its realm as `<name>@<realm>`. */
    readonly identity?: string | undefined;
    /** A document's id, or the path of an entry. */
    readonly document?: string | undefined;
    readonly verb?: string | undefined;
}

/** The answer of one stack. */
export interface AccessAnswer {
    readonly matrix: AccessMatrix;
    readonly entries: readonly Entry[];
    readonly verbs: readonly Verb[];
    /** Whom the question is about; undefined where it is about everybody. */
    readonly identities: readonly Identity[] | undefined;
    /** Without those that are denied. */
    readonly cells: readonly Cell[];
    /** Who can become those whom the question is about, and whom they can become. */
    readonly edges: readonly Edge[];
}

/** What the matrices say to a question, stack by stack; or which names of it there are not. */
export function ask(
    matrices: readonly AccessMatrix[],
    query: AccessQuery,
): { readonly answers: readonly AccessAnswer[] } | { readonly problems: readonly Problem[] } {
    const problems = [
        ...unknown("--identity", query.identity, namesOf(matrices)),
        ...unknown(
            "--document",
            query.document,
            matrices.flatMap(({ entries }) => entries.flatMap(titlesOf)),
        ),
        ...unknown("--verb", query.verb, VERB_ORDER),
    ];
    return problems.length > 0
        ? { problems }
        : { answers: matrices.map((matrix) => answerOf(matrix, query)) };
}

function answerOf(matrix: AccessMatrix, { identity, document, verb }: AccessQuery): AccessAnswer {
    const entries = matrix.entries.filter(
        (entry) => document === undefined || titlesOf(entry).includes(document),
    );
    const verbs = VERB_ORDER.filter((each) => verb === undefined || each === verb);
    const identities =
        identity === undefined
            ? undefined
            : matrix.identities.filter((each) => namesOfOne(each).includes(identity));
    const about = (each: Identity): boolean => identities?.includes(each) ?? true;
    const chosen = new Set(entries);
    return {
        matrix,
        entries,
        verbs,
        identities,
        cells: matrix.cells.filter(
            (cell) =>
                cell.decision !== "denied" &&
                about(cell.identity) &&
                chosen.has(cell.entry) &&
                verbs.includes(cell.verb),
        ),
        edges:
            identities === undefined ? [] : matrix.edges.filter(({ from, to }) => about(from) || about(to)),
    };
}

const titlesOf = ({ path, documents }: Entry): readonly string[] => [path, ...documents];

const namesOfOne = ({ name, realm }: Identity): readonly string[] =>
    realm === undefined ? [name] : [name, `${name}@${realm}`];

const namesOf = (matrices: readonly AccessMatrix[]): readonly string[] =>
    (matrices[0]?.identities ?? []).flatMap(namesOfOne);

function unknown(option: string, word: string | undefined, known: readonly string[]): readonly Problem[] {
    if (word === undefined || known.includes(word)) return [];
    return [
        {
            place: `${option} ${word}`,
            message: "there is none of that name",
            fix: suggest(word, new Set(known)),
        },
    ];
}
