import type * as pulumi from "@pulumi/pulumi";
import * as jwt from "@pulumi/vault/jwt";
import { Policy } from "@pulumi/vault/policy";
import { CI_NAMES } from "./ci-pipeline";
import type { Pipeline, PipelineRun } from "./ci-pipeline";

export interface VaultCiArgs {
    /** `strongroom-prod`: what the names begin with. */
    readonly name: string;
    /** Vault's address, which tokens must be made for. */
    readonly address: string;
    readonly pipelines: readonly Pipeline[];
    /** What the paths of all documents begin with, `secret/data/`, and their metadata, `secret/metadata/`. */
    readonly documents: readonly { readonly dataPath: string; readonly metadataPath: string }[];
    readonly provider: pulumi.ProviderResource;
}

/** Tokens of a run, in seconds: a deployment has an hour. */
const TTL_SECONDS = { preview: 600, deploy: 3600 } as const;

/**
 * Runs of a pipeline log in by their own tokens. `ci-preview` sees metadata, by which each entry says how old it is, and
 * has no data path; `ci-deploy` writes new versions of named documents and reads them back.
 */
export function declareVaultCi(args: VaultCiArgs, opts: pulumi.ComponentResourceOptions): void {
    const { name, documents, provider } = args;
    const own = { ...opts, provider };
    const policies = {
        preview: previewPolicy(documents),
        deploy: deployPolicy(documents),
    };
    const declared = (["preview", "deploy"] as const).map((kind) => {
        const policyName = `${name}-${CI_NAMES[kind]}`;
        return { kind, policy: new Policy(policyName, { name: policyName, policy: policies[kind] }, own) };
    });
    for (const pipeline of args.pipelines) {
        const path = `${name}-${pipeline.forge}`;
        const issuer = `https://${pipeline.issuer}`;
        const backend = new jwt.AuthBackend(
            path,
            { type: "jwt", path, oidcDiscoveryUrl: issuer, boundIssuer: issuer },
            own,
        );
        for (const { kind, policy } of declared) {
            new jwt.AuthBackendRole(
                `${path}-${kind}`,
                {
                    backend: path,
                    roleName: `${name}-${CI_NAMES[kind]}`,
                    roleType: "jwt",
                    boundAudiences: [args.address],
                    ...bound(pipeline[kind]),
                    userClaim: "sub",
                    aliasMetadata: { class: kind === "deploy" ? "operator" : "access" },
                    tokenPolicies: [policy.name],
                    tokenNoDefaultPolicy: true,
                    tokenTtl: TTL_SECONDS[kind],
                    tokenMaxTtl: TTL_SECONDS[kind],
                    tokenExplicitMaxTtl: TTL_SECONDS[kind],
                },
                { ...own, dependsOn: [backend] },
            );
        }
    }
}

/** Exact claims: `boundClaims` takes several values with commas between, of which a token has one. */
function bound({ subjects, claims }: PipelineRun) {
    const [subject = "", ...others] = subjects;
    return {
        boundClaimsType: "string",
        ...(others.length === 0
            ? { boundSubject: subject, boundClaims: { ...claims } }
            : { boundClaims: { ...claims, sub: subjects.join(",") } }),
    };
}

type Documents = VaultCiArgs["documents"];

function previewPolicy(documents: Documents): string {
    return vaultPolicy(documents.map(({ metadataPath }) => [metadataPath, ["read"]]));
}

/** KV version 2 writes stamps into the metadata, beside the values. */
function deployPolicy(documents: Documents): string {
    return vaultPolicy([
        ["auth/token/lookup-self", ["read"]],
        ...documents.map(({ dataPath }) => [dataPath, ["create", "read", "update"]] as const),
        ...documents.map(({ metadataPath }) => [metadataPath, ["create", "read", "update"]] as const),
    ]);
}

function vaultPolicy(rules: readonly (readonly [path: string, capabilities: readonly string[]])[]): string {
    const sorted = [...rules].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify({
        path: Object.fromEntries(sorted.map(([path, capabilities]) => [path, { capabilities }])),
    });
}
