import type * as pulumi from "@pulumi/pulumi";
import * as kubernetes from "@pulumi/vault/kubernetes";
import { Policy } from "@pulumi/vault/policy";
import type { Workload } from "./service-account";

export interface VaultIdentityArgs {
    /** `yosai-prod-dashboard`: the role and its policy. */
    readonly name: string;
    readonly workload: Workload;
    /** The mount of the Kubernetes auth method. */
    readonly authMount: string;
    /** API paths that it reads: `secret/data/yosai/prod/db`, `yosai-prod-database/creds/yosai-prod-dashboard-db`. */
    readonly paths: readonly string[];
    /**
     * The life of its tokens, in seconds.
     *
     * @default 20 minutes: ESO logs in anew for each refresh
     */
    readonly tokenTtlSeconds?: number;
    readonly provider: pulumi.ProviderResource;
}

const TOKEN_TTL_SECONDS = 1200;

/** The Vault role of one workload: its service account alone may log in, and it may read exactly the given paths. */
export function declareVaultIdentity(args: VaultIdentityArgs, opts: pulumi.ComponentResourceOptions): void {
    const own = { ...opts, provider: args.provider };
    const tokenTtl = args.tokenTtlSeconds ?? TOKEN_TTL_SECONDS;
    const policy = new Policy(args.name, { name: args.name, policy: readPolicy(args.paths) }, own);
    new kubernetes.AuthBackendRole(
        args.name,
        {
            backend: args.authMount,
            roleName: args.name,
            boundServiceAccountNames: [args.workload.serviceAccount],
            boundServiceAccountNamespaces: [args.workload.namespace],
            audience: "vault",
            tokenPolicies: [policy.name],
            tokenNoDefaultPolicy: true,
            tokenTtl,
            tokenMaxTtl: tokenTtl,
        },
        own,
    );
}

/** Vault takes policies as JSON as well as HCL. */
export function readPolicy(paths: readonly string[]): string {
    const rules = [...paths].sort().map((path) => [path, { capabilities: ["read"] }] as const);
    return JSON.stringify({ path: Object.fromEntries(rules) });
}
