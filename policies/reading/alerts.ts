import { listSetting, type CheckedInStack, type Context } from "../rule";
import type { Property } from "./property";
import { matchesEvent } from "./event-pattern";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const TOPIC = "aws:sns/topic:Topic";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/** The setting of rules that ask for a live target. */
export const LIVE_TARGETS = {
    liveTargets: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "ARNs of targets of alerts that another stack declares and somebody reads.",
    },
} as const;

/** An enabled rule of the default bus that somebody is told by. */
export interface Alert {
    readonly pattern: unknown;
    readonly region: string | undefined;
    /** Whether it also gets calls that only read; EventBridge leaves them out unless asked for. */
    readonly hearsReads: boolean;
}

/** The region that a resource is in: its own, or its provider's. */
export function regionOf({ props, provider }: CheckedInStack): string | undefined {
    const own = props.at("region");
    if (!own.isUnknown && !own.isAbsent) return own.text();
    const region = provider?.props.at("region");
    return region === undefined || region.isUnknown ? undefined : region.text();
}

/** @param stack what a check gets: the alerts of one stack are found once. */
export function alertsOf(stack: readonly CheckedInStack[], context: Context): readonly Alert[] {
    const known = found.get(stack);
    if (known !== undefined) return known;
    const live = liveTopics(stack);
    const targets = stack.filter(({ type }) => type === TARGET);
    const alerts = stack
        .filter(({ type }) => type === RULE)
        .filter((rule) =>
            targets.some((target) => isTargetOf(target, rule) && isLiveTarget(target, "arn", live, context)),
        )
        .flatMap(alertOf);
    found.set(stack, alerts);
    return alerts;
}

const found = new WeakMap<readonly CheckedInStack[], readonly Alert[]>();

/** What is not known of a rule can't tell anybody. */
function alertOf(rule: CheckedInStack): Alert[] {
    const { props } = rule;
    const [pattern, state, bus] = [props.at("eventPattern"), props.at("state"), props.at("eventBusName")];
    if ([pattern, state, bus, props.at("isEnabled")].some(({ isUnknown }) => isUnknown)) return [];
    if (!bus.isAbsent && bus.text() !== "default") return [];
    const isEnabled = props.at("isEnabled").isAbsent || props.at("isEnabled").isTrue;
    const how = state.isAbsent ? (isEnabled ? "ENABLED" : "DISABLED") : state.text();
    const parsed = parsedOf(pattern);
    if (how === "DISABLED" || parsed === undefined) return [];
    return [
        {
            pattern: parsed,
            region: regionOf(rule),
            hearsReads: how === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        },
    ];
}

function parsedOf(pattern: Property): unknown {
    const text = pattern.text();
    if (text === undefined) return undefined;
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

function isTargetOf(target: CheckedInStack, rule: CheckedInStack): boolean {
    if (target.dependencies("rule").includes(rule.urn)) return true;
    const [named, name] = [target.props.at("rule"), rule.props.at("name")];
    if (named.isUnknown || name.isUnknown || name.isAbsent) return false;
    return named.text() === name.text() && regionOf(target) === regionOf(rule);
}

/** URNs of topics that somebody subscribes to, for every message. */
export function liveTopics(stack: readonly CheckedInStack[]): ReadonlySet<string> {
    const subscriptions = stack.filter(
        ({ type, props }) =>
            type === SUBSCRIPTION && !props.at("filterPolicy").isUnknown && props.at("filterPolicy").isAbsent,
    );
    const subscribed = new Set(subscriptions.flatMap(({ dependencies }) => dependencies("topic")));
    return new Set(stack.flatMap(({ type, urn }) => (type === TOPIC && subscribed.has(urn) ? [urn] : [])));
}

/** Whether a property that names a target names one that somebody reads. */
export function isLiveTarget(
    resource: CheckedInStack,
    property: string,
    live: ReadonlySet<string>,
    { settings }: Context,
): boolean {
    if (resource.dependencies(property).some((urn) => live.has(urn))) return true;
    const elsewhere = listSetting(settings, "liveTargets");
    return resource.props
        .at(property)
        .itemsOrUnknown()
        .some((item) => !item.isUnknown && elsewhere.includes(item.text() ?? ""));
}

/** Whether somebody is told of an event in a region. */
export function isTold(
    alerts: readonly Alert[],
    event: { readonly [key: string]: unknown },
    region: string | undefined,
    isRead: boolean,
): boolean {
    return alerts.some(
        (alert) =>
            alert.region === region && (alert.hearsReads || !isRead) && matchesEvent(alert.pattern, event),
    );
}
