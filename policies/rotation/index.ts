import * as gen01 from "./gen-01-secrets-are-drawn-as-passwords";
import * as sm07 from "./sm-07-values-are-no-placeholders";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [gen01, sm07].map(({ rule }) => rule);
