import { UNKNOWN, type Table } from "../support/case";

const type = "aws:iam/rolePolicy:RolePolicy";
const account = "arn:aws:iam::222222222222";
const boundary = `${account}:policy/strongroom-prod-boundary`;
const within = { StringEquals: { "iam:PermissionsBoundary": boundary } };

const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allows = (action: unknown, resource: unknown, condition?: object): { policy: string } => ({
    policy: document({ Effect: "Allow", Action: action, Resource: resource, Condition: condition }),
});
const roles = `${account}:role/strongroom/prod/*`;
const attached = (policyArn: unknown): { type: string; props: { policyArn: unknown } } => ({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    props: { policyArn },
});

const ofRotator = ({ name }: { readonly name: string }): boolean => name.endsWith("-rotate");

export const table: Table = {
    policy: "iam-07-nobody-raises-own-rights",
    clean: {
        type,
        props: allows(
            ["secretsmanager:GetSecretValue"],
            "arn:aws:secretsmanager:us-east-1:222222222222:secret:devplatform/prod/db-??????",
        ),
    },
    cases: [
        {
            title: "an administrator",
            ...attached("arn:aws:iam::aws:policy/AdministratorAccess"),
            expect: ["managed policy of AWS"],
        },
        {
            title: "an administrator of IAM, attached to the second in a list",
            type: "aws:iam/role:Role",
            props: {
                managedPolicyArns: [
                    `${account}:policy/devplatform-prod-logs`,
                    "arn:aws:iam::aws:policy/IAMFullAccess",
                ],
            },
            expect: ["managedPolicyArns[1]"],
        },
        {
            title: "a job function of AWS, of a permission set",
            type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
            props: { managedPolicyArn: "arn:aws:iam::aws:policy/job-function/SystemAdministrator" },
            expect: ["managed policy of AWS"],
        },
        {
            title: "exactly those policies, of a user",
            type: "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
            props: { policyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"] },
            expect: ["policyArns[0]"],
        },
        {
            title: "one that the configuration allows",
            ...attached("arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"),
            settings: { managedPolicies: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"] },
            expect: "clean",
        },
        { title: "one of ours", ...attached(`${account}:policy/devplatform-prod-logs`), expect: "clean" },
        {
            title: "near miss: one of another environment",
            ...attached(`${account}:policy/devplatform-prod-eu-logs`),
            expect: ["no policy of this environment"],
        },
        {
            title: "one of another account",
            ...attached("arn:aws:iam::111111111111:policy/devplatform-prod-logs"),
            expect: ["no policy of this environment"],
        },
        { title: "an unknown policy waits", ...attached(UNKNOWN), expect: "can't run" },
        {
            title: "everything of IAM on something",
            change: allows("iam:*", "x"),
            expect: [
                "gets an action",
                "not this environment's",
                "writes rights that nothing limits",
                "passes roles to any service",
                "more than one policy",
                "more than one user",
            ],
        },
        {
            title: "passing any role",
            change: allows("iam:PassRole", "*", {
                StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
            }),
            expect: ["not this environment's"],
        },
        {
            title: "passing a role to any service, in other letters",
            change: allows("IAM:passrole", `${account}:role/strongroom/prod/rotation`),
            expect: ["to any service"],
        },
        {
            title: "passing a role to one service",
            change: allows("iam:PassRole", `${account}:role/strongroom/prod/rotation`, {
                StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
            }),
            expect: "clean",
        },
        {
            title: "near miss: a service by a wildcard",
            change: allows("iam:PassRole", `${account}:role/strongroom/prod/rotation`, {
                StringLike: { "iam:PassedToService": "*.amazonaws.com" },
            }),
            expect: ["to any service"],
        },
        {
            title: "writing rights of own roles within a boundary",
            change: allows(["iam:PutRolePolicy", "iam:AttachRolePolicy"], roles, within),
            expect: "clean",
        },
        {
            title: "near miss: without a boundary",
            change: allows(["iam:PutRolePolicy"], roles),
            expect: ["nothing limits"],
        },
        {
            title: "near miss: a boundary that may be missing",
            change: allows("iam:PutRolePolicy", roles, {
                StringEqualsIfExists: { "iam:PermissionsBoundary": boundary },
            }),
            expect: ["nothing limits"],
        },
        {
            title: "any role, within a boundary",
            change: allows("iam:Put*Policy", `${account}:role/*`, within),
            expect: ["raises its own rights", "not this environment's"],
        },
        {
            title: "near miss: a prefix of roles that another environment's begin with too",
            change: allows("iam:UpdateAssumeRolePolicy", `${account}:role/devplatform-prod-*`),
            expect: ["not this environment's"],
        },
        {
            title: "near miss: a path without its closing sign",
            change: allows("iam:UpdateAssumeRolePolicy", `${account}:role/strongroom/prod*`),
            expect: ["not this environment's"],
        },
        {
            title: "roles of another account",
            change: allows("iam:PutRolePolicy", "arn:aws:iam::111111111111:role/strongroom/prod/*", within),
            expect: ["not this environment's"],
        },
        {
            title: "a session of one role",
            change: allows("sts:AssumeRole", `${account}:role/devplatform-prod-s3-rotator`),
            expect: "clean",
        },
        {
            title: "near miss: a session of a role of another environment",
            change: allows("sts:AssumeRole", `${account}:role/devplatform-prod-eu-s3-rotator`),
            expect: ["not this environment's"],
        },
        { title: "a session of any role", change: allows("sts:Assume*", "*"), expect: ["Resource"] },
        {
            title: "taking a boundary away",
            change: allows("iam:DeleteRolePermissionsBoundary", roles, within),
            expect: ["gets an action"],
        },
        {
            title: "a new version of one policy",
            change: allows("iam:CreatePolicyVersion", `${account}:policy/devplatform-prod-logs`),
            expect: "clean",
        },
        {
            title: "new versions of policies by a prefix",
            change: allows("iam:CreatePolicyVersion", `${account}:policy/strongroom-prod-*`),
            expect: ["more than one policy"],
        },
        {
            title: "near miss: a new version of the boundary itself",
            change: {
                policy: document(
                    {
                        Effect: "Allow",
                        Action: "iam:PutRolePolicy",
                        Resource: roles,
                        Condition: within,
                    },
                    { Effect: "Allow", Action: "iam:SetDefaultPolicyVersion", Resource: boundary },
                ),
            },
            expect: ["Statement[1].Resource"],
        },
        {
            title: "keys of one user",
            change: allows("iam:CreateAccessKey", `${account}:user/devplatform-prod-s3`),
            expect: "clean",
        },
        {
            title: "near miss: keys of users by a prefix",
            change: allows("iam:CreateAccessKey", `${account}:user/devplatform-prod-*`),
            expect: ["more than one user"],
        },
        {
            title: "keys of somebody",
            change: allows("iam:CreateAccessKey", `${account}:user/alice`),
            expect: ["more than one user"],
        },
        {
            title: "code of any function",
            change: allows("lambda:Update*", "arn:aws:lambda:us-east-1:222222222222:function:*"),
            expect: ["more than one workload"],
        },
        {
            title: "code of one function",
            change: allows(
                "lambda:UpdateFunctionCode",
                "arn:aws:lambda:us-east-1:222222222222:function:rotate",
            ),
            expect: "clean",
        },
        {
            title: "all but something",
            change: {
                policy: document({ Effect: "Allow", NotAction: ["s3:*", "iam:[A-Z]*"], Resource: "*" }),
            },
            expect: [
                "gets an action",
                "not this environment's",
                "nothing limits",
                "to any service",
                "more than one policy",
                "more than one user",
                "more than one workload",
            ],
        },
        {
            title: "near miss: reading what roles have",
            change: allows(["iam:Get*", "iam:List*", "iam:CreateRole"], "*"),
            expect: "clean",
        },
        {
            title: "near miss: a denial",
            change: { policy: document({ Effect: "Deny", Action: "iam:*", Resource: "*" }) },
            expect: "clean",
        },
        { title: "no document", change: { policy: "[]" }, expect: ["no policy document"] },
        { title: "an unknown document waits", change: { policy: UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        {
            title: "an administrator's policy attached to who deploys",
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            change: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        },
        {
            title: "an administrator's policy on a role",
            type: "aws:iam/role:Role",
            change: { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
        },
        {
            title: "a statement that passes any role",
            type,
            where: ({ name }) => name.endsWith("-read"),
            mutate: (resource) => ({
                ...resource,
                props: {
                    ...resource.props,
                    policy: String(resource.props["policy"]).replace(
                        '"Statement":[',
                        '"Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"},',
                    ),
                },
            }),
        },
        {
            title: "a rotator that makes keys of somebody else",
            type,
            where: ofRotator,
            change: { "policy#Statement.0.Resource": "arn:aws:iam::210987654321:user/alice" },
        },
        {
            title: "a rotator that gives its user a policy",
            type,
            where: ofRotator,
            change: { "policy#Statement.0.Action": ["iam:AttachUserPolicy"] },
        },
    ],
};
