import { alertsOf, isTold, LIVE_TARGETS, regionOf, type Alert } from "../reading/alerts";
import { callEvent, callerOf, strangers, type Call, type Caller } from "../reading/cloudtrail-events";
import { excludedTexts, matchesEvent } from "../reading/event-pattern";
import { readersOf } from "../reading/iam-readers";
import type { Property } from "../reading/property";
import { violation, type CheckedInStack, type Context, type Finding, type StackRule } from "../rule";

const SECRET = "aws:secretsmanager/secret:Secret";
const PARAMETER = "aws:ssm/parameter:Parameter";
const KEY = "aws:kms/key:Key";
const TRAIL = "aws:cloudtrail/trail:Trail";
/** In the order in which the first one there stands for the stack. */
const GUARDED = [SECRET, PARAMETER, KEY, TRAIL];

/** Calls that somebody has to hear of, whoever makes them. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
    secretsmanager: ["DeleteSecret", "PutResourcePolicy", "DeleteResourcePolicy", "UpdateSecretVersionStage"],
    kms: ["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy"],
    cloudtrail: ["StopLogging", "DeleteTrail", "UpdateTrail"],
};

/**
 * Decided by trial: calls as CloudTrail records them are held against the patterns of the rules that are enabled and
 * have a live target. A document needs an alert to everybody whom no grant on it names, and whom an alert leaves out must
 * be granted it. Reads of a parameter count by the decryption, which names it whatever call asked for it.
 *
 * Patterns, policies and names are declared; that a target is live is decided by what it is computed from.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "AUD-02",
    name: "aud-02-reads-and-deletions-alert",
    description:
        "Reads that no grant names, deletions and opened policies alert a target that somebody reads.",
    severity: "high",
    remediationSteps: "Declare an enabled event rule on the calls, with a topic that has a subscription.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring.html",
    peers: ["KICS"],
    settings: LIVE_TARGETS,
    types: new Set(GUARDED),
    check: (resource, stack, context) => {
        const [first] = GUARDED.flatMap((wanted) => stack.find(({ type }) => type === wanted) ?? []);
        return [
            ...(first === resource ? checkChanges(resource, stack, context) : []),
            ...(isDocument(resource) ? checkReads(resource, stack, context) : []),
        ];
    },
};

/** A parameter of the type `String` is configuration. */
function isDocument({ type, props }: CheckedInStack): boolean {
    return type === SECRET || (type === PARAMETER && props.at("type").text() === "SecureString");
}

/** Once for the stack, in each region that has something to lose. */
function checkChanges(
    resource: CheckedInStack,
    stack: readonly CheckedInStack[],
    context: Context,
): Finding[] {
    const account = context.facts.aws?.accountId ?? "";
    const alerts = alertsOf(stack, context);
    const guarded = stack.filter(({ type }) => GUARDED.includes(type));
    const regions = new Set(
        guarded.flatMap((each) => [regionOf(each), ...(each.type === SECRET ? replicasOf(each) : [])]),
    );
    const home = guarded.find(({ type }) => type === TRAIL);
    const untold = [...regions].flatMap((region) =>
        Object.entries(CHANGES).flatMap(([service, calls]) => {
            // A trail is changed in its own region.
            if (service === "cloudtrail" && (home === undefined || regionOf(home) !== region)) return [];
            const tells = (name: string): boolean =>
                strangers(account).every((caller) =>
                    isTold(
                        alerts,
                        callEvent({ service, name }, caller, account, region ?? ""),
                        region,
                        false,
                    ),
                );
            return calls
                .filter((name) => !tells(name))
                .map((name) => `${name} in ${spoken(region, context)}`);
        }),
    );
    if (untold.length === 0) return [];
    const fix = "Name the calls in the pattern of an enabled rule, with a topic that has a subscription";
    return [violation(resource.props, `is guarded by no alert on ${untold.join(", ")}`, fix)];
}

/** Regions of the configuration by name; what else stands there is not repeated. */
function spoken(region: string | undefined, { facts }: Context): string {
    if (region === undefined) return "its region";
    return facts.aws?.regions.includes(region) === true ? region : "another region";
}

