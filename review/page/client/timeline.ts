import { told } from "./calendar-data";
import type { RotatingField } from "./calendar-data";
import { dayOf, monthsBetween, numberOf } from "./days";
import { element } from "./dom";

/** What of time is shown: so much before today at most, and so much after it. */
const BEFORE_DAYS = 150;
const AFTER_DAYS = 270;
const MARGIN_DAYS = 6;
/** What the name of a month takes. */
const NAMED_DAYS = 12;

/** Days of the whole calendar, laid from 0 to 100 per cent. */
export class Scale {
    readonly from: number;
    readonly to: number;

    constructor(
        fields: readonly RotatingField[],
        readonly today: string,
    ) {
        const days = fields
            .flatMap(({ current, next, previous, due, step }) => [
                ...[current?.day, next?.day, previous?.day, due, step?.earliest],
            ])
            .filter((day) => day !== undefined)
            .map(numberOf);
        const now = numberOf(today);
        const least = days.reduce((a, b) => Math.min(a, b), now - 30);
        const most = days.reduce((a, b) => Math.max(a, b), now + 60);
        this.from = Math.max(least, now - BEFORE_DAYS) - MARGIN_DAYS;
        this.to = Math.min(most, now + AFTER_DAYS) + MARGIN_DAYS;
    }

    /** Within the scale, whatever day it is. */
    percent(day: string): number {
        return this.place(Math.min(Math.max(numberOf(day), this.from), this.to));
    }

    holds(day: string): boolean {
        const number = numberOf(day);
        return number >= this.from && number <= this.to;
    }

    place(number: number): number {
        return (100 * (number - this.from)) / (this.to - this.from);
    }
}

/** The months, above all rows. */
export function axis(scale: Scale): HTMLElement {
    const months = monthsBetween(scale.from, scale.to - NAMED_DAYS).map(({ at, title }) => {
        const tick = element("span", { class: "tick" }, title);
        tick.style.left = `${String(scale.place(at))}%`;
        return tick;
    });
    const today = element("span", { class: "today-name" }, `today, ${scale.today}`);
    today.style.left = `${String(scale.percent(scale.today))}%`;
    return element("div", { class: "axis", "aria-hidden": "true" }, ...months, today);
}

/** One field: bars for what works, marks for what is to come. To those who do not see it, it is its sentence. */
export function track(field: RotatingField, scale: Scale): HTMLElement {
    const { current, next, previous, due, step } = field;
    const made = element("div", { class: "track", role: "img", "aria-label": told(field, scale.today) });
    made.classList.toggle("single", previous === undefined && next === undefined);
    const end = due ?? dayOf(scale.to);
    if (previous !== undefined)
        made.append(bar("previous", "", current?.day ?? dayOf(scale.from), previous.day, scale));
    if (current !== undefined)
        made.append(
            bar(
                "current",
                `g${String(current.generation)}`,
                current.day,
                end > scale.today ? end : scale.today,
                scale,
            ),
        );
    if (next !== undefined) made.append(bar("next", "", next.day, later(end, next.day), scale));
    if (due !== undefined && due < scale.today) made.append(bar("over", "", due, scale.today, scale));
    if (due !== undefined) made.append(...mark("due", due, scale));
    if (step !== undefined) made.append(...mark("step", step.earliest, scale));
    made.append(...mark("today", scale.today, scale));
    if (current === undefined && next === undefined)
        made.append(element("span", { class: "empty" }, "nothing in use yet"));
    return made;
}

const later = (a: string, b: string): string => (a > b ? a : b);

function bar(kind: string, text: string, from: string, to: string, scale: Scale): HTMLElement {
    const made = element("span", { class: `span ${kind}` }, text !== "" && element("b", {}, text));
    const left = scale.percent(from);
    made.style.left = `${String(left)}%`;
    made.style.width = `${String(Math.max(scale.percent(to) - left, 0.6))}%`;
    made.classList.toggle("earlier", !scale.holds(from));
    made.classList.toggle("later", !scale.holds(to));
    return made;
}

function mark(kind: string, day: string, scale: Scale): HTMLElement[] {
    if (!scale.holds(day)) return [];
    const made = element("span", { class: `mark ${kind}` });
    made.style.left = `${String(scale.percent(day))}%`;
    return [made];
}
