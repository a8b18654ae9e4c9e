import { SUBSCRIPTION } from "./alerts";
import type { Case, Sketch } from "./case";

export const NOBODY_TOLD = "by anybody without an alert";

/**
 * The ways in which nobody hears of a read, and two in which somebody does.
 *
 * @param live what is beside a secret whose reads somebody hears of.
 * @param withReads the same with other properties of the rule on reads, or in another region.
 */
export function unheard(
    live: readonly Sketch[],
    withReads: (props: Readonly<Record<string, unknown>>, region?: string) => readonly Sketch[],
): Case[] {
    const without = (name: string): Sketch[] => live.filter((each) => each.name !== name);
    return [
        {
            title: "near miss: enabled, but without calls that only read",
            change: {},
            beside: withReads({ state: "ENABLED" }),
            expect: [NOBODY_TOLD],
        },
        {
            title: "disabled",
            change: {},
            beside: withReads({ state: "DISABLED" }),
            expect: [NOBODY_TOLD],
        },
        {
            title: "disabled in the older way",
            change: {},
            beside: withReads({ state: undefined, isEnabled: false }),
            expect: [NOBODY_TOLD],
        },
        {
            title: "in another region",
            change: {},
            beside: withReads({}, "us-west-2"),
            expect: [NOBODY_TOLD],
        },
        {
            title: "on a bus of one's own, where CloudTrail sends nothing",
            change: {},
            beside: withReads({ eventBusName: "ours" }),
            expect: [NOBODY_TOLD],
        },
        {
            title: "a topic without a subscription",
            change: {},
            beside: without("mail"),
            expect: ["no alert on", NOBODY_TOLD],
        },
        {
            title: "near miss: a subscription that filters messages",
            change: {},
            beside: [
                ...without("mail"),
                { ...SUBSCRIPTION, props: { ...SUBSCRIPTION.props, filterPolicy: '{"kind":["none"]}' } },
            ],
            expect: ["no alert on", NOBODY_TOLD],
        },
        {
            title: "a rule without a target",
            change: {},
            beside: live.filter(({ type, name }) => !(type.endsWith("EventTarget") && name === "read")),
            expect: [NOBODY_TOLD],
        },
        {
            title: "a target of another stack, of which nothing is known",
            change: {},
            beside: live
                .filter(({ name }) => name !== "mail" && name !== "alerts")
                .map((each) =>
                    each.type.endsWith("EventTarget")
                        ? {
                              ...each,
                              computedFrom: {},
                              props: { ...each.props, arn: "arn:aws:sns:us-east-1:1:theirs" },
                          }
                        : each,
                ),
            expect: ["no alert on", NOBODY_TOLD],
        },
        {
            title: "a target of another stack that somebody reads, by a setting",
            change: {},
            settings: { liveTargets: ["arn:aws:sns:us-east-1:1:theirs"] },
            beside: live
                .filter(({ name }) => name !== "mail" && name !== "alerts")
                .map((each) =>
                    each.type.endsWith("EventTarget")
                        ? {
                              ...each,
                              computedFrom: {},
                              props: { ...each.props, arn: "arn:aws:sns:us-east-1:1:theirs" },
                          }
                        : each,
                ),
            expect: "clean",
        },
    ];
}
