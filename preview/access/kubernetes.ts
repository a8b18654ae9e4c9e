import { addTo } from "../../components/domain/grouped";
import type { PropertyValue } from "../engine/values";
import type { RenderedResource } from "../rendering";
import { clusterOf, unnamedClusters } from "./clusters";
import { hasUnknown, isMap } from "./estate";
import type { Estate } from "./estate";
import { kubernetesEntries, mounts } from "./kubernetes-entries";
import type { KubernetesEntry } from "./kubernetes-entries";
import { allows, boundRules, mayDo, metadataOf, overNodes } from "./kubernetes-rbac";
import type { BoundRule } from "./kubernetes-rbac";
import { BOUNDED_GRANTS, NODE_RIGHTS, POD_RIGHTS, SECRET_VERBS, UNBOUNDED_GRANTS } from "./kubernetes-roles";
import type { Right } from "./kubernetes-roles";
import { kubernetesEdges } from "./kubernetes-trust";
import type { Register } from "./register";
import type { Answer, Authority, Identity } from "./types";
import type { Verb } from "./verbs";

/** What a rule or a mount comes to for one question. */
interface Grant {
    readonly label: string;
    readonly doubt?: string | undefined;
    readonly reason?: string | undefined;
}

/**
 * Who may do what with Secrets through the Kubernetes API, by RBAC, each cluster apart; and who may have them mounted
 * into a pod.
 *
 * @see Kubernetes, "Using RBAC Authorization"
 */
export function kubernetesAuthority(
    estate: Estate,
    register: Register,
): Authority<Identity, KubernetesEntry> {
    const entries = kubernetesEntries(estate);
    for (const resource of estate.ofType("kubernetes:core/v1:ServiceAccount")) {
        register.add(accountOf(estate, resource));
        const consumer = estate.consumerOf(resource);
        if (consumer !== undefined) register.place(consumer.urn, clusterOf(estate, resource));
    }
    const bySubject = new Map<string, BoundRule[]>();
    for (const bound of boundRules(estate))
        for (const subject of bound.subjects)
            addTo(bySubject, register.add(subjectOf(subject, bound)).name, bound);
    const { mounts: mounted, gaps } = mounts(estate);
    const mountsOf = new Map<string, string[]>();
    for (const { cluster, account, secret, label } of mounted) {
        addTo(mountsOf, `${cluster} ${account} ${secret}`, label);
        register.add(serviceAccount(cluster, account));
    }
    const rulesOf = (identity: Identity): readonly BoundRule[] =>
        namesOf(identity).flatMap((name) =>
            (bySubject.get(name) ?? []).filter(({ cluster }) => cluster === identity.realm),
        );
    const edges = kubernetesEdges(register, rulesOf);
    return {
        identities: () => register.of("kubernetes"),
        entries,
        gaps: [...gaps, ...unnamedClusters(estate)],
        edges: () => edges,
        answer(identity, entry, verb) {
            if (identity.realm !== entry.realm) return undefined;
            const rules = rulesOf(identity).filter((rule) => reaches(rule, entry));
            const mounted = mountsOf.get(`${entry.realm} ${identity.name} ${entry.path}`) ?? [];
            return answerOf([
                ...rules.flatMap((rule) => grantsOf(rule, entry, verb, rules)),
                ...(verb === "read" ? mounted.map((label) => ({ label })) : []),
            ]);
        },
        candidates(identity) {
            const rules = rulesOf(identity);
            return entries.filter(
                (entry) =>
                    entry.realm === identity.realm &&
                    (rules.some((rule) => reaches(rule, entry) && concerns(rule, entry)) ||
                        mountsOf.has(`${entry.realm} ${identity.name} ${entry.path}`)),
            );
        },
    };
}

const reaches = ({ cluster, namespace }: BoundRule, entry: KubernetesEntry): boolean =>
    cluster === entry.realm && (namespace === undefined || namespace === entry.namespace);

const WIDE: readonly Right[] = [...UNBOUNDED_GRANTS, ...BOUNDED_GRANTS, ...POD_RIGHTS, ...NODE_RIGHTS];

/** Whether a rule can be about an entry in its reach: by a right over Secrets, or one that is about all of them. */
function concerns(rule: BoundRule, entry: KubernetesEntry): boolean {
    if (rule.doubt !== undefined || WIDE.some((right) => mayDo(rule, right))) return true;
    const { names, ...unnamed } = rule;
    return (
        (names?.includes(entry.secret) ?? true) &&
        Object.values(SECRET_VERBS)
            .flat()
            .some((verb) => allows(unnamed, verb, "", "secrets"))
    );
}

