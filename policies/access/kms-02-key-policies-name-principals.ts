import { GCP_IAM, gcpGrantsOf } from "../reading/gcp-iam";
import { checkAllows, type Statement } from "../reading/iam";
import { areExact, isAnybody, principalsOf, requiredValues } from "../reading/iam-principals";
import type { Property } from "../reading/property";
import { each, violation, type Checked, type Finding, type ResourceRule } from "../rule";

/** Keys of AWS with a policy, and the policy by itself. */
const AWS_KEYS = [
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
    "aws:kms/keyPolicy:KeyPolicy",
] as const;

const GCP_KEYS = [...GCP_IAM].filter((type) => type.startsWith("gcp:kms/"));

/**
 * Keys of the request that leave one account, organization or identity of `*`. The service in `kms:ViaService` serves
 * every account, and a condition on the network or on TLS says nothing about whom.
 */
const BINDING = [
    "kms:CallerAccount",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:SourceAccount",
    "aws:SourceArn",
] as const;

/**
 * Who may use or manage a key is named, or is `*` with a condition that leaves one account of it, by StringEquals and
 * its like: a wildcard in the value, or an operator that lets a request without the key through, does not count. A key
 * of AWS without a policy has the default one, which is the account. On GCP nobody public has a key.
 *
 * Whose environment a principal belongs to is ISO-09's business. What is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "KMS-02",
    name: "kms-02-key-policies-name-principals",
    description: "Key policies name their principals, or bind '*' to an account; keys of GCP are not public.",
    severity: "critical",
    remediationSteps: "Name the principal by its ARN, or add StringEquals with kms:CallerAccount.",
    url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",
    peers: ["Checkov", "KICS"],
    types: new Set([...AWS_KEYS, ...GCP_KEYS]),
    check,
};

function check(resource: Checked): readonly Finding[] {
    const { type, props } = resource;
    if (type.startsWith("gcp:")) return checkGcp(resource);
    const policy = props.at("policy");
    if (!type.endsWith(":KeyPolicy") && policy.isAbsent) return [];
    return checkAllows(policy, checkStatement);
}

function checkStatement({ at }: Statement): Finding[] {
    const principals = principalsOf(at);
    const unnamed = at.at("NotPrincipal");
    if (principals.length === 0 || !unnamed.isAbsent) {
        return [violation(unnamed, "admits whoever is not named", "Name whom the key admits, in Principal")];
    }
    const condition = at.at("Condition");
    const isBound = BINDING.some((key) => areExact(requiredValues(condition, key)));
    return principals
        .filter((principal) => isAnybody(principal) && !isBound)
        .map((principal) =>
            violation(
                principal.at,
                "admits everybody, of every account",
                "Name the principal, or add StringEquals with kms:CallerAccount and this account",
            ),
        );
}

function checkGcp(resource: Checked): readonly Finding[] {
    const grants = gcpGrantsOf(resource);
    if (grants === undefined) {
        const policyData = resource.props.at("policyData");
        return [violation(policyData, "can't be read, so nobody can tell whom it admits", "Use IAMMember")];
    }
    return grants.flatMap(({ members }) => each(members, checkMember));
}

function checkMember(member: Property): Finding[] {
    const text = member.text() ?? "allUsers";
    const wide = /^all(?:Authenticated)?Users$|^domain:|^principalSet:|\*/i.test(text);
    if (!wide) return [];
    return [
        violation(member, "admits more than one identity", "Name the service account that needs the key"),
    ];
}
