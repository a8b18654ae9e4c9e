import { UNKNOWN, type Table } from "../support/case";
import { withChanges } from "../../../policies/testing";
import { changed, elsewhere, movedAt, valueAt } from "../support/mutations";

const type = "kubernetes:external-secrets.io/v1:ExternalSecret";
const find = (search: object): Record<string, unknown> => ({ spec: { dataFrom: [{ find: search }] } });

const external = "kubernetes:external-secrets.io/v1:ExternalSecret";

export const table: Table = {
    policy: "iso-03-remote-keys-stay-in-the-environment",
    clean: {
        type,
        props: {
            spec: {
                data: [
                    {
                        secretKey: "DB_PASSWORD",
                        remoteRef: { key: "devplatform/prod/db", property: "password" },
                    },
                ],
                dataFrom: [{ extract: { key: "devplatform/prod/s3" } }],
            },
        },
    },
    cases: [
        {
            title: "another environment",
            change: { "spec.data.0.remoteRef.key": "devplatform/dev/db" },
            expect: ['"spec.data[0].remoteRef.key" lies outside'],
        },
        {
            title: "near miss: prod-eu",
            change: { "spec.data.0.remoteRef.key": "devplatform/prod-eu/db" },
            expect: ["spec.data[0]"],
        },
        {
            title: "a way back up",
            change: { "spec.dataFrom.0.extract.key": "devplatform/prod/../dev/db" },
            expect: ["spec.dataFrom[0].extract.key"],
        },
        {
            title: "an unknown key does not hide a wrong one",
            change: {
                "spec.data.0.remoteRef.key": UNKNOWN,
                "spec.dataFrom.0.extract.key": "devplatform/dev/s3",
            },
            expect: ["extract.key"],
        },
        {
            title: "an unknown key waits",
            change: { "spec.data.0.remoteRef.key": UNKNOWN },
            expect: "can't run",
        },
        { title: "a list that is unknown waits", change: { "spec.data": UNKNOWN }, expect: "can't run" },
        {
            title: "a parameter's path",
            change: { "spec.data.0.remoteRef.key": "/devplatform/prod/s3_region" },
            expect: "clean",
        },
        {
            title: "a secret id of GCP",
            change: { "spec.data.0.remoteRef.key": "devplatform_prod_db" },
            expect: "clean",
        },
        {
            title: "behind Vault's mount",
            change: { "spec.data.0.remoteRef.key": "secret/data/yosai/prod/db" },
            expect: "clean",
        },
        {
            title: "near miss: behind another mount",
            change: { "spec.data.0.remoteRef.key": "kv-dev/data/yosai/prod/db" },
            expect: ["remoteRef.key"],
        },
        { title: "a search below a path", type, props: find({ path: "devplatform/prod/" }), expect: "clean" },
        {
            title: "near miss: a path that is not closed also finds prod-eu",
            type,
            props: find({ path: "devplatform/prod" }),
            expect: ["find.path"],
        },
        { title: "a search of everything", type, props: find({ path: "/" }), expect: ["find.path"] },
        {
            title: "a search by tags alone",
            type,
            props: find({ tags: { team: "x" } }),
            expect: ["searches the whole store"],
        },
        {
            title: "an expression that is not bound",
            type,
            props: find({ name: { regexp: ".*" } }),
            expect: ["name.regexp"],
        },
        {
            title: "an expression bound to the prefix",
            type,
            props: find({ name: { regexp: "^devplatform/prod/.*" } }),
            expect: "clean",
        },
        {
            title: "near miss: an alternative leaves the prefix",
            type,
            props: find({ name: { regexp: "^devplatform/prod/a|.*" } }),
            expect: ["name.regexp"],
        },
        {
            title: "near miss: a quantifier opens the prefix",
            type,
            props: find({ name: { regexp: "^devplatform/prod/*" } }),
            expect: ["name.regexp"],
        },
        {
            title: "a cluster-wide one of an older version",
            type: "kubernetes:external-secrets.io/v1beta1:ClusterExternalSecret",
            props: { spec: { externalSecretSpec: { data: [{ remoteRef: { key: "yosai/dev/db" } }] } } },
            expect: ["spec.externalSecretSpec.data[0].remoteRef.key"],
        },
        {
            title: "a push into another environment",
            type: "kubernetes:external-secrets.io/v1alpha1:PushSecret",
            props: {
                spec: { data: [{ match: { secretKey: "a", remoteRef: { remoteKey: "yosai/dev/db" } } }] },
            },
            expect: ["match.remoteRef.remoteKey"],
        },
        {
            title: "an item of a list",
            type: "kubernetes:external-secrets.io/v1:ExternalSecretList",
            props: { items: [{ spec: { data: [{ remoteRef: { key: "yosai/dev/db" } }] } }] },
            expect: ["items[0].spec.data[0].remoteRef.key"],
        },
    ],
    mutations: [
        {
            title: "a key of the other environment",
            type: external,
            mutate: movedAt("spec.data.0.remoteRef.key"),
        },
        {
            title: "an extract of the other environment",
            type: external,
            mutate: (resource) => ({
                ...resource,
                props: withChanges(resource.props, {
                    "spec.dataFrom": [
                        {
                            extract: {
                                key: elsewhere(String(valueAt(resource, "spec.data.0.remoteRef.key"))),
                            },
                        },
                    ],
                }),
            }),
        },
        {
            title: "a search of everything",
            type: external,
            change: { "spec.dataFrom": [{ find: { name: { regexp: ".*" } } }] },
        },
        {
            title: "a search of a platform, in all environments",
            type: external,
            change: { "spec.dataFrom": [{ find: { path: "devplatform/" } }] },
        },
        {
            title: "a key with a wildcard",
            type: external,
            mutate: (resource) =>
                changed(resource, "spec.data.0.remoteRef.key", (key) => key.replace(/[^/_]+$/, "*")),
        },
    ],
};
