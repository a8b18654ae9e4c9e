/** A statement of an IAM policy, whose resources may be too many for one document. */
export interface PolicyStatement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** IAM quotas: characters of a managed policy, white space not counted. */
export const MANAGED_POLICY_CHARS_MAX = 6144;

export function policyDocument(statements: readonly object[]): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * The statements as documents none of which is longer than IAM takes. One that lists more resources than fit goes on in
 * the next document, so that there are as many documents as the resources take and each resource is listed once.
 *
 * @throws {RangeError} when a statement is too long with a single resource.
 */
export function policyDocuments(
    statements: readonly PolicyStatement[],
    maxChars = MANAGED_POLICY_CHARS_MAX,
): string[] {
    const documents: PolicyStatement[][] = [];
    let last: PolicyStatement[] = [];
    const fits = (candidate: readonly PolicyStatement[]): boolean =>
        policyDocument(candidate).length <= maxChars;
    for (const statement of statements) {
        let part: PolicyStatement = { ...statement, Resource: [] };
        for (const resource of statement.Resource) {
            const longer = { ...part, Resource: [...part.Resource, resource] };
            if (fits([...last, longer])) {
                part = longer;
                continue;
            }
            if (part.Resource.length > 0) last.push(part);
            if (last.length > 0) documents.push(last);
            last = [];
            part = { ...statement, Resource: [resource] };
            if (!fits([part])) throw new RangeError(`'${statement.Sid}' is longer than IAM takes`);
        }
        if (part.Resource.length > 0) last.push(part);
    }
    if (last.length > 0) documents.push(last);
    return documents.map(policyDocument);
}
