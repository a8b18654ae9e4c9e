import { each, violation, type Checked, type Finding } from "../rule";
import type { Property } from "./property";

/** A statement of an identity-based policy, at its place. */
export interface Statement {
    readonly at: Property;
    readonly allows: boolean;
    readonly actions: readonly Property[];
    readonly resources: readonly Property[];
}

/** @see The IAM user guide on the grammar of the JSON policy language: one statement or a list, one value or a list. */
export function statementsOf(document: Property): Statement[] {
    return document
        .at("Statement")
        .items()
        .map((at) => ({
            at,
            // Anything but a plain Deny is held to the rules: a misspelt effect must not escape them.
            allows: at.at("Effect").text() !== "Deny",
            actions: at.at("Action").items(),
            resources: at.at("Resource").items(),
        }));
}

/** The policy documents that a resource declares; a role has them in `inlinePolicies`. */
export function policyDocuments({ type, props }: Checked): Property[] {
    if (type.startsWith("aws:ssoadmin/")) return [props.at("inlinePolicy")];
    if (type !== "aws:iam/role:Role") return [props.at("policy")];
    return props
        .at("inlinePolicies")
        .items()
        .map((inline) => inline.at("policy"))
        .filter((policy) => policy.isUnknown || !policy.isAbsent);
}

/** Checks each Allow statement; a document that can't be read is a violation, since nobody knows what it allows. */
export function checkAllows(
    document: Property,
    check: (statement: Statement) => readonly Finding[],
): readonly Finding[] {
    const parsed = document.parsed();
    if (parsed?.at("Statement").isAbsent !== false) {
        return [
            violation(
                document,
                "is no policy document with statements",
                "Write it as JSON with 'Version' and 'Statement'",
            ),
        ];
    }
    return each(
        statementsOf(parsed).filter(({ allows }) => allows),
        check,
    );
}

/** IAM's wildcards: `*` any number of characters, `?` exactly one; actions don't mind the case. */
export function matches(pattern: string, text: string): boolean {
    if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === text.toLowerCase();
    const source = pattern
        .toLowerCase()
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "s").test(text.toLowerCase());
}

/** Whether an Allow statement allows any of the actions; `NotAction` allows all that it does not name. */
export function mayDo({ at, actions: patterns }: Statement, actions: readonly string[]): boolean {
    const excluded = at.at("NotAction");
    const excludes = (action: string): boolean => excluded.texts().some((text) => matches(text, action));
    return (
        patterns.some((pattern) => {
            const text = pattern.text() ?? "*";
            return actions.some((action) => matches(text, action));
        }) ||
        (!excluded.isAbsent && !actions.every(excludes))
    );
}

/** True when an action pattern reaches into a service at all: `secretsmanager:Get*`, `secrets*:GetSecretValue`, `*`. */
export function reachesService(action: string, service: string): boolean {
    return matches(action.split(":")[0] ?? action, service);
}

export interface Arn {
    readonly partition: string;
    readonly service: string;
    readonly region: string;
    readonly account: string;
    /** `secret:devplatform/prod/db-??????`, `parameter/devplatform/prod/s3_region`, `key/1234` */
    readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
    const [arn, partition, service, region, account, ...resource] = text.split(":");
    if (arn !== "arn" || !partition || !service || resource.length === 0) return undefined;
    return { partition, service, region: region ?? "", account: account ?? "", resource: resource.join(":") };
}

/** `devplatform/prod/db-??????` of a secret, `devplatform/prod/s3_region` of a parameter; undefined for other ARNs. */
export function storedName({ service, resource }: Arn): string | undefined {
    if (service === "secretsmanager" && resource.startsWith("secret:"))
        return resource.slice("secret:".length);
    if (service === "ssm" && resource.startsWith("parameter/")) return resource.slice("parameter/".length);
    return undefined;
}

/** What is certain about a name with wildcards. */
export function beforeWildcard(text: string): string {
    return /^[^*?]*/.exec(text)?.[0] ?? "";
}

/** Actions that hand out values. */
export const READING_ACTIONS = [
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "ssm:GetParameterHistory",
] as const;

/** Actions that open ciphertexts, or let somebody else do so. */
export const DECRYPTING_ACTIONS = ["kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant"] as const;
