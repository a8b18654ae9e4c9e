import type { RenderedResource } from "../rendering";
import { nameOf, opened, order, placeOf, stackOf, strings } from "./estate";
import type { Estate } from "./estate";
import type { Register } from "./register";
import type { Answer, Authority, Gap, Identity } from "./types";
import { GRANT_PATHS, GRANT_PROBES, TOKEN_PATHS } from "./vault-actions";
import type { VaultAction } from "./vault-actions";
import { inNamespace, placeInVault, realmOf, vaultEntries } from "./vault-entries";
import type { VaultEntry, VaultPlace } from "./vault-entries";
import { parseVaultPolicy, vaultAnswer } from "./vault-policy";
import type { VaultRule } from "./vault-policy";
import { serviceAccountsOf, vaultEdges } from "./vault-trust";
import { NameIndex } from "./wildcards";
import type { Verb } from "./verbs";

/** A role of an auth backend, with what its tokens may do. */
export interface VaultIdentity extends Identity, VaultPlace {
    readonly backend: string;
    readonly resource: RenderedResource;
    /** Of all its policies; undefined with a reason where one of them is not known. */
    readonly rules: readonly VaultRule[];
    readonly doubt?: string;
    readonly isRoot: boolean;
}

/**
 * Who may do what in Vault: the policies of each auth role against the paths of the entries, by server and namespace.
 *
 * @see HashiCorp Vault, "Policies" on priority matching
 */
export function vaultAuthority(estate: Estate, register: Register): Authority<VaultIdentity, VaultEntry> {
    const entries = [...vaultEntries(estate)].sort((a, b) => order(a.path, b.path));
    const policies = policiesOf(estate);
    const roles = estate
        .ofTypeLike(/^vault:[^:]+\/authBackendRole:AuthBackendRole$/u)
        .map((role) => register.add(identityOf(estate, role, policies)));
    const edges = vaultEdges(estate, roles, register);
    const paths = new Map<string, NameIndex<VaultEntry>>();
    for (const address of new Set(entries.map((entry) => entry.address)))
        paths.set(
            address,
            new NameIndex(entries.filter((each) => each.address === address).flatMap(pathsOf)),
        );
    const grants = new Map(roles.map((role) => [role, mayGrant(role)]));
    return {
        identities: () => roles,
        entries,
        gaps: gaps(estate),
        edges: () => edges,
        answer: (identity, entry, verb) => answer(identity, entry, verb, grants.get(identity)),
        candidates(identity) {
            const wide =
                identity.isRoot || identity.doubt !== undefined || grants.get(identity) !== undefined;
            if (wide) return entries.filter((entry) => entry.address === identity.address);
            const index = paths.get(identity.address);
            return new Set(identity.rules.flatMap(({ pattern }) => index?.matching(pattern) ?? []));
        },
    };
}

/** Every path that a rule may be about; lists also without their slash. */
const pathsOf = (entry: VaultEntry): (readonly [string, VaultEntry])[] =>
    Object.values(entry.actions)
        .flat()
        .flatMap(({ path, isList }) => (isList === true ? [path, path.replace(/\/$/u, "")] : [path]))
        .map((path) => [path, entry]);

function answer(
    identity: VaultIdentity,
    entry: VaultEntry,
    verb: Verb,
    grants: Answer | undefined,
): Answer | undefined {
    if (identity.address !== entry.address) return undefined;
    if (identity.isRoot || identity.doubt !== undefined)
        return isBelow(entry.namespace, identity.namespace) ? whole(identity) : undefined;
    if (verb === "grant") return isBelow(entry.namespace, identity.namespace) ? grants : undefined;
    const answers = (entry.actions[verb] ?? []).flatMap(
        (action) => vaultAnswer(identity.rules, action) ?? [],
    );
    return best(answers);
}

/** A namespace's tokens reach what lies below it. */
const isBelow = (namespace: string, above: string): boolean =>
    above === "" || namespace === above || namespace.startsWith(`${above}/`);

const whole = ({ isRoot, doubt }: VaultIdentity): Answer =>
    isRoot || doubt === undefined
        ? { decision: "allowed", by: ["the root policy"] }
        : { decision: "undecided", by: [], reason: doubt };

