import { UNKNOWN, type Table } from "../support/case";

const type = "gcp:serviceaccount/iAMMember:IAMMember";
const role = "roles/iam.workloadIdentityUser";
const serviceAccountId =
    "projects/acme-prod/serviceAccounts/devplatform-prod-backend@acme-prod.iam.gserviceaccount.com";
const POOLS = "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools";
const PROVIDER = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";
const provider = (
    attributeCondition: unknown,
    issuerUri = "https://token.actions.githubusercontent.com",
): { type: string; props: Record<string, unknown> } => ({
    type: PROVIDER,
    props: { workloadIdentityPoolId: "ci", attributeCondition, oidc: { issuerUri } },
});

export const table: Table = {
    policy: "gcp-04-workload-identities-are-exact",
    clean: {
        type,
        props: {
            serviceAccountId,
            role,
            member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/api]",
        },
    },
    cases: [
        {
            title: "another project",
            change: { member: "serviceAccount:acme-dev.svc.id.goog[devplatform-prod/api]" },
            expect: ["workload's own service account"],
        },
        {
            title: "near miss: another environment, whose name begins like this one",
            change: { member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod-eu/api]" },
            expect: ["workload's own service account"],
        },
        {
            title: "the service account of whoever has none",
            change: { member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/default]" },
            expect: ["workload's own service account"],
        },
        {
            title: "any service account of a namespace",
            change: { member: "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/*]" },
            expect: ["no single workload"],
        },
        {
            title: "somebody who is no workload",
            change: { member: "group:sre@acme.example" },
            expect: ["no single workload"],
        },
        {
            title: "a workload without a service account of Google",
            change: {
                member: `${POOLS}/acme-prod.svc.id.goog/subject/ns/devplatform-prod/sa/api`,
            },
            expect: "clean",
        },
        {
            title: "such a workload of another environment, on a secret",
            type: "gcp:secretmanager/secretIamMember:SecretIamMember",
            props: {
                role: "roles/secretmanager.secretAccessor",
                member: `${POOLS}/acme-prod.svc.id.goog/subject/ns/devplatform-dev/sa/api`,
            },
            expect: ["workload's own service account"],
        },
        {
            title: "every workload of a cluster",
            change: {
                member: `${POOLS.replace("principal:", "principalSet:")}/acme-prod.svc.id.goog/kubernetes.cluster/x`,
            },
            expect: ["no single workload"],
        },
        {
            title: "a whole pool",
            change: { member: `${POOLS.replace("principal:", "principalSet:")}/ci/*` },
            expect: ["no single workload"],
        },
        {
            title: "an environment of a repository",
            change: { member: `${POOLS}/ci/subject/repo:acme/strongroom:environment:prod` },
            expect: "clean",
        },
        {
            title: "near miss: the environment of a repository that is another one of ours",
            change: { member: `${POOLS}/ci/subject/repo:acme/strongroom:environment:dev` },
            expect: ["no single workload"],
        },
        {
            title: "pull requests, for who only looks",
            change: {
                serviceAccountId: serviceAccountId.replace("backend", "ci-preview"),
                member: `${POOLS}/ci/subject/repo:acme/strongroom:pull_request`,
            },
            expect: "clean",
        },
        {
            title: "near miss: pull requests, for who deploys",
            change: {
                serviceAccountId: serviceAccountId.replace("backend", "ci-deploy"),
                member: `${POOLS}/ci/subject/repo:acme/strongroom:pull_request`,
            },
            expect: ["no single workload"],
        },
        {
            title: "near miss: pull requests, for who only looks in another environment",
            change: {
                serviceAccountId: serviceAccountId.replace("prod-backend", "prod-eu-ci-preview"),
                member: `${POOLS}/ci/subject/repo:acme/strongroom:pull_request`,
            },
            expect: ["no single workload"],
        },
        {
            title: "the second workload of a binding",
            type: "gcp:serviceaccount/iAMBinding:IAMBinding",
            props: {
                serviceAccountId,
                role,
                members: [
                    "serviceAccount:acme-prod.svc.id.goog[devplatform-prod/api]",
                    "serviceAccount:acme-prod.svc.id.goog[yosai-dev/api]",
                ],
            },
            expect: ["members[1]"],
        },
        {
            title: "near miss: another role of an account that is no workload",
            change: { role: "roles/iam.serviceAccountViewer", member: "group:sre@acme.example" },
            expect: "clean",
        },
        { title: "no condition", ...provider(undefined), expect: ["takes every token"] },
        { title: "an empty condition", ...provider(" "), expect: ["takes every token"] },
        { title: "a condition that always holds", ...provider("true"), expect: ["can't be read"] },
        {
            title: "one repository",
            ...provider("assertion.repository == 'acme/strongroom' && assertion.ref == 'refs/heads/main'"),
            expect: "clean",
        },
        {
            title: "one of two repositories",
            ...provider('attribute.repository in ["acme/strongroom", "acme/platform"]'),
            expect: "clean",
        },
        {
            title: "near miss: the owner of the repository alone",
            ...provider("assertion.repository_owner == 'acme'"),
            expect: ["every repository"],
        },
        {
            title: "near miss: a way around the repository",
            ...provider("assertion.repository == 'acme/strongroom' || assertion.actor != ''"),
            expect: ["can't be read"],
        },
        {
            title: "near miss: a repository inside a text",
            ...provider("assertion.actor == \"x && assertion.repository == 'acme/strongroom'\""),
            expect: ["every repository"],
        },
        {
            title: "a repository by its beginning",
            ...provider("assertion.repository.startsWith('acme/')"),
            expect: ["can't be read"],
        },
        {
            title: "an issuer of one's own needs a condition, but no repository",
            ...provider("assertion.sub_type == 'workload'", "https://issuer.acme.example"),
            expect: "clean",
        },
        {
            title: "a pipeline's issuer that the configuration adds",
            ...provider("assertion.sub_type == 'workload'", "https://gitlab.acme.example"),
            settings: { ciIssuers: ["gitlab.acme.example"] },
            expect: ["every repository"],
        },
        { title: "an unknown condition waits", ...provider(UNKNOWN), expect: "can't run" },
        { title: "an unknown member waits", change: { member: UNKNOWN }, expect: "can't run" },
    ],
    mutations: [
        ...["", "assertion.repository_owner == 'example-org'", "assertion.sub != ''", "true"].map(
            (attributeCondition) => ({
                title: `a pool whose condition is '${attributeCondition}'`,
                type: PROVIDER,
                change: { attributeCondition },
            }),
        ),
        { title: "a pool without a condition", type: PROVIDER, change: { attributeCondition: undefined } },
        {
            title: "pull requests deploy",
            type,
            where: ({ props }) => String(props["member"]).includes(":environment:"),
            mutate: (resource) => ({
                ...resource,
                props: {
                    ...resource.props,
                    member: String(resource.props["member"]).replace(/environment:\w+/, "pull_request"),
                },
            }),
        },
        {
            title: "any service account of the namespace",
            type,
            change: { member: "serviceAccount:strongroom-prod.svc.id.goog[gcpplatform-prod/*]" },
        },
        {
            title: "the service account of whoever has none",
            type,
            change: { member: "serviceAccount:strongroom-prod.svc.id.goog[gcpplatform-prod/default]" },
        },
        {
            title: "a workload of another environment",
            type,
            change: { member: "serviceAccount:strongroom-prod.svc.id.goog[gcpplatform-dev/api]" },
            alsoBreaks: ["ISO-06", "ISO-07"],
        },
        {
            title: "somebody who is no workload",
            type,
            change: { member: "group:sre@example.com" },
        },
    ],
};
