import * as gcp01 from "./gcp-01-accessors-are-bound-on-the-secret";
import * as iam01 from "./iam-01-actions-are-named";
import * as iam02 from "./iam-02-values-are-read-by-name";
import * as iam03 from "./iam-03-secret-arns-end-exactly";
import * as k8s01 from "./k8s-01-roles-get-named-secrets";
import * as k8s02 from "./k8s-02-no-cluster-role-reaches-secrets";
import * as k8s03 from "./k8s-03-roles-have-no-wildcards";
import * as k8s04 from "./k8s-04-roles-cannot-escalate";
import * as k8s05 from "./k8s-05-readers-run-no-code-as-others";
import * as k8s06 from "./k8s-06-bindings-name-their-readers";
import * as k8s10 from "./k8s-10-tokens-are-mounted-where-needed";
import * as vlt01 from "./vlt-01-vault-policies-read-named-documents";
import type { Rule } from "../rule";

export const rules: readonly Rule[] = [
    gcp01,
    iam01,
    iam02,
    iam03,
    k8s01,
    k8s02,
    k8s03,
    k8s04,
    k8s05,
    k8s06,
    k8s10,
    vlt01,
].map(({ rule }) => rule);
