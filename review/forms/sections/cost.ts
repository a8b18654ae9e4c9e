import type { Review, StackReview } from "../../review";
import { and, t } from "../text";
import type { Text } from "../text";
import { sectionOf } from "./section";
import type { Section } from "./section";

const DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const CALLS = new Intl.NumberFormat("en-US");

/** What a month costs and how often stores are asked, before and after. */
export function costSection({ stacks }: Review): readonly Section[] {
    const priced = stacks.filter(({ cost }) => cost.before !== undefined || cost.after !== undefined);
    const days = new Set(
        priced.flatMap(({ cost: { before, after } }) =>
            [before, after].flatMap((each) => (each === undefined ? [] : [each.prices.on])),
        ),
    );
    return sectionOf({
        title: "Cost",
        tone: "plain",
        items: [],
        table: {
            head: ["stack", "dollars a month", "API calls a month"],
            rows: priced.map((stack) => [
                t`${stack.stack}`,
                amounts(stack, "dollarsPerMonth", DOLLARS),
                amounts(stack, "callsPerMonth", CALLS),
            ]),
        },
        remark: t`List prices of ${and([...days])}; free tiers, which belong to whole accounts, are not taken off.`,
    });
}

/** `$12.25 → $13.05`, or one amount where it stays. */
function amounts(
    { cost }: StackReview,
    of: "dollarsPerMonth" | "callsPerMonth",
    as: Intl.NumberFormat,
): Text {
    const before = cost.before === undefined ? "none" : as.format(cost.before[of]);
    const after = cost.after === undefined ? "none" : as.format(cost.after[of]);
    return before === after ? t`${after}` : t`${before} → ${after}`;
}
