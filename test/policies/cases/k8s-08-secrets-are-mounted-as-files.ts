import { UNKNOWN, type Table } from "../support/case";

const mount = { name: "secrets", mountPath: "/run/secrets", readOnly: true };
const container = {
    name: "backend",
    image: "acme/backend",
    env: [{ name: "KEY_FILE", value: "/run/secrets/key" }],
    envFrom: [{ configMapRef: { name: "backend-config" } }],
    volumeMounts: [mount],
};
const pod = {
    containers: [container],
    volumes: [
        { name: "secrets", secret: { secretName: "backend-secrets" } },
        { name: "config", configMap: { name: "backend-config" } },
    ],
};
const reads = { name: "KEY", valueFrom: { secretKeyRef: { name: "backend-secrets", key: "KEY" } } };
const inPod = "spec.template.spec";

export const table: Table = {
    policy: "k8s-08-secrets-are-mounted-as-files",
    clean: { type: "kubernetes:apps/v1:Deployment", props: { spec: { template: { spec: pod } } } },
    cases: [
        {
            title: "a variable",
            change: { [`${inPod}.containers.0.env.1`]: reads },
            expect: [`"${inPod}.containers[0].env[1].valueFrom.secretKeyRef" hands a secret over`],
        },
        {
            title: "a whole Secret as variables",
            change: { [`${inPod}.containers.0.envFrom.1`]: { secretRef: { name: "backend-secrets" } } },
            expect: ["containers[0].envFrom[1].secretRef"],
        },
        {
            title: "near miss: a variable of a container that runs first",
            change: { [`${inPod}.initContainers`]: [{ ...container, env: [reads] }] },
            expect: ["initContainers[0].env[0]"],
        },
        {
            title: "near miss: the second container",
            change: { [`${inPod}.containers.1`]: { ...container, env: [reads] } },
            expect: ["containers[1].env[0]"],
        },
        {
            title: "a part of a Secret",
            change: { [`${inPod}.containers.0.volumeMounts.0.subPath`]: "key" },
            expect: [`"${inPod}.containers[0].volumeMounts[0]" mounts a part`],
        },
        {
            title: "near miss: a part by an expression",
            change: { [`${inPod}.containers.0.volumeMounts.0.subPathExpr`]: "$(POD_NAME)" },
            expect: ["volumeMounts[0]"],
        },
        {
            title: "near miss: a part of a projected volume that holds a Secret",
            change: {
                [`${inPod}.volumes.0`]: {
                    name: "secrets",
                    projected: { sources: [{ configMap: { name: "a" } }, { secret: { name: "b" } }] },
                },
                [`${inPod}.containers.0.volumeMounts.0.subPath`]: "key",
            },
            expect: ["volumeMounts[0]"],
        },
        {
            title: "near miss: a part of what a secrets driver mounts",
            change: {
                [`${inPod}.volumes.0`]: { name: "secrets", csi: { driver: "secrets-store.csi.k8s.io" } },
                [`${inPod}.containers.0.volumeMounts.0.subPath`]: "key",
            },
            expect: ["volumeMounts[0]"],
        },
        {
            title: "near miss: a part of a ConfigMap",
            change: {
                [`${inPod}.containers.0.volumeMounts.1`]: { name: "config", mountPath: "/c", subPath: "a" },
            },
            expect: "clean",
        },
        {
            title: "a CronJob",
            type: "kubernetes:batch/v1:CronJob",
            props: {
                spec: {
                    jobTemplate: {
                        spec: { template: { spec: { containers: [{ ...container, env: [reads] }] } } },
                    },
                },
            },
            expect: ["spec.jobTemplate.spec.template.spec.containers[0].env[0]"],
        },
        {
            title: "a Pod",
            type: "kubernetes:core/v1:Pod",
            props: { spec: { ...pod, containers: [{ ...container, env: [reads] }] } },
            expect: ['"spec.containers[0].env[0].valueFrom.secretKeyRef"'],
        },
        {
            title: "a patch that leaves the pods alone",
            type: "kubernetes:apps/v1:DeploymentPatch",
            props: { spec: { replicas: 2 } },
            expect: "not applicable",
        },
        {
            title: "an unknown variable does not hide another",
            change: { [`${inPod}.containers.0.env`]: [UNKNOWN, reads] },
            expect: ["env[1]"],
        },
        {
            title: "unknown volumes wait",
            change: { [`${inPod}.volumes`]: UNKNOWN },
            expect: "can't run",
        },
    ],
    mutations: {
        none: "the stacks declare parts of pods as an output, and the platforms' own programs the workloads",
    },
};
