import * as eso01 from "./eso-01-cluster-stores-have-conditions";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [eso01].map(({ rule }) => rule);
