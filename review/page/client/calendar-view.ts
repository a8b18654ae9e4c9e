import { daysLeft, dueText, findFields, rotatingFields, SOON_DAYS } from "./calendar-data";
import type { CalendarFilter, Generation, RotatingField } from "./calendar-data";
import { controls } from "./controls";
import type { Control, Controls } from "./controls";
import { chip, dataOf, element } from "./dom";
import type { Child } from "./dom";
import { Pager } from "./pager";
import type { PackedCalendar } from "./shapes";
import { counted, grouped } from "./texts";
import { axis, Scale, track } from "./timeline";

/** Every field that rotates, along time or as a table; today is the review's, and the reader's own only where it has none. */
export function calendarExplorer(into: HTMLElement): (query: URLSearchParams) => void {
    const packed = dataOf("rotation") as PackedCalendar;
    const fields = rotatingFields(packed);
    const scale = new Scale(fields, packed.today ?? new Date().toISOString().slice(0, 10));
    const results = element("div", { class: "results" });
    const draw = (): void => {
        const found = findFields(fields, filterOf(narrow), scale.today);
        const [from, to] = pager.range(found.length);
        narrow.status.textContent =
            found.length === fields.length
                ? counted(found.length, "field")
                : `${grouped(found.length)} of ${counted(fields.length, "field")}`;
        const some = found.slice(from, to);
        if (some.length === 0)
            results.replaceChildren(
                element(
                    "p",
                    { class: "nothing" },
                    fields.length === 0 ? "No field rotates." : "No field fits what you ask for.",
                ),
            );
        else if (narrow.value("as") === "table") results.replaceChildren(tableOf(some, scale.today));
        else results.replaceChildren(legend(), timelineOf(some, scale));
    };
    const stacks = [...new Set(fields.map(({ stack }) => stack))];
    const narrow = controls("rotation", controlsFor(stacks), () => {
        pager.page = 0;
        draw();
    });
    const pager = new Pager("Pages of the rotation calendar", () => {
        draw();
        results.scrollIntoView({ block: "nearest" });
    });
    into.append(narrow.form, narrow.status, results, pager.nav);
    return (query) => {
        narrow.set(query);
        pager.page = 0;
        draw();
    };
}

const controlsFor = (stacks: readonly string[]): readonly Control[] => [
    { kind: "text", name: "text", label: "Any words", hint: "field, class or strategy …" },
    {
        kind: "choice",
        name: "stack",
        label: "Stack",
        options: [["", "All"], ...stacks.map((stack) => [stack, stack] as const)],
    },
    {
        kind: "choice",
        name: "state",
        label: "State",
        options: [
            ["", "All"],
            ["overdue", "Overdue"],
            ["soon", `Due within ${String(SOON_DAYS)} days`],
            ["moving", "In the middle of a rotation"],
        ],
    },
    {
        kind: "choice",
        name: "order",
        label: "Order",
        options: [
            ["", "By due day"],
            ["name", "By name"],
        ],
    },
    {
        kind: "choice",
        name: "as",
        label: "Shown as",
        options: [
            ["", "Timeline"],
            ["table", "Table"],
        ],
    },
    { kind: "check", name: "changed", label: "Only what changes" },
];

const STATES: readonly CalendarFilter["state"][] = ["overdue", "soon", "moving"];

const filterOf = (narrow: Controls): CalendarFilter => ({
    text: narrow.value("text"),
    stack: narrow.value("stack"),
    state: STATES.find((each) => each === narrow.value("state")) ?? "",
    changed: narrow.checked("changed"),
    order: narrow.value("order") === "name" ? "name" : "due",
});

function legend(): HTMLElement {
    const sample = (kind: string, text: string): HTMLElement =>
        element("li", {}, element("span", { class: `sample ${kind}`, "aria-hidden": "true" }), " ", text);
    return element(
        "ul",
        { class: "legend", "aria-label": "What the timeline shows" },
        sample("current", "in use"),
        sample("previous", "the one before, still works"),
        sample("next", "announced"),
        sample("over", "overdue"),
        sample("due", "due"),
        sample("step", "next step, at the earliest"),
    );
}

const timelineOf = (fields: readonly RotatingField[], scale: Scale): HTMLElement =>
    element(
        "div",
        { class: "timeline" },
        axis(scale),
        element(
            "ul",
            { class: "list" },
            ...fields.map((field) =>
                element(
                    "li",
                    {},
                    element("div", { class: "who" }, ...names(field)),
                    track(field, scale),
                    element("div", { class: "when" }, ...dueOf(field, scale.today), nextOf(field)),
                ),
            ),
        ),
    );

const nextOf = ({ step }: RotatingField): Child =>
    step !== undefined &&
    element(
        "div",
        { class: "muted" },
        `${step.step}, from `,
        element("span", { class: "narrow" }, step.earliest),
    );

const names = ({ field, stack, class: kind, strategy, isChanged }: RotatingField): readonly Child[] => [
    element("code", {}, field),
    " ",
    element("span", { class: "stack" }, stack),
    isChanged && " ",
    isChanged && chip("warn", "~ changed"),
    element("div", { class: "muted" }, `${kind}, ${strategy}`),
];

function dueOf(field: RotatingField, today: string): readonly Child[] {
    const left = daysLeft(field, today);
    const text = dueText(field, today);
    return [left <= 0 ? chip("bad", `! ${text}`) : left <= SOON_DAYS ? chip("warn", text) : text];
}

function tableOf(fields: readonly RotatingField[], today: string): HTMLElement {
    const day = (text: string): Child => element("span", { class: "narrow" }, text);
    const generation = (it: Generation | undefined, word: string): readonly Child[] =>
        it === undefined
            ? []
            : [`${String(it.generation)} ${word} `, day(it.day), it.reason !== "" && `, ${it.reason}`];
    const heads = ["Field", "In use", "The one before", "Announced", "Due", "Next step"];
    return element(
        "div",
        { class: "wide", role: "region", tabindex: "0", "aria-label": "Table of the fields that rotate" },
        element(
            "table",
            { class: "calendar" },
            element("caption", { class: "unseen" }, "Fields that rotate"),
            element(
                "thead",
                {},
                element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head))),
            ),
            element(
                "tbody",
                {},
                ...fields.map((field) =>
                    element(
                        "tr",
                        {},
                        element("th", { scope: "row" }, ...names(field)),
                        element("td", {}, ...generation(field.current, "since")),
                        element("td", {}, ...generation(field.previous, "until")),
                        element("td", {}, ...generation(field.next, "since")),
                        element("td", {}, ...dueOf(field, today)),
                        element(
                            "td",
                            {},
                            ...(field.step === undefined
                                ? []
                                : [`${field.step.step}, from `, day(field.step.earliest)]),
                        ),
                    ),
                ),
            ),
        ),
    );
}
