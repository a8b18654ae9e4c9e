import { ACCOUNT_GRANTS, membersOf } from "../reading/gcp-grants";
import { checkMembers } from "../reading/gcp-members";
import { checkAdmitted, checkArn, checkNamespace, checkSubject } from "../reading/principals";
import type { Property } from "../reading/property";
import { isOurServiceAccountId, speaksOfAnotherEnvironment } from "../reading/scope";
import { each, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";
import type { Facts } from "../facts";

type Check = (props: Property, facts: Facts) => readonly Finding[];

const vaultRole =
    (bound: Check): Check =>
    (props, facts) => [...bound(props, facts), ...checkPolicies(props, facts)];

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
    ["aws:iam/role:Role", (props, facts) => each([props.at("assumeRolePolicy")], admitted(facts))],
    [
        "aws:secretsmanager/secretPolicy:SecretPolicy",
        (props, facts) => each([props.at("policy")], admitted(facts)),
    ],
    ["aws:secretsmanager/secret:Secret", (props, facts) => each(given(props.at("policy")), admitted(facts))],
    [
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        (props, facts) => [
            ...each([props.at("namespace")], (at) => checkNamespace(at, at.text() ?? "", facts)),
            ...each([props.at("roleArn"), ...given(props.at("targetRoleArn"))], (arn) =>
                checkArn(arn, facts),
            ),
        ],
    ],
    ...[...ACCOUNT_GRANTS].map((type): [string, Check] => [
        type,
        (props, facts) => each([props], () => checkMembers(membersOf(props), facts)),
    ]),
    [
        "vault:kubernetes/authBackendRole:AuthBackendRole",
        vaultRole((props, facts) =>
            each(props.at("boundServiceAccountNamespaces").itemsOrUnknown(), (at) =>
                checkNamespace(at, at.text() ?? "", facts),
            ),
        ),
    ],
    [
        "vault:jwt/authBackendRole:AuthBackendRole",
        vaultRole((props, facts) => each(given(props.at("boundSubject")), (at) => checkSubject(at, facts))),
    ],
    [
        "vault:aws/authBackendRole:AuthBackendRole",
        vaultRole((props, facts) => [
            ...each(props.at("boundAccountIds").itemsOrUnknown(), (at) => checkAccountId(at, facts)),
            ...each(props.at("boundIamPrincipalArns").itemsOrUnknown(), (at) => checkArn(at, facts)),
        ]),
    ],
    [
        "vault:gcp/authBackendRole:AuthBackendRole",
        vaultRole((props, facts) => [
            ...each(props.at("boundProjects").itemsOrUnknown(), (at) => checkProject(at, facts)),
            ...each(props.at("boundServiceAccounts").itemsOrUnknown(), (at) => checkEmail(at, facts)),
        ]),
    ],
    [
        "kubernetes:core:ServiceAccount",
        (props, facts) => {
            const annotations = props.at("metadata", "annotations");
            return [
                ...each(given(annotations.at("eks.amazonaws.com/role-arn")), (at) => checkArn(at, facts)),
                ...each(given(annotations.at("iam.gke.io/gcp-service-account")), (at) =>
                    checkEmail(at, facts),
                ),
            ];
        },
    ],
]);

/**
 * Whoever may act here acts nowhere else: a role trusts this environment's accounts and service accounts, a service
 * account stands for this environment's identities, and so on for Vault's roles. Each resource is looked at by itself,
 * since the configuration tells whose a name is; that two stacks trust one principal is seen by the preview of both.
 *
 * Principals of keys are in ISO-09. Whatever admits everybody, a bare `*`, is refused by rules of its own.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-07",
    name: "iso-07-principals-serve-one-environment",
    description: "Trust and bindings admit principals of this environment only.",
    severity: "critical",
    remediationSteps: "Give each environment a principal of its own, and trust that one alone.",
    url: "https://docs.cloud.google.com/secret-manager/docs/best-practices",
    peers: [],
    exemptible: false,
    types: new Set(CHECKS.keys()),
    check: ({ type, props }: Checked, { facts }: Context) => CHECKS.get(type)?.(props, facts) ?? [],
};

const admitted =
    (facts: Facts) =>
    (document: Property): readonly Finding[] =>
        checkAdmitted(document, facts);

/** The property, unless it is known to be absent. */
function given(property: Property): Property[] {
    return property.isUnknown || !property.isAbsent ? [property] : [];
}

/** The rights that come with the role. */
function checkPolicies(props: Property, facts: Facts): readonly Finding[] {
    return each(props.at("tokenPolicies").itemsOrUnknown(), (policy) =>
        speaksOfAnotherEnvironment(policy.text() ?? "", facts)
            ? [violation(policy, "is a policy of another environment", `Name one of '${facts.environment}'`)]
            : [],
    );
}

function checkAccountId(at: Property, { aws }: Facts): readonly Finding[] {
    if (aws !== undefined && at.text() === aws.accountId) return [];
    return [violation(at, "is not this environment's account", `Name account ${aws?.accountId ?? "-"}`)];
}

function checkProject(at: Property, { gcp }: Facts): readonly Finding[] {
    if (gcp !== undefined && at.text() === gcp.project) return [];
    return [violation(at, "is not this environment's project", `Name project ${gcp?.project ?? "-"}`)];
}

function checkEmail(at: Property, facts: Facts): readonly Finding[] {
    const [id = "", domain] = (at.text() ?? "").split("@");
    const project = facts.gcp?.project;
    if (
        project !== undefined &&
        domain === `${project}.iam.gserviceaccount.com` &&
        isOurServiceAccountId(id, facts)
    )
        return [];
    const fix = `Name one of project ${project ?? "-"} that begins with its platform and '${facts.environment}'`;
    return [violation(at, "is a service account of another environment", fix)];
}
