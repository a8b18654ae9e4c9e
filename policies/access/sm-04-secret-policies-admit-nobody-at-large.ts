import { checkAllows, type Statement } from "../reading/iam";
import { isAnybody, principalsOf, type Principal } from "../reading/iam-principals";
import type { Property } from "../reading/property";
import { decide, violation, type Checked, type Finding, type ResourceRule } from "../rule";

const POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";

/**
 * What a secret's own policy allows adds to what identities are allowed elsewhere: it names whom, and which actions.
 * A denial may be about everybody; whose account a principal is of is ISO-07's business. AWS looks at a new policy for public access only when
 * asked to, which `policy` of the secret itself can't do.
 *
 * A policy that is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "SM-04",
    name: "sm-04-secret-policies-admit-nobody-at-large",
    description:
        "A secret's resource policy allows named principals named actions, and AWS blocks a public one.",
    severity: "critical",
    remediationSteps: "Name principals and actions in each Allow, and set blockPublicPolicy to true.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html",
    peers: ["KICS"],
    exemptible: false,
    types: new Set([POLICY, "aws:secretsmanager/secret:Secret"]),
    check,
};

function check({ type, props }: Checked): readonly Finding[] {
    const policy = props.at("policy");
    if (type !== POLICY) return checkInline(policy);
    return [
        ...decide(() => checkBlock(props.at("blockPublicPolicy"))),
        ...decide(() => checkAllows(policy, checkStatement)),
    ];
}

/** An empty one is how the provider writes that there is none. */
function checkInline(policy: Property): Finding[] {
    if (!policy.isUnknown && (policy.isAbsent || ["", "{}"].includes(policy.text() ?? "-"))) return [];
    return [
        violation(
            policy,
            "is set without AWS looking whether it is public",
            "Use SecretPolicy with blockPublicPolicy",
        ),
    ];
}

function checkBlock(block: Property): Finding[] {
    if (block.isTrue) return [];
    return [violation(block, "does not have AWS refuse a public policy", "Set it to true")];
}

function checkStatement({ at, actions }: Statement): Finding[] {
    const principals = principalsOf(at);
    const fix = "Name the principals in Principal and the actions in Action";
    const excluding = ["NotPrincipal", "NotAction"]
        .map((key) => at.at(key))
        .filter((property) => !property.isAbsent)
        .map((property) => violation(property, "allows all but what it names", fix));
    const nobody =
        principals.length === 0 && excluding.length === 0
            ? [violation(at.at("Principal"), "is missing, so nobody can tell whom it admits", fix)]
            : [];
    const wide = actions
        .filter((action) => !/^[a-z-]+:[A-Za-z]+$/i.test(action.text() ?? ""))
        .map((action) => violation(action, "allows actions by a wildcard", "Name each action"));
    return [...excluding, ...nobody, ...wide, ...principals.flatMap(checkPrincipal)];
}

function checkPrincipal(principal: Principal): Finding[] {
    if (!isAnybody(principal)) return [];
    return [violation(principal.at, "is everybody", "Name the role by its ARN")];
}
