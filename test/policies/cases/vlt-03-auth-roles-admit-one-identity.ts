import { UNKNOWN, type Table } from "../support/case";

const type = "vault:kubernetes/authBackendRole:AuthBackendRole";
const tokens = {
    tokenPolicies: ["yosai-prod-api"],
    tokenNoDefaultPolicy: true,
    tokenTtl: 1200,
    tokenMaxTtl: 1200,
};
const JWT = "vault:jwt/authBackendRole:AuthBackendRole";
const jwt = (props: Record<string, unknown>): { type: string; props: Record<string, unknown> } => ({
    type: JWT,
    props: { ...tokens, roleName: "deployer", boundAudiences: ["vault"], userClaim: "sub", ...props },
});

export const table: Table = {
    policy: "vlt-03-auth-roles-admit-one-identity",
    clean: {
        type,
        props: {
            ...tokens,
            roleName: "yosai-prod-api",
            boundServiceAccountNames: ["api"],
            boundServiceAccountNamespaces: ["yosai-prod"],
            audience: "vault",
        },
    },
    cases: [
        {
            title: "any service account",
            change: { boundServiceAccountNames: ["*"] },
            expect: ["more than one service account"],
        },
        {
            title: "near miss: service accounts by a prefix",
            change: { boundServiceAccountNames: ["api-*"] },
            expect: ["more than one service account"],
        },
        {
            title: "two service accounts",
            change: { boundServiceAccountNames: ["api", "web"] },
            expect: ["more than one service account"],
        },
        {
            title: "the service account of whoever has none",
            change: { boundServiceAccountNames: ["default"] },
            expect: ["more than one service account"],
        },
        {
            title: "any namespace",
            change: { boundServiceAccountNamespaces: ["*"] },
            expect: ["more than one namespace"],
        },
        {
            title: "no namespace",
            change: { boundServiceAccountNamespaces: undefined },
            expect: ["more than one namespace"],
        },
        {
            title: "namespaces by their labels",
            change: { boundServiceAccountNamespaceSelector: '{"matchLabels":{}}' },
            expect: ["by their labels"],
        },
        { title: "any audience", change: { audience: undefined }, expect: ["made for somebody else"] },
        { title: "an hour", change: { tokenTtl: 3600, tokenMaxTtl: 3600 }, expect: "clean" },
        {
            title: "near miss: a second more than an hour",
            change: { tokenMaxTtl: 3601 },
            expect: ["tokenMaxTtl"],
        },
        { title: "Vault's own time to live", change: { tokenTtl: 0 }, expect: ["tokenTtl"] },
        { title: "no limit to renewals", change: { tokenMaxTtl: undefined }, expect: ["tokenMaxTtl"] },
        { title: "a time to live as a text", change: { tokenTtl: "20m" }, expect: ["tokenTtl"] },
        {
            title: "a shorter limit of the configuration",
            change: {},
            settings: { maxTtlSeconds: 600 },
            expect: ["tokenTtl", "tokenMaxTtl"],
        },
        { title: "a token that is renewed for ever", change: { tokenPeriod: 600 }, expect: ["for ever"] },
        {
            title: "root, the second of the policies",
            change: { tokenPolicies: ["yosai-prod-api", "root"] },
            expect: ["tokenPolicies"],
        },
        { title: "the default policy", change: { tokenPolicies: ["default"] }, expect: ["tokenPolicies"] },
        {
            title: "near miss: a policy whose name begins like it",
            change: { tokenPolicies: ["default-deny"] },
            expect: "clean",
        },
        { title: "no policy", change: { tokenPolicies: [] }, expect: ["tokenPolicies"] },
        {
            title: "the default policy unasked",
            change: { tokenNoDefaultPolicy: undefined },
            expect: ["tokenNoDefaultPolicy"],
        },
        {
            title: "a pipeline by its subject",
            ...jwt({ boundSubject: "repo:acme/strongroom:environment:prod" }),
            expect: "clean",
        },
        {
            title: "a pipeline by its claims",
            ...jwt({ boundClaims: { project_path: "acme/strongroom", ref: "main", ref_type: "branch" } }),
            expect: "clean",
        },
        {
            title: "near miss: a repository, but any branch",
            ...jwt({ boundClaims: { repository: "acme/strongroom" } }),
            expect: ["more than one identity"],
        },
        {
            title: "near miss: one of two repositories",
            ...jwt({ boundClaims: { repository: "acme/strongroom,acme/x", environment: "prod" } }),
            expect: ["more than one identity"],
        },
        {
            title: "one of two subjects",
            ...jwt({
                boundClaims: {
                    sub: "repo:acme/strongroom:ref:refs/heads/main,repo:acme/strongroom:environment:prod",
                },
            }),
            expect: "clean",
        },
        {
            title: "pull requests, for who only looks",
            ...jwt({
                roleName: "strongroom-prod-ci-preview",
                boundClaims: {
                    repository: "acme/strongroom",
                    sub: "repo:acme/strongroom:pull_request,repo:acme/strongroom:ref:refs/heads/main",
                },
            }),
            expect: "clean",
        },
        {
            title: "near miss: pull requests, for who deploys",
            ...jwt({
                roleName: "strongroom-prod-ci-deploy",
                boundClaims: {
                    repository: "acme/strongroom",
                    sub: "repo:acme/strongroom:pull_request,repo:acme/strongroom:ref:refs/heads/main",
                },
            }),
            expect: ["more than one identity"],
        },
        {
            title: "claims as patterns",
            ...jwt({
                boundClaimsType: "glob",
                boundClaims: { repository: "acme/strongroom", environment: "prod" },
            }),
            expect: ["takes claims as patterns"],
        },
        {
            title: "a pipeline's token for anybody",
            ...jwt({ boundAudiences: undefined, boundSubject: "repo:acme/strongroom:environment:prod" }),
            expect: ["made for somebody else"],
        },
        { title: "anybody of the issuer", ...jwt({}), expect: ["more than one identity"] },
        {
            title: "another way to log in, without limits",
            type: "vault:appRole/authBackendRole:AuthBackendRole",
            props: { roleName: "x" },
            expect: ["tokenTtl", "tokenMaxTtl", "tokenPolicies", "tokenNoDefaultPolicy"],
        },
        { title: "an unknown time to live waits", change: { tokenTtl: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown policy name hides nothing of the rest",
            change: { tokenPolicies: UNKNOWN, boundServiceAccountNames: ["*"] },
            expect: ["more than one service account"],
        },
    ],
    mutations: [
        {
            title: "pull requests deploy",
            type: JWT,
            where: ({ name }) => name.endsWith("-deploy"),
            mutate: (resource) => ({
                ...resource,
                props: {
                    ...resource.props,
                    boundSubject: String(resource.props["boundSubject"]).replace(
                        /environment:\w+/,
                        "pull_request",
                    ),
                },
            }),
        },
        { title: "claims as patterns", type: JWT, change: { boundClaimsType: "glob" } },
        { title: "a pipeline's token for anybody", type: JWT, change: { boundAudiences: undefined } },
        { title: "a pipeline's token for a day", type: JWT, change: { tokenTtl: 86400 } },
        { title: "a pipeline is root", type: JWT, change: { tokenPolicies: ["root"] } },
        { title: "any service account", type, change: { boundServiceAccountNames: ["*"] } },
        { title: "any namespace", type, change: { boundServiceAccountNamespaces: ["*"] } },
        { title: "any audience", type, change: { audience: undefined } },
        { title: "a token that lives for a day", type, change: { tokenTtl: 86400 } },
        { title: "no limit to renewals", type, change: { tokenMaxTtl: undefined } },
        { title: "a token that is renewed for ever", type, change: { tokenPeriod: 1200 } },
        { title: "root", type, change: { tokenPolicies: ["root"] } },
        { title: "the default policy unasked", type, change: { tokenNoDefaultPolicy: false } },
    ],
};
