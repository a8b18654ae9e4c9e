import { GCP_IAM, gcpGrantsOf, gcpIamTypes, WIDE_OBJECTS } from "../reading/gcp-iam";
import type { Property } from "../reading/property";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

/** Owner, editor and viewer, by their old names and by those of 2025. */
const BASIC = /^roles\/(?:owner|editor|viewer|browser|admin|writer|reader)$/;

/** Roles that, on a project, let somebody act as each of its service accounts, or make themselves able to. */
const IMPERSONATING = [
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountOpenIdTokenCreator",
    "roles/iam.serviceAccountUser",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.workloadIdentityUser",
    "roles/iam.workloadIdentityPoolAdmin",
    "roles/iam.securityAdmin",
    "roles/resourcemanager.projectIamAdmin",
    "roles/resourcemanager.folderAdmin",
    "roles/resourcemanager.folderIamAdmin",
    "roles/resourcemanager.organizationAdmin",
] as const;

const WIDE: ReadonlySet<string> = new Set(gcpIamTypes(WIDE_OBJECTS));

/**
 * Nobody gets a role that holds thousands of permissions, nobody is everybody, and nobody may act as all service
 * accounts of a project at once. `projectEditor:` and its like are basic roles by another name; the accounts that
 * Compute Engine and App Engine run as by default are shared by whatever names no account.
 *
 * A role or a member that is not known yet is decided in the update. Not seen: IAM resources of services that hold
 * neither values nor keys.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "GCP-02",
    name: "gcp-02-no-basic-roles-and-nobody-public",
    description:
        "GCP grants have no basic roles, no public members, and no impersonation of a whole project.",
    severity: "critical",
    remediationSteps: "Grant a predefined role to one service account, on the resource that it needs.",
    url: "https://cloud.google.com/iam/docs/using-iam-securely",
    peers: ["Checkov", "Trivy", "KICS"],
    settings: {
        extraRoles: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Further roles that nobody may have on a project, folder or organization.",
        },
    },
    exemptible: false,
    types: GCP_IAM,
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] {
    const grants = gcpGrantsOf(resource);
    if (grants === undefined) {
        const policyData = resource.props.at("policyData");
        return [
            violation(
                policyData,
                "can't be read, so nobody can tell what it grants",
                "Use IAMMember resources",
            ),
        ];
    }
    const impersonating = [...IMPERSONATING, ...listSetting(settings, "extraRoles")];
    const wide = WIDE.has(resource.type) ? impersonating : [];
    return grants.flatMap(({ role, members }) => [
        ...each([role], (property) => checkRole(property, wide)),
        ...each(members, checkMember),
    ]);
}

function checkRole(property: Property, impersonating: readonly string[]): Finding[] {
    const role = property.text();
    if (role === undefined) return [violation(property, "names no role", "Name a predefined role")];
    if (BASIC.test(role)) {
        return [violation(property, "is a basic role", "Use the predefined role of the one service")];
    }
    if (!impersonating.includes(role)) return [];
    return [
        violation(
            property,
            "lets its members act as every service account below",
            "Bind it on the one service account, by serviceaccount.IAMMember",
        ),
    ];
}

function checkMember(property: Property): Finding[] {
    const member = property.text() ?? "allUsers";
    if (/^all(?:Authenticated)?Users$/i.test(member)) {
        return [violation(property, "is everybody", "Name the service account that needs it")];
    }
    if (/^project(?:Owner|Editor|Viewer):/i.test(member)) {
        return [
            violation(property, "is whoever has a basic role of the project", "Name the service account"),
        ];
    }
    if (/^serviceAccount:(?:\d+-compute@developer|[^@]+@appspot)\.gserviceaccount\.com$/.test(member)) {
        return [
            violation(
                property,
                "is a default service account, which many workloads share",
                "Use the consumer's own service account",
            ),
        ];
    }
    return [];
}
