import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource } from "../rendering";
import { hasUnknown, isMap, nameOf, opened, order } from "./estate";
import type { Estate } from "./estate";
import { boundRules, rulesByRole } from "./kubernetes-rbac";
import type { BoundRule } from "./kubernetes-rbac";
import type { Answer, Cell, Entry, Identity, SystemAccess } from "./types";

/** Where a Secret, or what makes one, says which documents its fields are from. */
const DOCUMENTS = "strongroom.io/documents";

interface KubernetesEntry extends Entry {
    readonly namespace: string;
    readonly secret: string;
}

/**
 * Who may read Secrets through the Kubernetes API, by RBAC. Whoever may create pods in a namespace can read its
 * Secrets too, by mounting them; that is not seen here. All providers of the stack are taken as one cluster.
 *
 * @see Kubernetes, "Using RBAC Authorization"
 */
export function kubernetesAccess(estate: Estate): SystemAccess {
    const entries = secrets(estate);
    const byNamespace = new Map<string, KubernetesEntry[]>();
    for (const entry of entries) {
        const others = byNamespace.get(entry.namespace);
        if (others === undefined) byNamespace.set(entry.namespace, [entry]);
        else others.push(entry);
    }
    const accounts = estate.ofTypeLike(/^kubernetes:core\/v1:ServiceAccount$/u).map(accountOf);
    const identities = new Map<string, Identity>(accounts.map((account) => [account.name, account]));
    const cells = new Map<string, Cell>();
    for (const bound of boundRules(estate, rulesByRole(estate))) {
        const scope = bound.namespace === undefined ? entries : (byNamespace.get(bound.namespace) ?? []);
        const named = bound.names && new Set(bound.names);
        const covered = named === undefined ? scope : scope.filter(({ secret }) => named.has(secret));
        if (covered.length === 0) continue;
        for (const identity of subjectsOf(bound, accounts)) {
            if (!identities.has(identity.name)) identities.set(identity.name, identity);
            for (const entry of covered) add(cells, identities.get(identity.name) ?? identity, entry, bound);
        }
    }
    return { identities: [...identities.values()], entries, cells: [...cells.values()], gaps: gaps(estate) };
}

function add(cells: Map<string, Cell>, identity: Identity, entry: KubernetesEntry, bound: BoundRule): void {
    const key = `${identity.name} ${entry.path}`;
    const before = cells.get(key);
    const answer = answerOf(bound);
    // RBAC only adds: an undecided rule does not weaken one that allows.
    if (before === undefined || (before.decision === "undecided" && answer.decision === "allowed")) {
        cells.set(key, { identity, entry, ...answer });
    } else if (before.decision === "allowed" && answer.decision === "allowed") {
        const reason = before.reason ?? answer.reason;
        const by = [...new Set([...before.by, ...answer.by])];
        cells.set(key, { ...before, by, ...(reason === undefined ? {} : { reason }) });
    }
}

/** Listing and watching return values too (kubernetes/kubernetes#110866), so they are reading, and more of it. */
function answerOf({ label, verbs, names, namespace, doubt }: BoundRule): Answer {
    if (doubt !== undefined) return { decision: "undecided", by: [label], reason: doubt };
    const lists = verbs.filter((verb) => verb !== "get");
    const place = namespace === undefined ? "of the cluster" : "of the namespace";
    if (lists.length > 0) {
        const what = names === undefined ? `every Secret ${place}` : "the Secrets it names";
        return {
            decision: "allowed",
            by: [label],
            reason: `${lists.join(" and ")} returns the values of ${what}`,
        };
    }
    if (names !== undefined) return { decision: "allowed", by: [label] };
    return { decision: "allowed", by: [label], reason: `names no Secret, so it reads every one ${place}` };
}

