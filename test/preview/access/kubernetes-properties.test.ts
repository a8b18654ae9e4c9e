import assert from "node:assert/strict";
import * as fc from "fast-check";

import { accessMatrix } from "../../../preview/access";
import type { Cell } from "../../../preview/access";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { kubernetes } from "./cases";

/** Which answers a rendering gives, by the decision. */
function decided(resources: readonly ResourceSketch[], decision: Cell["decision"]): ReadonlySet<string> {
    const { cells } = accessMatrix(rendering({ resources }));
    return new Set(
        cells
            .filter((cell) => cell.decision === decision)
            .map(({ identity, entry, verb }) => `${identity.name} ${verb} ${entry.path}`),
    );
}

describe("properties of the access matrix on Kubernetes", () => {
    const NS = ["n1", "n2"] as const;
    const secrets = NS.flatMap((namespace) =>
        ["s1", "s2"].map((name) => kubernetes("Secret", name, namespace, {})),
    );
    const some = (...choices: readonly string[]): fc.Arbitrary<string[]> =>
        fc.array(fc.constantFrom(...choices), { minLength: 1, maxLength: 2 });
    const policyRule = fc.record({
        verbs: some("get", "list", "create", "update", "delete", "deletecollection", "*"),
        apiGroups: some("", "*", "apps"),
        resources: some("secrets", "configmaps", "*"),
        resourceNames: fc.oneof(fc.constant<string[]>([]), some("s1", "s2", "*")),
    });
    const grants = fc.array(
        fc.record({
            rules: fc.array(policyRule, { maxLength: 3 }),
            namespace: fc.constantFrom(undefined, ...NS),
            asClusterRole: fc.boolean(),
            subject: fc.constantFrom("a", "b", "group"),
        }),
        { maxLength: 4 },
    );
    type Grants = typeof grants extends fc.Arbitrary<infer T> ? T : never;

    const sketch = (all: Grants): ResourceSketch[] => [
        ...secrets,
        kubernetes("ServiceAccount", "a", "n1", {}),
        kubernetes("ServiceAccount", "b", "n1", {}),
        ...all.flatMap(({ rules, namespace, asClusterRole, subject }, at) => {
            const isCluster = namespace === undefined || asClusterRole;
            const name = `g${at}`;
            const subjects =
                subject === "group"
                    ? [{ kind: "Group", name: "system:serviceaccounts:n1" }]
                    : [{ kind: "ServiceAccount", name: subject, namespace: "n1" }];
            return [
                kubernetes(isCluster ? "ClusterRole" : "Role", name, isCluster ? undefined : namespace, {
                    rules,
                }),
                kubernetes(namespace === undefined ? "ClusterRoleBinding" : "RoleBinding", name, namespace, {
                    roleRef: { kind: isCluster ? "ClusterRole" : "Role", name },
                    subjects,
                }),
            ];
        }),
    ];

    /** A right over everything, in the groups that have pods or what makes them, is one to mount any Secret. */
    function mayRunPods({
        verbs,
        apiGroups,
        resources,
        resourceNames,
    }: Grants[number]["rules"][number]): boolean {
        const has = (list: readonly string[], ...wanted: readonly string[]): boolean =>
            list.includes("*") || wanted.some((each) => list.includes(each));
        if (!resources.includes("*")) return false;
        const core = has(apiGroups, "") && has(verbs, "get", "create", "update");
        const apps =
            has(apiGroups, "apps") &&
            (has(verbs, "update") || (has(verbs, "create") && resourceNames.length === 0));
        return core || apps;
    }

    /** RBAC as its documentation puts it, without any index: one request after the other. */
    function expected(all: Grants): Set<string> {
        const found = new Set<string>();
        const REQUESTS: Readonly<Record<string, readonly string[]>> = {
            read: ["get", "list", "watch"],
            list: ["list", "watch"],
            write: ["create", "update", "patch"],
            delete: ["delete", "deletecollection"],
        };
        for (const account of ["a", "b"])
            for (const ns of NS)
                for (const name of ["s1", "s2"])
                    for (const [verb, requests] of Object.entries(REQUESTS))
                        for (const { rules, namespace, subject } of all) {
                            if (subject !== account && subject !== "group") continue;
                            if (namespace !== undefined && namespace !== ns) continue;
                            for (const rule of rules) {
                                if (verb === "read" && mayRunPods(rule))
                                    found.add(`n1/${account} read ${ns}/${name}`);
                                for (const request of requests) {
                                    const nameless = request === "create" || request === "deletecollection";
                                    const names = rule.resourceNames;
                                    const ok =
                                        (rule.verbs.includes(request) || rule.verbs.includes("*")) &&
                                        (rule.apiGroups.includes("") || rule.apiGroups.includes("*")) &&
                                        (rule.resources.includes("secrets") ||
                                            rule.resources.includes("*")) &&
                                        (names.length === 0 || (!nameless && names.includes(name)));
                                    if (ok) found.add(`n1/${account} ${verb} ${ns}/${name}`);
                                }
                            }
                        }
        return found;
    }

    it("answers as a naive authorizer does, whatever the roles and bindings", () => {
        fc.assert(
            fc.property(grants, (all) => {
                const { cells } = accessMatrix(rendering({ resources: sketch(all) }));
                const actual = cells
                    .filter(
                        ({ identity, verb, via }) =>
                            /^n1\//u.test(identity.name) && verb !== "grant" && via.length === 0,
                    )
                    .map(({ identity, verb, entry }) => `${identity.name} ${verb} ${entry.path}`);
                assert.deepEqual(actual.sort(), [...expected(all)].sort());
            }),
            { numRuns: 300 },
        );
    });

    it("gives a ClusterRole that gathers others what they give, and never what it says itself", () => {
        const rulesOf = fc.array(policyRule, { maxLength: 2 });
        fc.assert(
            fc.property(
                fc.array(fc.tuple(rulesOf, fc.constantFrom("x", "y")), { maxLength: 4 }),
                rulesOf,
                (parts, own) => {
                    const labelled = parts.map(([rules, part], at) => ({
                        ...kubernetes("ClusterRole", `p${at}`, undefined, {}),
                        inputs: { metadata: { name: `p${at}`, labels: { part } }, rules },
                    }));
                    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { part: "x" } }] };
                    const binding = kubernetes("ClusterRoleBinding", "b", undefined, {
                        roleRef: { kind: "ClusterRole", name: "all" },
                        subjects: [{ kind: "ServiceAccount", name: "a", namespace: "n1" }],
                    });
                    const gathered = kubernetes("ClusterRole", "all", undefined, {
                        aggregationRule,
                        rules: own,
                    });
                    const plain = kubernetes("ClusterRole", "all", undefined, {
                        rules: parts.flatMap(([rules, part]) => (part === "x" ? rules : [])),
                    });
                    const base = [
                        ...secrets,
                        kubernetes("ServiceAccount", "a", "n1", {}),
                        ...labelled,
                        binding,
                    ];
                    assert.deepEqual(
                        [...decided([...base, gathered], "allowed")].sort(),
                        [...decided([...base, plain], "allowed")].sort(),
                    );
                },
            ),
        );
    });
});
