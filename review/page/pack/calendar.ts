import type { CalendarField, Review } from "../../review";
import type { PackedCalendar } from "../client/shapes";
import { TextTable } from "./texts";

/** Every field that rotates, in the order of the stacks. */
export function packedCalendar({ stacks, today }: Review): PackedCalendar {
    const rows = stacks.flatMap(({ stack, whole }) => whole.calendar.map((field) => columnsOf(stack, field)));
    const texts = new TextTable(rows.flat().filter((each) => typeof each === "string"));
    const fields = rows.map((row) => row.map((each) => (typeof each === "string" ? texts.at(each) : each)));
    return { ...(today === undefined ? {} : { today }), texts: texts.packed(), fields };
}

/** One for each of `FIELD_COLUMNS`. */
function columnsOf(stack: string, field: CalendarField): readonly (string | number | null)[] {
    const { current, next, previous, due, upcoming } = field;
    return [
        ...[stack, field.field, field.class, field.strategy],
        ...[current?.generation ?? null, current?.since ?? null, current?.reason ?? null],
        ...[next?.generation ?? null, next?.since ?? null, next?.reason ?? null],
        ...[previous?.generation ?? null, previous?.until ?? null],
        ...[due ?? null, upcoming?.step ?? null, upcoming?.earliest ?? null],
        field.isChanged ? 1 : null,
    ];
}
