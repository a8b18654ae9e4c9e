import type { Facts } from "../facts";
import { CI_ISSUERS, CI_SUBJECTS, isExactCiSubject, isPullRequest } from "../reading/ci-subjects";
import { checkAllows, parseArn, type Statement } from "../reading/iam";
import { areExact, isAnybody, principalsOf, requiredValues, type Principal } from "../reading/iam-principals";
import type { Property } from "../reading/property";
import { listSetting, violation, type Context, type Finding, type ResourceRule } from "../rule";

/** Services that act for the account itself: none of them runs code of others under the role. */
const SERVICES = ["cloudtrail.amazonaws.com", "events.amazonaws.com", "scheduler.amazonaws.com"];

const ACTIONS = /^sts:(?:AssumeRole|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity)$/i;

/**
 * Who may become a role is one identity: a role by its ARN, a service of the list, a service account of a cluster, or
 * one branch or environment of one repository. An OIDC provider vouches for every token that it signs, so that audience
 * and subject must both be required, and exactly: `StringLike` counts only without a wildcard. Pull requests, whose code
 * nobody has reviewed, may be a role that has a permissions boundary.
 *
 * Whose environment the identity belongs to is ISO-07's business, but for environments of a repository: their jobs are
 * what deploys. A trust policy that is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "IAM-05",
    name: "iam-05-roles-trust-one-identity",
    description:
        "A role's trust policy names who may assume it: no wildcard, and exact audience and subject.",
    severity: "critical",
    remediationSteps: "Name one principal; of an OIDC provider, require ':aud' and ':sub' by StringEquals.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    peers: ["Checkov", "KICS"],
    settings: {
        services: {
            type: "array",
            items: { type: "string" },
            default: SERVICES,
            description: "AWS services that may assume a role, such as 'cloudtrail.amazonaws.com'.",
        },
        ciIssuers: {
            type: "array",
            items: { type: "string" },
            default: [...CI_ISSUERS],
            description: "Issuers of the tokens of pipelines, without 'https://'; add a self-hosted one.",
        },
    },
    types: new Set(["aws:iam/role:Role"]),
    check: ({ props }, context) => {
        const boundary = props.at("permissionsBoundary");
        const isBounded = boundary.isUnknown || !boundary.isAbsent;
        return checkAllows(props.at("assumeRolePolicy"), (statement) =>
            checkStatement(statement, { ...context, isBounded }),
        );
    },
};

interface OfRole extends Context {
    readonly isBounded: boolean;
}

function checkStatement({ at, actions }: Statement, context: OfRole): Finding[] {
    const principals = principalsOf(at);
    const fix = "Name the principal that may assume the role";
    const nobody =
        principals.length === 0 || !at.at("NotPrincipal").isAbsent
            ? [violation(at.at("NotPrincipal"), "trusts whoever is not named", fix)]
            : [];
    const otherActions = [...actions, ...at.at("NotAction").items()]
        .filter((action) => !ACTIONS.test(action.text() ?? ""))
        .map((action) =>
            violation(action, "is not what assuming a role takes", "Allow sts:AssumeRole… by its name"),
        );
    return [
        ...nobody,
        ...otherActions,
        ...principals.flatMap((principal) => checkPrincipal(principal, at, context)),
    ];
}

function checkPrincipal(principal: Principal, statement: Property, context: OfRole): Finding[] {
    const { kind, at } = principal;
    const text = at.text() ?? "";
    if (isAnybody(principal)) {
        return [violation(at, "lets anybody assume the role", "Name the principal by its ARN")];
    }
    if (kind === "AWS") {
        const arn = parseArn(text);
        if (arn?.service === "iam" && /^\d{12}$/.test(arn.account) && arn.resource.startsWith("role/"))
            return [];
        const problem = /^(?:\d{12}|.*:root)$/.test(text) ? "trusts a whole account" : "is no role";
        return [violation(at, problem, "Name the role that may assume this one, by its ARN")];
    }
    if (kind === "Service") {
        const services = listSetting(context.settings, "services");
        if (services.includes(text)) return [];
        return [
            violation(
                at,
                "is a service that may not assume roles here",
                `Use one of ${services.join(", ")}, or add it to the rule's setting 'services'`,
            ),
        ];
    }
    const issuer = /^arn:[a-z-]+:iam::\d{12}:oidc-provider\/([^?]+)$/.exec(text)?.[1];
    if (kind === "Federated" && issuer !== undefined) {
        return checkToken(issuer, at, statement.at("Condition"), context);
    }
    return [
        violation(
            at,
            "is a principal whose extent can't be told",
            "Trust a role, a service, or an OIDC provider of the account",
        ),
    ];
}

function checkToken(
    issuer: string,
    principal: Property,
    condition: Property,
    { facts, settings, isBounded }: OfRole,
): Finding[] {
    const audiences = requiredValues(condition, `${issuer}:aud`);
    const subjects = requiredValues(condition, `${issuer}:sub`);
    const isCi = listSetting(settings, "ciIssuers").some(
        (one) => issuer === one || issuer.startsWith(`${one}/`),
    );
    const isAudience = (value: Property): boolean =>
        ["sts.amazonaws.com", ...(isCi ? [`https://${issuer}`] : [])].includes(value.text() ?? "");
    const forSts = audiences.length > 0 && audiences.every(isAudience);
    const isSubject = (value: Property): boolean =>
        fitsIssuer(value.text() ?? "", isCi, facts) ||
        (isCi && isBounded && isPullRequest(value.text() ?? ""));
    const wanted = isCi ? CI_SUBJECTS : "'system:serviceaccount:<namespace>:<name>', not of 'default'";
    return [
        ...(forSts
            ? []
            : [
                  violation(
                      condition,
                      "accepts tokens that were made for somebody else",
                      "Add StringEquals with the provider's ':aud' and 'sts.amazonaws.com'",
                  ),
              ]),
        ...(subjects.length === 0
            ? [
                  violation(
                      principal,
                      "trusts every token of the provider",
                      `Add StringEquals with its ':sub' and ${wanted}`,
                  ),
              ]
            : []),
        ...subjects
            .filter((value) => !areExact([value]) || !isSubject(value))
            .map((value) => violation(value, "names no single identity of here", `Write ${wanted}`)),
    ];
}

/** `default` is what every pod without a service account of its own runs as. */
function fitsIssuer(subject: string, isCi: boolean, facts: Facts): boolean {
    if (isCi) return isExactCiSubject(subject, facts);
    return /^system:serviceaccount:[a-z0-9-]+:(?!default$)[a-z0-9.-]+$/.test(subject);
}
