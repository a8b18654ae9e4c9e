import { UNKNOWN, type Case } from "./case";

/** Trust policies of roles, and the cases of those that trust a pipeline. */
export const account = "arn:aws:iam::222222222222";
export const cluster = "oidc.eks.us-east-1.amazonaws.com/id/ABC";
const github = "token.actions.githubusercontent.com";

export const document = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const trusts = (principal: unknown, condition?: object, action = "sts:AssumeRole"): string =>
    document({ Effect: "Allow", Principal: principal, Action: action, Condition: condition });
export const federated = (issuer: string, condition: object): string =>
    trusts({ Federated: `${account}:oidc-provider/${issuer}` }, condition, "sts:AssumeRoleWithWebIdentity");
export const token = (issuer: string, sub: unknown, aud: unknown = "sts.amazonaws.com"): object => ({
    [`${issuer}:aud`]: aud,
    [`${issuer}:sub`]: sub,
});
export const workload = "system:serviceaccount:devplatform-prod:backend";
export const of = (issuer: string, sub: unknown, aud?: unknown): { assumeRolePolicy: string } => ({
    assumeRolePolicy: federated(issuer, { StringEquals: token(issuer, sub, aud) }),
});

export const TRUST_OF_PIPELINES: readonly Case[] = [
    {
        title: "an environment of a repository",
        change: of(github, "repo:acme/strongroom:environment:prod"),
        expect: "clean",
    },
    {
        title: "a branch of a repository",
        change: of(github, "repo:acme/strongroom:ref:refs/heads/main"),
        expect: "clean",
    },
    {
        title: "near miss: the environment of a repository that is another one of ours",
        change: of(github, "repo:acme/strongroom:environment:prod-eu"),
        expect: ["no single identity"],
    },
    {
        title: "a repository, without a branch",
        change: of(github, "repo:acme/strongroom:*"),
        expect: ["no single identity"],
    },
    {
        title: "pull requests",
        change: of(github, "repo:acme/strongroom:pull_request"),
        expect: ["no single identity"],
    },
    {
        title: "pull requests, for a role with a permissions boundary",
        change: {
            ...of(github, ["repo:acme/strongroom:pull_request", "repo:acme/strongroom:ref:refs/heads/main"]),
            permissionsBoundary: UNKNOWN,
        },
        expect: "clean",
    },
    {
        title: "near miss: any repository's pull requests, for such a role",
        change: {
            ...of(github, "repo:acme/*:pull_request"),
            permissionsBoundary: `${account}:policy/looks`,
        },
        expect: ["no single identity"],
    },
    {
        title: "a tag",
        change: of(github, "repo:acme/strongroom:ref:refs/tags/v1"),
        expect: ["no single identity"],
    },
    {
        title: "an organization",
        change: of(github, "repo:acme/*:environment:prod"),
        expect: ["no single identity"],
    },
    {
        title: "a workload's subject at a pipeline's issuer",
        change: of(github, workload),
        expect: ["no single identity"],
    },
    {
        title: "a branch of a project on GitLab",
        change: of(
            "gitlab.com",
            "project_path:acme/platform/strongroom:ref_type:branch:ref:main",
            "https://gitlab.com",
        ),
        expect: "clean",
    },
    {
        title: "a tag of a project on GitLab",
        change: of("gitlab.com", "project_path:acme/strongroom:ref_type:tag:ref:v1"),
        expect: ["no single identity"],
    },
    {
        title: "near miss: an issuer whose name begins like a pipeline's",
        change: of("gitlab.com.acme.example", "project_path:a/b:ref_type:branch:ref:main"),
        expect: ["no single identity"],
    },
    {
        title: "a pipeline's issuer that the configuration adds",
        change: of("gitlab.acme.example", "project_path:a/b:ref_type:branch:ref:main"),
        settings: { ciIssuers: ["gitlab.acme.example"] },
        expect: "clean",
    },
];
