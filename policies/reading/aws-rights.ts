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
    /** Policies that nobody can read, as JSON or because their text comes with the deployment. */
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

/** Whether a property names a resource: by what it was computed from, or by the text of the resource's own name. */
export function names(
    from: CheckedInStack,
    property: string,
    key: string,
    resource: CheckedInStack,
): boolean {
    if (from.dependencies(property).includes(resource.urn)) return true;
    const own = resource.props.at(key);
    const name = own.isUnknown ? undefined : own.text();
    return (
        name !== undefined &&
        from.props
            .at(property)
            .itemsOrUnknown()
            .some((item) => !item.isUnknown && item.text() === name)
    );
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
    const documents =
        resource.type === "aws:iam/role:Role" && resource.props.at("inlinePolicies").isUnknown
            ? [resource.props.at("inlinePolicies")]
            : policyDocuments(resource);
    for (const document of documents) {
        if (document.isUnknown) {
            if (!isOfKeysAlone(resource)) unreadable.push(document);
            continue;
        }
        const statements = document.parsed()?.at("Statement");
        if (statements?.isAbsent !== false) {
            unreadable.push(document);
            continue;
        }
        for (const statement of statementsOf(document.parsed() ?? document).filter(({ allows }) => allows)) {
            const resources = statement.resources.map((one) => pathOf(one.text() ?? "*"));
            const paths = resources.length > 0 ? resources : ["*"];
            if (mayDo(statement, READING_ACTIONS)) paths.forEach((path) => reads.add(path));
            if (mayDo(statement, WRITING_ACTIONS)) paths.forEach((path) => writes.add(path));
        }
    }
    return { reads, writes, unreadable };
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
