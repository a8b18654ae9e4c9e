import { UNKNOWN, type Table } from "../support/case";
import { says } from "../support/mutations";

const type = "aws:iam/rolePolicy:RolePolicy";
const secret = "arn:aws:secretsmanager:us-east-1:222222222222:secret:";
const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
const reads = (...resources: string[]): object => ({
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: resources,
});

const allows = (...actions: string[]): string =>
    document({ Effect: "Allow", Action: actions, Resource: "x" });

const grants = "aws:iam/rolePolicy:RolePolicy";

export const table: Table = {
    policy: "iam-01-actions-are-named",
    clean: { type, props: { policy: document(reads(`${secret}devplatform/prod/db-??????`)) } },
    cases: [
        { title: "everything", change: { policy: allows("*") }, expect: ["Statement[0].Action[0]"] },
        { title: "a service", change: { policy: allows("kms:*") }, expect: ["a whole service"] },
        {
            title: "other letters, and a second wildcard",
            change: { policy: allows("SSM:**", "SecretsManager:?*") },
            expect: ["Action[0]", "Action[1]"],
        },
        { title: "a wildcard in the service", change: { policy: allows("k?s:*") }, expect: ["Action[0]"] },
        {
            title: "near miss: a part of a service",
            change: { policy: allows("kms:Describe*") },
            expect: "clean",
        },
        {
            title: "near miss: a service without secrets, as a whole",
            change: { policy: allows("logs:*") },
            expect: ["a whole service"],
        },
        {
            title: "a named action of services that are not",
            change: { policy: allows("s*:GetSecretValue") },
            expect: ["a whole service"],
        },
        {
            title: "an element that IAM does not know",
            change: {
                policy: document({ Effect: "Allow", action: "kms:*", Action: "s3:GetObject", Resource: "x" }),
            },
            expect: ["Statement[0].action"],
        },
        {
            title: "a permission set of IAM Identity Center",
            type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
            props: { inlinePolicy: allows("kms:*") },
            expect: ["inlinePolicy.Statement[0].Action[0]"],
        },
        {
            title: "an inline policy of a role, the second",
            type: "aws:iam/role:Role",
            props: { inlinePolicies: [{ policy: allows("kms:Sign") }, { policy: allows("iam:*") }] },
            expect: ["inlinePolicies[1]"],
        },
        {
            title: "all but something, in the second statement",
            change: {
                policy: document(reads(`${secret}devplatform/prod/db-??????`), {
                    Effect: "Allow",
                    NotAction: "iam:*",
                    NotResource: "x",
                }),
            },
            expect: ["Statement[1].NotAction", "Statement[1].NotResource"],
        },
        {
            title: "near miss: a denial of all but something",
            change: { policy: document({ Effect: "Deny", NotAction: "iam:*", Resource: "*" }) },
            expect: "clean",
        },
        {
            title: "a misspelt effect is held to the rule",
            change: { policy: document({ Effect: "allow", Action: "kms:*", Resource: "x" }) },
            expect: ["a whole service"],
        },
        { title: "no document", change: { policy: "{}" }, expect: ["no policy document"] },
        { title: "an unknown document waits", change: { policy: UNKNOWN }, expect: "can't run" },
    ],
    mayBreak: ["IAM-08", "IAM-07", "IAM-02", "AUD-02"],
    mutations: [
        ...["secretsmanager:*", "ssm:*", "*"].map((action) => ({
            title: `${action} on what may be read`,
            type: grants,
            where: says("policy", /:secret:|:parameter/),
            change: { "policy#Statement.0.Action": action },
            // Every action of every service is the use of keys, too.
            alsoBreaks: action === "*" ? ["IAM-02"] : [],
        })),
        {
            title: "every action of the key",
            type: grants,
            where: says("policy", /kms:Decrypt/),
            change: { "policy#Statement.0.Action": "kms:*" },
        },
        {
            title: "all actions but one",
            type: grants,
            change: {
                "policy#Statement.0.NotAction": "iam:CreateUser",
                "policy#Statement.0.Action": undefined,
            },
        },
        {
            title: "all resources but one",
            type: grants,
            where: says("policy", /iam:CreateAccessKey/),
            change: {
                "policy#Statement.0.NotResource": "arn:aws:iam::210987654321:user/root",
                "policy#Statement.0.Resource": undefined,
            },
        },
        {
            title: "no statements at all",
            type: grants,
            change: { policy: "{}" },
            alsoBreaks: ["IAM-02", "IAM-03", "ISO-06"],
        },
    ],
};
