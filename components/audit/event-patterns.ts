import { addTo } from "../domain/grouped";

/**
 * What EventBridge is to tell of the calls that CloudTrail records. Patterns name documents and roles as they are
 * declared, so that a preview knows them.
 */

/** A document with the principals that a grant names. */
export interface GuardedDocument {
    readonly store: "aws-secrets-manager" | "aws-parameter-store";
    /** `devplatform/prod/db`, or `/devplatform/prod/db` in Parameter Store. */
    readonly path: string;
    /** ARNs of the IAM roles that may read it. */
    readonly readers: readonly string[];
}

export interface Place {
    readonly accountId: string;
    readonly region: string;
}

export type EventPattern = Readonly<Record<string, unknown>>;

/** EventBridge's quota for one pattern (Amazon EventBridge User Guide, "Quotas": event pattern size). */
export const PATTERN_CHARS_MAX = 2048;

const VIA_CLOUDTRAIL = { "detail-type": ["AWS API Call via CloudTrail"] };

/**
 * Anybody but these roles: the root user, IAM users and other accounts have no session issuer at all, and a comparison
 * alone would not match what is absent. What a service does on its own behalf, such as replicating, is left out.
 */
function anybodyBut(roleArns: readonly string[]): object {
    const roles = [...new Set(roleArns)].sort();
    return {
        type: [{ exists: false }, { "anything-but": "AWSService" }],
        ...(roles.length === 0
            ? {}
            : { sessionContext: { sessionIssuer: { arn: [{ exists: false }, { "anything-but": roles }] } } }),
    };
}

/**
 * Reads of a document by a principal that no grant names: a pattern for those with the same readers, several where one
 * would be too long.
 *
 * - Secrets Manager: `GetSecretValue`, by name or by ARN; `BatchGetSecretValue` is recorded as one for each secret.
 * - Parameter Store: the decryption by KMS, whose encryption context is the parameter's ARN, whatever call asked for it
 *   (by name, by a path above it, by version) and also when somebody decrypts what was read as it is stored.
 *
 * @see AWS Secrets Manager API, BatchGetSecretValue; AWS KMS, "How AWS Systems Manager Parameter Store uses AWS KMS"
 */
export function readPatterns(
    documents: readonly GuardedDocument[],
    alsoExpected: readonly string[],
    place: Place,
): readonly EventPattern[] {
    const groups = new Map<string, GuardedDocument[]>();
    for (const document of documents) {
        const readers = [...document.readers].sort().join(" ");
        addTo(groups, `${document.store} ${readers}`, document);
    }
    const ordered = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return ordered.flatMap(([, group]) => {
        const [first] = group;
        if (first === undefined) return [];
        const expected = [...first.readers, ...alsoExpected];
        return packed(group, (part) => readPattern(first.store, part, expected, place));
    });
}

function readPattern(
    store: GuardedDocument["store"],
    documents: readonly GuardedDocument[],
    expected: readonly string[],
    { accountId, region }: Place,
): EventPattern {
    const userIdentity = anybodyBut(expected);
    const paths = documents.map(({ path }) => path).sort();
    if (store === "aws-parameter-store") {
        const arns = paths.map((path) => `arn:aws:ssm:${region}:${accountId}:parameter${path}`);
        const requestParameters = { encryptionContext: { PARAMETER_ARN: arns } };
        return { ...VIA_CLOUDTRAIL, detail: { eventName: ["Decrypt"], requestParameters, userIdentity } };
    }
    const secretId = paths.flatMap((path) => [
        path,
        // A whole ARN ends in six more characters, and a partial one need not.
        { prefix: `arn:aws:secretsmanager:${region}:${accountId}:secret:${path}` },
    ]);
    const requestParameters = { secretId };
    return { ...VIA_CLOUDTRAIL, detail: { eventName: ["GetSecretValue"], requestParameters, userIdentity } };
}

/** As few patterns as hold all documents, in their order; one document that is too long alone is left as it is. */
function packed(
    documents: readonly GuardedDocument[],
    pattern: (part: readonly GuardedDocument[]) => EventPattern,
): EventPattern[] {
    const sorted = [...documents].sort((a, b) => (a.path < b.path ? -1 : 1));
    const parts: GuardedDocument[][] = [];
    let chars = 0;
    const base = JSON.stringify(pattern([])).length;
    for (const document of sorted) {
        // One comma more than there are: at most one character too many.
        const own = JSON.stringify(pattern([document])).length - base + 1;
        const last = parts.at(-1);
        if (last === undefined || chars + own > PATTERN_CHARS_MAX) {
            parts.push([document]);
            chars = base + own;
        } else {
            last.push(document);
            chars += own;
        }
    }
    return parts.map(pattern);
}

/** Whether even a pattern of this document alone would be too long, for the number of its readers. */
export function hasTooManyReaders(
    document: GuardedDocument,
    alsoExpected: readonly string[],
    place: Place,
): boolean {
    return readPatterns([document], alsoExpected, place).some(
        (pattern) => JSON.stringify(pattern).length > PATTERN_CHARS_MAX,
    );
}

/** Decryption of what a store keeps, by somebody who does not go through the store: no grant allows that to anybody. */
export const decryptedBesideTheStores: EventPattern = {
    ...VIA_CLOUDTRAIL,
    detail: {
        eventSource: ["kms.amazonaws.com"],
        eventName: ["Decrypt"],
        userIdentity: { invokedBy: [{ exists: false }] },
        $or: ["SecretARN", "PARAMETER_ARN"].map((key) => ({
            requestParameters: { encryptionContext: { [key]: [{ exists: true }] } },
        })),
    },
};

/** Calls that take a value, its protection or its record away, or open it to others; whoever makes them. */
const CHANGES = {
    "secretsmanager.amazonaws.com": ["DeleteSecret", "PutResourcePolicy", "DeleteResourcePolicy"],
    "ssm.amazonaws.com": ["DeleteParameter", "DeleteParameters", "PutResourcePolicy"],
    "kms.amazonaws.com": ["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy", "DisableKeyRotation"],
    "cloudtrail.amazonaws.com": ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"],
    "events.amazonaws.com": ["DisableRule", "DeleteRule", "RemoveTargets"],
    "monitoring.amazonaws.com": ["DeleteAlarms", "DisableAlarmActions"],
    "sns.amazonaws.com": ["DeleteTopic", "Unsubscribe"],
    "logs.amazonaws.com": ["DeleteLogGroup", "DeleteLogStream", "DeleteRetentionPolicy"],
} as const;

/**
 * The calls above by anybody, and `UpdateSecretVersionStage` by anybody but the deployer, whose `up` calls it with each
 * rotation.
 */
export function changePattern(deployers: readonly string[]): EventPattern {
    return {
        ...VIA_CLOUDTRAIL,
        detail: {
            $or: [
                ...Object.entries(CHANGES).map(([source, calls]) => ({
                    eventSource: [source],
                    eventName: calls,
                })),
                { eventName: ["UpdateSecretVersionStage"], userIdentity: anybodyBut(deployers) },
            ],
        },
    };
}
