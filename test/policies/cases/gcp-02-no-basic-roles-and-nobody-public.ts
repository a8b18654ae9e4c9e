import { UNKNOWN, type Table } from "../support/case";

const type = "gcp:secretmanager/secretIamMember:SecretIamMember";
const member = "serviceAccount:devplatform-prod-backend@acme-prod.iam.gserviceaccount.com";
const project = (role: string): { type: string; props: Record<string, string> } => ({
    type: "gcp:projects/iAMMember:IAMMember",
    props: { project: "acme-prod", role, member },
});

export const table: Table = {
    policy: "gcp-02-no-basic-roles-and-nobody-public",
    clean: {
        type,
        props: { secretId: "devplatform_prod_db", role: "roles/secretmanager.secretAccessor", member },
    },
    cases: [
        { title: "everybody", change: { member: "allUsers" }, expect: ["is everybody"] },
        {
            title: "everybody with an account of Google",
            change: { member: "allAuthenticatedUsers" },
            expect: ["is everybody"],
        },
        {
            title: "everybody, the second in a binding of a key",
            type: "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
            props: {
                role: "roles/cloudkms.cryptoKeyDecrypter",
                members: [member, "allUsers"],
            },
            expect: ["members[1]"],
        },
        {
            title: "everybody, in the second binding of a whole policy",
            type: "gcp:secretmanager/regionalSecretIamPolicy:RegionalSecretIamPolicy",
            props: {
                policyData: JSON.stringify({
                    bindings: [
                        { role: "roles/secretmanager.viewer", members: [member] },
                        { role: "roles/secretmanager.secretAccessor", members: ["allUsers"] },
                    ],
                }),
            },
            expect: ["policyData.bindings[1].members[0]"],
        },
        { title: "a basic role on a secret", change: { role: "roles/viewer" }, expect: ["basic role"] },
        { title: "a basic role on a project", ...project("roles/editor"), expect: ["basic role"] },
        {
            title: "near miss: a role whose name ends like a basic one",
            change: { role: "roles/secretmanager.viewer" },
            expect: "clean",
        },
        {
            title: "a basic role by another name",
            change: { member: "projectEditor:acme-prod" },
            expect: ["basic role of the project"],
        },
        {
            title: "a default service account",
            change: { member: "serviceAccount:123456789012-compute@developer.gserviceaccount.com" },
            expect: ["default service account"],
        },
        {
            title: "making tokens of every service account",
            ...project("roles/iam.serviceAccountTokenCreator"),
            expect: ["every service account"],
        },
        {
            title: "acting as every service account of a folder",
            type: "gcp:folder/iAMBinding:IAMBinding",
            props: { role: "roles/iam.serviceAccountUser", members: [member] },
            expect: ["every service account"],
        },
        {
            title: "near miss: making tokens of one service account",
            type: "gcp:serviceaccount/iAMMember:IAMMember",
            props: { role: "roles/iam.serviceAccountTokenCreator", member },
            expect: "clean",
        },
        {
            title: "a role that the configuration adds",
            ...project("roles/cloudbuild.builds.editor"),
            settings: { extraRoles: ["roles/cloudbuild.builds.editor"] },
            expect: ["every service account"],
        },
        {
            title: "a policy that can't be read",
            type: "gcp:projects/iAMPolicy:IAMPolicy",
            props: { policyData: "{}" },
            expect: ["can't be read"],
        },
        { title: "an unknown member waits", change: { member: UNKNOWN }, expect: "can't run" },
        {
            title: "an unknown member does not hide a basic role of a binding",
            type: "gcp:projects/iAMBinding:IAMBinding",
            props: { role: "roles/owner", members: UNKNOWN },
            expect: ["basic role"],
        },
    ],
    mayBreak: ["IAM-08"],
    mutations: [
        {
            title: "everybody reads a secret",
            type,
            change: { member: "allUsers" },
        },
        {
            title: "everybody with an account uses a key",
            type: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
            change: { member: "allAuthenticatedUsers" },
            alsoBreaks: ["KMS-02"],
        },
        { title: "a basic role on a secret", type, change: { role: "roles/owner" } },
        {
            title: "a basic role on a topic",
            type: "gcp:pubsub/topicIAMMember:TopicIAMMember",
            change: { role: "roles/editor" },
        },
    ],
};
