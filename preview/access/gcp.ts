import { Unknown } from "../engine/values";
import type { RenderedResource } from "../rendering";
import { isMap, nameOf, opened, order, strings } from "./estate";
import type { Estate } from "./estate";
import { roleReads } from "./gcp-roles";
import type { RoleReads } from "./gcp-roles";
import type { Cell, Entry, Identity, SystemAccess } from "./types";

const SECRET = "gcp:secretmanager/secret:Secret";
const ACCOUNT = "gcp:serviceaccount/account:Account";

interface GcpEntry extends Entry {
    /** Undefined where neither the secret nor its provider says it: a grant on any project may be about it. */
    readonly project: string | undefined;
    readonly secretId: string;
}

/** One line of an IAM policy: a role for a member, on one secret or on a whole project. */
interface Binding {
    readonly label: string;
    readonly role: string;
    readonly member: string;
    readonly conditional: boolean;
    readonly on: readonly GcpEntry[];
    /** Set where the binding's own place is not known: it may be about these entries, or not. */
    readonly doubt?: string;
}

/**
 * Who may read in GCP Secret Manager, by bindings on the secret and on its project. What folders and the
 * organization grant is not seen, nor who may act as a service account by token creation.
 *
 * @see Google Cloud, "Access control with IAM" of Secret Manager
 */
export function gcpAccess(estate: Estate): SystemAccess {
    const entries = estate.ofType(SECRET).map((secret) => entryOf(estate, secret));
    entries.sort((a, b) => order(a.path, b.path));
    const identities = new Map(estate.ofType(ACCOUNT).map((account) => memberAndIdentity(estate, account)));
    const answers = new Map<string, Cell>();
    for (const binding of bindings(estate, entries)) {
        const reads = roleReads(estate, binding.role);
        if (reads.reads === "no") continue;
        const identity = identities.get(binding.member) ?? stranger(binding.member);
        identities.set(binding.member, identity);
        for (const entry of binding.on) {
            const cell = cellOf(identity, entry, binding, reads);
            const key = `${binding.member} ${entry.urn}`;
            const before = answers.get(key);
            // Bindings only add: one that allows settles it.
            if (before === undefined || (before.decision !== "allowed" && cell.decision === "allowed")) {
                answers.set(key, cell);
            } else if (before.decision === "allowed" && cell.decision === "allowed") {
                answers.set(key, { ...before, by: [...before.by, ...cell.by] });
            }
        }
    }
    const gaps = estate
        .ofTypeLike(/^gcp:(?:folder|organizations)\/[^:]*iam|^gcp:secretmanager\/regionalSecret/iu)
        .map(({ type, name }) => `${type} '${name}' is not evaluated`);
    return {
        identities: [...identities.values()],
        entries,
        cells: [...answers.values()],
        gaps: gaps.sort(order),
    };
}

function cellOf(identity: Identity, entry: Entry, binding: Binding, { reads, reason }: RoleReads): Cell {
    const by = [`${binding.label} (${binding.role})`];
    const why = binding.doubt ?? (binding.conditional ? "the binding has a condition" : reason);
    return reads === "yes" && why === undefined
        ? { identity, entry, decision: "allowed", by }
        : { identity, entry, decision: "undecided", by, reason: why ?? "the role is not known" };
}

function entryOf(estate: Estate, secret: RenderedResource): GcpEntry {
    const secretId = nameOf(secret, "secretId") ?? secret.name;
    return {
        system: "gcp",
        store: "gcp-secret-manager",
        path: secretId,
        urn: secret.urn,
        isSecret: true,
        documents: estate.documentsOf(secret, "gcp-secret-manager", secretId),
        project: projectOf(estate, secret),
        secretId,
    };
}

/** The project that a resource says, that its id begins with, or that its provider is set to. */
function projectOf(estate: Estate, resource: RenderedResource): string | undefined {
    const fromId = /^projects\/([^/]+)\//u.exec(
        nameOf(resource, "id") ?? nameOf(resource, "name") ?? "",
    )?.[1];
    const provider = estate.get(resource.provider);
    return nameOf(resource, "project") ?? fromId ?? (provider && nameOf(provider, "project"));
}

