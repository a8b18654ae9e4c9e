import {
    AWS_IDENTITIES,
    AWS_INLINE_POLICIES,
    awsRights,
    names,
    strangersRights,
    together,
    type Rights,
} from "../reading/aws-rights";
import { GCP_IAM, gcpGrantsOf } from "../reading/gcp-iam";
import type { Property } from "../reading/property";
import { isListed } from "../reading/scope";
import { vaultRights } from "../reading/vault-policy";
import {
    listSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type StackRule,
} from "../rule";

const GCP_SECRETS = [...GCP_IAM].filter((type) => type.startsWith("gcp:secretmanager/"));
const VAULT_POLICY = "vault:index/policy:Policy";
const VAULT_ROLES = [
    "vault:kubernetes/authBackendRole:AuthBackendRole",
    "vault:jwt/authBackendRole:AuthBackendRole",
    "vault:appRole/authBackendRole:AuthBackendRole",
];

type Deploys = (name: string | undefined) => boolean;

const READERS = ["roles/secretmanager.secretAccessor", "roles/secretmanager.admin"];
const WRITERS = [
    "roles/secretmanager.secretVersionAdder",
    "roles/secretmanager.secretVersionManager",
    "roles/secretmanager.admin",
];

/**
 * Who reads a value can't replace it, so that a consumer that was taken over can't lock others out or plant a value of
 * its own; who rotates is bounded to one path. Only a role with the tag `class: rotation` may do both, as the functions
 * of AWS do, and to the same one path. Who deploys is a role with the tag `class: operator` that no workload may assume,
 * or is named by the setting: it writes what the stack declares, and reads it back.
 *
 * All policies of an identity count; one that nobody can read is told by IAM-01, VLT-01 and GCP-02. One that is not known yet because of the ARN of a key is left to the preview
 * without a cloud, which fills it in; any other is a violation, since a stack rule that waits fails too late.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "IAM-08",
    name: "iam-08-rotators-are-not-readers",
    description:
        "An identity that reads values does not write them, and one that rotates is bound to one path.",
    severity: "high",
    remediationSteps: "Give writing to a role of its own with the tag class 'rotation', for one secret.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
    peers: [],
    settings: {
        deployers: {
            type: "array",
            items: { type: "string" },
            default: ["ci-deploy"],
            description:
                "GCP service accounts and Vault policies that deploy, whole or without platform and environment.",
        },
    },
    types: new Set([...AWS_IDENTITIES, ...AWS_INLINE_POLICIES, ...GCP_SECRETS, VAULT_POLICY, ...VAULT_ROLES]),
    check: (resource, stack, { facts, settings }: Context) => {
        const listed = listSetting(settings, "deployers");
        const deploys = (name: string | undefined): boolean => isListed(name ?? "", listed, facts);
        if (AWS_IDENTITIES.includes(resource.type)) return checkAws(resource, stack);
        if (AWS_INLINE_POLICIES.includes(resource.type)) {
            const rights = strangersRights(resource, stack);
            return rights === undefined ? [] : checkRights(resource.props.at("policy"), rights, false);
        }
        if (GCP_SECRETS.includes(resource.type)) return checkGcp(resource, stack, deploys);
        if (resource.type === VAULT_POLICY) {
            return checkRights(resource.props.at("policy"), rightsOfPolicy(resource, deploys), false);
        }
        return checkVaultRole(resource, stack, deploys);
    },
};

function checkAws(identity: CheckedInStack, stack: readonly CheckedInStack[]): readonly Finding[] {
    const tag = identity.props.at("tags", "class");
    if (tag.isUnknown) {
        const problem = "is not known before the deployment, so nobody can tell what the identity is for";
        return [violation(tag, problem, "Write the class as text")];
    }
    const purpose = tag.text();
    if (purpose === "operator" && !isWorkload(identity.props.at("assumeRolePolicy"))) return [];
    return checkRights(identity.props, awsRights(identity, stack), purpose === "rotation");
}

/** What is not known is taken for one. */
function isWorkload(trust: Property): boolean {
    if (trust.isUnknown) return true;
    return deepTexts(trust.parsed() ?? trust).some((text) => text.includes("system:serviceaccount:"));
}

/** All texts in a document. */
function deepTexts(property: Property): string[] {
    const below = [...property.entries().map((entry) => entry.property), ...property.items()];
    return below.flatMap((one) => (one === property ? (one.text() ?? []) : deepTexts(one)));
}

