import type { RenderedResource } from "../rendering";
import { accountOfArn } from "./aws-entries";
import { isMap, listOf, nameOf, opened, order, placeOf, stackOf, strings, textsOf } from "./estate";
import type { Estate } from "./estate";
import { parsePolicy, statementsOf, unreadable } from "./iam-policy";
import type { Statement } from "./iam-policy";
import type { Gap, Identity } from "./types";

const ROLE = "aws:iam/role:Role";
const USER = "aws:iam/user:User";
const POLICY = "aws:iam/policy:Policy";

/** Policies of Amazon's own that read no secret and deny nothing; any other that is not rendered leaves a doubt. */
const HARMLESS_MANAGED_POLICIES =
    /^arn:[^:]+:iam::aws:policy\/service-role\/AWSLambda(?:BasicExecution|VPCAccessExecution)Role$/u;

export interface AwsIdentity extends Identity {
    /** Undefined where it is known after a deployment only: then no policy that names it can be matched. */
    readonly arn: string | undefined;
    readonly account: string | undefined;
    /** Who may assume it; empty for a user. */
    readonly trust: readonly Statement[];
    /** True for somebody whose own policies nobody here has seen: what lets them in is taken for enough. */
    readonly isStranger: boolean;
    /** The role's own; a session may carry more, so that a tag that is missing here is a doubt and no denial. */
    readonly tags: ReadonlyMap<string, string>;
    /** Inline, attached and managed policies together: for IAM it makes no difference which. */
    readonly statements: readonly Statement[];
    /** The permissions boundary: what the statements grant counts only as far as it allows it too. */
    readonly boundary?: readonly Statement[];
}

export interface AwsIdentities {
    readonly identities: readonly AwsIdentity[];
    /** Grants to somebody whom no stack owns. */
    readonly gaps: readonly Gap[];
}

/** Roles and users with everything that is attached to them. */
export function awsIdentities(estate: Estate): AwsIdentities {
    const all = [principals(estate, ROLE, "role"), principals(estate, USER, "user")];
    return {
        identities: all.flatMap(({ identities }) => identities),
        gaps: all.flatMap(({ gaps }) => gaps),
    };
}

function principals(estate: Estate, type: string, kind: "role" | "user"): AwsIdentities {
    const owners = estate.ofType(type);
    const byName = new Map(
        owners.map((owner) => [`${stackOf(owner)} ${nameOf(owner, "name") ?? owner.name}`, owner]),
    );
    const byAccount = new Map(
        owners.map((owner) => [
            `${accountOfArn(nameOf(owner, "arn")) ?? ""} ${nameOf(owner, "name") ?? owner.name}`,
            owner,
        ]),
    );
    const attached = new Map(owners.map((owner) => [owner.urn, ownStatements(estate, owner)]));
    const gaps: Gap[] = [];
    const attach = (resource: RenderedResource, property: string, statements: readonly Statement[]): void => {
        const value = opened(resource, property);
        if (value === undefined) return;
        const names = strings(value);
        const found =
            names === undefined
                ? [estate.source(resource, property, type)]
                : names.map(
                      (name) =>
                          byName.get(`${stackOf(resource)} ${name}`) ??
                          byAccount.get(`${accountOf(estate, resource) ?? "?"} ${name}`),
                  );
        for (const owner of found) {
            if (owner !== undefined) attached.get(owner.urn)?.push(...statements);
            else
                gaps.push({
                    place: placeOf(resource),
                    stack: stackOf(resource),
                    message: `it grants to a ${kind} that is not part of this stack`,
                    fix: `Declare the ${kind} in the stack that grants to it`,
                });
        }
    };
    for (const inline of estate.ofType(`aws:iam/${kind}Policy:${capital(kind)}Policy`)) {
        attach(inline, kind, statementsOf(inline));
    }
    for (const link of estate.ofType(`aws:iam/${kind}PolicyAttachment:${capital(kind)}PolicyAttachment`)) {
        attach(link, kind, managed(estate, link, "policyArn"));
    }
    for (const link of estate.ofType("aws:iam/policyAttachment:PolicyAttachment")) {
        attach(link, `${kind}s`, managed(estate, link, "policyArn"));
    }
    const identities = owners.map((owner) => identity(estate, owner, kind, attached.get(owner.urn) ?? []));
    return { identities, gaps };
}

/** The one account that a resource's provider is fenced to. */
function accountOf(estate: Estate, resource: RenderedResource): string | undefined {
    const provider = estate.get(resource.provider);
    const fence = provider && opened(provider, "allowedAccountIds");
    if (typeof fence !== "string") return undefined;
    const [, only] = /^\["(\d+)"\]$/u.exec(fence) ?? [];
    return only;
}

