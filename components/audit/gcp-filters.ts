import { addTo } from "../domain/grouped";

/** What Cloud Logging is to tell of the calls in the audit log, in its query language. */

/** A secret with the principals that a grant names. */
export interface GuardedSecret {
    /** `gcpplatform_prod_db` */
    readonly secretId: string;
    /** E-mails of the service accounts that may access it. */
    readonly readers: readonly string[];
}

/** Half of what a query of Cloud Logging may have (Cloud Logging, "Quotas and limits": 20,000 characters). */
const FILTER_CHARS_MAX = 10_000;

const quoted = (texts: readonly string[]): string => texts.map((text) => `"${text}"`).join(" OR ");

/**
 * Accesses to a secret by a principal that no grant names; a filter for those with the same readers, several where one
 * would be too long. An entry without a principal's e-mail matches too: a negation is true of what is absent.
 *
 * @see Cloud Logging, "Logging query language": boolean operators, and comparisons of fields that are missing
 */
export function accessFilters(
    secrets: readonly GuardedSecret[],
    alsoExpected: readonly string[],
): readonly string[] {
    const groups = new Map<string, GuardedSecret[]>();
    for (const secret of secrets) addTo(groups, [...secret.readers].sort().join(" "), secret);
    const ordered = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return ordered.flatMap(([, group]) => {
        const expected = [...new Set([...(group[0]?.readers ?? []), ...alsoExpected])].sort();
        const parts: string[][] = [];
        for (const { secretId } of group.toSorted((a, b) => (a.secretId < b.secretId ? -1 : 1))) {
            const last = parts.at(-1);
            if (last === undefined || accessFilter([...last, secretId], expected).length > FILTER_CHARS_MAX)
                parts.push([secretId]);
            else last.push(secretId);
        }
        return parts.map((part) => accessFilter(part, expected));
    });
}

function accessFilter(secretIds: readonly string[], expected: readonly string[]): string {
    return [
        'protoPayload.serviceName="secretmanager.googleapis.com"',
        'protoPayload.methodName:"AccessSecretVersion"',
        // A path has the project's number or its id, and a region where the secret is a regional one.
        `protoPayload.resourceName=~"/secrets/(${secretIds.join("|")})(/|$)"`,
        ...(expected.length === 0
            ? []
            : [`NOT protoPayload.authenticationInfo.principalEmail=(${quoted(expected)})`]),
    ].join("\n");
}

/** What takes a secret, a key's versions or the record of accesses away, or opens one of them to others. */
export const changeFilter: string = [
    "(",
    'protoPayload.serviceName="secretmanager.googleapis.com"',
    'AND protoPayload.methodName:("DeleteSecret" OR "DestroySecretVersion" OR "SecretManagerService.SetIamPolicy")',
    ") OR (",
    'protoPayload.serviceName="cloudkms.googleapis.com"',
    'AND protoPayload.methodName:("DestroyCryptoKeyVersion" OR "UpdateCryptoKeyVersion" OR "SetIamPolicy")',
    ") OR (",
    'protoPayload.methodName="SetIamPolicy"',
    "AND protoPayload.serviceData.policyDelta.auditConfigDeltas:*",
    ")",
].join("\n");
