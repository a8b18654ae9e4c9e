import type { Facts } from "../facts";
import {
    beforeWildcard,
    checkAllows,
    mayDo,
    parseArn,
    policyDocuments,
    type Statement,
} from "../reading/iam";
import {
    NEVER_ALLOWED,
    ON_ONE_POLICY,
    ON_ONE_USER,
    ON_ONE_WORKLOAD,
    ON_OWN_ROLES,
    PASSING,
    WITHIN_A_BOUNDARY,
} from "../reading/iam-escalation";
import { areExact, requiredValues } from "../reading/iam-principals";
import type { Property } from "../reading/property";
import { isOurs, prefixText } from "../reading/scope";
import { IAM_POLICIES } from "../reading/types";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

/** Where policies are attached by ARN. */
const ATTACHMENTS: ReadonlyMap<string, string> = new Map([
    ["aws:iam/role:Role", "managedPolicyArns"],
    ["aws:iam/policyAttachment:PolicyAttachment", "policyArn"],
    ["aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", "managedPolicyArn"],
    ["aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive", "managedPolicyArns"],
    ...["role", "user", "group"].flatMap((kind): [string, string][] => {
        const token = `aws:iam/${kind}PolicyAttachment`;
        const name = `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}PolicyAttachment`;
        return [
            [`${token}:${name}`, "policyArn"],
            [`${token}sExclusive:${name}sExclusive`, "policyArns"],
        ];
    }),
]);

/** What an action may work on, as a fault of the statement or undefined. */
type Bound = (resource: Property, facts: Facts) => string | undefined;

/**
 * Nobody makes themselves an administrator. A managed policy is one of ours, whose text is checked where it is declared,
 * or listed; what AWS's own hold changes without us, AdministratorAccess and its like hold everything. Of the actions
 * that lead to more rights a deployer needs some, and then:
 *
 * - what a role may do is written on this environment's roles, by prefix or path, with `iam:PermissionsBoundary` required
 * - a role is passed by name to named services; trust and sessions are for this environment's roles
 * - versions of a policy are made of one policy, which is not the boundary; keys for one user; code for one workload
 *
 * It looks at each statement by itself and ignores denials. What is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "IAM-07",
    name: "iam-07-nobody-raises-own-rights",
    description:
        "No administrator policies, and no action by which an identity gets rights it does not have.",
    severity: "critical",
    remediationSteps:
        "Name this environment's roles, require iam:PermissionsBoundary, pass named roles only.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    peers: ["Checkov", "Trivy", "KICS"],
    settings: {
        managedPolicies: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "ARNs of managed policies that may be attached, besides this environment's own.",
        },
    },
    types: new Set([...IAM_POLICIES, ...ATTACHMENTS.keys()]),
    check: (resource, context) => [
        ...checkAttached(resource, context),
        ...(IAM_POLICIES.some((type) => type === resource.type)
            ? each(policyDocuments(resource), (document) =>
                  checkAllows(document, (statement) =>
                      checkStatement(statement, context.facts, boundaries(document)),
                  ),
              )
            : []),
    ],
};

function checkAttached({ type, props }: Checked, { facts, settings }: Context): readonly Finding[] {
    const property = ATTACHMENTS.get(type);
    if (property === undefined) return [];
    const allowed = listSetting(settings, "managedPolicies");
    return each(props.at(property).itemsOrUnknown(), (policy) => {
        const text = policy.text() ?? "";
        const arn = parseArn(text);
        const name = arn?.resource.split("/").at(-1) ?? "";
        const own = arn?.account === facts.aws?.accountId && isOurs(name, "-", facts);
        if (allowed.includes(text) || (own && !/[*?]/.test(text))) return [];
        const problem =
            arn?.account === "aws"
                ? "is a managed policy of AWS, which holds more than anybody needs"
                : "is no policy of this environment, so nobody can tell what it allows";
        return [violation(policy, problem, "Write the statements that are needed in a policy of the role")];
    });
}

function checkStatement(statement: Statement, facts: Facts, ownBoundaries: readonly string[]): Finding[] {
    const { at, resources } = statement;
    const condition = at.at("Condition");
    const on = (actions: readonly string[], bound: Bound, fix: string): Finding[] => {
        if (!mayDo(statement, actions)) return [];
        if (resources.length === 0) return [violation(at, "lets an identity raise its own rights", fix)];
        return resources.flatMap((resource) => {
            const problem = bound(resource, facts);
            return problem === undefined ? [] : [violation(resource, problem, fix)];
        });
    };
    const required = (actions: readonly string[], key: string, problem: string): Finding[] =>
        !mayDo(statement, actions) || areExact(requiredValues(condition, key))
            ? []
            : [violation(condition, problem, `Add StringEquals with ${key} and its one value`)];
    const roles = `Name the roles by a prefix or path of ${prefixText("-", facts)}`;
    return [
        ...on(NEVER_ALLOWED, () => "gets an action by which it raises its own rights", "Leave it out"),
        ...on([...WITHIN_A_BOUNDARY, ...ON_OWN_ROLES, ...PASSING], ownRoles, roles),
        ...required(WITHIN_A_BOUNDARY, "iam:PermissionsBoundary", "writes rights that nothing limits"),
        ...required(PASSING, "iam:PassedToService", "passes roles to any service"),
        ...on(
            ON_ONE_POLICY,
            (resource) =>
                ownBoundaries.includes(resource.text() ?? "")
                    ? "is the boundary itself, which it could widen"
                    : one("policy")(resource, facts),
            "Name the policy by its ARN, and never the boundary",
        ),
        ...on(ON_ONE_USER, one("user"), "Name the one user by its ARN"),
        ...on(ON_ONE_WORKLOAD, single, "Name the one function, stack, instance or project by its ARN"),
    ];
}

/** The policies that a document requires as a boundary. */
function boundaries(document: Property): string[] {
    const statements = document.parsed()?.at("Statement").items() ?? [];
    return statements.flatMap((statement) =>
        requiredValues(statement.at("Condition"), "iam:PermissionsBoundary").flatMap(
            (value) => value.text() ?? [],
        ),
    );
}