/** @param isRotator whether it may also read what it writes. */
function checkRights(
    at: Property,
    { reads, writes, unreadable: documents }: Rights,
    isRotator: boolean,
): Finding[] {
    const unknown = documents.map(unreadable);
    if (writes.size === 0) return unknown;
    if (reads.size > 0 && !isRotator) {
        return [
            ...unknown,
            violation(
                at,
                "may read values and change them, over all of its policies",
                "Give writing to an identity of its own, with the tag class 'rotation' if it rotates",
            ),
        ];
    }
    const paths = [...new Set([...reads, ...writes])];
    if (paths.length === 1 && !/\*/.test(paths[0] ?? "")) return unknown;
    return [
        ...unknown,
        violation(at, "may change more than one path", "Declare a rotator for each secret, with its ARN"),
    ];
}

function unreadable(document: Property): Finding {
    return violation(
        document,
        "is not known in a preview, so nobody can tell whether it reads or writes",
        "Name what is declared by its ARN, as text, and not by another resource's output",
    );
}

/** One member has several resources; what is wrong is told of those that let it write. */
function checkGcp(
    resource: CheckedInStack,
    stack: readonly CheckedInStack[],
    deploys: Deploys,
): readonly Finding[] {
    const policyData = resource.props.at("policyData");
    if (resource.type.endsWith("Policy") && policyData.isUnknown) return [unreadable(policyData)];
    const grants = stack.filter(({ type }) => GCP_SECRETS.includes(type)).flatMap(gcpGrants);
    return gcpGrants(resource).flatMap((own) => {
        if (!isAmong(own.role, WRITERS) || deploys(accountOf(own.member.text))) return [];
        const others = grants.filter(({ member }) => mayBeSame(member, own.member));
        const secretsOf = (roles: readonly string[]): string[] =>
            others.filter(({ role }) => isAmong(role, roles)).map(({ secret }) => secret);
        const rights = { reads: new Set(secretsOf(READERS)), writes: new Set(secretsOf(WRITERS)) };
        return checkRights(own.at, { ...rights, unreadable: [] }, false);
    });
}

interface Member {
    /** Absent where it comes with the deployment; then what it is computed from stands for it. */
    readonly text: string | undefined;
    readonly sources: string;
}

interface SecretGrant {
    readonly at: Property;
    /** Absent where it comes with the deployment: then it may be any. */
    readonly role: string | undefined;
    readonly member: Member;
    readonly secret: string;
}

/** A custom role holds whatever somebody put into it. */
function isAmong(role: string | undefined, roles: readonly string[]): boolean {
    return role === undefined || roles.includes(role) || !role.startsWith("roles/");
}

/** `strongroom-prod-ci-deploy` */
function accountOf(member: string | undefined): string | undefined {
    return /^serviceAccount:([^@]+)@/.exec(member ?? "")?.[1];
}

function mayBeSame(a: Member, b: Member): boolean {
    if (a.text === undefined && b.text === undefined)
        return a.sources === b.sources || a.sources === "" || b.sources === "";
    return a.text === undefined || b.text === undefined || a.text === b.text;
}

function gcpGrants(resource: CheckedInStack): SecretGrant[] {
    const isPolicy = resource.type.endsWith("Policy");
    if (isPolicy && resource.props.at("policyData").isUnknown) return [];
    const textOf = (property: Property): string | undefined =>
        property.isUnknown ? undefined : (property.text() ?? "");
    const sourcesOf = (property: string): string => resource.dependencies(property).join(" ");
    const declared = textOf(resource.props.at("secretId"))?.split("/").at(-1);
    const secret = declared ?? (sourcesOf("secretId") || resource.urn);
    return (gcpGrantsOf(resource) ?? []).flatMap(({ role, members }) =>
        members.map((member) => ({
            at: member,
            role: textOf(role),
            member: { text: textOf(member), sources: sourcesOf(member.path.split("[")[0] ?? "") },
            secret,
        })),
    );
}

function rightsOfPolicy(policy: CheckedInStack, deploys: Deploys): Rights {
    const name = policy.props.at("name");
    const text = policy.props.at("policy");
    if (!name.isUnknown && deploys(name.text())) return together([]);
    if (text.isUnknown) return { ...together([]), unreadable: [text] };
    const { reads, writes } = vaultRights(text.text() ?? "") ?? { reads: [], writes: [] };
    return { ...together([]), reads: new Set(reads), writes: new Set(writes) };
}

/** A policy that does both by itself is told by itself. */
function checkVaultRole(
    role: CheckedInStack,
    stack: readonly CheckedInStack[],
    deploys: Deploys,
): readonly Finding[] {
    const policies = stack.filter(
        (one) => one.type === VAULT_POLICY && names(role, "tokenPolicies", "name", one),
    );
    const all = policies.map((policy) => rightsOfPolicy(policy, deploys));
    if (all.some((rights) => checkRights(role.props, rights, false).length > 0)) return [];
    return checkRights(role.props.at("tokenPolicies"), together(all), false);
}
