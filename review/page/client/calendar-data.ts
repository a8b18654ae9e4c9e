import { numberOf, relative } from "./days";
import { FIELD_COLUMNS } from "./shapes";
import type { PackedCalendar } from "./shapes";
import { unpackTexts, wordsOf } from "./texts";

export interface Generation {
    readonly generation: number;
    readonly day: string;
    readonly reason: string;
}

/** A field that rotates; `undefined` for what the ledger does not say. */
export interface RotatingField {
    readonly stack: string;
    readonly field: string;
    readonly class: string;
    readonly strategy: string;
    readonly current: Generation | undefined;
    readonly next: Generation | undefined;
    /** Its day is the last one on which it works. */
    readonly previous: Generation | undefined;
    readonly due: string | undefined;
    readonly step: { readonly step: string; readonly earliest: string } | undefined;
    readonly isChanged: boolean;
    /** What words are looked for in. */
    readonly searchable: string;
}

export interface CalendarFilter {
    readonly text: string;
    /** Empty for any. */
    readonly stack: string;
    readonly state: "" | "overdue" | "soon" | "moving";
    readonly changed: boolean;
    readonly order: "due" | "name";
}

export const SOON_DAYS = 30;

export function rotatingFields({ texts, fields }: PackedCalendar): readonly RotatingField[] {
    const unpacked = unpackTexts(texts);
    return fields.map((columns) => {
        const number = (name: (typeof FIELD_COLUMNS)[number]): number | undefined =>
            columns[FIELD_COLUMNS.indexOf(name)] ?? undefined;
        const text = (name: (typeof FIELD_COLUMNS)[number]): string | undefined =>
            unpacked[number(name) ?? -1];
        const generation = (
            generation: number | undefined,
            day: string | undefined,
            reason = "",
        ): Generation | undefined =>
            generation === undefined || day === undefined ? undefined : { generation, day, reason };
        const step = text("step");
        return {
            stack: text("stack") ?? "",
            field: text("field") ?? "",
            class: text("class") ?? "",
            strategy: text("strategy") ?? "",
            current: generation(number("currentGeneration"), text("currentSince"), text("currentReason")),
            next: generation(number("nextGeneration"), text("nextSince"), text("nextReason")),
            previous: generation(number("previousGeneration"), text("previousUntil")),
            due: text("due"),
            step: step === undefined ? undefined : { step, earliest: text("earliest") ?? "" },
            isChanged: number("changed") === 1,
            searchable: [text("field"), text("class"), text("strategy")].join("\n").toLowerCase(),
        };
    });
}

/** Below zero when it is overdue; endless when it is never due. */
export const daysLeft = ({ due }: RotatingField, today: string): number =>
    due === undefined ? Infinity : numberOf(due) - numberOf(today);

export function findFields(
    fields: readonly RotatingField[],
    { text, stack, state, changed, order }: CalendarFilter,
    today: string,
): readonly RotatingField[] {
    const words = wordsOf(text);
    const found = fields.filter((field) => {
        const left = daysLeft(field, today);
        return (
            (stack === "" || field.stack === stack) &&
            (!changed || field.isChanged) &&
            (state !== "overdue" || left <= 0) &&
            (state !== "soon" || (left > 0 && left <= SOON_DAYS)) &&
            (state !== "moving" || field.next !== undefined || field.previous !== undefined) &&
            words.every((word) => field.searchable.includes(word))
        );
    });
    const byName = (a: RotatingField, b: RotatingField): number =>
        compare(a.field, b.field) || compare(a.stack, b.stack);
    return found.sort((a, b) => (order === "due" ? compare(a.due ?? "~", b.due ?? "~") : 0) || byName(a, b));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `overdue since 2026-11-01`, `due in 12 days`: the first day on which it is older than it may be. */
export function dueText(field: RotatingField, today: string): string {
    if (field.due === undefined) return "never due";
    const left = daysLeft(field, today);
    return left <= 0 ? `overdue since ${field.due}` : `due ${relative(left)}, ${field.due}`;
}

/** All that a timeline shows, as sentences. */
export function told(field: RotatingField, today: string): string {
    const { current, next, previous, step } = field;
    const parts = [
        current === undefined
            ? "nothing in use"
            : `generation ${String(current.generation)} in use since ${current.day}, ${current.reason}`,
        previous !== undefined && `generation ${String(previous.generation)} works until ${previous.day}`,
        next !== undefined && `generation ${String(next.generation)} announced ${next.day}`,
        dueText(field, today),
        step !== undefined && `next: ${step.step}, from ${step.earliest}`,
    ];
    return parts.filter((part) => part !== false).join("; ");
}
