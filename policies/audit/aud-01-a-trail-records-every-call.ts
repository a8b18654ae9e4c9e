import type { Property } from "../reading/property";
import {
    each,
    numberSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type StackRule,
} from "../rule";

const TRAIL = "aws:cloudtrail/trail:Trail";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
/** What there would be a record of. */
const GUARDED = [
    "aws:secretsmanager/secret:Secret",
    "aws:ssm/parameter:Parameter",
    "aws:kms/key:Key",
] as const;

/**
 * Without a trail nobody can say who read what. It has to cover all regions and all management events, reading ones and
 * those of KMS too, be encrypted by a key of the environment, tell when a file was changed, and keep a year in a log
 * group. An absent retention keeps for ever.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "AUD-01",
    name: "aud-01-a-trail-records-every-call",
    description: "A trail records all management events of all regions, encrypted, and is kept for a year.",
    severity: "high",
    remediationSteps:
        "Declare a multi-region trail with validation, a key, and a log group that keeps a year.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html",
    peers: ["Checkov", "Trivy", "KICS"],
    settings: {
        minRetentionDays: {
            type: "integer",
            minimum: 1,
            default: 365,
            description: "The shortest time, in days, that the trail's log group may keep what it gets.",
        },
    },
    types: new Set([...GUARDED, TRAIL]),
    check: (resource, stack, context) => {
        if (resource.type === TRAIL) return checkTrail(resource, stack, context);
        const first = stack.find(({ type }) => (GUARDED as readonly string[]).includes(type));
        if (resource !== first || stack.some(({ type }) => type === TRAIL)) return [];
        const fix = "Declare a trail of all regions";
        return [violation(resource.props, "is used without a record of who calls what", fix)];
    },
};

function checkTrail(
    trail: CheckedInStack,
    stack: readonly CheckedInStack[],
    { settings }: Context,
): readonly Finding[] {
    const { props } = trail;
    return [
        ...each([props.at("isMultiRegionTrail")], (property) =>
            isOn(property, "records one region alone", property.isTrue),
        ),
        ...each([props.at("enableLogFileValidation")], (property) =>
            isOn(property, "does not tell when a file was changed", property.isTrue),
        ),
        ...each(["enableLogging", "includeGlobalServiceEvents"], (key) => {
            const property = props.at(key);
            return isOn(property, "is switched off", property.isAbsent || property.isTrue);
        }),
        ...checkKey(trail),
        ...checkLogGroup(trail, stack, numberSetting(settings, "minRetentionDays")),
        ...each([props], checkEvents),
    ];
}

function isOn(property: Property, problem: string, fits: boolean): Finding[] {
    return fits ? [] : [violation(property, problem, "Set it to true")];
}

function checkKey({ props, dependencyTypes }: CheckedInStack, property = "kmsKeyId"): Finding[] {
    const key = props.at(property);
    if (dependencyTypes(property).some((type) => type.startsWith("aws:kms/"))) return [];
    if (!key.isUnknown && /^arn:[^:]+:kms:[^:]*:\d{12}:key\/.+/.test(key.text() ?? "")) return [];
    return [violation(key, "is no key of the environment", "Name the ARN of one")];
}

function checkLogGroup(trail: CheckedInStack, stack: readonly CheckedInStack[], minDays: number): Finding[] {
    const { props, dependencies } = trail;
    const named = props.at("cloudWatchLogsGroupArn");
    const sources = dependencies("cloudWatchLogsGroupArn");
    const group = stack.find(({ type, urn }) => type === LOG_GROUP && sources.includes(urn));
    if (group === undefined) {
        const fix = "Name a log group that this stack declares";
        return [violation(named, "names no log group whose retention can be told", fix)];
    }
    const role = props.at("cloudWatchLogsRoleArn");
    const noRole =
        !role.isUnknown && role.isAbsent
            ? [violation(role, "is missing, so that nothing is written", "Name the role")]
            : [];
    const unencrypted = checkKey(group).map(() =>
        violation(named, "names a log group without a key of the environment", "Set the group's kmsKeyId"),
    );
    return [
        ...noRole,
        ...unencrypted,
        ...each([group.props.at("retentionInDays")], (retention) => {
            const days = retention.number ?? (retention.isAbsent ? 0 : NaN);
            if (days === 0 || days >= minDays) return [];
            const fix = `Set the group's retentionInDays to ${String(minDays)} or more`;
            return [violation(named, "names a log group that does not keep for long enough", fix)];
        }),
    ];
}

/** A trail without selectors has all management events; one with selectors has to say so, without exception. */
function checkEvents(props: Property): Finding[] {
    const [plain, advanced] = [props.at("eventSelectors"), props.at("advancedEventSelectors")];
    const fix = "Select all management events: of reading and writing calls, of every service";
    if (plain.items().length === 0 && advanced.items().length === 0) return [];
    const selects =
        plain.items().some(selectsAll) ||
        advanced.items().some((selector) => {
            const fields = selector.at("fieldSelectors").items();
            const [only] = fields;
            return fields.length === 1 && only !== undefined && isManagementAlone(only);
        });
    if (selects) return [];
    const where = plain.items().length > 0 ? plain : advanced;
    return [violation(where, "leaves management events out", fix)];
}

function selectsAll(selector: Property): boolean {
    const management = selector.at("includeManagementEvents");
    const readWrite = selector.at("readWriteType");
    return (
        (management.isAbsent || management.isTrue) &&
        (readWrite.isAbsent || readWrite.text() === "All") &&
        selector.at("excludeManagementEventSources").items().length === 0
    );
}

function isManagementAlone(selector: Property): boolean {
    const field = selector.at("field").text() === "eventCategory";
    const category = selector.at("equals").texts();
    return field && category.length === 1 && category[0] === "Management";
}
