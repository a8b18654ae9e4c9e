import { mutations } from "../mutations/iso-07-principals-serve-one-environment";
import { UNKNOWN, type Table } from "../support/case";

const type = "aws:iam/role:Role";
const issuer = "oidc.eks.us-east-1.amazonaws.com/id/PROD";
const provider = (of: string, account = "222222222222"): string =>
    `arn:aws:iam::${account}:oidc-provider/${of}`;

const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const web = (
    subject: string | string[],
    operator = "StringEquals",
    federated = provider(issuer),
): object => ({
    Effect: "Allow",
    Principal: { Federated: federated },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { [operator]: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject } },
});
const account = (...principals: string[]): object => ({
    Effect: "Allow",
    Principal: { AWS: principals },
    Action: "sts:AssumeRole",
});
const ours = "system:serviceaccount:devplatform-prod:backend";
const trusts = (...statements: object[]): Record<string, unknown> => ({
    assumeRolePolicy: document(...statements),
});

const secretPolicy = "aws:secretsmanager/secretPolicy:SecretPolicy";
const member = "gcp:serviceaccount/iAMMember:IAMMember";
const vault = "vault:kubernetes/authBackendRole:AuthBackendRole";
const serviceAccount = "kubernetes:core/v1:ServiceAccount";
const pool = "principal://iam.googleapis.com/projects/333333333333/locations/global/workloadIdentityPools";

const policyOf = (...members: string[]): string =>
    JSON.stringify({ bindings: [{ role: "roles/iam.workloadIdentityUser", members }] });

