import { UNKNOWN, type Sketch, type Table } from "../support/case";
import { MEMBER, RIGHTS_ON_GCP_AND_VAULT, VAULT } from "../support/rights-on-gcp-and-vault";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const secret = (name: string): string =>
    `arn:aws:secretsmanager:us-east-1:222222222222:secret:devplatform/prod/${name}-??????`;
const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (action: unknown, ...resources: string[]): object => ({
    Effect: "Allow",
    Action: action,
    Resource: resources,
});
const policy = (...statements: object[]): Sketch => ({
    type: POLICY,
    props: { role: "devplatform-prod-backend", policy: document(...statements) },
});
const READ = "secretsmanager:GetSecretValue";
const WRITE = "secretsmanager:PutSecretValue";
const reader = policy(allow([READ, "secretsmanager:DescribeSecret"], secret("db")));
const tagged = (purpose: string): { tags: object } => ({ tags: { class: purpose } });
const isReadPolicy = ({ name }: { readonly name: string }): boolean => name.endsWith("-read");

export const table: Table = {
    policy: "iam-08-rotators-are-not-readers",
    clean: {
        type: ROLE,
        props: { name: "devplatform-prod-backend", tags: { class: "access" } },
        beside: [reader],
    },
    cases: [
        {
            title: "reading and writing in one policy",
            change: {},
            beside: [policy(allow([READ, WRITE], secret("db")))],
            expect: ["may read values and change them"],
        },
        {
            title: "reading in one policy, writing another secret in the next",
            change: {},
            beside: [reader, policy(allow("secretsmanager:UpdateSecretVersionStage", secret("jwt")))],
            expect: ["may read values and change them"],
        },
        {
            title: "reading in a policy, writing inside the role",
            change: { inlinePolicies: [{ policy: document(allow("ssm:PutParameter", "x")) }] },
            expect: ["may read values and change them"],
        },
        {
            title: "writing by a managed policy that is attached",
            change: {},
            beside: [
                reader,
                {
                    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                    props: { role: "devplatform-prod-backend", policyArn: UNKNOWN },
                    computedFrom: { policyArn: { type: "aws:iam/policy:Policy", name: "managed" } },
                },
                {
                    type: "aws:iam/policy:Policy",
                    name: "managed",
                    props: { policy: document(allow("secretsmanager:Put*", secret("db"))) },
                },
            ],
            expect: ["may read values and change them"],
        },
        {
            title: "a role whose name only a deployment tells",
            change: { name: UNKNOWN },
            with: { name: "backend" },
            beside: [
                {
                    type: POLICY,
                    props: { role: UNKNOWN, policy: document(allow([READ, WRITE], secret("db"))) },
                    computedFrom: { role: { type: ROLE, name: "backend" } },
                },
            ],
            expect: ["may read values and change them"],
        },
        {
            title: "near miss: the policy of a role whose name begins like it",
            change: {},
            beside: [
                reader,
                {
                    type: POLICY,
                    props: {
                        role: "devplatform-prod-backend-rotator",
                        policy: document(allow(WRITE, secret("db"))),
                    },
                },
            ],
            expect: "clean",
        },
        {
            title: "policies of a role that somebody else declares",
            ...policy(allow(WRITE, secret("db"))),
            beside: [reader],
            expect: ['"policy" may read values and change them'],
        },
        {
            title: "near miss: policies of two roles that somebody else declares",
            ...policy(allow(WRITE, secret("db"))),
            beside: [{ type: POLICY, props: { ...reader.props, role: "devplatform-prod-web" } }],
            expect: "clean",
        },
        {
            title: "near miss: a denial of writing",
            change: {},
            beside: [reader, policy({ Effect: "Deny", Action: WRITE, Resource: "*" })],
            expect: "clean",
        },
        {
            title: "all but something, which both are among",
            change: {},
            beside: [policy({ Effect: "Allow", NotAction: "iam:*", Resource: secret("db") })],
            expect: ["may read values and change them"],
        },
        {
            title: "writing one secret alone",
            change: {},
            beside: [policy(allow(WRITE, secret("db")))],
            expect: "clean",
        },
        {
            title: "a rotator of one secret, as the functions of AWS are",
            change: tagged("rotation"),
            beside: [policy(allow([READ, WRITE], secret("db")))],
            expect: "clean",
        },
        {
            title: "near miss: a rotator that reads another secret",
            change: tagged("rotation"),
            beside: [policy(allow(READ, secret("jwt")), allow(WRITE, secret("db")))],
            expect: ["more than one path"],
        },
        {
            title: "a rotator of two secrets",
            change: tagged("rotation"),
            beside: [policy(allow(WRITE, secret("db"), secret("jwt")))],
            expect: ["more than one path"],
        },
        {
            title: "a rotator of whatever has a prefix",
            change: tagged("rotation"),
            beside: [
                policy(
                    allow(WRITE, "arn:aws:secretsmanager:us-east-1:222222222222:secret:devplatform/prod/*"),
                ),
            ],
            expect: ["more than one path"],
        },
        {
            title: "a rotator of the keys of one user",
            change: tagged("rotation"),
            beside: [
                policy(
                    allow(
                        ["iam:CreateAccessKey", "iam:DeleteAccessKey"],
                        "arn:aws:iam::222222222222:user/devplatform-prod-s3",
                    ),
                ),
            ],
            expect: "clean",
        },
        {
            title: "who deploys",
            change: { ...tagged("operator"), assumeRolePolicy: document({ Principal: { AWS: "x" } }) },
            beside: [policy(allow([READ, WRITE], secret("db"), secret("jwt")))],
            expect: "clean",
        },
        {
            title: "near miss: a workload that says it deploys",
            change: {
                ...tagged("operator"),
                assumeRolePolicy: document({
                    Condition: {
                        StringEquals: { "x:sub": "system:serviceaccount:devplatform-prod:backend" },
                    },
                }),
            },
            beside: [policy(allow([READ, WRITE], secret("db")))],
            expect: ["may read values and change them"],
        },
        {
            title: "a policy that comes with the deployment, about a key",
            change: {},
            beside: [
                reader,
                {
                    type: POLICY,
                    props: { role: "devplatform-prod-backend", policy: UNKNOWN },
                    computedFrom: { policy: "aws:kms/key:Key" },
                },
            ],
            expect: "clean",
        },
        {
            title: "a policy that comes with the deployment, about a secret",
            change: {},
            beside: [
                {
                    type: POLICY,
                    props: { role: "devplatform-prod-backend", policy: UNKNOWN },
                    computedFrom: { policy: "aws:secretsmanager/secret:Secret" },
                },
            ],
            expect: ["is not known in a preview"],
        },
        {
            title: "a user",
            type: "aws:iam/user:User",
            props: { name: "alice" },
            beside: [
                {
                    type: "aws:iam/userPolicy:UserPolicy",
                    props: { user: "alice", policy: document(allow("secretsmanager:*", secret("db"))) },
                },
            ],
            expect: ["may read values and change them"],
        },
        ...RIGHTS_ON_GCP_AND_VAULT,
        {
            title: "nobody who could",
            type: "aws:kms/key:Key",
            props: {},
            beside: [],
            expect: "not applicable",
        },
    ],
    mayBreak: ["VLT-02"],
    mutations: [
        {
            title: "a reader that also writes",
            type: POLICY,
            where: (resource) =>
                isReadPolicy(resource) && String(resource.props["policy"]).includes("secretsmanager:"),
            change: { "policy#Statement.0.Action": [READ, WRITE] },
            on: ROLE,
        },
        {
            title: "a reader that also rotates",
            type: ROLE,
            where: ({ props }) => String(props["assumeRolePolicy"]).includes("system:serviceaccount:"),
            change: {
                inlinePolicies: [
                    {
                        name: "rotate",
                        policy: document(
                            allow(
                                "secretsmanager:UpdateSecretVersionStage",
                                "arn:aws:secretsmanager:us-east-1:210987654321:secret:devplatform/prod/db-??????",
                            ),
                        ),
                    },
                ],
            },
        },
        {
            title: "a pipeline that deploys without the class of who does",
            type: ROLE,
            where: ({ name }) => name.endsWith("-ci-deploy"),
            change: { "tags.class": "access" },
        },
        {
            title: "a rotator of every user",
            type: POLICY,
            where: ({ name }) => name.endsWith("-rotate"),
            change: { "policy#Statement.0.Resource": "arn:aws:iam::210987654321:user/*" },
            alsoBreaks: ["IAM-07"],
            on: ROLE,
        },
        {
            title: "a member that reads the other secrets and adds versions to this one",
            type: MEMBER,
            where: ({ name }) => !name.includes("-ci-"),
            change: { role: "roles/secretmanager.secretVersionAdder" },
        },
        {
            title: "a Vault policy that reads and writes",
            type: VAULT,
            where: ({ name }) => !name.includes("-ci-"),
            mutate: (resource) => ({
                ...resource,
                props: {
                    ...resource.props,
                    policy: String(resource.props["policy"]).replace('["read"]', '["read","update"]'),
                },
            }),
            alsoBreaks: ["VLT-01", "VLT-02"],
        },
    ],
};
