import { mutations } from "../mutations/iso-06-grants-stay-in-the-environment";
import { UNKNOWN, type Table } from "../support/case";

const type = "aws:iam/rolePolicy:RolePolicy";
const secret = "arn:aws:secretsmanager:us-east-1:222222222222:secret:";
const parameter = "arn:aws:ssm:us-east-1:222222222222:parameter/";
const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const reads = (...resources: string[]): object => ({
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: resources,
});

const readable = (path: string): string => JSON.stringify({ path: { [path]: { capabilities: ["read"] } } });

export const table: Table = {
    policy: "iso-06-grants-stay-in-the-environment",
    clean: { type, props: { policy: document(reads(`${secret}devplatform/prod/db-??????`)) } },
    cases: [
        {
            title: "another environment",
            change: { policy: document(reads(`${secret}devplatform/dev/db-??????`)) },
            expect: ['"policy.Statement[0].Resource[0]"'],
        },
        {
            title: "near miss: prod* also matches prod-eu",
            change: { policy: document(reads(`${secret}devplatform/prod*`)) },
            expect: ["outside this environment"],
        },
        {
            title: "a closed prefix",
            change: { policy: document(reads(`${secret}devplatform/prod/*`)) },
            expect: "clean",
        },
        {
            title: "the wrong one in the second statement",
            change: {
                policy: document(reads(`${secret}devplatform/prod/db-??????`), {
                    Effect: "Allow",
                    Action: "ssm:GetParameter",
                    Resource: `${parameter}devplatform/dev/x`,
                }),
            },
            expect: ["policy.Statement[1].Resource"],
        },
        {
            title: "a statement that is not in a list, with an action in other letters",
            change: {
                policy: JSON.stringify({
                    Statement: { Effect: "Allow", Action: "SecretsManager:getsecretvalue", Resource: "*" },
                }),
            },
            expect: ["reaches every environment"],
        },
        {
            title: "another account",
            change: {
                policy: document(
                    reads("arn:aws:secretsmanager:us-east-1:111111111111:secret:devplatform/prod/db-??????"),
                ),
            },
            expect: ["Use account 222222222222"],
        },
        {
            title: "a denial may name anything",
            change: { policy: document({ ...reads("*"), Effect: "Deny" }) },
            expect: "clean",
        },
        {
            title: "an action that knows no resource",
            change: {
                policy: document({ Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" }),
            },
            expect: "clean",
        },
        {
            title: "a role of another environment",
            change: {
                policy: document({
                    Effect: "Allow",
                    Action: "sts:AssumeRole",
                    Resource: "arn:aws:iam::222222222222:role/devplatform-dev-ci",
                }),
            },
            expect: ["names another environment"],
        },
        {
            title: "given to a role of another environment",
            change: { role: "devplatform-dev-api" },
            expect: ['"role"'],
        },
        {
            title: "a document as an object",
            change: { policy: { Statement: [reads(`${secret}devplatform/dev/db-??????`)] } },
            expect: ["policy.Statement[0].Resource[0]"],
        },
        { title: "no document", change: { policy: "not JSON" }, expect: ["no policy document"] },
        { title: "an unknown document waits", change: { policy: UNKNOWN }, expect: "can't run" },
        {
            title: "a document within a role",
            type: "aws:iam/role:Role",
            props: {
                inlinePolicies: [
                    { name: "x", policy: document(reads(`${secret}devplatform/dev/db-??????`)) },
                ],
            },
            expect: ["inlinePolicies[0].policy.Statement[0].Resource[0]"],
        },
        {
            title: "a secret of GCP",
            type: "gcp:secretmanager/secretIamMember:SecretIamMember",
            props: {
                project: "acme-prod",
                secretId: "devplatform_prod_db",
                role: "roles/secretmanager.secretAccessor",
                member: "serviceAccount:devplatform-prod-api@acme-prod.iam.gserviceaccount.com",
            },
            expect: "clean",
        },
        {
            title: "a secret, a project and a member of another environment",
            type: "gcp:secretmanager/secretIamMember:SecretIamMember",
            props: {
                project: "acme-dev",
                secretId: "projects/acme-prod/secrets/devplatform_dev_db",
                member: "serviceAccount:devplatform-dev-api@acme-dev.iam.gserviceaccount.com",
            },
            expect: ['"project"', '"secretId"', '"member"'],
        },
        {
            title: "a workload of another namespace",
            type: "gcp:serviceaccount/iAMMember:IAMMember",
            props: {
                serviceAccountId:
                    "projects/acme-prod/serviceAccounts/devplatform-prod-api@acme-prod.iam.gserviceaccount.com",
                member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod-eu/api]",
            },
            expect: ['"member"'],
        },
        {
            title: "near miss: the workload of this one",
            type: "gcp:serviceaccount/iAMMember:IAMMember",
            props: {
                serviceAccountId:
                    "projects/acme-prod/serviceAccounts/devplatform-prod-api@acme-prod.iam.gserviceaccount.com",
                member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/api]",
            },
            expect: "clean",
        },
        {
            title: "members of another environment in an authoritative policy",
            type: "gcp:secretmanager/secretIamPolicy:SecretIamPolicy",
            props: {
                secretId: "devplatform_prod_db",
                policyData: JSON.stringify({
                    bindings: [
                        {
                            role: "roles/secretmanager.secretAccessor",
                            members: [
                                "serviceAccount:devplatform-prod-api@acme-prod.iam.gserviceaccount.com",
                                "serviceAccount:devplatform-dev-api@acme-dev.iam.gserviceaccount.com",
                            ],
                        },
                    ],
                }),
            },
            expect: ["policyData.bindings[0].members[1]"],
        },
        {
            title: "an authoritative policy that can't be read",
            type: "gcp:secretmanager/secretIamPolicy:SecretIamPolicy",
            props: { secretId: "devplatform_prod_db", policyData: "not JSON" },
            expect: ['"policyData"'],
        },
        {
            title: "a policy of this account for a role of this environment",
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            props: {
                role: "devplatform-prod-api",
                policyArn: "arn:aws:iam::222222222222:policy/devplatform-prod-read",
            },
            expect: "clean",
        },
        {
            title: "a policy of Amazon's own",
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            props: { role: "devplatform-prod-api", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
            expect: "clean",
        },
        {
            title: "a policy of dev for roles of both",
            type: "aws:iam/policyAttachment:PolicyAttachment",
            props: {
                roles: ["devplatform-prod-api", "devplatform-dev-api"],
                policyArn: "arn:aws:iam::222222222222:policy/devplatform-dev-read",
            },
            expect: ['"roles[1]"', '"policyArn"'],
        },
        {
            title: "a policy of another account",
            type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
            props: { user: "marketplace-prod-s3", policyArn: "arn:aws:iam::111111111111:policy/x" },
            expect: ['"policyArn"'],
        },
        {
            title: "a path of Vault",
            type: "vault:index/policy:Policy",
            props: { policy: readable("secret/data/yosai/prod/db") },
            expect: "clean",
        },
        {
            title: "a lease",
            type: "vault:index/policy:Policy",
            props: { policy: readable("yosai-prod-database/creds/yosai-prod-api-db") },
            expect: "clean",
        },
        {
            title: "a lease of another environment's engine",
            type: "vault:index/policy:Policy",
            props: { policy: readable("yosai-dev-database/creds/yosai-prod-api-db") },
            expect: ["mount"],
        },
        {
            title: "near miss: a lease of any account of this environment",
            type: "vault:index/policy:Policy",
            props: { policy: readable("yosai-prod-database/creds/*") },
            expect: ["mount"],
        },
        {
            title: "another environment's path",
            type: "vault:index/policy:Policy",
            props: { policy: readable("secret/data/yosai/dev/db") },
            expect: ["path 1 of 1"],
        },
        {
            title: "near miss: a prefix that also matches prod-eu",
            type: "vault:index/policy:Policy",
            props: { policy: readable("secret/data/yosai/prod*") },
            expect: ["outside this environment"],
        },
        {
            title: "another mount",
            type: "vault:index/policy:Policy",
            props: { policy: readable("kv-dev/data/yosai/prod/db") },
            expect: ["mount"],
        },
        {
            title: "a policy that can't be read",
            type: "vault:index/policy:Policy",
            props: { policy: 'path "a" { policy = "read" }' },
            expect: ["can't be read"],
        },
    ],
    mayBreak: ["AUD-02", "IAM-07", "IAM-08", "GCP-04", "ISO-07"],
    mutations,
};