/** Secrets that the stack declares, and those that an ExternalSecret or a SealedSecret makes. */
function secrets(estate: Estate): readonly KubernetesEntry[] {
    const found = new Map<string, KubernetesEntry>();
    const sources = [
        ...estate.ofType("kubernetes:core/v1:Secret"),
        ...estate.ofTypeLike(
            /^kubernetes:(?:external-secrets\.io|bitnami\.com)\/[^:]+:(?:ExternalSecret|SealedSecret)$/u,
        ),
    ];
    for (const source of sources) {
        const metadata = mapOf(opened(source, "metadata"));
        const target = mapOf(mapOf(opened(source, "spec")).target);
        const own = typeof metadata.name === "string" ? metadata.name : source.name;
        const secret = typeof target.name === "string" ? target.name : own;
        const namespace = typeof metadata.namespace === "string" ? metadata.namespace : "default";
        const path = `${namespace}/${secret}`;
        const documents = [
            ...(found.get(path)?.documents ?? []),
            ...documentsOf(estate, source, metadata, path),
        ];
        const madeFor = estate.serviceAccountOf(source);
        found.set(path, {
            system: "kubernetes",
            store: "kubernetes",
            path,
            namespace,
            secret,
            urn: found.get(path)?.urn ?? source.urn,
            isSecret: true,
            ...(madeFor === undefined ? {} : { madeFor }),
            documents: [...new Set(documents)].sort(order),
        });
    }
    return [...found.values()].sort((a, b) => order(a.path, b.path));
}

function documentsOf(
    estate: Estate,
    source: RenderedResource,
    metadata: PropertyMap,
    path: string,
): readonly string[] {
    const annotation = mapOf(metadata.annotations)[DOCUMENTS];
    if (typeof annotation === "string")
        return annotation
            .split(",")
            .map((each) => each.trim())
            .filter(Boolean);
    return estate.documentsOf(source, "kubernetes", path);
}

function accountOf(account: RenderedResource): Identity {
    const metadata = mapOf(opened(account, "metadata"));
    const namespace = typeof metadata.namespace === "string" ? metadata.namespace : "default";
    const name = `${namespace}/${typeof metadata.name === "string" ? metadata.name : account.name}`;
    return { system: "kubernetes", kind: "service account", name, serviceAccounts: [name], urn: account.urn };
}

/** The identities that a binding's subjects stand for: groups of service accounts are spelled out. */
function subjectsOf({ subjects, namespace }: BoundRule, accounts: readonly Identity[]): readonly Identity[] {
    return subjects.flatMap((subject) => {
        if (!isMap(subject) || hasUnknown(subject))
            return [stranger("somebody known after a deployment only")];
        const name = typeof subject.name === "string" ? subject.name : "?";
        if (subject.kind === "ServiceAccount") {
            return [
                account(
                    `${typeof subject.namespace === "string" ? subject.namespace : (namespace ?? "?")}/${name}`,
                ),
            ];
        }
        const [, user] = /^system:serviceaccount:([^:]+:[^:]+)$/u.exec(name) ?? [];
        if (subject.kind === "User" && user !== undefined) return [account(user.replace(":", "/"))];
        if (subject.kind !== "Group") return [stranger(`user ${name}`)];
        const [, group] = /^system:serviceaccounts:(.+)$/u.exec(name) ?? [];
        const members = accounts.filter((each) => group === undefined || each.name.startsWith(`${group}/`));
        const spelledOut =
            group !== undefined || name === "system:serviceaccounts" || name === "system:authenticated";
        return [stranger(`group ${name}`), ...(spelledOut ? members : [])];
    });
}

/** A service account that the stack binds without declaring it. */
const account = (name: string): Identity => ({
    system: "kubernetes",
    kind: "service account",
    name,
    serviceAccounts: [name],
});

const stranger = (name: string): Identity => ({
    system: "kubernetes",
    kind: "subject",
    name,
    serviceAccounts: [],
});

const mapOf = (value: PropertyValue | undefined): PropertyMap => (isMap(value) ? value : {});

function gaps(estate: Estate): readonly string[] {
    return estate
        .ofTypeLike(
            /^kubernetes:(?:yaml|helm|kustomize|rbac\.[^:]+:\w+(?:List|Patch)|core\/v1:Secret(?:List|Patch))/u,
        )
        .map((each) => `${each.type} '${nameOf(each, "name") ?? each.name}' is not evaluated`)
        .sort(order);
}
