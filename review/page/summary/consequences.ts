import type { Review } from "../../review";
import { markup } from "../html";
import type { Part } from "../html";
import { capped, chip, code, codes, list, table } from "../parts";
import type { Section } from "../parts";
import { acrossStacks } from "./across";
import { inStacks } from "./blockers";

/** Workloads that restart, and those that are cut off until they do. */
export function workloads(review: Review): Section {
    const all = acrossStacks(review, (stack) => stack.workloads);
    const cutFirst = [...all].sort((a, b) => Number(b.it.isCut) - Number(a.it.isCut));
    const gets = ({ it }: (typeof all)[number]): Part => [
        it.generations.length > 0 && markup`<div>new generations of ${codes(it.generations)}</div>`,
        it.appeared.length > 0 && markup`<div>gets ${codes(it.appeared)}</div>`,
        it.gone.length > 0 && markup`<div>no longer gets ${codes(it.gone)}</div>`,
    ];
    return {
        id: "workloads",
        title: "Workloads",
        noun: "workloads",
        count: all.length,
        body: capped(cutFirst, (some) =>
            table(
                "Workloads that get something else",
                [
                    { title: "Workload", cell: ({ it }) => code(it.consumer) },
                    {
                        title: "What happens",
                        cell: ({ it }) => [
                            it.kind === "added" && [chip("good", "+ new"), " "],
                            it.kind === "removed" && [chip("bad", "− goes"), " "],
                            it.isCut && [chip("bad", "! cut off until it restarts"), " "],
                            it.restarts ? chip("warn", "↻ restarts") : it.kind === "changed" && "no restart",
                        ],
                    },
                    { title: "What it gets", cell: gets },
                    { title: "Stack", cell: ({ stacks }) => inStacks(stacks) },
                ],
                some,
            ),
        ),
    };
}

/** Values that nobody but a person can set, with the command. */
export function toSet(review: Review): Section {
    const all = acrossStacks(review, (stack) => stack.toSet);
    const fresh = all.filter(({ it }) => it.isNew);
    const old = all.filter(({ it }) => !it.isNew);
    const rows = (some: typeof all): Part =>
        list(
            some,
            ({ it, stacks }) =>
                markup`<p class="head">
                        ${code(it.field)} ${it.isNew && chip("warn", "+ new")} ${inStacks(stacks)}
                    </p>
                    <pre tabindex="0" aria-label="Command">${it.command}</pre>`,
            "cards",
        );
    return {
        id: "to-set",
        title: "To set by hand",
        noun: "values to set by hand",
        count: all.length,
        body: [
            fresh.length > 0 && capped(fresh, (some) => markup`${rows(some)}`),
            old.length > 0 &&
                markup`<details class="more">
                    <summary>${old.length} that the base lacks too</summary>
                    ${capped(old, (some) => markup`${rows(some)}`, 50)}
                </details>`,
        ],
    };
}