/** `role/devplatform-prod-*`, `role/strongroom/prod/*`, or one role by its name. */
const ownRoles: Bound = (resource, facts) => {
    const arn = parseArn(resource.text() ?? "");
    const problem = "reaches roles that are not this environment's";
    if (arn?.service !== "iam" || arn.account !== facts.aws?.accountId) return problem;
    if (!arn.resource.startsWith("role/")) return problem;
    const certain = beforeWildcard(arn.resource.slice("role/".length));
    const isExact = certain === arn.resource.slice("role/".length);
    const prefixes = facts.platforms.flatMap((platform) =>
        ["-", "/"].map((sign) => `${platform}${sign}${facts.environment}${sign}`),
    );
    const others = facts.environments.filter((one) => one.startsWith(`${facts.environment}-`));
    const prefix = prefixes.find((one) => certain.startsWith(one) && (!isExact || certain !== one));
    if (prefix === undefined) return problem;
    // `devplatform-prod-*` also stands for roles of `prod-eu`, but a path has a sign of its own.
    const reachesOn = prefix.endsWith("-") && (isExact ? !isOurs(certain, "-", facts) : others.length > 0);
    return reachesOn ? problem : undefined;
};

const one =
    (kind: "user" | "policy"): Bound =>
    (resource, facts) => {
        const text = resource.text() ?? "";
        const arn = parseArn(text);
        const name = arn?.resource.split("/").at(-1) ?? "";
        const fits =
            arn?.service === "iam" &&
            arn.account === facts.aws?.accountId &&
            arn.resource.startsWith(`${kind}/`) &&
            !/[*?]/.test(text) &&
            isOurs(name, "-", facts);
        return fits ? undefined : `reaches more than one ${kind} of this environment`;
    };

const single: Bound = (resource) =>
    /[*?]/.test(resource.text() ?? "*") ? "reaches more than one workload" : undefined;
