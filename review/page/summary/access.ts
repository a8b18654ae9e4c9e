import type { AccessCell, AccessChange, Review } from "../../review";
import { VERBS } from "../client/shapes";
import { markup } from "../html";
import type { Part } from "../html";
import { capped, chip, code, codes, table } from "../parts";
import type { Section, Tone } from "../parts";
import { inStacks } from "./blockers";

/** What one identity gains, loses, or has otherwise, of one entry. */
interface Row {
    readonly stack: string;
    readonly environment: string;
    readonly kind: AccessChange["kind"];
    readonly cells: AccessCell[];
}

const SIGNS: Readonly<Record<AccessChange["kind"], readonly [tone: Tone, text: string]>> = {
    gained: ["warn", "+ gains"],
    lost: ["plain", "− loses"],
    changed: ["plain", "~ otherwise"],
};
const ORDER = ["gained", "lost", "changed"] as const;

/** Who gains or loses what: those come first whom nobody would expect. */
export function access(review: Review): Section {
    const rows = review.stacks.flatMap(({ stack, environment, access }) => {
        const found = new Map<string, Row>();
        for (const { kind, cell } of access) {
            const key = JSON.stringify([kind, cell.identity, cell.realm, cell.store, cell.path]);
            const row = found.get(key) ?? { stack, environment, kind, cells: [] };
            row.cells.push(cell);
            found.set(key, row);
        }
        return [...found.values()];
    });
    const rank = (row: Row): number => ORDER.indexOf(row.kind) * 2 + (outsider(row) === undefined ? 1 : 0);
    rows.sort((a, b) => rank(a) - rank(b));
    return {
        id: "access-changes",
        title: "Access gained and lost",
        noun: "access",
        count: rows.length,
        body: [
            capped(rows, (some) => table("Who gains or loses access", COLUMNS, some)),
            rows.length > 0 &&
                markup`<p class="note"><a href="#access?changed=1">All of it, with statements, in the access explorer</a></p>`,
        ],
    };
}

const first = ({ cells }: Row): AccessCell | undefined => cells[0];

/** Somebody of another environment, or of none. */
function outsider(row: Row): string | undefined {
    const cell = first(row);
    if (cell?.identityEnvironment === undefined) return cell?.isOperator === true ? undefined : "stranger";
    return cell.identityEnvironment === row.environment ? undefined : `of ${cell.identityEnvironment}`;
}

const COLUMNS = [
    {
        title: "Who",
        cell: (row: Row): Part => {
            const other = outsider(row);
            return [
                code(first(row)?.identity ?? ""),
                other !== undefined && [" ", chip("bad", other)],
                first(row)?.isOperator === true && [" ", chip("plain", "operator")],
            ];
        },
    },
    {
        title: "Change",
        cell: (row: Row): Part => [chip(...SIGNS[row.kind]), " ", verbsOf(row.cells)],
    },
    {
        title: "Of what",
        cell: (row: Row): Part => {
            const cell = first(row);
            const documents = cell?.documents ?? [];
            return documents.length > 0
                ? [codes(documents), markup` <span class="muted">${cell?.store}</span>`]
                : [code(cell?.path ?? ""), markup` <span class="muted">${cell?.store}</span>`];
        },
    },
    { title: "Stack", cell: (row: Row): Part => inStacks([row.stack]) },
];

function verbsOf(cells: readonly AccessCell[]): Part {
    const ordered = [...cells].sort((a, b) => VERBS.indexOf(a.verb) - VERBS.indexOf(b.verb));
    return ordered.map(({ verb, decision }, at) => [
        at > 0 && ", ",
        markup`<strong>${verb}</strong>`,
        decision === "undecided" && " (undecided)",
    ]);
}
