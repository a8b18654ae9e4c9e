import { UNKNOWN, type Table } from "../support/case";

const account = "kubernetes:core/v1:ServiceAccount";
const metadata = { name: "backend", namespace: "devplatform-prod" };
const workload = (kind: string, spec: unknown) => ({ type: `kubernetes:${kind}`, props: { metadata, spec } });
const container = { name: "backend", image: "acme/backend" };
const template = (automountServiceAccountToken?: boolean) => ({
    template: { spec: { containers: [container], automountServiceAccountToken } },
});

export const table: Table = {
    policy: "k8s-10-tokens-are-mounted-where-needed",
    clean: { type: account, props: { metadata, automountServiceAccountToken: false } },
    cases: [
        {
            title: "a token in each pod",
            change: { automountServiceAccountToken: true },
            expect: ['"automountServiceAccountToken" is not false'],
        },
        {
            title: "near miss: nothing said, which is a token",
            change: { automountServiceAccountToken: undefined },
            expect: ["automountServiceAccountToken"],
        },
        {
            title: "near miss: false as a text",
            change: { automountServiceAccountToken: "false" },
            expect: ["automountServiceAccountToken"],
        },
        {
            title: "an account that asks the API server",
            change: { automountServiceAccountToken: true },
            settings: { needsToken: ["devplatform-prod/backend"] },
            expect: "clean",
        },
        {
            title: "near miss: an account of that name elsewhere asks it",
            change: { automountServiceAccountToken: true },
            settings: { needsToken: ["devplatform-prod-eu/backend"] },
            expect: ["automountServiceAccountToken"],
        },
        {
            title: "a Deployment",
            ...workload("apps/v1:Deployment", template()),
            expect: ['"spec.template.spec.automountServiceAccountToken"'],
        },
        {
            title: "a Deployment that mounts none",
            ...workload("apps/v1:Deployment", template(false)),
            expect: "clean",
        },
        {
            title: "near miss: a CronJob, whose pods stand deeper",
            ...workload("batch/v1:CronJob", { jobTemplate: { spec: template(true) } }),
            expect: ["spec.jobTemplate.spec.template.spec"],
        },
        {
            title: "a Pod",
            ...workload("core/v1:Pod", { containers: [container] }),
            expect: ["spec.automountServiceAccountToken"],
        },
        {
            title: "a Pod with a token of its own choice",
            ...workload("core/v1:Pod", {
                automountServiceAccountToken: false,
                containers: [container],
                volumes: [
                    {
                        name: "token",
                        projected: {
                            sources: [{ serviceAccountToken: { audience: "vault", path: "token" } }],
                        },
                    },
                ],
            }),
            expect: "clean",
        },
        {
            title: "a patch that leaves the pods alone",
            ...workload("apps/v1:DeploymentPatch", { replicas: 2 }),
            expect: "not applicable",
        },
        {
            title: "a Secret with a token",
            type: "kubernetes:core/v1:Secret",
            props: { metadata, type: "kubernetes.io/service-account-token" },
            expect: ['"type" makes a token without an end'],
        },
        {
            title: "near miss: a Secret with a password for a registry",
            type: "kubernetes:core/v1:Secret",
            props: { metadata, type: "kubernetes.io/dockerconfigjson" },
            expect: "clean",
        },
        {
            title: "a Secret without a type",
            type: "kubernetes:core/v1:Secret",
            props: { metadata },
            expect: "clean",
        },
        {
            title: "an unknown switch waits",
            change: { automountServiceAccountToken: UNKNOWN },
            expect: "can't run",
        },
    ],
    mutations: [
        {
            title: "a token in each pod of a consumer",
            type: account,
            change: { automountServiceAccountToken: true },
        },
        {
            title: "a service account that says nothing",
            type: account,
            change: { automountServiceAccountToken: undefined },
        },
        {
            title: "a Secret that makes a token",
            type: "kubernetes:core/v1:Secret",
            change: { type: "kubernetes.io/service-account-token" },
        },
    ],
};
