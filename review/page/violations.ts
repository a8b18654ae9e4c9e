import type { Exemption } from "../../preview/rendering";
import type { Review, ViolationTold } from "../review";
import { anchorOf, isBlocking } from "./anchors";
import { markup } from "./html";
import type { Html } from "./html";
import { chip, code, leftOut, MOST, sentence } from "./parts";
import type { Tone } from "./parts";

type Status = "new" | "as before" | "fixed" | "exempted";
interface Told {
    readonly stack: string;
    readonly status: Status;
    readonly it: ViolationTold & { readonly exemption?: Exemption };
}

const STATUS: Readonly<Record<Status, readonly [tone: Tone, text: string]>> = {
    new: ["bad", "✗ newly fails"],
    "as before": ["bad", "✗ fails as before"],
    fixed: ["good", "✓ fixed"],
    exempted: ["warn", "◦ exempted"],
};

/** Every violation of the head, what it mends of the base, and what is exempted: readable without a script. */
export function violations(review: Review): { readonly count: number; readonly body: Html } {
    const all = review.stacks.flatMap(({ stack, violations: own, exemptions }) => [
        ...own.appeared.map((it): Told => ({ stack, it, status: "new" })),
        ...own.stayed.map((it): Told => ({ stack, it, status: "as before" })),
        ...own.gone.map((it): Told => ({ stack, it, status: "fixed" })),
        ...[...exemptions.appeared, ...exemptions.stayed].map((it): Told => ({
            stack,
            it,
            status: "exempted",
        })),
    ]);
    const order: readonly Status[] = ["new", "as before", "exempted", "fixed"];
    const rank = ({ status, it }: Told): number => order.indexOf(status) * 2 + (isBlocking(it) ? 0 : 1);
    all.sort((a, b) => rank(a) - rank(b));
    const failing = all.filter(({ status }) => status === "new" || status === "as before").length;
    if (all.length === 0)
        return {
            count: 0,
            body: markup`<p class="nothing">No policy is violated, and nothing is exempted.</p>`,
        };
    return {
        count: failing,
        body: markup`<div data-filter="violations"></div>
            <ul class="list cards long" data-list="violations">
                ${all.slice(0, MOST).map(one)}
            </ul>
            ${all.length > MOST && leftOut(all.length - MOST)}`,
    };
}

function one({ stack, status, it }: Told): Html {
    const { id, policy, level, severity, urn, resource, type, source, undecided, exemption } = it;
    return markup`<li
        id="${anchorOf(stack, policy, urn ?? "", it.message)}"
        data-stack="${stack}"
        data-kind="${status}"
        data-level="${level}"
    >
        <p class="head">
            ${chip(...STATUS[status])} <strong>${id ?? policy}</strong> ${chip("plain", level)}
            ${severity !== undefined && chip("plain", severity)}
            ${undecided && chip("warn", "? undecided before a deployment")}
            <span class="stack">${stack}</span>
        </p>
        <p>${sentence(it.message)}</p>
        <p class="muted">${it.description}</p>
        <dl>
            ${id !== undefined && markup`<dt>Policy</dt><dd>${code(policy)}</dd>`}
            ${
                resource !== undefined &&
                markup`<dt>Resource</dt><dd>${code(resource)} ${type !== undefined && markup`<span class="muted">${type}</span>`}</dd>`
            }
            ${source !== undefined && markup`<dt>Declared in</dt><dd>${code(`${source.file}:${source.line}`)}</dd>`}
            ${
                exemption !== undefined &&
                markup`<dt>Exempted</dt><dd>until ${exemption.until} by ${exemption.owner}: ${exemption.reason}</dd>`
            }
        </dl>
    </li> `;
}
