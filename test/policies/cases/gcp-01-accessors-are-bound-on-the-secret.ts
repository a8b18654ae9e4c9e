import { UNKNOWN, type Table } from "../support/case";
import type { Rendered } from "../support/case";
import { says } from "../support/mutations";

const type = "gcp:projects/iAMMember:IAMMember";

export const table: Table = {
    policy: "gcp-01-accessors-are-bound-on-the-secret",
    clean: {
        type,
        props: { project: "acme-prod", role: "roles/logging.logWriter", member: "group:sre@acme.example" },
    },
    cases: [
        {
            title: "an accessor of the project",
            change: { role: "roles/secretmanager.secretAccessor" },
            expect: ["every secret of the project"],
        },
        {
            title: "a condition does not help",
            change: {
                role: "roles/secretmanager.secretAccessor",
                condition: {
                    title: "x",
                    expression: "resource.name.startsWith('projects/1/secrets/devplatform_prod_')",
                },
            },
            expect: ['"role"'],
        },
        {
            title: "near miss: a viewer sees no values",
            change: { role: "roles/secretmanager.viewer" },
            expect: "clean",
        },
        {
            title: "a custom role, which may hand out values",
            change: { role: "projects/acme-prod/roles/reader" },
            expect: ['"role"'],
        },
        {
            title: "a custom role that hands out none, as the configuration says",
            change: { role: "organizations/123456789012/roles/auditor" },
            settings: { customRoles: ["organizations/123456789012/roles/auditor"] },
            expect: "clean",
        },
        {
            title: "a role that the configuration adds",
            change: { role: "roles/cloudbuild.builds.editor" },
            settings: { extraRoles: ["roles/cloudbuild.builds.editor"] },
            expect: ['"role"'],
        },
        { title: "an unknown role waits", change: { role: UNKNOWN }, expect: "can't run" },
        {
            title: "an accessor of a folder",
            type: "gcp:folder/iAMBinding:IAMBinding",
            props: { role: "roles/secretmanager.secretAccessor", members: [] },
            expect: ["of the folder"],
        },
        {
            title: "the second binding of a whole policy",
            type: "gcp:organizations/iAMPolicy:IAMPolicy",
            props: {
                policyData: JSON.stringify({
                    bindings: [{ role: "roles/viewer" }, { role: "roles/secretmanager.admin", members: [] }],
                }),
            },
            expect: ["policyData.bindings[1].role"],
        },
        {
            title: "a binding of an organization",
            type: "gcp:organizations/iAMBinding:IAMBinding",
            props: { role: "roles/secretmanager.secretAccessor", members: [] },
            expect: ["of the organization"],
        },
        {
            title: "a policy that can't be read",
            type: "gcp:projects/iAMPolicy:IAMPolicy",
            props: { policyData: "bindings" },
            expect: ["can't be read"],
        },
        {
            title: "near miss: an accessor of the secret",
            type: "gcp:secretmanager/secretIamMember:SecretIamMember",
            props: { secretId: "devplatform_prod_db", role: "roles/secretmanager.secretAccessor" },
            expect: "clean",
        },
    ],
    mutations: [
        ...["projects", "folder", "organizations"].map((scope) => ({
            title: `an accessor of all secrets of ${scope}`,
            type: "gcp:secretmanager/secretIamMember:SecretIamMember",
            where: says("role", /secretAccessor$/),
            mutate: ({ props, ...resource }: Rendered): Rendered => ({
                ...resource,
                type: `gcp:${scope}/iAMMember:IAMMember`,
                props: { role: props["role"], member: props["member"], project: props["project"] },
            }),
        })),
    ],
};
