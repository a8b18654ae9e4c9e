import { nameOf, opened, strings } from "./estate";
import type { Estate } from "./estate";
import type { Verb } from "./verbs";

export type GcpKind = "secret" | "key";

const PROJECT_POLICY = [
    "resourcemanager.projects.setIamPolicy",
    "resourcemanager.folders.setIamPolicy",
    "resourcemanager.organizations.setIamPolicy",
    "iam.roles.update",
];

/**
 * The permissions that do a verb, one of them being enough.
 *
 * @see Google Cloud, "IAM permissions reference"
 */
export const PERMISSIONS: Readonly<Record<GcpKind, Readonly<Partial<Record<Verb, readonly string[]>>>>> = {
    secret: {
        read: ["secretmanager.versions.access"],
        list: [
            "secretmanager.secrets.get",
            "secretmanager.secrets.list",
            "secretmanager.versions.get",
            "secretmanager.versions.list",
        ],
        write: ["secretmanager.versions.add"],
        rotate: [
            "secretmanager.versions.enable",
            "secretmanager.versions.disable",
            "secretmanager.secrets.update",
        ],
        delete: ["secretmanager.secrets.delete", "secretmanager.versions.destroy"],
        grant: ["secretmanager.secrets.setIamPolicy", ...PROJECT_POLICY],
    },
    key: {
        list: ["cloudkms.cryptoKeys.get", "cloudkms.cryptoKeys.list"],
        decrypt: [
            "cloudkms.cryptoKeyVersions.useToDecrypt",
            "cloudkms.cryptoKeyVersions.useToDecryptViaDelegation",
        ],
        encrypt: [
            "cloudkms.cryptoKeyVersions.useToEncrypt",
            "cloudkms.cryptoKeyVersions.useToEncryptViaDelegation",
        ],
        rotate: ["cloudkms.cryptoKeyVersions.create", "cloudkms.cryptoKeys.update"],
        delete: ["cloudkms.cryptoKeyVersions.destroy", "cloudkms.cryptoKeyVersions.update"],
        grant: ["cloudkms.cryptoKeys.setIamPolicy", "cloudkms.keyRings.setIamPolicy", ...PROJECT_POLICY],
    },
};

/** Permissions with which somebody becomes a service account. */
export const BECOMES: readonly string[] = [
    "iam.serviceAccounts.getAccessToken",
    "iam.serviceAccounts.getOpenIdToken",
    "iam.serviceAccounts.implicitDelegation",
    "iam.serviceAccounts.signBlob",
    "iam.serviceAccounts.signJwt",
    "iam.serviceAccounts.actAs",
    "iam.serviceAccounts.setIamPolicy",
    "iam.serviceAccountKeys.create",
];

const LISTS = [...(PERMISSIONS.secret.list ?? []), ...(PERMISSIONS.key.list ?? [])];
const ENCRYPT = ["cloudkms.cryptoKeyVersions.useToEncrypt"];
const DECRYPT = ["cloudkms.cryptoKeyVersions.useToDecrypt"];

/**
 * What Google's roles give of these, a star standing for the rest of a name. Basic roles other than owner and viewer
 * change with Google's releases.
 *
 * @see Google Cloud, "IAM roles and permissions index"
 */