/** Of several ways to the same end the one that succeeds counts, then the doubtful one. */
function best(answers: readonly Answer[]): Answer | undefined {
    const allowed = answers.filter(({ decision }) => decision === "allowed");
    const [first] = allowed;
    if (first !== undefined) return { ...first, by: [...new Set(allowed.flatMap(({ by }) => by))] };
    return answers.find(({ decision }) => decision === "undecided") ?? answers[0];
}

/** Whether a role may change who may: asked of paths of every such kind, and of those that its rules name. */
function mayGrant({ rules, namespace }: VaultIdentity): Answer | undefined {
    const named = rules
        .map(({ pattern }) =>
            pattern.text.replace(/\*$/u, "undeclared").replace(/(^|\/)\+(?=\/|$)/gu, "$1undeclared"),
        )
        .filter((path) =>
            GRANT_PATHS.some((each) => each.test(path.slice(namespace === "" ? 0 : namespace.length + 1))),
        );
    const probes = [...GRANT_PROBES.map((path) => inNamespace(namespace, path)), ...named];
    const asked: VaultAction[] = [
        ...probes.map((path) => ({ path, capabilities: ["create", "update", "patch", "delete"] })),
        ...TOKEN_PATHS.map((path) => ({ path: inNamespace(namespace, path), capabilities: ["sudo"] })),
    ];
    const answered = best(asked.flatMap((action) => vaultAnswer(rules, action) ?? []));
    return answered?.decision === "allowed"
        ? { ...answered, reason: "it may write policies or logins" }
        : answered;
}

type Policies = ReadonlyMap<string, readonly VaultRule[] | undefined>;

function policiesOf(estate: Estate): Policies {
    return new Map(
        estate.ofType("vault:index/policy:Policy").map((policy) => {
            const place = placeInVault(estate, policy);
            const name = nameOf(policy, "name") ?? policy.name;
            const text = opened(policy, "policy");
            const rules =
                typeof text === "string" ? parseVaultPolicy(name, text, place.namespace) : undefined;
            return [`${realmOf(place)} ${name}`, rules];
        }),
    );
}

function identityOf(estate: Estate, role: RenderedResource, policies: Policies): VaultIdentity {
    const place = placeInVault(estate, role);
    const realm = realmOf(place);
    const names = namesOf(role);
    // Vault's built-in default policy reads no KV entry and grants nothing; a declared one is evaluated as any other.
    const named = names?.filter((name) => name !== "default" || policies.has(`${realm} ${name}`));
    const unread = named?.find((name) => name !== "root" && policies.get(`${realm} ${name}`) === undefined);
    const doubt =
        named === undefined
            ? "the role's policies are known after a deployment only"
            : unread === undefined
              ? undefined
              : `the policy '${unread}' is not part of this stack, or not evaluated here`;
    return {
        system: "vault",
        kind: "role",
        name: nameOf(role, "roleName") ?? nameOf(role, "role") ?? role.name,
        realm,
        ...place,
        ...estate.home(role),
        urn: role.urn,
        backend: nameOf(role, "backend") ?? "?",
        resource: role,
        serviceAccounts: [...serviceAccountsOf(role)].sort(order),
        rules: (named ?? []).flatMap((name) => policies.get(`${realm} ${name}`) ?? []),
        isRoot: named?.includes("root") ?? false,
        ...(doubt === undefined ? {} : { doubt }),
    };
}

/** Every token has the `default` policy too, unless the role goes without. */
function namesOf(role: RenderedResource): readonly string[] | undefined {
    const listed = strings(opened(role, "tokenPolicies") ?? []);
    return opened(role, "tokenNoDefaultPolicy") === true
        ? listed
        : listed && [...new Set([...listed, "default"])];
}

/** Providers that don't say which server they mean. */
function gaps(estate: Estate): readonly Gap[] {
    return estate
        .ofType("pulumi:providers:vault")
        .filter((provider) => nameOf(provider, "address") === undefined)
        .map((provider) => ({
            place: placeOf(provider),
            stack: stackOf(provider),
            message: "it names no address, so that nobody knows which server its grants are about",
            fix: "Set 'address' on the provider",
        }));
}
