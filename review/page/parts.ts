import { counted, grouped } from "./client/texts";
import { markup } from "./html";
import type { Html, Part } from "./html";

/** Of a list that has no explorer of its own, what stands open; the rest is behind a disclosure. */
const OPEN = 12;
/** And how many are written at all: a page that nobody can open is no page. */
export const MOST = 400;

/** What is so, told by a sign and a word: never by colour alone. */
export type Tone = "bad" | "warn" | "good" | "plain";

export const chip = (tone: Tone, text: string): Html => markup`<span class="chip ${tone}">${text}</span>`;

/** A name from the project's files: set apart, and with a direction of writing of its own. */
export const code = (text: string): Html => markup`<code>${text}</code>`;

/** Names in a sentence: `a, b, c`. */
export const codes = (texts: readonly string[]): Part =>
    texts.map((text, at) => [at > 0 && ", ", code(text)]);

interface Column<T> {
    readonly title: string;
    readonly cell: (row: T) => Part;
    readonly kind?: "number" | "narrow";
}

/**
 * A table with a caption, whose first column names the row. On a narrow screen each row becomes a list of its own, by
 * style alone: the roles are written out, since some browsers take a table for one only as long as it is laid out as one.
 */
export function table<T>(caption: string, columns: readonly Column<T>[], rows: readonly T[]): Html {
    const [first, ...others] = columns;
    if (first === undefined) return markup``;
    return markup`<div class="wide">
        <table class="rows" role="table">
            <caption>${caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    ${columns.map(({ title, kind }) => markup`<th scope="col" role="columnheader" class="${kind ?? ""}">${title}</th>`)}
                </tr>
            </thead>
            <tbody role="rowgroup">
                ${rows.map(
                    (row) =>
                        markup`<tr role="row">
                            <th scope="row" role="rowheader">${first.cell(row)}</th>
                            ${others.map((each) => cellOf(each, row))}
                        </tr> `,
                )}
            </tbody>
        </table>
    </div>`;
}

const cellOf = <T>({ title, cell, kind }: Column<T>, row: T): Html =>
    markup`<td role="cell" class="${kind ?? ""}" data-title="${title}"><div>${cell(row)}</div></td>`;

/** The first of a list, then the others behind "24 more", then how many are not written at all. */
export function capped<T>(all: readonly T[], render: (some: readonly T[]) => Html, open = OPEN): Html {
    const rest = all.slice(open, MOST);
    const left = all.length - open - rest.length;
    return markup`${render(all.slice(0, open))}${
        rest.length > 0 &&
        markup`<details class="more">
            <summary>${counted(rest.length, "more", "more")}</summary>
            ${render(rest)}
        </details>`
    }${left > 0 && leftOut(left)}`;
}

/** What the page does not hold is said, with where it is. */
export const leftOut = (count: number): Html =>
    markup`<p class="note">${counted(count, "more", "more")} would make this page too large: the JSON of this review has all.</p>`;

export function list<T>(all: readonly T[], item: (each: T) => Part, name = "plain"): Html {
    return markup`<ul class="list ${name}">
        ${all.map((each) => markup`<li>${item(each)}</li> `)}
    </ul>`;
}

/** A sentence that came without its period. */
export const sentence = (text: string): string => (/[.!?…:]$/.test(text) ? text : `${text}.`);

export interface Section {
    readonly id: string;
    readonly title: string;
    /** What it is called where there is nothing in it. */
    readonly noun: string;
    /** How many things are in it; a section of none is not shown. */
    readonly count: number;
    readonly body: Part;
}

export const section = ({ id, title, count, body }: Section): Html =>
    markup`<section aria-labelledby="${id}">
        <h3 id="${id}">${title}${count > 1 && markup` <span class="count">${grouped(count)}</span>`}</h3>
        ${body}
    </section>`;