const ROLES: Readonly<Record<string, readonly string[]>> = {
    "roles/owner": ["*"],
    "roles/viewer": LISTS,
    "roles/browser": [],
    "roles/secretmanager.admin": ["secretmanager.*"],
    "roles/secretmanager.secretAccessor": ["secretmanager.versions.access"],
    "roles/secretmanager.viewer": LISTS,
    "roles/secretmanager.secretVersionAdder": ["secretmanager.versions.add"],
    "roles/secretmanager.secretVersionManager": [
        "secretmanager.versions.add",
        "secretmanager.versions.destroy",
        "secretmanager.versions.disable",
        "secretmanager.versions.enable",
        "secretmanager.versions.get",
        "secretmanager.versions.list",
    ],
    "roles/cloudkms.admin": [
        "cloudkms.cryptoKeys.*",
        "cloudkms.keyRings.*",
        "cloudkms.cryptoKeyVersions.create",
        "cloudkms.cryptoKeyVersions.destroy",
        "cloudkms.cryptoKeyVersions.update",
    ],
    "roles/cloudkms.viewer": LISTS,
    "roles/cloudkms.publicKeyViewer": [],
    "roles/cloudkms.cryptoKeyEncrypter": ENCRYPT,
    "roles/cloudkms.cryptoKeyDecrypter": DECRYPT,
    "roles/cloudkms.cryptoKeyEncrypterDecrypter": [...ENCRYPT, ...DECRYPT],
    "roles/cloudkms.cryptoKeyEncrypterViaDelegation": [`${ENCRYPT[0] ?? ""}ViaDelegation`],
    "roles/cloudkms.cryptoKeyDecrypterViaDelegation": [`${DECRYPT[0] ?? ""}ViaDelegation`],
    "roles/cloudkms.cryptoKeyEncrypterDecrypterViaDelegation": [
        `${ENCRYPT[0] ?? ""}ViaDelegation`,
        `${DECRYPT[0] ?? ""}ViaDelegation`,
    ],
    "roles/iam.securityAdmin": [
        ...PROJECT_POLICY.slice(0, 3),
        "secretmanager.secrets.setIamPolicy",
        "cloudkms.cryptoKeys.setIamPolicy",
        "cloudkms.keyRings.setIamPolicy",
        "iam.serviceAccounts.setIamPolicy",
    ],
    "roles/iam.securityReviewer": LISTS,
    "roles/iam.roleAdmin": ["iam.roles.update"],
    "roles/iam.roleViewer": [],
    "roles/iam.organizationRoleAdmin": ["iam.roles.update"],
    "roles/iam.serviceAccountAdmin": ["iam.serviceAccounts.setIamPolicy"],
    "roles/iam.serviceAccountCreator": [],
    "roles/iam.serviceAccountDeleter": [],
    "roles/iam.serviceAccountViewer": [],
    "roles/iam.serviceAccountKeyAdmin": ["iam.serviceAccountKeys.create"],
    "roles/iam.serviceAccountTokenCreator": [
        "iam.serviceAccounts.getAccessToken",
        "iam.serviceAccounts.getOpenIdToken",
        "iam.serviceAccounts.implicitDelegation",
        "iam.serviceAccounts.signBlob",
        "iam.serviceAccounts.signJwt",
    ],
    "roles/iam.serviceAccountOpenIdTokenCreator": ["iam.serviceAccounts.getOpenIdToken"],
    "roles/iam.serviceAccountUser": ["iam.serviceAccounts.actAs"],
    "roles/iam.workloadIdentityUser": [
        "iam.serviceAccounts.getAccessToken",
        "iam.serviceAccounts.getOpenIdToken",
    ],
    "roles/iam.workloadIdentityPoolAdmin": ["*"],
    "roles/iam.workloadIdentityPoolViewer": [],
    "roles/resourcemanager.projectIamAdmin": ["resourcemanager.projects.setIamPolicy"],
    "roles/resourcemanager.folderAdmin": ["resourcemanager.folders.setIamPolicy"],
    "roles/resourcemanager.folderIamAdmin": ["resourcemanager.folders.setIamPolicy"],
    "roles/resourcemanager.organizationAdmin": PROJECT_POLICY.slice(0, 3),
};

/** Services some of whose roles reach secrets, keys, identities or the Secrets of a cluster: unknown ones are a doubt. */
const RELEVANT_SERVICES = new Set([
    "secretmanager",
    "cloudkms",
    "iam",
    "resourcemanager",
    "container",
    "gkehub",
]);

/** What a role gives: permissions, or why nobody knows. */
export type RoleGives = { readonly permissions: readonly string[] } | { readonly doubt: string };

/** Google's predefined roles of other services give none of it; service agents change with Google's releases. */
export function roleGives(estate: Estate, role: string): RoleGives {
    const known = ROLES[role];
    if (known !== undefined) return { permissions: known };
    if (/^(?:projects|organizations)\/[^/]+\/roles\//u.test(role)) return customRole(estate, role);
    const [, service] = /^roles\/([a-z]+)\.[A-Za-z.]+$/u.exec(role) ?? [];
    if (service !== undefined && !RELEVANT_SERVICES.has(service) && !/serviceAgent$/iu.test(role))
        return { permissions: [] };
    return { doubt: `which permissions ${role} includes is not known here` };
}

function customRole(estate: Estate, role: string): RoleGives {
    const [, owner, id] = /^(?:projects|organizations)\/([^/]+)\/roles\/(.+)$/u.exec(role) ?? [];
    const declared = estate
        .ofType("gcp:projects/iAMCustomRole:IAMCustomRole", "gcp:organizations/iAMCustomRole:IAMCustomRole")
        .find((each) => {
            const of = nameOf(each, "project") ?? nameOf(each, "orgId");
            return nameOf(each, "roleId") === id && (of === undefined || of === owner);
        });
    const permissions = declared && strings(opened(declared, "permissions"));
    return permissions === undefined ? { doubt: `${role} is not part of this stack` } : { permissions };
}

/** Whether permissions include one of those wanted, a star at the end standing for the rest. */
export const includesOne = (permissions: readonly string[], wanted: readonly string[]): boolean =>
    wanted.some((each) =>
        permissions.some((own) => own === each || (own.endsWith("*") && each.startsWith(own.slice(0, -1)))),
    );
