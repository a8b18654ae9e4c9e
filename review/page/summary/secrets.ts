import type { Review, StackReview } from "../../review";
import { markup } from "../html";
import type { Part } from "../html";
import { capped, chip, code, codes, list, table } from "../parts";
import type { Section, Tone } from "../parts";
import { acrossStacks } from "./across";
import type { InStacks } from "./across";
import { inStacks } from "./blockers";

type Document = StackReview["documents"][number];
type Field = StackReview["fields"][number];
type Rotation = StackReview["rotations"][number];

const SIGNS: Readonly<Record<Document["kind"] | Field["kind"], readonly [tone: Tone, text: string]>> = {
    added: ["good", "+ appears"],
    removed: ["bad", "− goes"],
    moved: ["warn", "→ moves"],
    changed: ["warn", "~ changes"],
};

export const sign = (kind: keyof typeof SIGNS): Part => chip(...SIGNS[kind]);

/** What the ledgers do: what, why, and what becomes of the old value. */
export function rotations(review: Review): Section {
    const all = acrossStacks(review, (stack) => stack.rotations);
    const urgent = [...all].sort((a, b) => Number(b.it.isCompromise) - Number(a.it.isCompromise));
    return {
        id: "rotations",
        title: "Rotates",
        noun: "rotations",
        count: all.length,
        body: capped(urgent, (some) =>
            table("What rotates, why, and until when old values work", COLUMNS, some),
        ),
    };
}

const COLUMNS = [
    { title: "Field", cell: ({ it }: InStacks<Rotation>) => code(it.field) },
    { title: "What", cell: ({ it }: InStacks<Rotation>) => it.what },
    {
        title: "Why",
        cell: ({ it }: InStacks<Rotation>) =>
            it.isCompromise ? markup`<strong class="bad">${it.why}</strong>` : it.why,
    },
    { title: "The old value", cell: ({ it }: InStacks<Rotation>) => it.oldValue },
    { title: "Stack", cell: ({ stacks }: InStacks<Rotation>) => inStacks(stacks) },
];

/** Entries of stores that appear, go, or move. */
export function documents(review: Review): Section {
    // Paths hold the environment's name: what differs in nothing else is one entry, with a path for each stack.
    const all = acrossStacks(
        review,
        (stack) => stack.documents,
        ({ kind, document, store, fields }) => [...[kind, document, store], fields],
    );
    const paths = (document: string): readonly string[] => [
        ...new Set(
            review.stacks.flatMap((each) =>
                each.documents.filter((own) => own.document === document).map(({ path }) => path),
            ),
        ),
    ];
    const one = ({ stacks, it }: InStacks<Document>): Part => markup`
        <p class="head">${sign(it.kind)} <strong>${code(it.document)}</strong> ${inStacks(stacks)}</p>
        <p>${it.fields.length > 0 ? markup`Fields: ${codes(it.fields)}` : "No fields"}</p>
        <p class="muted">
            ${it.former !== undefined && markup`from ${it.former.store} ${code(it.former.path)} to `}
            ${it.store} ${codes(paths(it.document))} · owned by ${it.owner}
        </p>`;
    return {
        id: "documents",
        title: "Documents that appear, go or move",
        noun: "documents",
        count: all.length,
        body: capped(all, (some) => list(some, one, "cards")),
    };
}

/** Fields that appear, go, or are declared otherwise. */
export function fields(review: Review): Section {
    const all = acrossStacks(review, (stack) => stack.fields);
    return {
        id: "fields",
        title: "Fields",
        noun: "fields",
        count: all.length,
        body: capped(all, (some) =>
            table(
                "Fields that appear, go, or are declared otherwise",
                [
                    { title: "Field", cell: ({ it }) => code(it.field) },
                    { title: "Change", cell: ({ it }) => [sign(it.kind), " ", it.what.join("; ")] },
                    { title: "Kind", cell: ({ it }) => it.fieldKind },
                    { title: "Rotation", cell: ({ it }) => it.rotation },
                    { title: "Stack", cell: ({ stacks }) => inStacks(stacks) },
                ],
                some,
            ),
        ),
    };
}
