import type { RenderedResource } from "../rendering";
import { nameOf, opened, order, strings } from "./estate";
import type { Estate } from "./estate";
import { NameIndex } from "./wildcards";
import { mostSpecific, parseVaultPolicy } from "./vault-policy";
import type { VaultRule } from "./vault-policy";
import type { Answer, Cell, Entry, Identity, SystemAccess } from "./types";

interface VaultEntry extends Entry {
    /** The path that a client reads, e.g. `secret/data/yosai/prod/db` on a KV v2 mount. */
    readonly readPath: string;
}

/** The policies of a role, as far as they are known. */
interface VaultIdentity extends Identity {
    /** Undefined where one of them is known after a deployment only. */
    readonly policies: readonly string[] | undefined;
}

/**
 * Who may read in Vault: the policies of each auth role against the paths of the KV entries. Policies that a token
 * gets from identity groups are not seen.
 *
 * @see HashiCorp Vault, "Policies" on priority matching
 */
export function vaultAccess(estate: Estate): SystemAccess {
    const entries = [...kvV2(estate), ...plainPaths(estate), ...leases(estate)].sort((a, b) =>
        order(a.path, b.path),
    );
    const identities = estate.ofTypeLike(/^vault:[^:]+\/authBackendRole:AuthBackendRole$/u).map(identity);
    const index = new NameIndex(entries.map((entry) => [entry.readPath, entry]));
    const policies = new Map(
        estate
            .ofType("vault:index/policy:Policy")
            .map((policy) => [nameOf(policy, "name") ?? policy.name, policy]),
    );
    const parsed = new Map([...policies].map(([name, policy]) => [name, rulesOf(name, policy)]));
    const cells = identities.flatMap((each) => cellsOf(each, parsed, index, entries));
    const gaps = estate
        .ofTypeLike(/^vault:(?:identity\/group|identity\/entityPolicies|index\/token)/u)
        .map(({ type, name }) => `${type} '${name}' is not evaluated`);
    return { identities, entries, cells, gaps: gaps.sort(order) };
}

/** KV v2 puts `data/` between mount and name for reading; policies must have it too. */
function kvV2(estate: Estate): VaultEntry[] {
    return estate.ofType("vault:kv/secretV2:SecretV2").map((secret) => {
        const mount = (nameOf(secret, "mount") ?? "?").replace(/\/$/u, "");
        const name = nameOf(secret, "name") ?? secret.name;
        return entry(estate, secret, name, `${mount}/data/${name}`, `${mount}/${name}`);
    });
}

/** KV v1 and generic entries are read where they are written. */
function plainPaths(estate: Estate): VaultEntry[] {
    return estate.ofType("vault:generic/secret:Secret", "vault:kv/secret:Secret").map((secret) => {
        const path = nameOf(secret, "path") ?? secret.name;
        return entry(estate, secret, path, path, path);
    });
}

/** An account is made for whoever reads a role of the database engine. */
function leases(estate: Estate): VaultEntry[] {
    return estate.ofType("vault:database/secretBackendRole:SecretBackendRole").map((role) => {
        const path = `${nameOf(role, "backend") ?? "?"}/creds/${nameOf(role, "name") ?? role.name}`;
        return entry(estate, role, path, path, path);
    });
}

function entry(
    estate: Estate,
    secret: RenderedResource,
    name: string,
    readPath: string,
    path: string,
): VaultEntry {
    const byName = estate.documentsOf(secret, "vault", name);
    const documents = byName.length > 0 ? byName : estate.documentsOf(secret, "vault", path);
    return { system: "vault", store: "vault", path, readPath, isSecret: true, urn: secret.urn, documents };
}

function identity(role: RenderedResource): VaultIdentity {
    const names = strings(opened(role, "boundServiceAccountNames") ?? []) ?? ["*"];
    const namespaces = strings(opened(role, "boundServiceAccountNamespaces") ?? []) ?? ["*"];
    const accounts = namespaces.flatMap((namespace) => names.map((name) => `${namespace}/${name}`));
    const subject = opened(role, "boundSubject");
    if (typeof subject === "string")
        accounts.push(subject.replace(/^system:serviceaccount:([^:]*):/u, "$1/"));
    return {
        system: "vault",
        kind: "role",
        name: nameOf(role, "roleName") ?? role.name,
        urn: role.urn,
        serviceAccounts: accounts.sort(order),
        policies: policiesOf(role),
    };
}

/** Every token has the `default` policy too, unless the role goes without. */
function policiesOf(role: RenderedResource): readonly string[] | undefined {
    const listed = strings(opened(role, "tokenPolicies") ?? []);
    return opened(role, "tokenNoDefaultPolicy") === true
        ? listed
        : listed && [...new Set([...listed, "default"])];
}

function rulesOf(name: string, policy: RenderedResource): readonly VaultRule[] | undefined {
    const text = opened(policy, "policy");
    return typeof text === "string" ? parseVaultPolicy(name, text) : undefined;
}

function cellsOf(
    identity: VaultIdentity,
    policies: ReadonlyMap<string, readonly VaultRule[] | undefined>,
    index: NameIndex<VaultEntry>,
    entries: readonly VaultEntry[],
): readonly Cell[] {
    if (identity.policies?.includes("root")) {
        return entries.map((entry) => ({
            identity,
            entry,
            decision: "allowed" as const,
            by: ["the root policy"],
        }));
    }
    // Vault's built-in default policy reads no KV entry; a declared one is evaluated as any other.
    const named = identity.policies?.filter((name) => name !== "default" || policies.has(name));
    const unread =
        named === undefined ? "its policies" : named.find((name) => policies.get(name) === undefined);
    if (unread !== undefined) {
        const reason =
            named === undefined
                ? "the role's policies are known after a deployment only"
                : `the policy '${unread}' is not part of this stack, or not evaluated here`;
        return entries.map((entry) => ({ identity, entry, decision: "undecided" as const, by: [], reason }));
    }
    const matching = new Map<VaultEntry, VaultRule[]>();
    for (const rule of (named ?? []).flatMap((name) => policies.get(name) ?? [])) {
        for (const entry of index.matching(rule.pattern)) {
            const rules = matching.get(entry);
            if (rules === undefined) matching.set(entry, [rule]);
            else rules.push(rule);
        }
    }
    return [...matching].flatMap(([entry, rules]) => {
        const answer = answerOf(rules);
        return answer === undefined ? [] : [{ identity, entry, ...answer }];
    });
}

/** What the rules that match one entry come to; undefined where none of them reads at all. */
function answerOf(rules: readonly VaultRule[]): Answer | undefined {
    const reads = rules.some(({ capabilities }) => capabilities.includes("read"));
    if (!reads) return undefined;
    const label = ({ policy, pattern }: VaultRule): string => `${policy} "${pattern.text}"`;
    const deciding = mostSpecific(rules);
    // An exact path wins over whatever a template turns out to be.
    const settled = deciding.every(({ pattern, doubt }) => pattern.exact && doubt === undefined);
    const doubt = settled ? undefined : rules.find((rule) => rule.doubt !== undefined);
    if (doubt?.doubt !== undefined) return { decision: "undecided", by: [label(doubt)], reason: doubt.doubt };
    const deny = deciding.find(({ capabilities }) => capabilities.includes("deny"));
    if (deny !== undefined)
        return { decision: "denied", by: [label(deny)], reason: "the most specific path denies" };
    const allow = deciding.filter(({ capabilities }) => capabilities.includes("read"));
    if (allow.length > 0) return { decision: "allowed", by: allow.map(label) };
    return { decision: "denied", by: deciding.map(label), reason: "the most specific path does not read" };
}