function identity(
    estate: Estate,
    owner: RenderedResource,
    kind: "role" | "user",
    statements: readonly Statement[],
): AwsIdentity {
    const arn = nameOf(owner, "arn");
    const tags = textsOf(opened(owner, "tags"));
    const name = nameOf(owner, "name") ?? owner.name;
    const account = accountOfArn(arn);
    const boundary = opened(owner, "permissionsBoundary");
    return {
        system: "aws",
        kind,
        name,
        urn: owner.urn,
        ...estate.home(owner),
        ...(account === undefined ? {} : { realm: account }),
        arn,
        account,
        isStranger: false,
        serviceAccounts: kind === "role" ? trustedServiceAccounts(estate, owner, name) : [],
        tags,
        statements,
        trust: kind === "role" ? statementsOf(owner, "assumeRolePolicy") : [],
        ...(boundary === undefined ? {} : { boundary: managed(estate, owner, "permissionsBoundary") }),
    };
}

/** Policies that a role carries in its own properties, an older way to attach them. */
function ownStatements(estate: Estate, owner: RenderedResource): Statement[] {
    const inline = listOf(opened(owner, "inlinePolicies")).flatMap((each) =>
        isMap(each) && each.policy !== undefined ? parsePolicy(`${owner.name} inline`, each.policy) : [],
    );
    const arns = strings(opened(owner, "managedPolicyArns") ?? []) ?? [];
    return [...inline, ...arns.flatMap((arn) => policyByArn(estate, owner.name, arn))];
}

/** The statements of a policy that a property points to, by ARN or by where an unknown ARN comes from. */
function managed(estate: Estate, link: RenderedResource, property: string): readonly Statement[] {
    const source = estate.source(link, property, POLICY);
    if (source !== undefined) return statementsOf(source);
    const arn = opened(link, property);
    if (typeof arn === "string") return policyByArn(estate, link.name, arn);
    return [unreadable(link.name, `'${link.name}' attaches a policy known after a deployment only`)];
}

function policyByArn(estate: Estate, label: string, arn: string): readonly Statement[] {
    if (HARMLESS_MANAGED_POLICIES.test(arn)) return [];
    const policy = estate.ofType(POLICY).find((each) => nameOf(each, "arn") === arn);
    return policy === undefined
        ? [unreadable(label, `the policy ${arn} is not part of this stack`)]
        : statementsOf(policy);
}

/**
 * Service accounts that may assume the role: by OIDC trust on their `sub` (IRSA), or by an EKS Pod Identity
 * association. A trust on an OIDC provider without a `sub` lets every service account of the cluster in.
 *
 * @see AWS, "IAM roles for service accounts"
 */
function trustedServiceAccounts(estate: Estate, role: RenderedResource, name: string): readonly string[] {
    const trusted = statementsOf(role, "assumeRolePolicy").flatMap((statement) => {
        if (statement.effect !== "Allow") return [];
        const subjects = Object.values(statement.condition).flatMap((block) =>
            Object.entries(isMap(block) ? block : {}).flatMap(([key, value]) =>
                key.endsWith(":sub") ? (strings(value) ?? ["*"]) : [],
            ),
        );
        const web = statement.actions.set.matches("sts:assumerolewithwebidentity");
        return subjects.length === 0 && web ? ["*"] : subjects;
    });
    const subjects = trusted.map(accountOfSubject);
    const pods = podIdentities(estate, role, name).map(({ account }) => account);
    return [...new Set([...subjects, ...pods])].sort(order);
}

/** `<namespace>/<name>` of the subject of a token; anything else as it is. */
export const accountOfSubject = (subject: string): string =>
    subject.replace(/^system:serviceaccount:([^:]*):/u, "$1/");

/** Service accounts that EKS gives a role to without a token of their own. */
export function podIdentities(
    estate: Estate,
    role: RenderedResource,
    name: string,
): readonly { readonly account: string; readonly label: string }[] {
    return estate.ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation").flatMap((each) => {
        const arn = nameOf(each, "roleArn");
        const own =
            arn === undefined
                ? estate.source(each, "roleArn", ROLE) === role
                : arn === nameOf(role, "arn") ||
                  (nameOf(role, "arn") === undefined && arn.endsWith(`/${name}`));
        const account = `${nameOf(each, "namespace") ?? "*"}/${nameOf(each, "serviceAccount") ?? "*"}`;
        return own ? [{ account, label: each.name }] : [];
    });
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
