import { UNKNOWN, type Rendered, type Sketch, type Table, withChange } from "../support/case";

const type = "kubernetes:external-secrets.io/v1:ExternalSecret";
const roleType = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const namespace = "devplatform-prod";
const externalSecret = (name: string, target: string, place = namespace): Sketch => ({
    type,
    name: `external-${name}`,
    props: { metadata: { name, namespace: place }, spec: { target: { name: target } } },
});
const role = (names: readonly unknown[], place = namespace): Sketch => ({
    type: roleType,
    name: "reader",
    props: {
        metadata: { name: "reader", namespace: place },
        rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: names }],
    },
});
const pod = (spec: Readonly<Record<string, unknown>>): Sketch => ({
    type: "kubernetes:core/v1:Pod",
    props: { metadata: { name: "backend", namespace }, spec },
});
const beside = [externalSecret("backend", "backend-secrets")];

export const table: Table = {
    policy: "eso-05-secrets-are-owned-and-found",
    clean: {
        type,
        props: {
            metadata: { name: "backend", namespace },
            spec: { target: { name: "backend-secrets", creationPolicy: "Owner", deletionPolicy: "Retain" } },
        },
        beside: [role(["backend-secrets"])],
    },
    cases: [
        {
            title: "a Secret that stays when its ExternalSecret goes",
            change: { "spec.target.creationPolicy": "Orphan" },
            expect: ['"spec.target.creationPolicy"'],
        },
        {
            title: "a Secret of somebody else's",
            change: { "spec.target.creationPolicy": "Merge" },
            expect: ["creationPolicy"],
        },
        {
            title: "near miss: another spelling",
            change: { "spec.target.creationPolicy": "owner" },
            expect: ["creationPolicy"],
        },
        {
            title: "values that go when the store loses them",
            change: { "spec.target.deletionPolicy": "Delete" },
            expect: ['"spec.target.deletionPolicy"'],
        },
        {
            title: "nothing said, which is the same",
            change: { "spec.target.creationPolicy": undefined, "spec.target.deletionPolicy": undefined },
            expect: "clean",
        },
        {
            title: "a ClusterExternalSecret",
            type: "kubernetes:external-secrets.io/v1:ClusterExternalSecret",
            props: { spec: { externalSecretSpec: { target: { deletionPolicy: "Merge" } } } },
            beside: [],
            expect: ["spec.externalSecretSpec.target.deletionPolicy"],
        },
        {
            title: "near miss: a target that the Role spells otherwise",
            change: { "spec.target.name": "backend-secret" },
            expect: [
                "'reader': \"rules[0].resourceNames[0]\" names a Secret that nothing in its namespace makes",
            ],
        },
        {
            title: "a target by the ExternalSecret's own name",
            change: { "spec.target.name": undefined, "metadata.name": "backend-secrets" },
            expect: "clean",
        },
        {
            title: "near miss: that name where the Role has another",
            change: { "spec.target.name": undefined },
            expect: ["nothing in its namespace makes"],
        },
        {
            title: "near miss: a Role of that name in another namespace",
            change: {},
            beside: [role(["backend-secrets"], "yosai-prod"), role(["other"])],
            expect: ["nothing in its namespace makes"],
        },
        {
            title: "near miss: a Role that names another Secret which is made",
            change: {},
            beside: [externalSecret("celery", "celery-secrets"), role(["celery-secrets"])],
            expect: ['"spec.target.name" names a Secret that no Role'],
        },
        { title: "a namespace without Roles", change: {}, beside: [], expect: "clean" },
        {
            title: "two owners",
            change: {},
            beside: [externalSecret("celery", "backend-secrets"), role(["backend-secrets"])],
            expect: ["written by somebody else", "written by somebody else"],
        },
        {
            title: "near miss: the same name in another namespace",
            change: {},
            beside: [externalSecret("celery", "backend-secrets", "yosai-prod"), role(["backend-secrets"])],
            expect: "clean",
        },
        {
            title: "a Secret that the program writes too",
            change: {},
            beside: [
                {
                    type: "kubernetes:core/v1:Secret",
                    name: "written",
                    props: { metadata: { name: "backend-secrets", namespace } },
                },
                role(["backend-secrets"]),
            ],
            expect: ["written by somebody else"],
        },
        {
            title: "a Role with a name more than is made",
            change: {},
            beside: [role(["backend-secrets", "admin-secrets"])],
            expect: ['"rules[0].resourceNames[1]" names a Secret that nothing'],
        },
        {
            title: "a Role where nothing of the namespace is in the stack",
            ...role(["made-elsewhere"]),
            beside: [],
            expect: "clean",
        },
        {
            title: "a pod that mounts what is made",
            ...pod({ volumes: [{ name: "s", secret: { secretName: "backend-secrets" } }] }),
            beside,
            expect: "clean",
        },
        {
            title: "near miss: a pod that mounts another name",
            ...pod({ volumes: [{ name: "s", secret: { secretName: "backend-secret" } }] }),
            beside,
            expect: ['"spec.volumes[0].secret.secretName"'],
        },
        {
            title: "a pod that takes a variable of another name",
            ...pod({
                containers: [
                    { env: [{ name: "K", valueFrom: { secretKeyRef: { name: "other", key: "K" } } }] },
                ],
            }),
            beside,
            expect: ["spec.containers[0].env[0].valueFrom.secretKeyRef.name"],
        },
        {
            title: "a Deployment that takes a whole Secret of another name",
            type: "kubernetes:apps/v1:Deployment",
            props: {
                metadata: { name: "backend", namespace },
                spec: {
                    template: { spec: { containers: [{ envFrom: [{ secretRef: { name: "other" } }] }] } },
                },
            },
            beside,
            expect: ["spec.template.spec.containers[0].envFrom[0].secretRef.name"],
        },
        {
            title: "a target that is not known in the preview",
            change: { "spec.target.name": UNKNOWN },
            beside: [],
            expect: ["is not known before the deployment"],
        },
        {
            title: "near miss: a policy that is not known in the preview",
            change: { "spec.target.deletionPolicy": UNKNOWN },
            expect: ["deletionPolicy"],
        },
        {
            title: "a Role whose name for a Secret is not known",
            change: {},
            beside: [role(["backend-secrets", UNKNOWN])],
            expect: ["rules[0].resourceNames[1]"],
        },
        {
            title: "a stack without any of them",
            type: "kubernetes:core/v1:Namespace",
            props: {},
            beside: [],
            expect: "not applicable",
        },
    ],
    mutations: [
        { title: "an orphan", type, change: { "spec.target.creationPolicy": "Orphan" } },
        { title: "a merged Secret", type, change: { "spec.target.creationPolicy": "Merge" } },
        {
            title: "values that go with the store's",
            type,
            change: { "spec.target.deletionPolicy": "Delete" },
        },
        {
            title: "another target than the Role names",
            type,
            change: { "spec.target.name": "other-secrets" },
            on: roleType,
        },
        {
            title: "a Role that names another Secret",
            type: roleType,
            where: isReader,
            change: { "rules.0.resourceNames.0": "other-secrets" },
        },
        {
            title: "a Role that leaves a Secret out",
            type: roleType,
            where: (reader) => isReader(reader) && namesOf(reader).length > 1,
            mutate: (reader) => ({
                ...reader,
                props: withChange(
                    reader.props,
                    ["rules", "0", "resourceNames"],
                    namesOf(reader).slice(1),
                ) as Rendered["props"],
            }),
            on: type,
        },
    ],
};

function isReader({ name }: Rendered): boolean {
    return !name.endsWith("/operator");
}

function namesOf({ props }: Rendered): readonly string[] {
    return (props as { rules: { resourceNames: string[] }[] }).rules[0]?.resourceNames ?? [];
}
