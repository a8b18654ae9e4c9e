import assert from "node:assert/strict";

import { accessMatrix } from "../../../preview/access";
import { Unknown } from "../../../preview/engine/values";
import type { PropertyMap } from "../../../preview/engine/values";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { answers, kubernetes, rule } from "./cases";

const NS = "estuary-prod";
const secrets = [kubernetes("Secret", "convex", NS, {}), kubernetes("Secret", "jwt", "other-prod", {})];
const account = kubernetes("ServiceAccount", "api", NS, {});
const ServiceAccount: PropertyMap = { kind: "ServiceAccount", name: "api", namespace: NS };

const bound = (
    kind: "RoleBinding" | "ClusterRoleBinding",
    role: string,
    subject: PropertyMap,
): ResourceSketch =>
    kubernetes(kind, "bind", kind === "RoleBinding" ? NS : undefined, {
        roleRef: {
            kind: role.startsWith("cluster:") ? "ClusterRole" : "Role",
            name: role.replace("cluster:", ""),
        },
        subjects: [subject],
    });
const role = (...rules: readonly PropertyMap[]): ResourceSketch =>
    kubernetes("Role", "reader", NS, { rules });
const clusterRole = (...rules: readonly PropertyMap[]): ResourceSketch =>
    kubernetes("ClusterRole", "reader", undefined, { rules });

const EVERY = "names no Secret, so it reads every one of the namespace";

