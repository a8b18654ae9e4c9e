import { nameOf, opened, strings } from "./estate";
import type { Estate } from "./estate";

export interface RoleReads {
    readonly reads: "yes" | "no" | "undecided";
    readonly reason?: string;
}

const ACCESS = "secretmanager.versions.access";
const READING = new Set(["roles/owner", "roles/secretmanager.admin", "roles/secretmanager.secretAccessor"]);
/** Secret Manager roles that see or write metadata and versions, never a payload. */
const NOT_READING = new Set([
    "roles/viewer",
    "roles/secretmanager.viewer",
    "roles/secretmanager.secretVersionAdder",
    "roles/secretmanager.secretVersionManager",
]);

/**
 * Whether a role lets its members read payloads (`secretmanager.versions.access`). Google's predefined roles of other
 * services don't; service agents and the basic editor role change with Google's releases and stay undecided.
 *
 * @see Google Cloud, "Secret Manager roles and permissions"
 */
export function roleReads(estate: Estate, role: string): RoleReads {
    if (READING.has(role)) return { reads: "yes" };
    if (NOT_READING.has(role)) return { reads: "no" };
    if (/^(?:projects|organizations)\/[^/]+\/roles\//u.test(role)) return customRole(estate, role);
    const [, service] = /^roles\/([a-z]+)\.[A-Za-z.]+$/u.exec(role) ?? [];
    if (service !== undefined && service !== "secretmanager" && !/serviceAgent$/iu.test(role))
        return { reads: "no" };
    return { reads: "undecided", reason: `whether ${role} includes ${ACCESS} is not known here` };
}

function customRole(estate: Estate, role: string): RoleReads {
    const id = role.split("/").pop();
    const declared = estate
        .ofType("gcp:projects/iAMCustomRole:IAMCustomRole", "gcp:organizations/iAMCustomRole:IAMCustomRole")
        .find((each) => nameOf(each, "roleId") === id);
    const permissions = declared && strings(opened(declared, "permissions"));
    if (permissions === undefined) return { reads: "undecided", reason: `${role} is not part of this stack` };
    return { reads: permissions.includes(ACCESS) ? "yes" : "no" };
}
