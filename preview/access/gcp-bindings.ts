import { Unknown } from "../engine/values";
import type { RenderedResource } from "../rendering";
import type { GcpEntry } from "./gcp-entries";
import { projectOf } from "./gcp-entries";
import { isMap, nameOf, opened, strings } from "./estate";
import type { Estate } from "./estate";

/** A service account as something that grants are about. */
export interface GcpAccount {
    readonly urn: string;
    readonly email: string;
    readonly project: string | undefined;
}

/** Where a binding reaches: the things themselves, or everything in a project or below a folder or organization. */
type Reach =
    | { readonly of: "things"; readonly urns: ReadonlySet<string> }
    | { readonly of: "project"; readonly project: string | undefined }
    | { readonly of: "above"; readonly node: string | undefined };

/** One line of an IAM policy: a role for a member, somewhere. */
export interface Binding {
    readonly label: string;
    readonly role: string;
    readonly member: string;
    readonly conditional: boolean;
    readonly reach: Reach;
}

/** Bindings of all kinds that reach secrets, keys or service accounts. */
export function bindings(
    estate: Estate,
    entries: readonly GcpEntry[],
    accounts: readonly GcpAccount[],
): readonly Binding[] {
    const each = (pattern: RegExp, reach: (grant: RenderedResource) => Reach): readonly Binding[] =>
        estate.ofTypeLike(pattern).flatMap((grant) => lines(grant, reach(grant)));
    /** A grant on something that is not known may be about anything. */
    const things = (urns: readonly string[], id: string | undefined): Reach =>
        id === undefined && urns.length === 0
            ? { of: "project", project: undefined }
            : { of: "things", urns: new Set(urns) };
    return [
        ...each(/^gcp:secretmanager\/(?:regionalSecret|secret)Iam(?:Member|Binding|Policy):/u, (grant) =>
            things(secretsOf(estate, grant, entries), nameOf(grant, "secretId")),
        ),
        ...each(/^gcp:kms\/cryptoKeyIAM(?:Member|Binding|Policy):/u, (grant) =>
            things(named(grant, "cryptoKeyId", entries), nameOf(grant, "cryptoKeyId")),
        ),
        ...each(/^gcp:kms\/keyRingIAM(?:Member|Binding|Policy):/u, (grant) => {
            const ring = nameOf(grant, "keyRingId");
            const source = estate.source(grant, "keyRingId", "gcp:kms/keyRing:KeyRing");
            const id = ring ?? (source && nameOf(source, "id"));
            const inside = entries.filter(
                ({ kind, id: own }) => kind === "key" && (id === undefined || own.startsWith(`${id}/`)),
            );
            return things(
                inside.map(({ urn }) => urn),
                id,
            );
        }),
        ...each(/^gcp:serviceaccount\/iAM(?:Member|Binding|Policy):/u, (grant) => {
            const id = nameOf(grant, "serviceAccountId");
            const source = estate.source(grant, "serviceAccountId", ACCOUNT);
            const own = accounts.filter(({ email, urn }) =>
                id === undefined ? urn === source?.urn : id.endsWith(`/${email}`) || id === email,
            );
            return things(
                own.map(({ urn }) => urn),
                id,
            );
        }),
        ...each(/^gcp:projects\/iAM(?:Member|Binding|Policy):/u, (grant) => ({
            of: "project",
            project: nameOf(grant, "project") ?? projectOf(estate, grant),
        })),
        ...each(/^gcp:folder\/iAM(?:Member|Binding|Policy):/u, (grant) => above(grant, "folder")),
        ...each(/^gcp:organizations\/iAM(?:Member|Binding|Policy):/u, (grant) => above(grant, "orgId")),
    ];
}

export const ACCOUNT = "gcp:serviceaccount/account:Account";

function above(grant: RenderedResource, property: "folder" | "orgId"): Reach {
    const id = nameOf(grant, property);
    const word = property === "folder" ? "folders" : "organizations";
    return { of: "above", node: id === undefined ? undefined : id.includes("/") ? id : `${word}/${id}` };
}

/** Entries by id, or by where an id that is not known comes from. */
function named(grant: RenderedResource, property: string, entries: readonly GcpEntry[]): readonly string[] {
    const id = nameOf(grant, property);
    const sources = grant.propertyDependencies[property] ?? [];
    return entries
        .filter((entry) =>
            id === undefined ? sources.includes(entry.urn) : entry.id === id || entry.id.endsWith(`/${id}`),
        )
        .map(({ urn }) => urn);
}

function secretsOf(estate: Estate, grant: RenderedResource, entries: readonly GcpEntry[]): readonly string[] {
    const id = nameOf(grant, "secretId");
    const sources = grant.propertyDependencies.secretId ?? [];
    if (id === undefined) return entries.filter(({ urn }) => sources.includes(urn)).map(({ urn }) => urn);
    const project = /^projects\/([^/]+)\//u.exec(id)?.[1] ?? projectOf(estate, grant);
    const secretId = id.split("/").pop();
    return entries
        .filter(
            (entry) =>
                entry.kind === "document" &&
                entry.path === secretId &&
                (entry.realm === undefined || project === undefined || entry.realm === project),
        )
        .map(({ urn }) => urn);
}

/** The bindings that a member, binding or policy resource stands for. */
function lines(grant: RenderedResource, reach: Reach): readonly Binding[] {
    const data = opened(grant, "policyData");
    const label = grant.name;
    if (data === undefined) {
        const role = nameOf(grant, "role") ?? "a role known after a deployment only";
        const conditional = opened(grant, "condition") !== undefined;
        return members(grant).map((member) => ({ label, role, member, conditional, reach }));
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
        return (who ?? ["somebody"]).map((member) => ({ label, role, member, conditional, reach }));
    });
}

/** A member that is not known is somebody all the same, named by where it comes from: no entry must look unread. */
function members(grant: RenderedResource): readonly string[] {
    const property = opened(grant, "member") === undefined ? "members" : "member";
    const value = opened(grant, property);
    const [source, ...others] = grant.propertyDependencies[property] ?? [];
    const [, , types = "", ...name] = source?.split("::") ?? [];
    const unknown =
        source !== undefined && others.length === 0
            ? `${types.split(":").pop() ?? ""} ${name.join("::")}`
            : "somebody known after a deployment only";
    if (value === undefined || value instanceof Unknown) return [unknown];
    return strings(value) ?? [unknown];
}

function safeJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
