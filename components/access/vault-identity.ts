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
    /** API paths of the entries: `secret/data/yosai/prod/db`. */
    readonly dataPaths: readonly string[];
    readonly provider: pulumi.ProviderResource;
}

/** Longest life of a token, in seconds: ESO logs in anew for each refresh. */
const TOKEN_TTL_SECONDS = 1200;

/** The Vault role of one workload: its service account alone may log in, and it may read exactly the given paths. */
export function declareVaultIdentity(args: VaultIdentityArgs, opts: pulumi.ComponentResourceOptions): void {
    const own = { ...opts, provider: args.provider };
    const policy = new Policy(args.name, { name: args.name, policy: readPolicy(args.dataPaths) }, own);
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
            tokenTtl: TOKEN_TTL_SECONDS,
            tokenMaxTtl: TOKEN_TTL_SECONDS,
        },
        own,
    );
}

/** Vault takes policies as JSON as well as HCL. */
export function readPolicy(dataPaths: readonly string[]): string {
    const rules = [...dataPaths].sort().map((path) => [path, { capabilities: ["read"] }] as const);
    return JSON.stringify({ path: Object.fromEntries(rules) });
}
