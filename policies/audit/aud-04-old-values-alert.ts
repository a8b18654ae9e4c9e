import { isLiveTarget, LIVE_TARGETS, liveTopics } from "../reading/alerts";
import type { Property } from "../reading/property";
import { isDay, secondsSinceEpoch } from "../../components/domain/rotation/day";
import { each, violation, type CheckedInStack, type Context, type Finding, type StackRule } from "../rule";

const DOCUMENT = "strongroom:secrets:Document";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const GCP_SECRET = "gcp:secretmanager/secret:Secret";
const SUBSCRIPTION = "gcp:pubsub/subscription:Subscription";

const DAY_SECONDS = 24 * 3600;

/**
 * A value that nobody rotates has to make itself heard. Each rotation class with a period has an alarm whose threshold is
 * that period, and which counts from the day in the ledger or from an earlier one. Where an environment has no AWS, a
 * document in GCP's Secret Manager has notices of its own to a topic with a subscription. Vault and clusters have nothing
 * that could tell: for them alone the monthly run does.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "AUD-04",
    name: "aud-04-old-values-alert",
    description: "Each rotation class has an alarm whose threshold is its longest age, with a live target.",
    severity: "medium",
    remediationSteps: "Declare an alarm tagged with the class, with its days as threshold and a live topic.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html",
    peers: [],
    settings: LIVE_TARGETS,
    types: new Set([DOCUMENT]),
    check: (document, stack, context) =>
        each(document.props.at("longestAges").entries(), ({ property: longest }) => {
            if (context.facts.aws !== undefined) return checkAlarm(longest, stack, context);
            const store = document.props.at("store").text();
            return store === "gcp-secret-manager" ? checkNotices(document, longest, stack) : [];
        }),
};

function checkAlarm(longest: Property, stack: readonly CheckedInStack[], context: Context): Finding[] {
    const className = longest.at("class").text();
    const days = longest.at("days").number;
    const since = longest.at("since").text();
    const alarms = stack.filter(
        ({ type, props }) =>
            type === ALARM &&
            props.at("tags", "rotation-class").text() === className &&
            props.at("threshold").number === days,
    );
    if (alarms.length === 0) {
        const fix = "Declare one, with the class as its tag 'rotation-class' and the days as threshold";
        return [violation(longest, "has no alarm with its class and its days", fix)];
    }
    const live = liveTopics(stack);
    const counting = alarms.filter((alarm) => counts(alarm, since));
    if (counting.length === 0) {
        const fix = "Let it compare the days since the one in the ledger, or since an earlier one";
        return [violation(longest, "has an alarm that does not go by its age", fix)];
    }
    if (counting.some((alarm) => isHeard(alarm, live, context))) return [];
    const fix = "Give it a topic that has a subscription, and switch its actions on";
    return [violation(longest, "has an alarm that nobody hears", fix)];
}

const AGE = /^\(EPOCH\(\w+\) - (\d+)\) \/ 86400$/;

/** It fires when a number of days has passed since a day that is not after that of the value. */
function counts({ props }: CheckedInStack, since: string | undefined): boolean {
    const isSound = since !== undefined && isDay(since);
    if (!isSound || props.at("comparisonOperator").text() !== "GreaterThanOrEqualToThreshold") return false;
    return props
        .at("metricQueries")
        .items()
        .some((query) => {
            const returns = query.at("returnData");
            const from = AGE.exec(query.at("expression").text() ?? "")?.[1];
            return returns.isTrue && from !== undefined && Number(from) <= secondsSinceEpoch(since);
        });
}

function isHeard(alarm: CheckedInStack, live: ReadonlySet<string>, context: Context): boolean {
    const enabled = alarm.props.at("actionsEnabled");
    return (enabled.isAbsent || enabled.isTrue) && isLiveTarget(alarm, "alarmActions", live, context);
}

/** The secret of a document has its name; a topic's name is known only once it is made. */
function checkNotices(
    document: CheckedInStack,
    longest: Property,
    stack: readonly CheckedInStack[],
): Finding[] {
    const secret = stack.find(({ type, name }) => type === GCP_SECRET && name === document.name);
    const period = Number(/^(\d+)s$/.exec(secret?.props.at("rotation", "rotationPeriod").text() ?? "")?.[1]);
    const days = longest.at("days").number ?? 0;
    if (!(period <= days * DAY_SECONDS)) {
        const fix = "Set strongroom:gcp.rotationNotices, or the rotation period of the secret";
        return [violation(longest, "has no notice when its days are over", fix)];
    }
    const topics = secret?.dependencies("topics") ?? [];
    const heard = stack.some(
        ({ type, dependencies }) =>
            type === SUBSCRIPTION && dependencies("topic").some((urn) => topics.includes(urn)),
    );
    if (heard) return [];
    return [violation(longest, "has notices that nobody gets", "Declare a subscription of their topic")];
}