function replicasOf({ props }: CheckedInStack): (string | undefined)[] {
    const replicas = props.at("replicas").itemsOrUnknown();
    return replicas.map((replica) => (replica.isUnknown ? undefined : replica.at("region").text()));
}

function checkReads(resource: CheckedInStack, stack: readonly CheckedInStack[], context: Context): Finding[] {
    const { type, props } = resource;
    const name = props.at("name");
    const regions = [regionOf(resource), ...(type === SECRET ? replicasOf(resource) : [])];
    return [...new Set(regions)].flatMap((region) => {
        const account = context.facts.aws?.accountId ?? "";
        const document: ReadDocument = {
            name,
            region,
            account,
            arn: arnOf(type, name.text() ?? "", account, region ?? ""),
            calls: readsOf(type, name.text() ?? "", account, region ?? ""),
        };
        return checkReadsIn(document, stack, context);
    });
}

interface ReadDocument {
    readonly name: Property;
    readonly region: string | undefined;
    readonly account: string;
    readonly arn: string;
    readonly calls: readonly Call[];
}

/** Six characters follow the name of a secret in its ARN; any will do for a trial. */
function arnOf(type: string, name: string, account: string, region: string): string {
    return type === SECRET
        ? `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbC123`
        : `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, "")}`;
}

/** A secret by its name, by its ARN, and by its ARN without the six characters. */
function readsOf(type: string, name: string, account: string, region: string): Call[] {
    const arn = arnOf(type, name, account, region);
    if (type === SECRET) {
        return [name, arn, arn.slice(0, -"-AbC123".length)].map((secretId) => ({
            service: "secretsmanager",
            name: "GetSecretValue",
            parameters: { secretId },
        }));
    }
    const parameters = { encryptionContext: { PARAMETER_ARN: arn } };
    return [{ service: "kms", name: "Decrypt", parameters }];
}

function checkReadsIn(
    { name, region, account, arn, calls }: ReadDocument,
    stack: readonly CheckedInStack[],
    context: Context,
): Finding[] {
    const where = region === undefined ? "" : ` in ${spoken(region, context)}`;
    const tried = (caller: Caller) => calls.map((call) => callEvent(call, caller, account, region ?? ""));
    const alerts = alertsOf(stack, context);
    const tells = (caller: Caller): boolean =>
        tried(caller).every((event) => isTold(alerts, event, region, true));
    if (!strangers(account).every(tells)) {
        const fix =
            "Declare an enabled rule on its reads that leaves out its readers alone, with a live target";
        return [violation(name, `can be read${where} by anybody without an alert`, fix)];
    }
    const left = leftOut(alerts, strangers(account).flatMap(tried));
    const granted = readersOf(stack, arn);
    const expected = new Set(context.facts.expectedReaders ?? []);
    const unnamed = left.filter((text) => {
        const caller = callerOf(account, text);
        const { arn: role = "", userName = "" } = issuerOf(caller);
        const isOurs = role === `arn:aws:iam::${account}:role/${userName}`;
        return !((isOurs && granted.has(userName)) || expected.has(role)) && !tells(caller);
    });
    if (unnamed.length === 0) return [];
    const fix = "Leave out those alone whose role may read it, or name them in strongroom:alerts.expected";
    const count = unnamed.length === 1 ? "somebody" : `${String(unnamed.length)} principals`;
    return [violation(name, `has an alert${where} that leaves out ${count} whom no grant names`, fix)];
}

function issuerOf({ sessionContext }: Caller): { readonly arn?: string; readonly userName?: string } {
    const context = sessionContext as { sessionIssuer?: { arn?: string; userName?: string } } | undefined;
    return context?.sessionIssuer ?? {};
}

/** Whom the alerts that tell of these events leave out; a service on its own behalf is nobody. */
function leftOut(alerts: readonly Alert[], events: readonly Readonly<Record<string, unknown>>[]): string[] {
    const telling = alerts.filter(({ pattern }) => events.some((event) => matchesEvent(pattern, event)));
    const texts = new Set(telling.flatMap(({ pattern }) => excludedTexts(pattern)));
    texts.delete("AWSService");
    return [...texts];
}
