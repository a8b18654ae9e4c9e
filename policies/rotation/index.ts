import * as gcp06 from "./gcp-06-versions-are-disabled-first";
import * as gen01 from "./gen-01-secrets-are-drawn-as-passwords";
import * as gen03 from "./gen-03-generations-are-resources-of-their-own";
import * as gen04 from "./gen-04-what-holds-values-is-protected";
import * as sm02 from "./sm-02-rotation-is-declared";
import * as sm03 from "./sm-03-deletion-can-be-taken-back";
import * as sm07 from "./sm-07-values-are-no-placeholders";
import * as vlt02 from "./vlt-02-kv-keeps-versions";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [gcp06, gen01, gen03, gen04, sm02, sm03, sm07, vlt02].map(
    ({ rule }) => rule,
);
