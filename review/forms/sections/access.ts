import { addTo } from "../../../components/domain/grouped";
import { VERB_ORDER } from "../../../preview/access";
import type { AccessCell, AccessChange, Review, StackReview } from "../../review";
import { code, codes, list, t } from "../text";
import type { Text } from "../text";
import { sectionOf, together } from "./section";
import type { Section, Told } from "./section";

/** Who gains or loses access: strangers and other environments in front, a line for an identity and what it may do. */
export const accessSection = (review: Review): readonly Section[] =>
    sectionOf({
        title: "Access",
        tone: review.stacks.some(({ access }) => access.some(({ kind }) => kind === "gained"))
            ? "warn"
            : "plain",
        items: together(review, access),
    });

function access({ access: changes, environment }: StackReview): readonly Told[] {
    const groups = new Map<string, AccessChange[]>();
    for (const change of changes) {
        const { identity, realm, decision, via, identityEnvironment, isOperator } = change.cell;
        const key = [change.kind, identity, realm, decision, via, identityEnvironment, isOperator];
        addTo(groups, JSON.stringify(key), change);
    }
    return [...groups.values()].flatMap((group) => {
        const [first] = group;
        return first === undefined ? [] : [line(first, group, environment)];
    });
}

function line({ kind, cell }: AccessChange, group: readonly AccessChange[], environment: string): Told {
    const cells = group.map((each) => each.cell);
    const who = t`${whose(cell, environment)}${code(cell.identity)}`;
    const open = cell.decision === "undecided";
    const says = {
        gained: open ? "may gain" : "gains",
        lost: "loses",
        changed: "keeps, otherwise than before,",
    }[kind];
    const through = cell.via.length === 0 ? [] : t`, as ${codes(cell.via)}`;
    return {
        rank: rankOf(kind, cells, environment),
        text: t`${who} ${says} ${list(rights(cells))}${through}`,
        below: [
            ...reasons(cells).map((reason) => t`${reason}`),
            ...(kind === "lost" ? [] : [t`by ${codes([...new Set(cells.flatMap(({ by }) => by))])}`]),
        ],
    };
}

/** Documents by the verbs that are the same for them: `read, list of a, b`. */
function rights(cells: readonly AccessCell[]): readonly Text[] {
    const verbs = new Map<string, Set<AccessCell["verb"]>>();
    for (const { documents, path, verb } of cells) {
        const names = documents.length === 0 ? [path] : documents;
        for (const name of names) verbs.set(name, (verbs.get(name) ?? new Set()).add(verb));
    }
    const byVerbs = new Map<string, string[]>();
    for (const [name, own] of verbs) {
        addTo(byVerbs, VERB_ORDER.filter((verb) => own.has(verb)).join(", "), name);
    }
    return [...byVerbs].map(([words, names]) => t`${words} of ${codes(names)}`);
}

const reasons = (cells: readonly AccessCell[]): readonly string[] => [
    ...new Set(cells.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))),
];

function whose({ identityEnvironment, isOperator }: AccessCell, environment: string): Text {
    if (isOperator) return t`The operator `;
    if (identityEnvironment === undefined) return t`A STRANGER, `;
    return identityEnvironment === environment ? [] : t`OF ANOTHER ENVIRONMENT, ${identityEnvironment}: `;
}

function rankOf(kind: AccessChange["kind"], cells: readonly AccessCell[], environment: string): number {
    if (kind !== "gained") return kind === "changed" ? 4 : 5;
    const [{ identityEnvironment, isOperator } = { identityEnvironment: environment, isOperator: false }] =
        cells;
    if (identityEnvironment === undefined && !isOperator) return 0;
    if (identityEnvironment !== environment && !isOperator) return 1;
    return cells.some(({ isSecret }) => isSecret) ? 2 : 3;
}
