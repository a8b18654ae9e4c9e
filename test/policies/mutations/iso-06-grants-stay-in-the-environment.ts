import type { Mutation, Rendered } from "../support/case";
import { changed, movedAt, says } from "../support/mutations";

export const mutations: readonly Mutation[] = [
    {
        title: "secrets of the other environment",
        type: "aws:iam/rolePolicy:RolePolicy",
        where: says("policy", /:secret:|:parameter/),
        mutate: (resource) => changed(resource, "policy", (policy) => policy.replaceAll("/prod/", "/dev/")),
    },
    {
        title: "secrets of an environment that begins like this one",
        type: "aws:iam/rolePolicy:RolePolicy",
        where: says("policy", /:secret:|:parameter/),
        mutate: (resource) =>
            changed(resource, "policy", (policy) => policy.replaceAll("/prod/", "/prod-eu/")),
    },
    {
        title: "another account",
        type: "aws:iam/rolePolicy:RolePolicy",
        where: says("policy", /:210987654321:(?!.*"Deny")/s),
        mutate: (resource) =>
            changed(resource, "policy", (policy) => policy.replaceAll("210987654321", "123456789012")),
    },
    {
        title: "a role of the other environment",
        type: "aws:iam/rolePolicy:RolePolicy",
        mutate: movedAt("role"),
    },
    ...["secretId", "member", "project"].map((path) => ({
        title: `the other environment's ${path}`,
        type: "gcp:secretmanager/secretIamMember:SecretIamMember",
        mutate: movedAt(path),
    })),
    ...["serviceAccountId", "member"].map((path) => ({
        title: `the other environment's ${path} of a service account`,
        type: "gcp:serviceaccount/iAMMember:IAMMember",
        // Who stands for a pipeline is a token's subject, which ISO-07 and GCP-04 judge.
        where: ({ name }: Rendered) => path !== "member" || !name.includes("-ci-"),
        mutate: movedAt(path),
    })),
    {
        title: "documents of the other environment in Vault",
        type: "vault:index/policy:Policy",
        mutate: movedAt("policy"),
    },
    {
        title: "documents of an environment that begins like this one, in Vault",
        type: "vault:index/policy:Policy",
        mutate: (resource) =>
            changed(resource, "policy", (policy) => policy.replaceAll(/\/(dev|prod)\//g, "/$1-eu/")),
    },
];
