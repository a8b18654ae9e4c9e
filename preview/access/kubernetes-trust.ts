import { allows, mayDo, overNodes } from "./kubernetes-rbac";
import type { BoundRule } from "./kubernetes-rbac";
import { POD_RIGHTS, TOKEN_RIGHTS } from "./kubernetes-roles";
import type { Right } from "./kubernetes-roles";
import type { Register } from "./register";
import type { Edge, Identity } from "./types";

const AS_USER: Right = { group: "", resource: "users", verbs: ["impersonate"] };

/** Who can become a service account: by asking for its token, by impersonating it, by running a pod as it. */
export function kubernetesEdges(
    register: Register,
    rulesOf: (identity: Identity) => readonly BoundRule[],
): readonly Edge[] {
    return register.of("kubernetes").flatMap((from) =>
        rulesOf(from).flatMap((rule) =>
            targets(rule, register)
                .filter((to) => to !== from)
                .map((to): Edge =>
                    rule.doubt === undefined
                        ? { from, to, decision: "allowed", by: [rule.label] }
                        : { from, to, decision: "undecided", by: [rule.label], reason: rule.doubt },
                ),
        ),
    );
}

/** Service accounts that somebody with a rule can become, in the reach of its binding. */
function targets(rule: BoundRule, register: Register): readonly Identity[] {
    const { cluster, namespace, names } = rule;
    const accounts = register
        .of("kubernetes")
        .filter(({ kind, realm }) => kind === "service account" && realm === cluster);
    if (overNodes(rule)) return accounts;
    const here = accounts.filter(({ name }) => namespace === undefined || name.startsWith(`${namespace}/`));
    if (POD_RIGHTS.some((right) => mayDo(rule, right))) return here;
    const byToken = TOKEN_RIGHTS.some((right) => mayDo(rule, right))
        ? here.filter(({ name }) => names?.includes(name.split("/")[1] ?? "") ?? true)
        : [];
    // Users stand outside namespaces: only a binding for the whole cluster gives a right over them.
    const byName =
        namespace === undefined && mayDo(rule, AS_USER)
            ? accounts.filter(({ name }) =>
                  allows(rule, "impersonate", "", "users", `system:serviceaccount:${name.replace("/", ":")}`),
              )
            : [];
    return [...new Set([...byToken, ...byName])];
}
