/**
 * For who writes a policy: runs it as the engine would, without an engine.
 *
 * A rule runs through the policy SDK's own handlers, which unpack properties and notice unknown ones, and which say
 * "can't run policy" and "not applicable". So what a test sees is what a deployment sees.
 *
 * @example
 * ```ts
 * import { run, UNKNOWN } from "../../policies/testing";
 * import { rule } from "../../policies/access/k8s-03-roles-have-no-wildcards";
 *
 * const role = (verbs: unknown) => ({
 *     type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
 *     props: { rules: [{ apiGroups: [""], resources: ["secrets"], verbs }] },
 * });
 * (await run(rule, role(["get"]))).violations; // []
 * (await run(rule, role(["*"]))).violations; // ["K8S-03: 'subject': \"rules[0].verbs[0]\" …"]
 * (await run(rule, role(UNKNOWN))).cannotRun; // true
 * ```
 *
 * Cases are data: a `Table` has a clean resource, and cases that change a property or two of it. `test/policies/cases`
 * has one a rule, and `PackOnStack` runs the whole pack on a whole stack.
 */
export { FACTS, sketchOf, UNKNOWN } from "./case";
export type { Case, Expectation, Mutation, Rendered, Sketch, Table } from "./case";
export { withChange, withChanges } from "./change";
export { request } from "./request";
export { run, runCase } from "./run";
export type { Outcome } from "./run";
export { PackOnStack } from "./stack";
export type { StackResource, Told } from "./stack";
