export { FACTS, sketchOf, UNKNOWN, withChange } from "../../../policies/testing";
export type { Case, Expectation, Mutation, Rendered, Sketch, Table } from "../../../policies/testing";
