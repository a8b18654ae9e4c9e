import { UNKNOWN, type Case, type Sketch } from "./case";

export const VAULT = "vault:index/policy:Policy";
export const MEMBER = "gcp:secretmanager/secretIamMember:SecretIamMember";

const vault = (...paths: [string, ...string[]][]): string =>
    JSON.stringify({
        path: Object.fromEntries(paths.map(([path, ...capabilities]) => [path, { capabilities }])),
    });
const grant = (role: string, secretId: string, member = "serviceAccount:a@acme-prod"): Sketch => ({
    type: MEMBER,
    props: { role: `roles/secretmanager.${role}`, secretId, member },
});

/** Who reads and who writes outside AWS, where identities have no tags. */
export const RIGHTS_ON_GCP_AND_VAULT: readonly Case[] = [
    {
        title: "a GCP member that reads one secret and adds versions to another",
        ...grant("secretVersionAdder", "devplatform_prod_db"),
        beside: [grant("secretAccessor", "projects/acme-prod/secrets/devplatform_prod_jwt")],
        expect: ["may read values and change them"],
    },
    {
        title: "near miss: another GCP member reads it",
        ...grant("secretVersionAdder", "devplatform_prod_db"),
        beside: [grant("secretAccessor", "devplatform_prod_db", "serviceAccount:b@acme-prod")],
        expect: "clean",
    },
    {
        title: "a GCP member that adds versions to two secrets",
        ...grant("secretVersionManager", "devplatform_prod_db"),
        beside: [grant("secretVersionAdder", "devplatform_prod_jwt")],
        expect: ["more than one path", "more than one path"],
    },
    {
        title: "a GCP member that adds versions to one secret",
        ...grant("secretVersionManager", "devplatform_prod_db"),
        beside: [],
        expect: "clean",
    },
    {
        title: "an administrator of a GCP secret",
        ...grant("admin", "devplatform_prod_db"),
        beside: [],
        expect: ["may read values and change them"],
    },
    {
        title: "an administrator of a GCP secret, who deploys",
        ...grant("admin", "devplatform_prod_db", "serviceAccount:strongroom-prod-ci-deploy@acme-prod"),
        beside: [],
        expect: "clean",
    },
    {
        title: "near miss: an administrator of a GCP secret, who deploys another environment",
        ...grant("admin", "devplatform_prod_db", "serviceAccount:strongroom-prod-eu-ci-deploy@acme-prod"),
        beside: [],
        expect: ["may read values and change them"],
    },
    {
        title: "a custom role on a GCP secret, which may hold anything",
        type: MEMBER,
        props: {
            role: "projects/acme-prod/roles/labels",
            secretId: "devplatform_prod_db",
            member: "serviceAccount:a@acme-prod",
        },
        beside: [],
        expect: ["may read values and change them"],
    },
    {
        title: "a GCP member in the second place of a binding",
        type: "gcp:secretmanager/secretIamBinding:SecretIamBinding",
        props: {
            role: "roles/secretmanager.secretVersionAdder",
            secretId: "devplatform_prod_db",
            members: ["serviceAccount:b@acme-prod", "serviceAccount:a@acme-prod"],
        },
        beside: [grant("secretAccessor", "devplatform_prod_db")],
        expect: ["members[1]"],
    },
    {
        title: "a Vault policy that reads and writes",
        type: VAULT,
        props: { name: "x", policy: vault(["secret/data/a", "read"], ["secret/data/b", "update"]) },
        beside: [],
        expect: ["may read values and change them"],
    },
    {
        title: "near miss: a Vault policy that reads, lists metadata and renews its token",
        type: VAULT,
        props: {
            name: "x",
            policy: vault(
                ["secret/data/a", "read"],
                ["secret/metadata/a", "read", "list"],
                ["auth/token/renew-self", "update"],
                ["secret/data/b", "update", "deny"],
            ),
        },
        beside: [],
        expect: "clean",
    },
    {
        title: "a Vault policy that writes two documents",
        type: VAULT,
        props: { name: "x", policy: vault(["secret/data/a", "patch"], ["secret/data/b", "create"]) },
        beside: [],
        expect: ["more than one path"],
    },
    {
        title: "a Vault policy of who deploys",
        type: VAULT,
        props: { name: "deployer", policy: vault(["secret/data/a", "read", "create"]) },
        beside: [],
        settings: { deployers: ["deployer"] },
        expect: "clean",
    },
    {
        title: "a Vault policy that comes with the deployment",
        type: VAULT,
        props: { name: "x", policy: UNKNOWN },
        beside: [],
        expect: ["is not known in a preview"],
    },
    {
        title: "a Vault role whose policies read and write",
        type: "vault:kubernetes/authBackendRole:AuthBackendRole",
        props: { tokenPolicies: ["r", "w"] },
        beside: [
            { type: VAULT, props: { name: "r", policy: vault(["secret/data/a", "read"]) } },
            { type: VAULT, props: { name: "w", policy: vault(["secret/data/a", "update"]) } },
        ],
        expect: ["tokenPolicies"],
    },
];
