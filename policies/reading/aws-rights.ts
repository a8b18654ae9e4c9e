import type { CheckedInStack } from "../rule";
import { mayDo, parseArn, policyDocuments, READING_ACTIONS, statementsOf, storedName } from "./iam";
import type { Property } from "./property";

/** Actions that change values, which of them counts, or who may read them; and keys, which are values of IAM. */
export const WRITING_ACTIONS = [
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecret",
    "secretsmanager:UpdateSecretVersionStage",
    "secretsmanager:DeleteSecret",
    "secretsmanager:RotateSecret",
    "secretsmanager:PutResourcePolicy",
    "secretsmanager:DeleteResourcePolicy",
    "ssm:PutParameter",
    "ssm:DeleteParameter",
    "ssm:DeleteParameters",
    "ssm:LabelParameterVersion",
    "ssm:UnlabelParameterVersion",
    "iam:CreateAccessKey",
    "iam:UpdateAccessKey",
    "iam:DeleteAccessKey",
] as const;

/** What an identity may read and what it may write; paths of stored names, or whatever a policy names instead. */
export interface Rights {
    readonly reads: ReadonlySet<string>;
    readonly writes: ReadonlySet<string>;
    /** Policies whose text comes with the deployment; one that is no document gives nothing, which IAM-01 tells. */
    readonly unreadable: readonly Property[];
}

/** Resources that give statements to an identity, and the property that names it. */
const INLINE: ReadonlyMap<string, string> = new Map([
    ["aws:iam/rolePolicy:RolePolicy", "role"],
    ["aws:iam/userPolicy:UserPolicy", "user"],
    ["aws:iam/groupPolicy:GroupPolicy", "group"],
]);
const ATTACHED: ReadonlyMap<string, readonly string[]> = new Map([
    ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", ["role"]],
    ["aws:iam/userPolicyAttachment:UserPolicyAttachment", ["user"]],
    ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", ["group"]],
    ["aws:iam/policyAttachment:PolicyAttachment", ["roles", "users", "groups"]],
]);
const KIND: ReadonlyMap<string, string> = new Map([
    ["aws:iam/role:Role", "role"],
    ["aws:iam/user:User", "user"],
    ["aws:iam/group:Group", "group"],
]);

export const AWS_IDENTITIES = [...KIND.keys()];
export const AWS_INLINE_POLICIES = [...INLINE.keys()];

/** Everything that policies of this stack give to a role, a user or a group. */
export function awsRights(identity: CheckedInStack, stack: readonly CheckedInStack[]): Rights {
    const kind = KIND.get(identity.type) ?? "";
    const own = identity.type === "aws:iam/role:Role" ? [identity] : [];
    const inline = stack.filter((one) => INLINE.get(one.type) === kind && names(one, kind, "name", identity));
    const attached = stack
        .filter((one) =>
            (ATTACHED.get(one.type) ?? []).some(
                (property) => property.startsWith(kind) && names(one, property, "name", identity),
            ),
        )
        .flatMap((attachment) =>
            stack.filter(
                (one) => one.type === "aws:iam/policy:Policy" && names(attachment, "policyArn", "arn", one),
            ),
        );
    return together([...own, ...inline, ...attached].map(rightsOf));
}

/**
 * What a policy gives to an identity that the stack does not declare, together with the other policies that it has of
 * the stack; undefined where the stack declares it, and where this policy adds no right to write.
 */
export function strangersRights(
    policy: CheckedInStack,
    stack: readonly CheckedInStack[],
): Rights | undefined {
    const kind = INLINE.get(policy.type) ?? "";
    const declared = stack.filter(({ type }) => KIND.get(type) === kind);
    if (declared.some((identity) => names(policy, kind, "name", identity))) return undefined;
    const own = rightsOf(policy);
    if (own.writes.size === 0 && own.unreadable.length === 0) return undefined;
    const textOf = ({ props }: CheckedInStack): string | undefined =>
        props.at(kind).isUnknown ? undefined : props.at(kind).text();
    const name = textOf(policy);
    // Two names that only the deployment tells, or one of them, may be the same.
    const others = stack.filter(
        (one) =>
            one.type === policy.type &&
            one.urn !== policy.urn &&
            one.dependencies(kind).length === 0 &&
            (name === undefined || [name, undefined].includes(textOf(one))),
    );
    return together([own, ...others.map(rightsOf)]);
}

/**
 * Whether a property names a resource: by what it was computed from, or by the text of the resource's own name. Where
 * one of the two comes with the deployment, and not from a resource of the stack, it may be the other.
 */
export function names(
    from: CheckedInStack,
    property: string,
    key: string,
    resource: CheckedInStack,
): boolean {
    const sources = from.dependencies(property);
    const items = from.props.at(property).itemsOrUnknown();
    const own = resource.props.at(key);
    const name = own.isUnknown ? undefined : own.text();
    const unknown = items.filter((item) => item.isUnknown);
    if (unknown.length > 0 && (sources.length === 0 || sources.includes(resource.urn))) return true;
    // The ARN of a policy comes with every deployment.
    if (own.isUnknown)
        return sources.includes(resource.urn) || (key === "name" && sources.length + unknown.length === 0);
    return name !== undefined && items.some((item) => !item.isUnknown && item.text() === name);
}

export function together(all: readonly Rights[]): Rights {
    return {
        reads: new Set(all.flatMap(({ reads }) => [...reads])),
        writes: new Set(all.flatMap(({ writes }) => [...writes])),
        unreadable: all.flatMap(({ unreadable }) => unreadable),
    };
}

function rightsOf(resource: CheckedInStack): Rights {
    const reads = new Set<string>();
    const writes = new Set<string>();
    const unreadable: Property[] = [];
    for (const document of declaredDocuments(resource)) {
        if (document.isUnknown) {
            if (!isOfKeysAlone(resource)) unreadable.push(document);
            continue;
        }
        if (document.parsed()?.at("Statement").isAbsent !== false) continue;
        for (const statement of statementsOf(document.parsed() ?? document).filter(({ allows }) => allows)) {
            const resources = statement.resources.map((one) => pathOf(one.text() ?? "*"));
            const paths = resources.length > 0 ? resources : ["*"];
            if (mayDo(statement, READING_ACTIONS)) paths.forEach((path) => reads.add(path));
            if (mayDo(statement, WRITING_ACTIONS)) paths.forEach((path) => writes.add(path));
        }
    }
    return { reads, writes, unreadable };
}

/** Where a role declares no policies inside, the engine has them as an output that nothing is known of. */
function declaredDocuments(resource: CheckedInStack): Property[] {
    const inside = resource.props.at("inlinePolicies");
    if (resource.type !== "aws:iam/role:Role" || !inside.isUnknown) return policyDocuments(resource);
    return resource.dependencies("inlinePolicies").length > 0 ? [inside] : [];
}

/** A policy about keys has their ARNs, which come with the deployment; the preview without a cloud fills them in. */
function isOfKeysAlone(resource: CheckedInStack): boolean {
    const sources = resource.dependencyTypes("policy");
    return sources.length > 0 && sources.every((type) => type.startsWith("aws:kms/"));
}

/** `devplatform/prod/db` of a secret, whatever its suffix; another ARN as it is. */
function pathOf(text: string): string {
    const arn = parseArn(text);
    const name = arn && storedName(arn);
    if (arn === undefined || name === undefined) return text;
    return arn.service === "secretsmanager" ? name.replace(/-(?:\?{6}|[A-Za-z0-9]{6})$/, "") : name;
}
