import { UNKNOWN, type Rendered, type Table } from "../support/case";
import {
    account,
    cluster,
    document,
    federated,
    of,
    token,
    trusts,
    TRUST_OF_PIPELINES,
    workload,
} from "../support/trust";

const type = "aws:iam/role:Role";
const aws = (principal: unknown): { assumeRolePolicy: string } => ({
    assumeRolePolicy: trusts({ AWS: principal }),
});

const ofWorkload = ({ props }: { readonly props: Readonly<Record<string, unknown>> }): boolean =>
    String(props["assumeRolePolicy"]).includes("WebIdentity");
export const table: Table = {
    policy: "iam-05-roles-trust-one-identity",
    clean: { type, props: of(cluster, workload) },
    cases: [
        {
            title: "anybody",
            change: { assumeRolePolicy: trusts("*") },
            expect: ["lets anybody"],
        },
        { title: "any AWS principal", change: aws("*"), expect: ["lets anybody"] },
        {
            title: "anybody, with a condition",
            change: {
                assumeRolePolicy: trusts(
                    { AWS: "*" },
                    { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
                ),
            },
            expect: ["lets anybody"],
        },
        {
            title: "anybody, second in a list and in the second statement",
            change: {
                assumeRolePolicy: document(
                    { Effect: "Allow", Principal: { AWS: `${account}:role/x` }, Action: "sts:AssumeRole" },
                    {
                        Effect: "Allow",
                        Principal: { AWS: [`${account}:role/x`, "*"] },
                        Action: "sts:AssumeRole",
                    },
                ),
            },
            expect: ["Statement[1].Principal.AWS[1]"],
        },
        { title: "a wildcard in a role", change: aws(`${account}:role/deploy*`), expect: ["lets anybody"] },
        { title: "a role", change: aws(`${account}:role/deployer`), expect: "clean" },
        { title: "near miss: the account", change: aws(`${account}:root`), expect: ["a whole account"] },
        { title: "the account by its number", change: aws("222222222222"), expect: ["a whole account"] },
        { title: "a user", change: aws(`${account}:user/alice`), expect: ["is no role"] },
        {
            title: "all but one",
            change: {
                assumeRolePolicy: document({
                    Effect: "Allow",
                    NotPrincipal: { AWS: `${account}:role/x` },
                    Action: "sts:AssumeRole",
                }),
            },
            expect: ["NotPrincipal"],
        },
        {
            title: "near miss: a denial of everybody",
            change: {
                assumeRolePolicy: document(
                    { Effect: "Allow", Principal: { AWS: `${account}:role/x` }, Action: "sts:AssumeRole" },
                    { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" },
                ),
            },
            expect: "clean",
        },
        {
            title: "more than assuming",
            change: { assumeRolePolicy: trusts({ AWS: `${account}:role/x` }, undefined, "sts:*") },
            expect: ["Action"],
        },
        {
            title: "a service of the list",
            change: { assumeRolePolicy: trusts({ Service: "cloudtrail.amazonaws.com" }) },
            expect: "clean",
        },
        {
            title: "a service that runs code of others",
            change: { assumeRolePolicy: trusts({ Service: ["events.amazonaws.com", "ec2.amazonaws.com"] }) },
            expect: ["Service[1]"],
        },
        {
            title: "a service that the configuration adds",
            change: { assumeRolePolicy: trusts({ Service: "lambda.amazonaws.com" }) },
            settings: { services: ["lambda.amazonaws.com"] },
            expect: "clean",
        },
        {
            title: "no condition on the subject",
            change: {
                assumeRolePolicy: federated(cluster, {
                    StringEquals: { [`${cluster}:aud`]: "sts.amazonaws.com" },
                }),
            },
            expect: ["every token of the provider"],
        },
        {
            title: "no condition on the audience",
            change: {
                assumeRolePolicy: federated(cluster, { StringEquals: { [`${cluster}:sub`]: workload } }),
            },
            expect: ["made for somebody else"],
        },
        { title: "another audience", change: of(cluster, workload, "vault"), expect: ["somebody else"] },
        {
            title: "a wildcard in the subject",
            change: {
                assumeRolePolicy: federated(cluster, {
                    StringLike: token(cluster, "system:serviceaccount:devplatform-prod:*"),
                }),
            },
            expect: ["no single identity"],
        },
        {
            title: "near miss: StringLike without a wildcard",
            change: { assumeRolePolicy: federated(cluster, { StringLike: token(cluster, workload) }) },
            expect: "clean",
        },
        {
            title: "near miss: an operator that lets requests without the key through",
            change: {
                assumeRolePolicy: federated(cluster, { StringEqualsIfExists: token(cluster, workload) }),
            },
            expect: ["made for somebody else", "every token"],
        },
        {
            title: "near miss: the subject of another provider",
            change: {
                assumeRolePolicy: federated(cluster, {
                    StringEquals: {
                        [`${cluster}:aud`]: "sts.amazonaws.com",
                        [`${cluster}D:sub`]: workload,
                    },
                }),
            },
            expect: ["every token"],
        },
        {
            title: "keys in other letters",
            change: {
                assumeRolePolicy: federated(cluster, {
                    StringEquals: {
                        [`${cluster}:AUD`]: "sts.amazonaws.com",
                        [`${cluster.toUpperCase()}:Sub`]: workload,
                    },
                }),
            },
            expect: "clean",
        },
        {
            title: "the second of two subjects",
            change: of(cluster, [workload, "system:serviceaccount:devplatform-prod:*"]),
            expect: ['sub"][1]'],
        },
        {
            title: "the service account of whoever has none",
            change: of(cluster, "system:serviceaccount:devplatform-prod:default"),
            expect: ["no single identity"],
        },
        {
            title: "a pipeline's subject at a cluster's provider",
            change: of(cluster, "repo:acme/strongroom:environment:prod"),
            expect: ["no single identity"],
        },
        ...TRUST_OF_PIPELINES,
        {
            title: "a login of people",
            change: { assumeRolePolicy: trusts({ Federated: `${account}:saml-provider/acme` }) },
            expect: ["extent can't be told"],
        },
        { title: "no trust policy", change: { assumeRolePolicy: "{}" }, expect: ["no policy document"] },
        {
            title: "an unknown trust policy waits",
            change: { assumeRolePolicy: UNKNOWN },
            expect: "can't run",
        },
    ],
    mutations: [
        {
            title: "a workload's role trusts anybody",
            type,
            where: ofWorkload,
            change: { "assumeRolePolicy#Statement.0.Principal": "*" },
            alsoBreaks: ["ISO-07"],
        },
        {
            title: "a role of ours trusts anybody",
            type,
            where: (resource) => !ofWorkload(resource),
            change: { "assumeRolePolicy#Statement.0.Principal": { AWS: "*" } },
        },
        {
            title: "the rotator's role trusts the account",
            type,
            where: (resource) => !ofWorkload(resource),
            change: { "assumeRolePolicy#Statement.0.Principal.AWS": "arn:aws:iam::210987654321:root" },
        },
        {
            title: "any service account of the namespace",
            type,
            where: ({ props }) => String(props["assumeRolePolicy"]).includes("system:serviceaccount:"),
            mutate: (role) => ({
                ...role,
                props: {
                    ...role.props,
                    assumeRolePolicy: String(role.props["assumeRolePolicy"])
                        .replace("StringEquals", "StringLike")
                        .replace(/(system:serviceaccount:[^:]+:)[^"]+/, "$1*"),
                },
            }),
        },
        {
            title: "a token that was made for somebody else",
            type,
            where: ofWorkload,
            mutate: (role) => ({
                ...role,
                props: {
                    ...role.props,
                    assumeRolePolicy: String(role.props["assumeRolePolicy"]).replace(
                        '"sts.amazonaws.com"',
                        '"vault"',
                    ),
                },
            }),
        },
        ...["pull_request", "ref:refs/tags/v1", "*"].map((run) => ({
            title: `what deploys is ${run}`,
            type,
            where: ({ name }: Rendered) => name.endsWith("-ci-deploy"),
            mutate: (role: Rendered): Rendered => ({
                ...role,
                props: {
                    ...role.props,
                    assumeRolePolicy: String(role.props["assumeRolePolicy"]).replace(/environment:\w+/, run),
                },
            }),
        })),
        {
            title: "pull requests may be a role without a permissions boundary",
            type,
            where: ({ props }) => String(props["assumeRolePolicy"]).includes(":pull_request"),
            change: { permissionsBoundary: undefined },
        },
        {
            title: "no condition",
            type,
            where: ofWorkload,
            change: { "assumeRolePolicy#Statement.0.Condition": undefined },
        },
        {
            title: "a service that runs code of others",
            type,
            where: (resource) => !ofWorkload(resource),
            change: { "assumeRolePolicy#Statement.0.Principal": { Service: "ec2.amazonaws.com" } },
        },
    ],
};
