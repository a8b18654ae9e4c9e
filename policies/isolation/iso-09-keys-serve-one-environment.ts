import type { Facts } from "../facts";
import { membersOf } from "../reading/gcp-grants";
import { checkMembers } from "../reading/gcp-members";
import { AWS_KEYS, foreignKey, KEY_PATHS, keyReferences } from "../reading/keys";
import { checkAdmitted, checkArn } from "../reading/principals";
import type { Property } from "../reading/property";
import { each, violation, type CheckedInStack, type Context, type Finding, type StackRule } from "../rule";

const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const GRANT = "aws:kms/grant:Grant";
const ROLE = "aws:iam/role:Role";
/** Whose address is known after the deployment only: Google's agent of the project, and accounts of the stack. */
const GCP_PRINCIPALS = new Set([
    "gcp:projects/serviceIdentity:ServiceIdentity",
    "gcp:serviceaccount/account:Account",
]);

/**
 * A key is the second wall: who gets past a store's grants still can't read without it. So each secret, and all else
 * that is encrypted, uses a key of its own environment, and a key admits that environment's principals alone.
 *
 * Names that are not known before the deployment are decided by what they are computed from; that is known always.
 * Amazon's own key, and no key at all, are left to the rules that want a customer key; a policy that admits everybody
 * to the rule on that.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "ISO-09",
    name: "iso-09-keys-serve-one-environment",
    description: "Secrets use keys of their own environment, and keys admit its principals only.",
    severity: "critical",
    remediationSteps: "Use the key that this stack declares, and name this environment's principals alone.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html",
    peers: [],
    exemptible: false,
    types: new Set([...KEY_PATHS.keys(), ...AWS_KEYS]),
    check,
};

function check(
    resource: CheckedInStack,
    stack: readonly CheckedInStack[],
    { facts }: Context,
): readonly Finding[] {
    return [
        ...keyReferences(resource).flatMap((reference) => {
            const problem = foreignKey(reference, resource, stack, facts);
            const fix = `Name a key that the stack declares for '${facts.environment}', or its alias`;
            return problem === undefined ? [] : [violation(reference.at, problem, fix)];
        }),
        ...checkPrincipals(resource, facts),
    ];
}

function checkPrincipals(resource: CheckedInStack, facts: Facts): readonly Finding[] {
    const { type, props } = resource;
    if ((AWS_KEYS as readonly string[]).includes(type) || type === KEY_POLICY) {
        const policy = props.at("policy");
        if (policy.isUnknown) return [unknown(policy)];
        // Amazon's default policy admits the account, and nobody besides.
        return policy.isAbsent ? [] : checkAdmitted(policy, facts);
    }
    if (type === GRANT) {
        return decided([props.at("granteePrincipal")], [ROLE], resource, (known) =>
            each(known, (principal) => checkArn(principal, facts)),
        );
    }
    if (!/^gcp:kms\/\w+IAM/.test(type)) return [];
    return decided(membersOf(props), [...GCP_PRINCIPALS], resource, (known) => checkMembers(known, facts));
}

/** Unknown ones by what they are computed from, in this stack; the known by their names. */
function decided(
    principals: readonly Property[],
    types: readonly string[],
    resource: CheckedInStack,
    check: (known: readonly Property[]) => readonly Finding[],
): readonly Finding[] {
    const isOurs = ({ path }: Property): boolean =>
        resource.dependencyTypes(/^\w+/.exec(path)?.[0] ?? "").some((type) => types.includes(type));
    return [
        ...principals.filter((each) => each.isUnknown && !isOurs(each)).map(unknown),
        ...check(principals.filter(({ isUnknown }) => !isUnknown)),
    ];
}

function unknown(property: Property): Finding {
    return violation(
        property,
        "is not known before the deployment, so nobody can tell which environment it admits",
        "Write it with names of the stack's configuration",
    );
}
