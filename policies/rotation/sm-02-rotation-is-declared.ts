import { googleDays } from "../reading/days";
import type { Property } from "../reading/property";
import {
    each,
    listSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type Settings,
    type StackRule,
} from "../rule";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

/** Where the entry of a store says what it is and how it rotates. */
const TAGS: ReadonlyMap<string, readonly string[]> = new Map([
    [SECRET, ["tags"]],
    ["aws:ssm/parameter:Parameter", ["tags"]],
    ["gcp:secretmanager/secret:Secret", ["labels"]],
    ["gcp:secretmanager/regionalSecret:RegionalSecret", ["labels"]],
    ["vault:kv/secretV2:SecretV2", ["customMetadata", "data"]],
]);

/** As the platforms' documents have them; a class that is not here has no maximum, and is refused. */
const MAXIMUM_DAYS = {
    "api-key": 30,
    database: 90,
    storage: 90,
    security: 180,
    encryption: 180,
    monitoring: 180,
};
const RATE = /^rate\((\d{1,5}) (hour|day)s?\)$/;

/**
 * How often a value changes is declared with its entry: by the store's own schedule, or by tags where a ledger or a
 * vendor rotates it. Whether it does is not for a policy, which sees one rendering: a ledger is compared with the one
 * before it, and what is overdue is an alert.
 *
 * It needs the whole stack for AWS, whose schedules are resources of their own, and reads declared texts and
 * dependencies alone.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "SM-02",
    name: "sm-02-rotation-is-declared",
    description: "Entries of stores declare their rotation, within the maximum of their class.",
    severity: "medium",
    remediationSteps: "Tag the entry with rotation-days, or give it a schedule within its class's maximum.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html",
    peers: ["Checkov"],
    settings: {
        maximumDays: {
            type: "object",
            default: MAXIMUM_DAYS,
            description: "The longest age of a value in days, by class.",
        },
        platformMaximumDays: {
            type: "object",
            default: {},
            description: "The same by platform and class, as 'shop/api-key', where its own document differs.",
        },
        rotatedByEvents: {
            type: "array",
            items: { type: "string" },
            default: ["monitoring"],
            description: "Classes, or platforms with a class, whose values may rotate on events alone.",
        },
        withoutSecrets: {
            type: "array",
            items: { type: "string" },
            default: ["control-plane/audit"],
            description: "Classes, or platforms with a class, whose entries hold no secret.",
        },
    },
    types: new Set([...TAGS.keys(), ROTATION]),
    check: (resource, stack, { settings }: Context) => {
        if (resource.type === ROTATION) return checkSchedule(resource, stack, settings);
        return isWithoutSecret(resource, settings) ? [] : checkEntry(resource, stack, settings);
    },
};

/** Plain parameters, whose being configuration is SM-05's, and what the settings name. */
function isWithoutSecret(entry: CheckedInStack, settings: Settings): boolean {
    const { type, props } = entry;
    if (type === "aws:ssm/parameter:Parameter" && props.at("type").text() !== "SecureString") return true;
    return classesOf(tagsOf(entry)).some((each) => listSetting(settings, "withoutSecrets").includes(each));
}

function tagsOf({ type, props }: CheckedInStack): Property {
    return props.at(...(TAGS.get(type) ?? []));
}

function checkEntry(
    entry: CheckedInStack,
    stack: readonly CheckedInStack[],
    settings: Settings,
): readonly Finding[] {
    const tags = tagsOf(entry);
    const maximum = maximumOf(tags, settings);
    if (maximum === undefined) return [withoutMaximum(tags)];
    const days = tags.at("rotation-days");
    const period = entry.props.at("rotation", "rotationPeriod");
    const declared = [
        ...(days.isAbsent ? [] : [() => checkDays(days, daysOf(days), maximum)]),
        ...(period.isAbsent ? [] : [() => checkDays(period, googleDays(period), maximum)]),
    ];
    if (declared.length > 0) return each(declared, (check) => check());
    if (isScheduled(entry, stack)) return [];
    const events = tags.at("rotates-on");
    if ((events.text() ?? "") === "") {
        return [
            violation(
                days,
                "is missing, and nothing else says when it rotates",
                `Set it to ${maximum} or less`,
            ),
        ];
    }
    const mayWait = classesOf(tags).some((each) => listSetting(settings, "rotatedByEvents").includes(each));
    return mayWait
        ? []
        : [
              violation(
                  days,
                  "is missing, and events alone don't rotate this class",
                  `Set it to ${maximum} or less`,
              ),
          ];
}

/** The schedule that Secrets Manager keeps for an entry; its rule is written as days or as a rate. */
function checkSchedule(
    rotation: CheckedInStack,
    stack: readonly CheckedInStack[],
    settings: Settings,
): readonly Finding[] {
    const rules = rotation.props.at("rotationRules");
    const secret = stack.find(
        ({ type, urn }) => type === SECRET && rotation.dependencies("secretId").includes(urn),
    );
    if (secret === undefined) {
        const fix = "Declare the secret in this stack, and take secretId from it";
        return [violation(rotation.props.at("secretId"), "is of no secret in this stack", fix)];
    }
    const maximum = maximumOf(tagsOf(secret), settings);
    if (maximum === undefined) return [];
    const days = rules.at("automaticallyAfterDays");
    if (!days.isAbsent) return checkDays(days, days.number, maximum);
    const expression = rules.at("scheduleExpression");
    const [, count, unit] = RATE.exec(expression.text() ?? "") ?? [];
    return checkDays(
        expression,
        count === undefined ? undefined : Number(count) / (unit === "hour" ? 24 : 1),
        maximum,
    );
}

function isScheduled({ urn }: CheckedInStack, stack: readonly CheckedInStack[]): boolean {
    return stack.some(
        ({ type, dependencies }) => type === ROTATION && dependencies("secretId").includes(urn),
    );
}

function checkDays(property: Property, days: number | undefined, maximum: number): Finding[] {
    if (days !== undefined && days > 0 && days <= maximum) return [];
    const problem = days === undefined ? "does not say a number of days" : "is longer than its class allows";
    return [violation(property, problem, `Set it to ${maximum} days or less`)];
}

function daysOf(tag: Property): number | undefined {
    const text = tag.text() ?? "";
    return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
}

/** `database`, `shop/database`: the general one first. */
function classesOf(tags: Property): string[] {
    const name = tags.at("class").text() ?? "";
    return [name, `${tags.at("platform").text() ?? ""}/${name}`];
}

function maximumOf(tags: Property, settings: Settings): number | undefined {
    const [general = "", own = ""] = classesOf(tags);
    return daysIn(settings["platformMaximumDays"], own) ?? daysIn(settings["maximumDays"], general);
}

function daysIn(setting: unknown, key: string): number | undefined {
    const found: unknown =
        typeof setting === "object" && setting !== null && Object.hasOwn(setting, key)
            ? (setting as Record<string, unknown>)[key]
            : undefined;
    return typeof found === "number" ? found : undefined;
}

function withoutMaximum(tags: Property): Finding {
    const fix = "Name a class that has one, or give it one in the pack's configuration (maximumDays)";
    return violation(tags.at("class"), "is no class with a longest age", fix);
}
