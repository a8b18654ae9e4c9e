import type { RenderedResource } from "../rendering";
import { nameOf } from "./estate";
import type { Estate } from "./estate";
import type { Entry } from "./types";
import { actionsOf } from "./vault-actions";
import type { VaultAction, VaultEngine } from "./vault-actions";
import { VERB_ORDER } from "./verbs";
import type { Verb } from "./verbs";

/** A server and a namespace of it, both as the provider and the resource say them. */
export interface VaultPlace {
    readonly address: string;
    /** Without slashes around it; empty for the root. */
    readonly namespace: string;
}

export interface VaultEntry extends Entry, VaultPlace {
    /** With the namespace before every path. */
    readonly actions: Readonly<Partial<Record<Verb, readonly VaultAction[]>>>;
}

export const realmOf = ({ address, namespace }: VaultPlace): string =>
    namespace === "" ? address : `${address} namespace ${namespace}`;

const trimmed = (text: string): string => text.replace(/^\/+|\/+$/gu, "");

/** Where a resource of Vault is: its provider's address, and both namespaces. */
export function placeInVault(estate: Estate, resource: RenderedResource): VaultPlace {
    const provider = estate.get(resource.provider);
    const outer = (provider && nameOf(provider, "namespace")) ?? "";
    const namespace = [outer, nameOf(resource, "namespace") ?? ""].map(trimmed).filter(Boolean).join("/");
    return { address: (provider && nameOf(provider, "address")) ?? "default", namespace };
}

/** A path under its namespace, as rules of namespaces above see it. */
export const inNamespace = (namespace: string, path: string): string =>
    namespace === "" ? path : `${namespace}/${path}`;

/** Entries of both versions of KV, and roles for whose reader an account is made. */
export function vaultEntries(estate: Estate): readonly VaultEntry[] {
    const kvV2 = estate.ofType("vault:kv/secretV2:SecretV2").map((secret) => {
        const mount = trimmed(nameOf(secret, "mount") ?? "?");
        const name = nameOf(secret, "name") ?? secret.name;
        return entry(estate, secret, "kv-v2", mount, name, name, `${mount}/${name}`);
    });
    const plain = estate.ofType("vault:generic/secret:Secret", "vault:kv/secret:Secret").map((secret) => {
        const path = trimmed(nameOf(secret, "path") ?? secret.name);
        const [mount = "", ...name] = path.split("/");
        return entry(estate, secret, "plain", mount, name.join("/"), path, path);
    });
    const leases = estate.ofType("vault:database/secretBackendRole:SecretBackendRole").map((role) => {
        const mount = trimmed(nameOf(role, "backend") ?? "?");
        const name = nameOf(role, "name") ?? role.name;
        return entry(estate, role, "lease", mount, name, name, `${mount}/creds/${name}`);
    });
    return [...kvV2, ...plain, ...leases];
}

function entry(
    estate: Estate,
    secret: RenderedResource,
    engine: VaultEngine,
    mount: string,
    inMount: string,
    name: string,
    path: string,
): VaultEntry {
    const place = placeInVault(estate, secret);
    const actions = Object.entries(actionsOf(engine, mount, inMount)).map(([verb, some]) => [
        verb,
        some.map((each) => ({ ...each, path: inNamespace(place.namespace, each.path) })),
    ]);
    const byName = estate.documentsOf(secret, "vault", name);
    return {
        system: "vault",
        store: "vault",
        kind: "document",
        realm: realmOf(place),
        ...place,
        path,
        actions: Object.fromEntries(actions) as VaultEntry["actions"],
        verbs: VERB_ORDER.filter((verb) => actions.some(([each]) => each === verb)),
        isSecret: true,
        urn: secret.urn,
        ...estate.home(secret),
        documents: byName.length > 0 ? byName : estate.documentsOf(secret, "vault", path),
    };
}
