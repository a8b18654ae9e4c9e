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

const grants = "aws:iam/rolePolicy:RolePolicy";

export const table: Table = {
    policy: "iam-03-secret-arns-end-exactly",
    clean: { type, props: { policy: document(reads(`${secret}devplatform/prod/db-??????`)) } },
    cases: [
        {
            title: "a name with anything behind it",
            change: { policy: document(reads(`${secret}devplatform/prod/db*`)) },
            expect: ["<name>-admin"],
        },
        {
            title: "near miss: the hyphen is there, six characters are not",
            change: { policy: document(reads(`${secret}devplatform/prod/db-*`)) },
            expect: ["<name>-admin"],
        },
        {
            title: "near miss: five signs for the suffix",
            change: { policy: document(reads(`${secret}devplatform/prod/db-?????`)) },
            expect: ["Resource[0]"],
        },
        {
            title: "a bare name",
            change: { policy: document(reads(`${secret}devplatform/prod/db`)) },
            expect: ["matches no secret"],
        },
        {
            title: "an exact suffix",
            change: { policy: document(reads(`${secret}devplatform/prod/db-aB3dE9`)) },
            expect: "clean",
        },
        {
            title: "a parameter with anything behind it",
            change: {
                policy: document({
                    Effect: "Allow",
                    Action: "ssm:GetParameter",
                    Resource: `${parameter}devplatform/prod/s3*`,
                }),
            },
            expect: ["longer names"],
        },
        {
            title: "near miss: an exact parameter, which has no suffix",
            change: {
                policy: document({
                    Effect: "Allow",
                    Action: "ssm:GetParameter",
                    Resource: `${parameter}devplatform/prod/s3`,
                }),
            },
            expect: "clean",
        },
        {
            title: "every secret",
            change: { policy: document(reads(`${secret}*`)) },
            expect: ["<name>-admin"],
        },
        {
            title: "every secret, for an action that reads no value",
            change: {
                policy: document({
                    Effect: "Allow",
                    Action: "secretsmanager:TagResource",
                    Resource: `${secret}*`,
                }),
            },
            expect: ["<name>-admin"],
        },
        {
            title: "a wildcard before the name, in four places",
            change: {
                policy: document(
                    reads(
                        "arn:aws:secretsmanager:us-east-1:222222222222:s*",
                        "arn:aws:secretsmanager:*",
                        "arn:aws:s*:us-east-1:222222222222:parameter/x",
                        "arn:*",
                    ),
                ),
            },
            expect: ["Resource[0]", "Resource[1]", "Resource[2]", "Resource[3]"],
        },
        {
            title: "near miss: a wildcard before something that is no secret",
            change: {
                policy: document(
                    reads("arn:aws:ssm:*:222222222222:document/restart", "arn:aws:sns:us-east-1:*"),
                ),
            },
            expect: "clean",
        },
        { title: "an unknown document waits", change: { policy: UNKNOWN }, expect: "can't run" },
    ],
    mayBreak: ["AUD-02"],
    mutations: [
        {
            title: "bare names",
            type: grants,
            where: says("policy", /:secret:/),
            mutate: (resource) => changed(resource, "policy", (policy) => policy.replaceAll("-??????", "")),
        },
        {
            title: "names that go on",
            type: grants,
            where: says("policy", /:secret:/),
            mutate: (resource) => changed(resource, "policy", (policy) => policy.replaceAll("-??????", "*")),
        },
        {
            title: "a suffix of any length",
            type: grants,
            where: says("policy", /:secret:/),
            mutate: (resource) => changed(resource, "policy", (policy) => policy.replace("-??????", "-*")),
        },
        {
            title: "parameters whose names go on",
            type: grants,
            where: says("policy", /:parameter/),
            mutate: (resource) =>
                changed(resource, "policy", (policy) => policy.replace(/(:parameter\/[^"]+)"/, '$1*"')),
        },
    ],
};
