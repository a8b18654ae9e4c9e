import type { Estate } from "../../access/estate";
import { opened } from "../../access/estate";
import type { RenderedResource } from "../../rendering";
import { textOf, textsOf, type Claims } from "./claim";

/** Mounts, roles, policies and entries, each on its server, and the service accounts that may log in. */
export function vaultClaims(estate: Estate, claims: Claims): void {
    const server = (resource: RenderedResource): string | undefined => vaultServer(estate, resource);
    for (const mount of estate.ofType("vault:index/mount:Mount", "vault:index/authBackend:AuthBackend")) {
        claims.add("shared-system", "the Vault mount", mount, server(mount), textOf(mount, "path"));
    }
    for (const policy of estate.ofType("vault:index/policy:Policy"))
        claims.add("shared-principal", "the Vault policy", policy, server(policy), textOf(policy, "name"));
    for (const entry of estate.ofType("vault:kv/secretV2:SecretV2")) {
        const path = `${textOf(entry, "mount") ?? "?"}/${textOf(entry, "name") ?? "?"}`;
        claims.add("shared-entry", "the entry", entry, server(entry), path);
    }
    for (const role of estate.ofTypeLike(/^vault:[^:]+\/authBackendRole:AuthBackendRole$/u)) {
        const backend = textOf(role, "backend");
        claims.add(
            "shared-principal",
            "the Vault role",
            role,
            server(role),
            backend,
            textOf(role, "roleName"),
        );
        const names = textsOf(opened(role, "boundServiceAccountNames"));
        for (const namespace of textsOf(opened(role, "boundServiceAccountNamespaces"))) {
            for (const name of names) {
                const account = `${namespace}/${name}`;
                claims.add("shared-principal", "the service account", role, server(role), backend, account);
            }
        }
    }
}

/** Address and namespace; undefined where the address is not known. */
function vaultServer(estate: Estate, resource: RenderedResource): string | undefined {
    const provider = estate.get(resource.provider);
    const address = provider && textOf(provider, "address");
    const namespace = (provider && textOf(provider, "namespace")) ?? "";
    return address === undefined ? undefined : `${address}${namespace === "" ? "" : ` ${namespace}`}`;
}
