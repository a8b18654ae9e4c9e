/** Events as EventBridge gets them of CloudTrail, with no more in them than alerts go by. */
export interface CallEvent {
    readonly [key: string]: unknown;
}

/** A caller as CloudTrail names it. */
export type Caller = Readonly<Record<string, unknown>>;

export interface Call {
    /** `secretsmanager` */
    readonly service: string;
    /** `GetSecretValue` */
    readonly name: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
}

export function callEvent(
    { service, name, parameters = {} }: Call,
    caller: Caller,
    account: string,
    region: string,
): CallEvent {
    return {
        source: `aws.${service}`,
        "detail-type": "AWS API Call via CloudTrail",
        account,
        region,
        detail: {
            eventSource: `${service}.amazonaws.com`,
            eventName: name,
            awsRegion: region,
            eventType: "AwsApiCall",
            managementEvent: true,
            recipientAccountId: account,
            userIdentity: caller,
            requestParameters: parameters,
        },
    };
}

/** @see AWS CloudTrail, "CloudTrail userIdentity element": a session has the ARN of its role as its issuer's. */
export function roleCaller(account: string, name: string): Caller {
    return {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
        accountId: account,
        sessionContext: {
            sessionIssuer: {
                type: "Role",
                arn: `arn:aws:iam::${account}:role/${name}`,
                accountId: account,
                userName: name,
            },
        },
    };
}

/** Those whom no grant can name: a role that nobody declares, an IAM user, the root user, and another account. */
export function strangers(account: string): readonly Caller[] {
    return [
        roleCaller(account, "a-role-that-nobody-declares"),
        {
            type: "IAMUser",
            arn: `arn:aws:iam::${account}:user/somebody`,
            accountId: account,
            userName: "somebody",
        },
        { type: "Root", arn: `arn:aws:iam::${account}:root`, accountId: account },
        { type: "AWSAccount", accountId: "999999999999", principalId: "AIDAEXAMPLE" },
    ];
}

/** Who is meant by a text that an alert leaves out: the name of a role, or part of one of its ARNs. */
export function callerOf(account: string, text: string): Caller {
    // A role of another account is one of its own, whatever its name.
    const owner = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(text)?.[1] ?? account;
    const named = /(?::role\/(?:.*\/)?|:assumed-role\/)([^/]+)/.exec(text)?.[1];
    const user = /:user\/(.+)$/.exec(text)?.[1];
    if (user !== undefined) return { type: "IAMUser", arn: text, accountId: owner, userName: user };
    return roleCaller(owner, named ?? text);
}
