import type { Json } from "../../preview/report/redact";
import type { PropertyChange, ResourceChange, Review } from "../review";
import { anchorOf } from "./anchors";
import { markup } from "./html";
import type { Html, Part } from "./html";
import { chip, code, codes, leftOut, MOST } from "./parts";
import type { Tone } from "./parts";

/** Of one property; a policy document is longer, and its place in the code says more than its end would. */
const VALUE_LENGTH_CHARS = 2_000;
/** Resources that stand open at first: of a small change everything is seen at once. */
const OPEN = 8;

const KINDS: Readonly<Record<ResourceChange["kind"], readonly [tone: Tone, text: string]>> = {
    added: ["good", "+ added"],
    changed: ["warn", "~ changed"],
    replaced: ["bad", "± replaced"],
    removed: ["bad", "− removed"],
    renamed: ["plain", "→ renamed"],
};

/** Resource for resource, property for property: readable without a script. */
export function diff(review: Review): { readonly count: number; readonly body: Html } {
    const all = review.stacks.flatMap(({ stack, resources }) => resources.map((it) => ({ stack, it })));
    const unchanged = review.stacks.reduce((sum, each) => sum + each.unchanged, 0);
    if (all.length === 0)
        return {
            count: 0,
            body: markup`<p class="nothing">No resource differs; ${unchanged} are as they were.</p>`,
        };
    const opened = all.length <= OPEN;
    return {
        count: all.length,
        body: markup`<div data-filter="diff"></div>
            <ul class="list long" data-list="diff">
                ${all.slice(0, MOST).map(({ stack, it }) => resource(stack, it, opened))}
            </ul>
            ${all.length > MOST && leftOut(all.length - MOST)}`,
    };
}

function resource(stack: string, it: ResourceChange, opened: boolean): Html {
    const { kind, urn, type, name, properties, formerUrn, replacedBecauseOf, isProtected, belongsTo } = it;
    const head = markup`${chip(...KINDS[kind])} <span class="name">${code(name)}</span>
        <span class="muted">${type}</span>
        ${isProtected && chip("plain", "protected")} <span class="stack">${stack}</span>`;
    return markup`<li id="${anchorOf(urn)}" data-stack="${stack}" data-kind="${kind}">
        <details${opened && OPENED}>
            <summary>${head}</summary>
            <dl>
                ${belongsTo !== undefined && markup`<dt>Belongs to</dt><dd>${belongsTo}</dd>`}
                <dt>URN</dt><dd>${code(urn)}</dd>
                ${formerUrn !== undefined && markup`<dt>Was</dt><dd>${code(formerUrn)}</dd>`}
                ${
                    replacedBecauseOf !== undefined &&
                    markup`<dt>Replaced because of</dt><dd>${codes(replacedBecauseOf)}</dd>`
                }
            </dl>
            ${properties.length > 0 && propertyTable(name, properties)}
        </details>
    </li> `;
}

const OPENED = markup` open`;

const propertyTable = (name: string, properties: readonly PropertyChange[]): Html =>
    markup`<table class="diff">
        <caption class="unseen">Properties of ${name} that differ</caption>
        <thead>
            <tr><th scope="col">Property</th><th scope="col">Before</th><th scope="col">After</th></tr>
        </thead>
        <tbody>
            ${properties.map(property)}
        </tbody>
    </table>`;

function property({ path, kind, isSecret, before, after }: PropertyChange): Html {
    const secret = markup`<span class="secret">secret ${kind}</span>`;
    const side = (value: Json | undefined, absent: boolean): Part =>
        absent ? markup`<span class="muted">not there</span>` : value === undefined ? "" : written(value);
    return markup`<tr>
        <th scope="row">${code(path)}</th>
        ${
            isSecret
                ? markup`<td colspan="2">${secret}</td>`
                : markup`<td class="before">${side(before, kind === "added")}</td
                      ><td class="after">${side(after, kind === "removed")}</td>`
        }
    </tr> `;
}

function written(value: Json): Part {
    const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
    if (text === "") return markup`<span class="muted">empty text</span>`;
    return code(text.length > VALUE_LENGTH_CHARS ? `${text.slice(0, VALUE_LENGTH_CHARS)}…` : text);
}