export const table: Table = {
    policy: "iso-07-principals-serve-one-environment",
    clean: { type, props: trusts(web(ours)) },
    cases: [
        {
            title: "a service account of dev besides our own",
            change: trusts(web([ours, "system:serviceaccount:devplatform-dev:backend"])),
            expect: [`Condition.StringEquals["${issuer}:sub"][1]`],
        },
        {
            title: "near miss: a service account of prod-eu",
            change: trusts(web("system:serviceaccount:devplatform-prod-eu:backend")),
            expect: ["another environment's namespace"],
        },
        {
            title: "namespaces by a wildcard, which prod-eu's match as well",
            change: trusts(web("system:serviceaccount:devplatform-prod*:backend", "StringLike")),
            expect: ["reaches namespaces of other environments"],
        },
        {
            title: "an operator's service account, of no environment",
            change: trusts(web("system:serviceaccount:external-secrets:external-secrets")),
            expect: "clean",
        },
        {
            title: "dev's cluster, known to this account",
            change: trusts(web(ours, "StringEquals", provider("oidc.eks.us-east-1.amazonaws.com/id/0123"))),
            expect: ["trusts a cluster that is not this environment's"],
        },
        {
            title: "an identity provider of another account",
            change: trusts(web(ours, "StringEquals", provider(issuer, "111111111111"))),
            expect: ["belongs to another account"],
        },
        {
            title: "a role of dev in the second statement",
            change: trusts(web(ours), account("arn:aws:iam::111111111111:role/devplatform-dev-backend")),
            expect: ["assumeRolePolicy.Statement[1].Principal.AWS[0]"],
        },
        {
            title: "a role of dev that lives in this account, and a session of it",
            change: trusts(
                account(
                    "arn:aws:iam::222222222222:role/ci/deployer-dev",
                    "arn:aws:sts::222222222222:assumed-role/devplatform-dev-ci/run",
                ),
            ),
            expect: ["Principal.AWS[0]", "Principal.AWS[1]"],
        },
        {
            title: "near miss: a deployer of this account, a developer's role, and a service",
            change: trusts(
                account(
                    "arn:aws:iam::222222222222:role/deployer",
                    "222222222222",
                    "arn:aws:iam::222222222222:role/developer",
                ),
                { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
            ),
            expect: "clean",
        },
        { title: "the whole of dev's account", change: trusts(account("111111111111")), expect: ["account"] },
        {
            title: "a principal by its unique id",
            change: trusts(account("AIDACKCEVSQ6C2EXAMPLE")),
            expect: ["can't be tied"],
        },
        {
            title: "a denial may name anybody",
            change: trusts(web(ours), { ...account("111111111111"), Effect: "Deny" }),
            expect: "clean",
        },
        { title: "everybody is another rule's", change: trusts(account("*")), expect: "clean" },
        {
            title: "everybody, narrowed to the organisation in which dev is too",
            change: trusts({
                ...account("*"),
                Condition: { StringEquals: { "aws:PrincipalOrgID": "o-acme" } },
            }),
            expect: ["under a condition that names none"],
        },
        {
            title: "everybody, narrowed to dev's account",
            change: trusts({
                Effect: "Allow",
                Principal: "*",
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "AWS:PrincipalAccount": ["222222222222", "111111111111"] } },
            }),
            expect: ["AWS:PrincipalAccount"],
        },
        {
            title: "all but those that are named",
            change: trusts({ Effect: "Allow", NotPrincipal: { AWS: "111111111111" }, Action: "sts:*" }),
            expect: ["everybody but"],
        },
        {
            title: "a pipeline of dev",
            change: trusts({
                Effect: "Allow",
                Principal: { Federated: provider("token.actions.githubusercontent.com") },
                Action: "sts:AssumeRoleWithWebIdentity",
                Condition: {
                    StringEquals: {
                        "token.actions.githubusercontent.com:sub": "repo:acme/infra:environment:dev",
                    },
                },
            }),
            expect: ["another environment's pipeline"],
        },
        { title: "no document", change: { assumeRolePolicy: "not JSON" }, expect: ["no policy document"] },
        { title: "an unknown trust waits", change: { assumeRolePolicy: UNKNOWN }, expect: "can't run" },
        {
            title: "a secret's policy that lets dev read",
            type: secretPolicy,
            props: {
                policy: document({
                    Effect: "Allow",
                    Principal: { AWS: "arn:aws:iam::111111111111:role/devplatform-dev-backend" },
                    Action: "secretsmanager:GetSecretValue",
                    Resource: "*",
                }),
            },
            expect: ["policy.Statement[0].Principal.AWS"],
        },
        {
            title: "a secret without a policy of its own",
            type: "aws:secretsmanager/secret:Secret",
            props: { name: "devplatform/prod/db" },
            expect: "clean",
        },
        {
            title: "a pod's identity for another environment's namespace",
            type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
            props: {
                clusterName: "prod",
                namespace: "devplatform-dev",
                serviceAccount: "backend",
                roleArn: "arn:aws:iam::222222222222:role/devplatform-prod-backend",
            },
            expect: ['"namespace"'],
        },
        {
            title: "a workload of this environment's cluster",
            type: member,
            props: { member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/api]" },
            expect: "clean",
        },
        {
            title: "a workload of dev's cluster",
            type: member,
            props: { member: "serviceAccount:acme-dev.svc.id.goog[devplatform-dev/api]" },
            expect: ['"member"'],
        },
        {
            title: "workloads of both, in an authoritative policy",
            type: "gcp:serviceaccount/iAMPolicy:IAMPolicy",
            props: {
                policyData: policyOf(
                    "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/api]",
                    "serviceAccount:acme-prod.svc.id.goog[devplatform-prod-eu/api]",
                ),
            },
            expect: ["policyData.bindings[0].members[1]"],
        },
        {
            title: "an authoritative policy that can't be read",
            type: "gcp:serviceaccount/iAMPolicy:IAMPolicy",
            props: { policyData: "not JSON" },
            expect: ['"policyData"'],
        },
        {
            title: "workloads by their principal: ours",
            type: member,
            props: { member: `${pool}/acme-prod.svc.id.goog/subject/ns/devplatform-prod/sa/api` },
            expect: "clean",
        },
        {
            title: "workloads by their principal: of another namespace, pool and project",
            type: "gcp:serviceaccount/iAMBinding:IAMBinding",
            props: {
                members: [
                    `${pool}/acme-prod.svc.id.goog/subject/ns/devplatform-dev/sa/api`,
                    `${pool}/acme-dev.svc.id.goog/subject/ns/devplatform-prod/sa/api`,
                    `${pool.replace("333333333333", "444444444444")}/github/subject/repo`,
                    `${pool}/github-dev/subject/repo`,
                ],
            },
            expect: ["members[0]", "members[1]", "members[2]", "members[3]"],
        },
        {
            title: "a role of Vault",
            type: vault,
            props: {
                boundServiceAccountNames: ["api"],
                boundServiceAccountNamespaces: ["devplatform-prod"],
                tokenPolicies: ["devplatform-prod-api"],
            },
            expect: "clean",
        },
        {
            title: "a role of Vault for two environments, with a policy of the other",
            type: vault,
            props: {
                boundServiceAccountNames: ["api"],
                boundServiceAccountNamespaces: ["devplatform-prod", "devplatform-dev"],
                tokenPolicies: ["devplatform-prod-api", "devplatform-dev-api"],
            },
            expect: ["boundServiceAccountNamespaces[1]", "tokenPolicies[1]"],
        },
        {
            title: "Vault's other ways to log in",
            type: "vault:aws/authBackendRole:AuthBackendRole",
            props: {
                boundAccountIds: ["222222222222", "111111111111"],
                boundIamPrincipalArns: ["arn:aws:iam::111111111111:role/x"],
            },
            expect: ["boundAccountIds[1]", "boundIamPrincipalArns[0]"],
        },
        {
            title: "Vault's login of Google",
            type: "vault:gcp/authBackendRole:AuthBackendRole",
            props: {
                boundProjects: ["acme-dev"],
                boundServiceAccounts: ["devplatform-dev-api@acme-dev.iam.gserviceaccount.com"],
            },
            expect: ["boundProjects[0]", "boundServiceAccounts[0]"],
        },
        {
            title: "Vault's login by token of another environment's service account",
            type: "vault:jwt/authBackendRole:AuthBackendRole",
            props: { boundSubject: "system:serviceaccount:yosai-dev:api" },
            expect: ['"boundSubject"'],
        },
        {
            title: "a service account that stands for dev's role and dev's account",
            type: serviceAccount,
            props: {
                metadata: {
                    annotations: {
                        "eks.amazonaws.com/role-arn":
                            "arn:aws:iam::111111111111:role/devplatform-dev-backend",
                        "iam.gke.io/gcp-service-account":
                            "devplatform-dev-api@acme-dev.iam.gserviceaccount.com",
                    },
                },
            },
            expect: ["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account"],
        },
        {
            title: "an identity that is not known yet",
            type: serviceAccount,
            props: { metadata: { annotations: { "eks.amazonaws.com/role-arn": UNKNOWN } } },
            expect: "can't run",
        },
    ],
    mutations,
};