describe("access through the Kubernetes API", () => {
    const binding = bound("RoleBinding", "reader", ServiceAccount);
    const cases: readonly (readonly [title: string, rule: PropertyMap, says: string | undefined])[] = [
        ["get on the name", rule(["get"], { resourceNames: ["convex"] }), "allowed"],
        ["get on another name", rule(["get"], { resourceNames: ["convex-2"] }), undefined],
        [
            "a star in resourceNames, which is no wildcard there",
            rule(["get"], { resourceNames: ["*"] }),
            undefined,
        ],
        ["get without names", rule(["get"]), `allowed, ${EVERY}`],
        ["get with an empty list of names", rule(["get"], { resourceNames: [] }), `allowed, ${EVERY}`],
        ["list", rule(["list"]), "allowed, list returns the values of every Secret of the namespace"],
        [
            "watch on a name",
            rule(["watch"], { resourceNames: ["convex"] }),
            "allowed, watch returns the values of the Secrets it names",
        ],
        [
            "all verbs",
            rule(["*"]),
            "allowed, list and watch returns the values of every Secret of the namespace",
        ],
        ["verbs that only write", rule(["create", "update", "delete"]), undefined],
        ["another resource", rule(["get"], { resources: ["configmaps"] }), undefined],
        ["every resource", rule(["get"], { resources: ["*"] }), `allowed, ${EVERY}`],
        ["another API group", rule(["get"], { apiGroups: ["apps"] }), undefined],
        ["every API group", rule(["get"], { apiGroups: ["*"] }), `allowed, ${EVERY}`],
        [
            "names that are unknown",
            rule(["get"], { resourceNames: [Unknown.value] }),
            "undecided, 'estuary-prod/reader[0]' holds a value known after a deployment only, or one that is not evaluated here",
        ],
    ];
    for (const [title, one, says] of cases) {
        it(`${title}: ${says ?? "silent"}`, () => {
            const expected = says === undefined ? [] : [`${NS}/api ${NS}/convex: ${says}`];
            assert.deepEqual(answers([...secrets, account, role(one), binding]), expected);
        });
    }

    it("sees the second rule of a role too", () => {
        const second = role(
            rule(["get"], { resources: ["configmaps"] }),
            rule(["get"], { resourceNames: ["convex"] }),
        );
        const { cells } = accessMatrix(rendering({ resources: [...secrets, account, second, binding] }));
        assert.deepEqual(
            cells.map(({ by }) => by),
            [["estuary-prod/reader[1] by estuary-prod/bind"]],
        );
    });

    it("gives a ClusterRole where its binding stands", () => {
        const wide = clusterRole(rule(["get"]));
        const inNamespace = bound("RoleBinding", "cluster:reader", ServiceAccount);
        const everywhere = bound("ClusterRoleBinding", "cluster:reader", ServiceAccount);
        assert.deepEqual(answers([...secrets, account, wide, inNamespace]), [
            `${NS}/api ${NS}/convex: allowed, ${EVERY}`,
        ]);
        assert.equal(answers([...secrets, account, wide, everywhere]).length, 2);
    });

    it("knows the roles that every cluster has, and leaves a doubt for others", () => {
        const by = (name: string): string[] =>
            answers([...secrets, account, bound("RoleBinding", `cluster:${name}`, ServiceAccount)]);
        assert.match(by("edit").join(), /allowed, list and watch/u);
        assert.deepEqual(by("view"), []);
        assert.match(
            by("reader-of-elsewhere").join(),
            /undecided, ClusterRole 'reader-of-elsewhere' is not part/u,
        );
    });

    const labelled = (name: string, labels: PropertyMap): ResourceSketch => ({
        ...kubernetes("ClusterRole", name, undefined, { rules: [rule(["get"])] }),
        inputs: { metadata: { name, labels }, rules: [rule(["get"])] },
    });
    const gathering = (...clusterRoleSelectors: readonly PropertyMap[]): ResourceSketch =>
        kubernetes("ClusterRole", "reader", undefined, {
            aggregationRule: { clusterRoleSelectors },
            // The controller writes over what stands here.
            rules: [rule(["*"])],
        });
    const everywhere = bound("ClusterRoleBinding", "cluster:reader", ServiceAccount);
    const ofCluster = "allowed, names no Secret, so it reads every one of the cluster";
    const gathered: readonly (readonly [
        title: string,
        selectors: PropertyMap[],
        says: string | undefined,
    ])[] = [
        ["labels that are equal", [{ matchLabels: { part: "a" } }], ofCluster],
        ["other labels", [{ matchLabels: { part: "b" } }], undefined],
        [
            "one of two selectors",
            [{ matchLabels: { part: "b" } }, { matchExpressions: [{ key: "part", operator: "Exists" }] }],
            ofCluster,
        ],
        [
            "an expression that excludes",
            [{ matchExpressions: [{ key: "part", operator: "NotIn", values: ["a"] }] }],
            // Of the roles of every cluster, cluster-admin has no such label.
            "allowed, list and watch returns the values of every Secret of the cluster",
        ],
        ["no selector", [], undefined],
        [
            "a selector that is not evaluated",
            [{ matchFields: {} }],
            "undecided, 'reader' holds a value known after a deployment only, or one that is not evaluated here",
        ],
    ];
    for (const [title, selectors, says] of gathered) {
        it(`takes the rules of a ClusterRole that gathers by ${title}: ${says ?? "silent"}`, () => {
            const resources = [
                ...secrets.slice(0, 1),
                account,
                labelled("part", { part: "a" }),
                gathering(...selectors),
                everywhere,
            ];
            const expected = says === undefined ? [] : [`${NS}/api ${NS}/convex: ${says}`];
            assert.deepEqual(
                answers(resources).map((line) => line.replace("'/reader'", "'reader'")),
                expected,
            );
        });
    }

    it("adds to the roles of every cluster what is labelled for them", () => {
        const view = bound("RoleBinding", "cluster:view", ServiceAccount);
        const extra = labelled("extra", { "rbac.authorization.k8s.io/aggregate-to-view": "true" });
        assert.deepEqual(answers([...secrets, account, view, extra]), [
            `${NS}/api ${NS}/convex: allowed, ${EVERY}`,
        ]);
    });

    for (const [group, ours] of [
        ["system:serviceaccounts", true],
        [`system:serviceaccounts:${NS}`, true],
        ["system:serviceaccounts:estuary", false],
        ["system:authenticated", true],
        ["developers", false],
    ] as const) {
        it(`the group ${group} ${ours ? "includes" : "does not include"} the service account`, () => {
            const binding = bound("RoleBinding", "reader", { kind: "Group", name: group });
            const says = answers([
                ...secrets,
                account,
                role(rule(["get"], { resourceNames: ["convex"] })),
                binding,
            ]);
            const own = ours ? [`${NS}/api ${NS}/convex: allowed`] : [];
            assert.deepEqual(says, [...own, `group ${group} ${NS}/convex: allowed`]);
        });
    }

    it("takes the name of a user that is a service account for it", () => {
        const user = bound("RoleBinding", "reader", {
            kind: "User",
            name: `system:serviceaccount:${NS}:api`,
        });
        const says = answers([...secrets, account, role(rule(["get"], { resourceNames: ["convex"] })), user]);
        assert.deepEqual(says, [`${NS}/api ${NS}/convex: allowed`]);
    });

    it("knows the Secret that an ExternalSecret makes, with its documents", () => {
        const external: ResourceSketch = {
            type: "kubernetes:external-secrets.io/v1:ExternalSecret",
            name: "sync",
            inputs: {
                metadata: {
                    name: "sync",
                    namespace: NS,
                    annotations: { "strongroom.io/documents": "estuary/jwt, estuary/convex" },
                },
                spec: { target: { name: "app" } },
            },
        };
        const [entry] = accessMatrix(rendering({ resources: [external] })).entries;
        assert.equal(entry?.path, `${NS}/app`);
        assert.deepEqual(entry.documents, ["estuary/convex", "estuary/jwt"]);
    });
});
