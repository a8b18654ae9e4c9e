import type { Cost, CostLine } from "../../cost/cost";
import type { Review, StackReview } from "../../review";
import { grouped } from "../client/texts";
import { markup } from "../html";
import type { Html, Part } from "../html";
import { table } from "../parts";
import type { Section } from "../parts";

/** In US dollars, to the cent. */
export const dollars = (amount: number): string => {
    const [whole = "0", cents = "00"] = Math.abs(amount).toFixed(2).split(".");
    return `${amount < 0 ? "−" : ""}$${grouped(Number(whole))}.${cents}`;
};

/** `+ $0.80`, `− $1.00`, `as before`. */
export function difference(before: number, after: number, told: (amount: number) => string): string {
    const amount = Number((after - before).toFixed(2));
    if (amount === 0) return "as before";
    return `${amount > 0 ? "+ " : "− "}${told(Math.abs(amount))}`;
}

/** What the clouds ask for a month, before and after, with where the prices are from. */
export function cost({ stacks }: Review): Section {
    const priced = stacks.filter((each) => each.cost.before !== undefined || each.cost.after !== undefined);
    return {
        id: "cost",
        title: "Cost of a month",
        noun: "cost",
        count: Math.min(priced.length, 1),
        body: [
            table("Cost of a month, by stack", COLUMNS, priced),
            priced.map(({ stack, cost: { after } }) => after !== undefined && lines(stack, after)),
            sources(priced),
        ],
    };
}

const missing = "not known";
const sum = (cost: Cost | undefined): string =>
    cost === undefined ? missing : dollars(cost.dollarsPerMonth);
const COLUMNS = [
    { title: "Stack", cell: ({ stack }: StackReview): Part => stack },
    { title: "Before", cell: ({ cost }: StackReview): Part => sum(cost.before), kind: "number" as const },
    { title: "After", cell: ({ cost }: StackReview): Part => sum(cost.after), kind: "number" as const },
    {
        title: "Difference",
        cell: ({ cost: { before, after } }: StackReview): Part =>
            before === undefined || after === undefined
                ? ""
                : difference(before.dollarsPerMonth, after.dollarsPerMonth, dollars),
        kind: "number" as const,
    },
    {
        title: "API calls",
        cell: ({ cost: { before, after } }: StackReview): Part => {
            const now = after ?? before;
            if (now === undefined) return "";
            const change =
                before === undefined || after === undefined
                    ? ""
                    : ` (${difference(before.callsPerMonth, after.callsPerMonth, grouped)})`;
            return `${grouped(now.callsPerMonth)}${change}`;
        },
        kind: "number" as const,
    },
];

const lines = (stack: string, { lines: all }: Cost): Html =>
    markup`<details class="more">
        <summary>What ${stack} pays for</summary>
        ${table<CostLine>(
            `What ${stack} pays for, the dearest first`,
            [
                { title: "What", cell: ({ what }) => what },
                { title: "Service", cell: ({ service }) => service },
                {
                    title: "Calls",
                    cell: ({ callsPerMonth }) => callsPerMonth !== undefined && grouped(callsPerMonth),
                    kind: "number",
                },
                { title: "A month", cell: (each) => dollars(each.dollarsPerMonth), kind: "number" },
            ],
            all,
        )}
    </details>`;

/** Addresses are text: the page leads nowhere but into itself. */
function sources(stacks: readonly StackReview[]): Part {
    const prices = stacks.flatMap(({ cost: { before, after } }) => [after ?? before]).find((each) => each);
    if (prices === undefined) return undefined;
    const { on, sources: from } = prices.prices;
    return markup`<p class="note">List prices of ${on}${from.length > 0 && `, from ${from.join(", ")}`}. 730 hours.</p>`;
}
