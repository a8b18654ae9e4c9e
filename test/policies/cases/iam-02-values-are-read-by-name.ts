import { UNKNOWN, type Table } from "../support/case";
import { changed, says } from "../support/mutations";

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

const key = "arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const decrypts = (condition?: object, resource: string | string[] = key): string =>
    document({ Effect: "Allow", Action: "kms:Decrypt", Resource: resource, Condition: condition });
const via = { StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } };

const grants = "aws:iam/rolePolicy:RolePolicy";

export const table: Table = {
    policy: "iam-02-values-are-read-by-name",
    clean: { type, props: { policy: document(reads(`${secret}devplatform/prod/db-??????`)) } },
    cases: [
        {
            title: "everything",
            change: { policy: document(reads("*")) },
            expect: ["Statement[0].Resource[0]"],
        },
        {
            title: "the wildcard in the second resource",
            change: { policy: document(reads(`${secret}devplatform/prod/db-??????`, `${secret}*`)) },
            expect: ["Resource[1]"],
        },
        {
            title: "a whole environment",
            change: { policy: document(reads(`${secret}devplatform/prod/*`)) },
            expect: ["more than what it names"],
        },
        {
            title: "near miss: a longer name is IAM-03's business",
            change: { policy: document(reads(`${secret}devplatform/prod/db*`)) },
            expect: "clean",
        },
        {
            title: "any account",
            change: {
                policy: document(
                    reads("arn:aws:secretsmanager:us-east-1:*:secret:devplatform/prod/db-??????"),
                ),
            },
            expect: ["more than what it names"],
        },
        {
            title: "an action by a wildcard, in other letters",
            change: { policy: document({ Effect: "Allow", Action: "SSM:get*", Resource: `${parameter}*` }) },
            expect: ["Resource"],
        },
        {
            title: "near miss: an action that hands nothing out",
            change: {
                policy: document({ Effect: "Allow", Action: "ssm:DescribeParameters", Resource: "*" }),
            },
            expect: "clean",
        },
        { title: "decrypting by way of a service", change: { policy: decrypts(via) }, expect: "clean" },
        {
            title: "decrypting by anybody",
            change: { policy: decrypts() },
            expect: ["Statement[0].Condition"],
        },
        {
            title: "near miss: a condition that lets requests without the key through",
            change: { policy: decrypts({ StringEqualsIfExists: via.StringEquals }) },
            expect: ["outside the store"],
        },
        {
            title: "near miss: a condition that any service meets",
            change: { policy: decrypts({ StringLike: { "kms:ViaService": "*.amazonaws.com" } }) },
            expect: ["outside the store"],
        },
        {
            title: "a condition on something else",
            change: { policy: decrypts({ StringEquals: { "aws:RequestedRegion": "us-east-1" } }) },
            expect: ["outside the store"],
        },
        {
            title: "near miss: a condition whose wildcard stands for another service",
            change: { policy: decrypts({ StringLike: { "kms:ViaService": "s*.us-east-1.amazonaws.com" } }) },
            expect: ["outside the store"],
        },
        {
            title: "near miss: a key whose id ends in a wildcard",
            change: { policy: decrypts(via, "arn:aws:kms:us-east-1:222222222222:key/mrk-*") },
            expect: ["more than what it names"],
        },
        {
            title: "letting others decrypt, by a grant",
            change: { policy: document({ Effect: "Allow", Action: "kms:CreateGrant", Resource: key }) },
            expect: ["outside the store"],
        },
        {
            title: "all but something, which reading is among",
            change: { policy: document({ Effect: "Allow", NotAction: "iam:*", Resource: `${secret}*` }) },
            expect: ["Statement[0].Resource", "Statement[0].Condition"],
        },
        {
            title: "near miss: all but something, which is reading and decrypting",
            change: {
                policy: document({
                    Effect: "Allow",
                    NotAction: ["secretsmanager:Get*", "ssm:Get*", "kms:*"],
                    Resource: `${secret}*`,
                }),
            },
            expect: "clean",
        },
        {
            title: "a service named in part, every secret of it",
            change: {
                policy: document({
                    Effect: "Allow",
                    Action: "secretsmanager:GetSecretValue",
                    Resource: "arn:aws:secretsmanager:us-east-1:222222222222:secret:*",
                }),
            },
            expect: ["more than what it names"],
        },
        { title: "every key", change: { policy: decrypts(via, "*") }, expect: ["no single resource"] },
        { title: "no resource", change: { policy: decrypts(via, []) }, expect: ["is missing"] },
        { title: "an unknown document waits", change: { policy: UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        {
            title: "every secret of the account",
            type: grants,
            where: says("policy", /:secret:/),
            change: { "policy#Statement.0.Resource": "*" },
            alsoBreaks: ["ISO-06"],
        },
        {
            title: "the same name in every account",
            type: grants,
            where: says("policy", /:secret:/),
            mutate: (resource) =>
                changed(resource, "policy", (policy) => policy.replaceAll(":210987654321:", ":*:")),
            alsoBreaks: ["ISO-06"],
        },
        {
            title: "the same name in every region",
            type: grants,
            where: says("policy", /:secret:|:parameter/),
            mutate: (resource) =>
                changed(resource, "policy", (policy) =>
                    policy.replaceAll(/:(secretsmanager|ssm):[a-z]+-[a-z]+-\d:/g, ":$1:*:"),
                ),
        },
        {
            title: "every key",
            type: grants,
            where: says("policy", /^(?!.*"Deny").*kms:Decrypt/s),
            mutate: (resource) =>
                changed(resource, "policy", (policy) => policy.replace(/:key\/[^"]+/, ":key/*")),
        },
        {
            title: "a key outside of the stores",
            type: grants,
            where: says("policy", /^(?!.*"Deny").*kms:Decrypt/s),
            change: { "policy#Statement.0.Condition": undefined },
        },
        {
            title: "a key where the service is not told",
            type: grants,
            where: says("policy", /^(?!.*"Deny").*kms:Decrypt/s),
            mutate: (resource) =>
                changed(resource, "policy", (policy) =>
                    policy.replace('"StringEquals"', '"StringEqualsIfExists"'),
                ),
        },
    ],
};