function memberAndIdentity(estate: Estate, account: RenderedResource): [string, Identity] {
    const email = nameOf(account, "email") ?? `${nameOf(account, "accountId") ?? account.name}@unknown`;
    const links = estate.ofType(
        "gcp:serviceaccount/iAMMember:IAMMember",
        "gcp:serviceaccount/iAMBinding:IAMBinding",
    );
    const serviceAccounts = links.flatMap((link) => {
        const id = nameOf(link, "serviceAccountId");
        const own =
            id === undefined
                ? estate.source(link, "serviceAccountId", ACCOUNT) === account
                : id.endsWith(`/${email}`);
        if (!own || nameOf(link, "role") !== "roles/iam.workloadIdentityUser") return [];
        return members(link).map((member) => /\.svc\.id\.goog\[(.+)\]$/u.exec(member)?.[1] ?? member);
    });
    return [
        `serviceAccount:${email}`,
        {
            system: "gcp",
            kind: "service account",
            name: email,
            urn: account.urn,
            serviceAccounts: [...new Set(serviceAccounts)].sort(order),
        },
    ];
}

/** A person, a group, `allUsers`: whom a binding names and the stack does not own. */
const stranger = (member: string): Identity => ({
    system: "gcp",
    kind: "member",
    name: member,
    serviceAccounts: [],
});

/** All bindings that could be about an entry, found by the secret's id or the project's. */
function bindings(estate: Estate, entries: readonly GcpEntry[]): readonly Binding[] {
    const bySecret = new Map<string, GcpEntry[]>();
    const byProject = new Map<string, GcpEntry[]>();
    for (const entry of entries) {
        push(bySecret, entry.secretId, entry);
        push(byProject, entry.project ?? "", entry);
    }
    const onSecret = estate
        .ofTypeLike(/^gcp:secretmanager\/secretIam(?:Member|Binding|Policy):/u)
        .flatMap((grant) => {
            const id = nameOf(grant, "secretId");
            const source = estate.source(grant, "secretId", SECRET);
            const project = /^projects\/([^/]+)\//u.exec(id ?? "")?.[1] ?? projectOf(estate, grant);
            const named = bySecret.get(id?.split("/").pop() ?? "") ?? [];
            const on =
                id === undefined
                    ? entries.filter(({ urn }) => urn === source?.urn)
                    : named.filter(
                          (entry) =>
                              entry.project === undefined ||
                              project === undefined ||
                              entry.project === project,
                      );
            return lines(grant, on);
        });
    const onProject = estate.ofTypeLike(/^gcp:projects\/iAM(?:Member|Binding|Policy):/u).flatMap((grant) => {
        const project = nameOf(grant, "project") ?? projectOf(estate, grant);
        const sure = lines(grant, project === undefined ? [] : (byProject.get(project) ?? []));
        const unsure = project === undefined ? entries : (byProject.get("") ?? []);
        const doubt = "which project it is about is known after a deployment only";
        return [...sure, ...lines(grant, unsure).map((line) => ({ ...line, doubt }))];
    });
    return [...onSecret, ...onProject];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
    const values = map.get(key);
    if (values === undefined) map.set(key, [value]);
    else values.push(value);
}

/** The bindings that a member, binding or policy resource stands for. */
function lines(grant: RenderedResource, on: readonly GcpEntry[]): readonly Binding[] {
    if (on.length === 0) return [];
    const data = opened(grant, "policyData");
    if (data === undefined) {
        const role = nameOf(grant, "role") ?? "a role known after a deployment only";
        const conditional = opened(grant, "condition") !== undefined;
        return members(grant).map((member) => ({ label: grant.name, role, member, conditional, on }));
    }
    const policy: unknown = typeof data === "string" ? safeJson(data) : undefined;
    const rows =
        isMap(policy) && Array.isArray(policy.bindings)
            ? (policy.bindings as readonly unknown[])
            : [undefined];
    return rows.flatMap((row) => {
        const who = isMap(row) ? strings(row.members) : undefined;
        const role = isMap(row) && typeof row.role === "string" ? row.role : "a role that can't be read";
        const conditional = isMap(row) && row.condition !== undefined;
        return (who ?? ["somebody"]).map((member) => ({ label: grant.name, role, member, conditional, on }));
    });
}

/** A member that is not known is somebody all the same: the entry must not look unread. */
function members(grant: RenderedResource): readonly string[] {
    const value = opened(grant, "member") ?? opened(grant, "members");
    if (value === undefined || value instanceof Unknown) return ["somebody known after a deployment only"];
    return strings(value) ?? ["somebody known after a deployment only"];
}

function safeJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