function grantsOf(
    rule: BoundRule,
    entry: KubernetesEntry,
    verb: Verb,
    all: readonly BoundRule[],
): readonly Grant[] {
    const { label, doubt } = rule;
    if (doubt !== undefined) return [{ label, doubt }];
    if (verb === "grant") return mayGrant(rule, entry, all);
    const verbs = (SECRET_VERBS[verb] ?? []).filter((each) =>
        allows(rule, each, "", "secrets", NAMELESS.has(each) ? undefined : entry.secret),
    );
    const direct = verbs.length === 0 ? [] : [{ label, reason: extent(rule, verb, verbs) }];
    if (verb !== "read") return direct;
    const pods = POD_RIGHTS.some((right) => mayDo(rule, right))
        ? [{ label, reason: "it may run a pod that mounts any Secret of the namespace" }]
        : [];
    return [
        ...direct,
        ...pods,
        ...(overNodes(rule) ? [{ label, reason: "it reaches every pod through the nodes" }] : []),
    ];
}

/** Requests that name no object, which a rule with names does not allow. */
const NAMELESS = new Set(["create", "deletecollection"]);

function mayGrant(rule: BoundRule, entry: KubernetesEntry, all: readonly BoundRule[]): readonly Grant[] {
    const { label } = rule;
    const applies = ({ resource, verbs }: Right): boolean =>
        rule.namespace === undefined || !resource.startsWith("cluster") || verbs.includes("bind");
    if (UNBOUNDED_GRANTS.some((right) => applies(right) && mayDo(rule, right))) return [{ label }];
    if (!BOUNDED_GRANTS.some((right) => applies(right) && mayDo(rule, right))) return [];
    const has = all.some(
        (each) => each.doubt === undefined && allows(each, "get", "", "secrets", entry.secret),
    );
    return has ? [{ label, reason: "it may pass on what it may itself" }] : [];
}

/** Reading more than was asked for: listing returns values, and a rule without names is about every Secret. */
function extent({ names, namespace }: BoundRule, verb: Verb, verbs: readonly string[]): string | undefined {
    const place = namespace === undefined ? "of the cluster" : "of the namespace";
    const lists = verbs.filter((each) => each === "list" || each === "watch");
    if (lists.length > 0) {
        const what = names === undefined ? `every Secret ${place}` : "the Secrets it names";
        return `${lists.join(" and ")} returns the values of ${what}`;
    }
    if (names !== undefined) return undefined;
    return verb === "read"
        ? `names no Secret, so it reads every one ${place}`
        : `names no Secret, so it is about every one ${place}`;
}

/** RBAC only adds: an undecided rule does not weaken one that allows. */
function answerOf(grants: readonly Grant[]): Answer | undefined {
    const sure = grants.filter(({ doubt }) => doubt === undefined);
    const [first = grants[0]] = sure;
    if (first === undefined) return undefined;
    if (first.doubt !== undefined) return { decision: "undecided", by: [first.label], reason: first.doubt };
    const reason = sure.find((each) => each.reason !== undefined)?.reason;
    const by = [...new Set(sure.map(({ label }) => label))];
    return { decision: "allowed", by, ...(reason === undefined ? {} : { reason }) };
}

function accountOf(estate: Estate, account: RenderedResource): Identity {
    const { name, namespace } = metadataOf(account);
    return {
        ...serviceAccount(clusterOf(estate, account), `${namespace}/${name}`),
        urn: account.urn,
        ...estate.home(account),
    };
}

/** A service account, declared or only named. */
const serviceAccount = (cluster: string, name: string): Identity => ({
    system: "kubernetes",
    kind: "service account",
    name,
    realm: cluster,
    serviceAccounts: [name],
});

/** A subject of a binding; a user's name may be that of a service account. */
function subjectOf(subject: PropertyValue, { cluster, namespace }: BoundRule): Identity {
    const stranger = (name: string): Identity => ({
        system: "kubernetes",
        kind: "subject",
        name,
        realm: cluster,
        serviceAccounts: [],
    });
    if (!isMap(subject) || hasUnknown(subject)) return stranger("somebody known after a deployment only");
    const name = typeof subject.name === "string" ? subject.name : "?";
    if (subject.kind === "ServiceAccount") {
        const own = typeof subject.namespace === "string" ? subject.namespace : (namespace ?? "?");
        return serviceAccount(cluster, `${own}/${name}`);
    }
    const [, user] = /^system:serviceaccount:([^:]+:[^:]+)$/u.exec(name) ?? [];
    if (subject.kind === "User" && user !== undefined) return serviceAccount(cluster, user.replace(":", "/"));
    return stranger(`${subject.kind === "Group" ? "group" : "user"} ${name}`);
}

/** An identity's own name, and the groups that Kubernetes puts it into. */
function namesOf({ kind, name }: Identity): readonly string[] {
    if (kind === "service account") {
        const groups = ["serviceaccounts", `serviceaccounts:${name.split("/")[0] ?? ""}`, "authenticated"];
        return [name, ...groups.map((group) => `group system:${group}`)];
    }
    const isGroup = name.startsWith("group ");
    return isGroup ? [name] : [name, "group system:authenticated"];
}
